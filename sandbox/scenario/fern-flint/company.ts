import type { Hands, SandboxOdoo, SandboxRecord } from '../../systems/odoo/index.ts'
import type { Domain } from '../../systems/odoo/orm/model.ts'
import { idOf } from './masters.ts'

/** The buyer orders more of the first line. */
export function raisePurchase(odoo: SandboxOdoo, number: string, quantity: number): void {
  const order = idOf(odoo, 'purchase.order', 'name', number)
  const [line] = odoo.records('purchase.order.line', [['order_id', '=', order]], ['id'])
  if (line) odoo.write('purchase.order.line', line.id, { product_qty: quantity })
}

/** The warehouse sends off what is ordered, one carton for each order. True where something left. */
export function shipWhatIsReady(odoo: SandboxOdoo, ready: (order: string) => boolean): boolean {
  const leaving = openDeliveries(odoo).filter((p) => ready(orderNumber(odoo, p)))
  for (const picking of leaving)
    atOnce(odoo, (hands) => {
      hands.call('stock.picking', 'action_assign', picking.id)
      hands.call('stock.picking', 'action_put_in_pack', picking.id)
      const tracking = `1Z77R1A4${String(picking.id).padStart(10, '0')}`
      hands.write('stock.picking', picking.id, { carrier_tracking_ref: tracking })
      hands.call('stock.picking', 'button_validate', picking.id, {}, { skip_backorder: true, skip_sms: true })
    })
  return leaving.length > 0
}

/** The accountant invoices everything that has left and is not invoiced. True where something was. */
export function billWhatShipped(odoo: SandboxOdoo): boolean {
  const due = odoo.records('sale.order', [['invoice_status', '=', 'to invoice']], ['id', 'delivery_status'])
  const full = due.filter((o) => o.delivery_status === 'full')
  for (const { id } of full)
    atOnce(odoo, (hands) => {
      const context = { active_model: 'sale.order', active_ids: [id] }
      const wizard = hands.create('sale.advance.payment.inv', { advance_payment_method: 'delivered' }, context)
      hands.call('sale.advance.payment.inv', 'create_invoices', wizard, {}, context)
    })
  for (const { id } of odoo.records('account.move', unposted, ['id'])) odoo.call('account.move', 'action_post', id)
  return full.length > 0
}

const unposted: Domain = [
  ['move_type', '=', 'out_invoice'],
  ['state', '=', 'draft'],
]

/** A run may be killed anywhere: what belongs together is done wholly or not at all. */
function atOnce(odoo: SandboxOdoo, work: (hands: Hands) => void): void {
  const transaction = odoo.transaction()
  try {
    work(transaction)
    transaction.commit()
  } catch (error) {
    transaction.rollback()
    throw error
  }
}

const openDeliveries = (odoo: SandboxOdoo): SandboxRecord[] =>
  odoo.records(
    'stock.picking',
    [
      ['picking_type_code', '=', 'outgoing'],
      ['state', 'in', ['confirmed', 'assigned', 'waiting']],
    ],
    ['id', 'name', 'sale_id'],
  )

/** The retailer's number of the order behind a delivery. */
function orderNumber(odoo: SandboxOdoo, picking: SandboxRecord): string {
  const [order] = odoo.records('sale.order', [['id', '=', picking.sale_id ?? 0]], ['client_order_ref'])
  return String(order?.client_order_ref ?? '')
}
