import { UserError } from '../orm/errors.ts'
import { type Env, type Model, model, type Rec, type Values } from '../orm/model.ts'
import { boolean, float, many2many, selection } from './fields.ts'
import { namesOf } from './names.ts'
import { idsOf, isZero } from './numbers.ts'

const nothing = [
  'Cannot create an invoice. No items are available to invoice.\n\n',
  'To resolve this issue, please ensure that:\n',
  '   • The products have been delivered before attempting to invoice them.\n',
  '   • The invoicing policy of the product is configured correctly.\n\n',
  'If you want to invoice based on ordered quantities instead:\n',
  "   • For consumable or storable products, open the product, go to the 'General Information' tab and change the 'Invoicing Policy' from 'Delivered Quantities' to 'Ordered Quantities'.\n",
  "   • For services (and other products), change the 'Invoicing Policy' to 'Prepaid/Fixed Price'.\n",
].join('')

/** The dialog that makes invoices of sale orders (odoo.md §8.4). */
const wizard = model({
  name: 'sale.advance.payment.inv',
  description: 'Sales Advance Payment Invoice',
  fields: {
    advance_payment_method: selection(
      { delivered: 'Regular invoice', percentage: 'Down payment (percentage)', fixed: 'Down payment (fixed amount)' },
      { required: true, default: 'delivered', string: 'Create Invoice' },
    ),
    sale_order_ids: many2many('sale.order', { default: (env) => [[6, 0, idsOf(env.context.active_ids)]] }),
    consolidated_billing: boolean({ default: true }),
    amount: float(),
    fixed_amount: float(),
  },
  methods: {
    create_invoices: {
      run: (env, { ids }) => {
        for (const one of env.sudo().model('sale.advance.payment.inv').browse(ids)) {
          if (one.str('advance_payment_method') !== 'delivered')
            throw new UserError('The value of the down payment amount must be positive.')
          invoiceOrders(env.sudo(), one.many('sale_order_ids'), one.bool('consolidated_billing'))
        }
        return undefined
      },
    },
  },
})

export const saleInvoiceModels: Model[] = [wizard]

/** Draft invoices of what is to be invoiced: one for all orders of a customer, delivery address and currency, or one each. */
export function invoiceOrders(env: Env, orders: readonly Rec[], together = true): Rec[] {
  const groups = new Map<string, Rec[]>()
  for (const order of orders) {
    const alike = ['company_id', 'partner_invoice_id', 'partner_shipping_id', 'currency_id'].map((name) =>
      order.num(name),
    )
    const key = (together ? alike : [order.id]).join(' ')
    groups.set(key, [...(groups.get(key) ?? []), order])
  }
  const invoices = [...groups.values()].flatMap((group) => {
    const lines = group.flatMap(toInvoice)
    const [first] = group
    return first && lines.length ? [env.model('account.move').create(invoiceValues(env, first, group, lines))] : []
  })
  if (!invoices.length) throw new UserError(nothing)
  return invoices
}

const toInvoice = (order: Rec): Rec[] =>
  order.many('order_line').filter((line) => !line.str('display_type') && !isZero(line.num('qty_to_invoice')))

/** More to give back than to invoice makes a credit note. */
function invoiceValues(env: Env, first: Rec, group: readonly Rec[], lines: readonly Rec[]): Values {
  const total = lines.reduce((all, line) => all + line.num('qty_to_invoice') * line.num('price_unit'), 0)
  const sign = total < 0 ? -1 : 1
  const refs = [...new Set(group.map((order) => order.str('client_order_ref')).filter(Boolean))]
  const { saleTaxes, unit } = namesOf(env)
  return {
    move_type: sign < 0 ? 'out_refund' : 'out_invoice',
    partner_id: first.get('partner_invoice_id'),
    partner_shipping_id: first.get('partner_shipping_id'),
    currency_id: first.get('currency_id'),
    company_id: first.get('company_id'),
    invoice_payment_term_id: first.get('payment_term_id'),
    invoice_user_id: first.get('user_id'),
    invoice_origin: group.map((order) => order.str('name')).join(', '),
    ref: refs.join(', ') || false,
    narration: first.get('note'),
    invoice_line_ids: lines.map((line) => [
      0,
      0,
      {
        product_id: line.get('product_id'),
        name: line.get('name'),
        quantity: line.num('qty_to_invoice') * sign,
        product_uom_id: line.get(unit),
        price_unit: line.num('price_unit'),
        discount: line.num('discount'),
        tax_ids: [[6, 0, idsOf(line.get(saleTaxes))]],
        sale_line_ids: [[4, line.id]],
        sequence: line.num('sequence'),
      },
    ]),
  }
}
