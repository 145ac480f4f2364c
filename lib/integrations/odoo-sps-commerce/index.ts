import { createFindings } from '../../core/findings.ts'
import type { Flow, Integration } from '../../core/flow.ts'
import { invoiceFlow } from '../../edi/flows/invoice.ts'
import { purchaseOrderFlow } from '../../edi/flows/purchase-order.ts'
import { purchaseOrderChangeFlow } from '../../edi/flows/purchase-order-change.ts'
import { reportsFlow } from '../../edi/flows/reports.ts'
import { shipNoticeFlow } from '../../edi/flows/ship-notice.ts'
import { ownsPartner } from '../../edi/owns.ts'
import { odoo } from './erp/index.ts'
import { acknowledgementInFlow } from './flows/acknowledgement-in.ts'
import { acknowledgementOutFlow } from './flows/acknowledgement-out.ts'
import { inventoryOutFlow } from './flows/inventory-out.ts'
import { purchaseOrderOutFlow } from './flows/purchase-order-out.ts'
import { shipNoticeInFlow } from './flows/ship-notice-in.ts'
import { warehouseReceiptInFlow } from './flows/warehouse-receipt-in.ts'
import { knowingContacts } from './known-contacts.ts'
import { deliveryNames, inOdooNames, invoiceNames } from './odoo-names.ts'
import { parseSettings, type Settings } from './settings.ts'
import { knowingStandardUnits } from './standard-units.ts'
import { tables } from './tables.ts'

const byHand = ({ ordersByHand }: Settings): boolean => ordersByHand === 'send'

/** The flows of this integration. A new flow is one line here, and a file where it is not the retail side's own. */
const flows = (
  [
    purchaseOrderFlow<Settings>({ name: 'purchase-order-in', erp: odoo, answers: (s) => s.acknowledge === 'created' }),
    purchaseOrderChangeFlow<Settings>({ name: 'purchase-order-change-in', erp: odoo }),
    acknowledgementInFlow,
    shipNoticeInFlow,
    warehouseReceiptInFlow,
    reportsFlow<Settings>('inventory-in', (settings) => odoo(settings, undefined, createFindings())),
    purchaseOrderOutFlow,
    acknowledgementOutFlow,
    inOdooNames(
      shipNoticeFlow<Settings>({ name: 'ship-notice-out', source: 'odoo', byHand, linesByItem: true }),
      deliveryNames,
    ),
    inOdooNames(
      invoiceFlow<Settings>({ name: 'invoice-out', source: 'odoo', byHand, linesByItem: true }),
      invoiceNames,
    ),
    inventoryOutFlow,
  ] as Flow<unknown, Settings>[]
).map((flow) => knowingContacts(knowingStandardUnits(flow)))

/**
 * Odoo and SPS Commerce, both ways: for a supplier to retailers (orders in; ship notices, invoices, stock out), and for
 * a buyer from suppliers (orders out; answers, ship notices and receipts in).
 */
export const integration: Integration<Settings> = {
  name: 'odoo-sps-commerce',
  systems: ['odoo', 'sps-commerce'],
  flows,
  settings: parseSettings,
  owns: ownsPartner,
  tables,
}
