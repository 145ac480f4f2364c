import { type Env, type Model, model, type Values } from '../orm/model.ts'
import { amounts, isInvoice, isSale } from './entry-kinds.ts'
import { char, date, float, integer, json, many2many, many2one, monetary, related, selection } from './fields.ts'
import { idOf, numberOf, round } from './numbers.ts'
import { convertPrice } from './uom.ts'

const priced = ['price_unit', 'quantity', 'discount', 'tax_ids', 'display_type']

const line = model({
  name: 'account.move.line',
  description: 'Journal Item',
  order: 'date desc, move_name desc, id',
  fields: {
    move_id: many2one('account.move', { required: true, ondelete: 'cascade', string: 'Journal Entry' }),
    sequence: integer({ default: 10 }),
    display_type: selection(
      { product: 'Product', tax: 'Tax', payment_term: 'Payment Term', line_section: 'Section', line_note: 'Note' },
      { required: true, default: 'product' },
    ),
    name: char({ string: 'Label' }),
    product_id: many2one('product.product'),
    product_uom_id: many2one('uom.uom', { string: 'Unit of Measure' }),
    quantity: float({ default: 1 }),
    price_unit: float({ digits: (version) => (version === 18 ? 2 : undefined), string: 'Unit Price' }),
    discount: float({ digits: 2, string: 'Discount (%)' }),
    tax_ids: many2many('account.tax'),
    tax_line_id: many2one('account.tax', { string: 'Originator Tax' }),
    price_subtotal: monetary({
      store: true,
      readonly: true,
      depends: priced,
      compute: (record) => amounts(record).untaxed,
    }),
    price_total: monetary({ store: true, readonly: true, depends: priced, compute: (record) => amounts(record).total }),
    account_id: many2one('account.account'),
    partner_id: many2one('res.partner'),
    currency_id: many2one('res.currency', { default: (env) => env.company.get('currency_id') }),
    debit: monetary({ compute: (record) => Math.max(0, record.num('balance')), store: true, depends: ['balance'] }),
    credit: monetary({ compute: (record) => Math.max(0, -record.num('balance')), store: true, depends: ['balance'] }),
    balance: monetary(),
    amount_currency: monetary({ compute: (record) => record.get('balance') }),
    date_maturity: date({ string: 'Due Date' }),
    date: related('date', 'move_id.date', { store: true }),
    ref: related('char', 'move_id.ref', { store: true }),
    move_name: related('char', 'move_id.name', { store: true }),
    move_type: related('selection', 'move_id.move_type'),
    parent_state: related('selection', 'move_id.state', { store: true, string: 'Status' }),
    journal_id: related('many2one', 'move_id.journal_id', { relation: 'account.journal', store: true }),
    company_id: related('many2one', 'move_id.company_id', { relation: 'res.company', store: true }),
    analytic_distribution: json(),
    sale_line_ids: many2many('sale.order.line', { inverse: 'invoice_lines', copy: false }),
    purchase_line_id: many2one('purchase.order.line', { ondelete: 'set null', copy: false }),
  },
  beforeCreate: completed,
  onWrite: (env, records, values) => {
    // A line of a draft invoice changed: its balance, taxes and due amounts follow.
    if (!['price_unit', 'quantity', 'discount', 'tax_ids'].some((name) => name in values)) return
    for (const move of new Set(records.map((record) => record.num('move_id'))))
      if (isInvoice(env.model('account.move').get(move))) env.model('account.move').write([move], { line_ids: [] })
  },
})

export const entryLineModels: Model[] = [line]

function completed(env: Env, given: Values): Values {
  const move = idOf(given.move_id) ? env.model('account.move').get(idOf(given.move_id) ?? 0) : undefined
  const values = withBalance(given)
  if (!move || !isInvoice(move) || (values.display_type && values.display_type !== 'product')) return values
  const product = idOf(values.product_id) ? env.model('product.product').get(idOf(values.product_id) ?? 0) : undefined
  const sale = isSale(move)
  const own = product?.one('uom_id')
  const unit = idOf(values.product_uom_id) ? env.model('uom.uom').get(idOf(values.product_uom_id) ?? 0) : own
  const taxes = (product?.many(sale ? 'taxes_id' : 'supplier_taxes_id') ?? []).filter(
    (tax) => tax.num('company_id') === move.num('company_id'),
  )
  const price = product?.num(sale ? 'lst_price' : 'standard_price') ?? 0
  return {
    name: product?.displayName() ?? false,
    price_unit: round(convertPrice(env, price, own, unit), 6),
    account_id: move.one('journal_id')?.get('default_account_id') ?? false,
    tax_ids: [[6, 0, taxes.map((tax) => tax.id)]],
    partner_id: move.get('commercial_partner_id'),
    ...values,
    product_uom_id: unit?.id ?? false,
    balance: 0,
  }
}

/** Debit and credit are netted, rounded to the cent; a negative debit is a credit (odoo.md §9.1). */
function withBalance(given: Values): Values {
  if (!('debit' in given) && !('credit' in given)) return given
  const { debit, credit, ...rest } = given
  return { ...rest, balance: round(round(numberOf(debit)) - round(numberOf(credit))) }
}
