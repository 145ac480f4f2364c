import type { Flow, Integration } from '../../core/flow.ts'
import { inventoryAdviceFlow } from '../../edi/flows/inventory-advice.ts'
import { invoiceFlow } from '../../edi/flows/invoice.ts'
import { productActivityFlow } from '../../edi/flows/product-activity.ts'
import { purchaseOrderFlow } from '../../edi/flows/purchase-order.ts'
import { purchaseOrderChangeFlow } from '../../edi/flows/purchase-order-change.ts'
import { shipNoticeFlow } from '../../edi/flows/ship-notice.ts'
import { ownsPartner } from '../../edi/owns.ts'
import { acumatica } from './erp/index.ts'
import { parseSettings, type Settings } from './settings.ts'
import { tables } from './tables.ts'

/** The flows of this integration. A new flow is one line here, and a file where it is not the retail side's own. */
const flows = [
  purchaseOrderFlow<Settings>({ name: 'purchase-order', erp: acumatica, answers: () => true }),
  purchaseOrderChangeFlow<Settings>({ name: 'purchase-order-change', erp: acumatica }),
  shipNoticeFlow<Settings>({ name: 'ship-notice', source: 'acumatica', byHand: () => false }),
  invoiceFlow<Settings>({ name: 'invoice', source: 'acumatica', byHand: () => false }),
  productActivityFlow<Settings>('product-activity', acumatica),
  inventoryAdviceFlow<Settings>('inventory-advice', acumatica),
] as Flow<unknown, Settings>[]

/** Retailer orders from SPS Commerce into Acumatica; ship notices and invoices back. Never an order towards SPS. */
export const integration: Integration<Settings> = {
  name: 'acumatica-sps-commerce',
  systems: ['acumatica', 'sps-commerce'],
  flows,
  settings: parseSettings,
  owns: ownsPartner,
  tables,
}
