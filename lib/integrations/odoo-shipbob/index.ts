import type { Flow, Integration } from '../../core/flow.ts'
import { billingInFlow } from './flows/billing-in.ts'
import { productOutFlow } from './flows/product-out.ts'
import { receiptInFlow } from './flows/receipt-in.ts'
import { receivingOrderOutFlow } from './flows/receiving-order-out.ts'
import { returnInFlow } from './flows/return-in.ts'
import { shipmentInFlow } from './flows/shipment-in.ts'
import { parseSettings, type Settings } from './settings.ts'
import { tables } from './tables.ts'

/** The flows of this integration. A new flow is a file and one line here. */
const flows = [
  productOutFlow,
  receivingOrderOutFlow,
  shipmentInFlow,
  receiptInFlow,
  returnInFlow,
  billingInFlow,
] as Flow<unknown, Settings>[]

/**
 * Odoo and the warehouses of ShipBob: products and expected goods out; shipments, receipts, returns and bills in.
 */
export const integration: Integration<Settings> = {
  name: 'odoo-shipbob',
  systems: ['odoo', 'shipbob'],
  flows,
  settings: parseSettings,
  tables,
}
