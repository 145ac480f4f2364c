import type { SandboxOdoo } from '../../systems/odoo/index.ts'
import type { SandboxShipBob } from '../../systems/shipbob/index.ts'
import type { Expected } from '../expected.ts'
import { orders } from './company.ts'
import type { Purchases } from './masters.ts'

const delivered = (flow: string, number: string): Expected => ({ flow, number, outcome: 'delivered' })
const twice = (one: Expected): Expected[] => [one, one]

/** What should become of every document of this company, one entry for each state of a record that is told. */
export function expectedOutcomes(
  odoo: SandboxOdoo,
  { account }: SandboxShipBob,
  { coffee, mugs, south, office }: Purchases,
): Expected[] {
  const { split, gift, shirt, unknown } = orders
  // Known by its database id alone.
  const [prototype] = odoo.records('product.product', [['default_code', '=', false]], ['id'])
  const invoices = account.invoices.all()
  return [
    ...['COF-LR-340', 'MUG-BLU-01', 'TEE-ETE-M'].map((item) => delivered('product-out', item)),
    { flow: 'product-out', number: String(prototype?.id), outcome: 'held', code: 'SKU_MISSING' },
    ...[coffee, mugs, south].map((number) => delivered('receiving-order-out', number)),
    // The raised quantity is told by a change.
    delivered('receiving-order-out', mugs),
    { flow: 'receiving-order-out', number: office, outcome: 'skipped', code: 'WAREHOUSE_NOT_OURS' },
    // One carton, then the other.
    ...twice(delivered('receipt-in', coffee)),
    delivered('receipt-in', mugs),
    delivered('receipt-in', south),
    ...account.unidentified
      .all()
      .map(({ id }): Expected => ({ flow: 'receipt-in', number: `URO-${id}`, outcome: 'held', code: 'URO_OPEN' })),
    // Two parcels, each labelled and delivered.
    ...twice(delivered('shipment-in', split.reference)),
    ...twice(delivered('shipment-in', split.reference)),
    // Labelled, and later its tracking number.
    ...twice(delivered('shipment-in', gift.reference)),
    // Out of stock, labelled, refused by its customer.
    ...twice(delivered('shipment-in', shirt.reference)),
    delivered('shipment-in', shirt.reference),
    { flow: 'shipment-in', number: unknown.reference, outcome: 'held', code: 'ODOO_ORDER_NOT_FOUND' },
    ...account.returns.all().map(({ id, reference }) => delivered('return-in', reference ?? String(id))),
    ...invoices.map(
      ({ invoice_id, invoice_type }): Expected =>
        invoice_type === 'Payment'
          ? { flow: 'billing-in', number: String(invoice_id), outcome: 'skipped', code: 'INVOICE_NOT_BILLABLE' }
          : delivered('billing-in', String(invoice_id)),
    ),
  ]
}
