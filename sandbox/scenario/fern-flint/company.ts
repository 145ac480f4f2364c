import type { SandboxOdoo, SandboxRecord } from '../../systems/odoo/index.ts'
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
  for (const picking of leaving) {
    odoo.call('stock.picking', 'action_assign', picking.id)
    odoo.call('stock.picking', 'action_put_in_pack', picking.id)
    odoo.write('stock.picking', picking.id, { carrier_tracking_ref: `1Z77R1A4${String(picking.id).padStart(10, '0')}` })
    odoo.call('stock.picking', 'button_validate', picking.id, {}, { skip_backorder: true, skip_sms: true })
  }
  return leaving.length > 0
}

/** The accountant invoices everything that has left and is not invoiced. True where something was. */
export function billWhatShipped(odoo: SandboxOdoo): boolean {
  const due = odoo.records('sale.order', [['invoice_status', '=', 'to invoice']], ['id', 'delivery_status'])
  const full = due.filter((o) => o.delivery_status === 'full')
  for (const { id } of full) {
    const context = { active_model: 'sale.order', active_ids: [id] }
    const wizard = odoo.sudo(
      (env) => env.with(context).model('sale.advance.payment.inv').create({ advance_payment_method: 'delivered' }).id,
    )
    odoo.call('sale.advance.payment.inv', 'create_invoices', wizard, {}, context)
    const [order] = odoo.records('sale.order', [['id', '=', id]], ['invoice_ids'])
    for (const invoice of Array.isArray(order?.invoice_ids) ? order.invoice_ids : [])
      if (typeof invoice === 'number') odoo.call('account.move', 'action_post', invoice)
  }
  return full.length > 0
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
