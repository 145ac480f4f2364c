import type { Flow, Integration } from '../../core/flow.ts'
import { inventoryAdviceFlow } from './flows/inventory-advice.ts'
import { invoiceFlow } from './flows/invoice.ts'
import { productActivityFlow } from './flows/product-activity.ts'
import { purchaseOrderFlow } from './flows/purchase-order.ts'
import { purchaseOrderChangeFlow } from './flows/purchase-order-change.ts'
import { shipNoticeFlow } from './flows/ship-notice.ts'
import { parseSettings, type Settings } from './settings.ts'
import { tables } from './tables.ts'

/** The flows of this integration. A new flow is one mapping file and one line here. */
const flows = [
  purchaseOrderFlow,
  purchaseOrderChangeFlow,
  shipNoticeFlow,
  invoiceFlow,
  productActivityFlow,
  inventoryAdviceFlow,
] as Flow<unknown, Settings>[]

/** Retailer orders from SPS Commerce into Acumatica; ship notices and invoices back. Never an order towards SPS. */
export const integration: Integration<Settings> = {
  name: 'acumatica-sps-commerce',
  systems: ['acumatica', 'sps-commerce'],
  flows,
  settings: parseSettings,
  tables,
}
