import { placeSale } from '../../systems/odoo/business/people/index.ts'
import type { SandboxOdoo } from '../../systems/odoo/index.ts'
import { orders, type ShopOrder } from './company.ts'

/** The shop's other app keys the order into Odoo, under the shop's own number. One of a market place it never hears of. */
export function sell(odoo: SandboxOdoo, name: ShopOrder): boolean {
  const { reference, sold } = orders[name]
  if (!sold || odoo.records('sale.order', [['client_order_ref', '=', reference]], ['id']).length > 0) return true
  placeSale(odoo, {
    partner: 'WEBSHOP',
    theirReference: reference,
    warehouse: 'SBCA',
    lines: Object.entries(sold).map(([item, quantity]) => ({ item, quantity })),
  })
  return true
}

/** The buyer wants more of the first line of a purchase order. */
export function orderMore(odoo: SandboxOdoo, number: string, quantity: number): boolean {
  const [line] = odoo.records('purchase.order.line', [['order_id.name', '=', number]], ['id', 'product_qty'])
  if (line && line.product_qty !== quantity) odoo.write('purchase.order.line', line.id, { product_qty: quantity })
  return true
}
