import type { Env, Rec } from '../orm/model.ts'
import { namesOf } from './names.ts'
import { idsOf, isZero } from './numbers.ts'

/** A draft vendor bill of what a purchase order received and was not billed for. */
export function createBill(env: Env, order: Rec): Rec {
  const { unit, purchaseTaxes } = namesOf(env)
  const products = order.many('order_line').filter((line) => !line.str('display_type'))
  const due = products.filter((line) => !isZero(line.num('qty_to_invoice')))
  // Where nothing is due, 19 makes a bill of nothing (recording: bill of a cancelled order).
  const lines = due.length ? due : products
  return env.model('account.move').create({
    move_type: 'in_invoice',
    partner_id: order.get('partner_id'),
    currency_id: order.get('currency_id'),
    company_id: order.get('company_id'),
    invoice_payment_term_id: order.get('payment_term_id'),
    invoice_origin: order.get('name'),
    ref: due.length ? order.get('partner_ref') : false,
    invoice_line_ids: lines.map((line) => [
      0,
      0,
      {
        product_id: line.get('product_id'),
        name: `${order.str('name')}: ${line.str('name')}`,
        quantity: line.num('qty_to_invoice'),
        product_uom_id: line.get(unit),
        price_unit: line.num('price_unit'),
        discount: line.num('discount'),
        tax_ids: [[6, 0, idsOf(line.get(purchaseTaxes))]],
        purchase_line_id: line.id,
      },
    ]),
  })
}
