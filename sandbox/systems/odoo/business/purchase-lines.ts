import { UserError } from '../orm/errors.ts'
import { type Env, type Model, model, type Rec, type Values } from '../orm/model.ts'
import { char, datetime, float, json, many2many, many2one, one2many, related } from './fields.ts'
import { namesOf } from './names.ts'
import { idOf, isZero, numberOf, round, sum } from './numbers.ts'
import { bookedOf, lineFields } from './order-lines.ts'
import { syncReceipts } from './receipts.ts'
import { sellerOf } from './supplier-prices.ts'
import { convert, convertPrice } from './uom.ts'

export const purchaseStates = {
  draft: 'RFQ',
  sent: 'RFQ Sent',
  'to approve': 'To Approve',
  purchase: 'Purchase Order',
  done: 'Locked',
  cancel: 'Cancelled',
}

const line = model({
  name: 'purchase.order.line',
  description: 'Purchase Order Line',
  order: 'order_id, sequence, id',
  displayName: (record) => record.one('product_id')?.displayName() ?? record.str('name'),
  fields: {
    ...lineFields('purchase.order', 'product_qty', (env) => namesOf(env).purchaseTaxes),
    product_id: many2one('product.product'),
    product_qty: float({ required: true, default: 1, string: 'Quantity' }),
    product_uom: many2one('uom.uom', { until: 18, string: 'Unit of Measure' }),
    product_uom_id: many2one('uom.uom', { since: 19, string: 'Unit' }),
    taxes_id: many2many('account.tax', { until: 18 }),
    tax_ids: many2many('account.tax', { since: 19 }),
    product_uom_qty: float({
      string: 'Total Quantity',
      compute: (record, env) =>
        convert(env, record.num('product_qty'), unitOf(record, env), record.one('product_id')?.one('uom_id')),
    }),
    date_planned: datetime({ string: 'Expected Arrival' }),
    partner_id: many2one('res.partner', { related: 'order_id.partner_id', store: true, readonly: true }),
    qty_received: float({
      string: 'Received Qty',
      store: true,
      depends: ['move_ids.state', 'move_ids.quantity', 'product_id', 'product_qty'],
      compute: received,
    }),
    qty_invoiced: float({
      string: 'Billed Qty',
      store: true,
      readonly: true,
      depends: ['invoice_lines.quantity', 'invoice_lines.parent_state', 'invoice_lines.purchase_line_id'],
      compute: (record) =>
        sum(
          record.many('invoice_lines').filter((one) => one.str('parent_state') !== 'cancel'),
          (one) => one.num('quantity') * (one.one('move_id')?.str('move_type') === 'in_refund' ? -1 : 1),
        ),
    }),
    qty_to_invoice: float({
      string: 'To Invoice Quantity',
      store: true,
      readonly: true,
      depends: ['qty_received', 'qty_invoiced', 'product_qty', 'order_id.state'],
      compute: (record) => {
        if (!['purchase', 'done'].includes(record.one('order_id')?.str('state') ?? '')) return 0
        const ordered = record.one('product_id')?.str('purchase_method') === 'purchase'
        return round(record.num(ordered ? 'product_qty' : 'qty_received') - record.num('qty_invoiced'), 6)
      },
    }),
    move_ids: one2many('stock.move', 'purchase_line_id'),
    invoice_lines: one2many('account.move.line', 'purchase_line_id'),
    product_description_variants: char(),
    analytic_distribution: json(),
    product_type: related('selection', 'product_id.type'),
  },
  beforeCreate: completed,
  onCreate: (env, records) => {
    for (const record of records) if (isConfirmed(record)) syncReceipts(env, record)
  },
  onWrite: (env, records, values) => {
    for (const record of records.filter(isConfirmed)) {
      if ('product_qty' in values) syncReceipts(env, record)
      if (values.date_planned) reschedule(record)
    }
  },
  beforeUnlink: (env, records) => {
    for (const record of records) {
      const state = record.str('state')
      if (state === 'purchase' || state === 'done')
        throw new UserError(`Cannot delete a purchase order line which is in state “${purchaseStates[state]}”.`)
      env.model('stock.move').write(
        record.many('move_ids').map((move) => move.id),
        { purchase_line_id: false },
      )
    }
  },
})

export const purchaseLineModels: Model[] = [line]

export const isConfirmed = (record: Rec): boolean => record.str('state') === 'purchase' && !record.str('display_type')

const unitOf = (record: Rec, env: Env): Rec | undefined => record.one(namesOf(env).unit)

function received(record: Rec, env: Env): number {
  const product = record.one('product_id')
  if (product?.str('type') !== 'consu') return record.num('qty_received')
  const isReturn = (move: Rec) => move.one('location_dest_id')?.str('usage') === 'supplier'
  return bookedOf(env, record, unitOf(record, env), isReturn)
}

/** A change of the expected day moves what is still to come. */
function reschedule(record: Rec): void {
  for (const move of record.many('move_ids'))
    if (!['done', 'cancel'].includes(move.str('state')))
      move.set({ date: record.get('date_planned'), date_deadline: record.get('date_planned') })
}

/** What the product, the vendor's prices and an agreement say of a line (odoo.md §8.1, §8.5). */
function completed(env: Env, given: Values): Values {
  const product = idOf(given.product_id) ? env.model('product.product').get(idOf(given.product_id) ?? 0) : undefined
  const order = idOf(given.order_id) ? env.model('purchase.order').get(idOf(given.order_id) ?? 0) : undefined
  if (!product || !order) return given
  const { unit: unitField, purchaseTaxes } = namesOf(env)
  const own = product.one('uom_id')
  const unit = idOf(given[unitField])
    ? env.model('uom.uom').get(idOf(given[unitField]) ?? 0)
    : ((env.version === 18 ? product.one('uom_po_id') : undefined) ?? own)
  const quantity = 'product_qty' in given ? numberOf(given.product_qty) : 1
  const day = order.str('date_order').slice(0, 10) || env.today()
  const seller = sellerOf(env, product, order.one('partner_id'), quantity, unit, day)
  const agreed = order
    .one('requisition_id')
    ?.many('line_ids')
    .find((one) => one.num('product_id') === product.id)
  const price = agreed
    ? convertPrice(env, agreed.num('price_unit'), agreed.one('product_uom_id'), unit)
    : seller
      ? convertPrice(env, seller.num('price'), seller.one(unitField), unit)
      : convertPrice(env, product.num('standard_price'), own, unit)
  const code = seller?.str('product_code')
  const label = code ? `[${code}] ${seller?.str('product_name') || product.str('name')}` : product.displayName()
  const taxes = product.many('supplier_taxes_id').filter((tax) => tax.num('company_id') === order.num('company_id'))
  return {
    name: [label, product.str('description_purchase')].filter(Boolean).join('\n'),
    price_unit: round(price, 6),
    discount: seller && !agreed ? seller.num('discount') : 0,
    date_planned: later(
      order.str('date_order') || env.now(),
      seller && !isZero(seller.num('delay')) ? seller.num('delay') : 0,
    ),
    [purchaseTaxes]: [[6, 0, taxes.map((tax) => tax.id)]],
    ...given,
    [unitField]: unit?.id ?? false,
  }
}

/** A datetime so many days later. */
const later = (moment: string, days: number): string =>
  new Date(Date.parse(`${moment.replace(' ', 'T')}Z`) + days * 86_400_000).toISOString().slice(0, 19).replace('T', ' ')
