import { UserError } from '../orm/errors.ts'
import { type Env, type Model, model, type Rec, type Values } from '../orm/model.ts'
import { syncDeliveries } from './deliveries.ts'
import { boolean, float, json, many2many, many2one, one2many, related, selection } from './fields.ts'
import { namesOf } from './names.ts'
import { idOf, isZero, less, more, round, sum } from './numbers.ts'
import { bookedOf, lineFields } from './order-lines.ts'
import { convertPrice } from './uom.ts'

export const invoiceStatuses = {
  upselling: 'Upselling Opportunity',
  invoiced: 'Fully Invoiced',
  'to invoice': 'To Invoice',
  no: 'Nothing to Invoice',
}

const line = model({
  name: 'sale.order.line',
  description: 'Sales Order Line',
  order: 'order_id, sequence, id',
  displayName: (record) => {
    const order = record.one('order_id')
    const name = record.str('name').split('\n')[0] ?? ''
    return `${order?.str('name')} - ${name} (${order?.one('partner_id')?.str('name')})`
  },
  fields: {
    ...lineFields('sale.order', 'product_uom_qty', (env) => namesOf(env).saleTaxes),
    product_id: many2one('product.product'),
    product_template_id: many2one('product.template', { related: 'product_id.product_tmpl_id' }),
    product_uom_qty: float({ required: true, default: 1, string: 'Quantity' }),
    product_uom: many2one('uom.uom', { until: 18, string: 'Unit of Measure' }),
    product_uom_id: many2one('uom.uom', { since: 19, string: 'Unit' }),
    tax_id: many2many('account.tax', { until: 18 }),
    tax_ids: many2many('account.tax', { since: 19 }),
    order_partner_id: many2one('res.partner', { related: 'order_id.partner_id', store: true, readonly: true }),
    customer_lead: float({ required: true, default: 0 }),
    qty_delivered: float({
      string: 'Delivery Quantity',
      store: true,
      depends: ['move_ids.state', 'move_ids.quantity', 'product_id'],
      compute: delivered,
    }),
    qty_to_deliver: float({
      compute: (record) => Math.max(0, round(record.num('product_uom_qty') - record.num('qty_delivered'), 6)),
    }),
    qty_invoiced: float({
      string: 'Invoiced Quantity',
      store: true,
      readonly: true,
      depends: ['invoice_lines.quantity', 'invoice_lines.parent_state'],
      compute: (record) =>
        sum(
          record.many('invoice_lines').filter((one) => one.str('parent_state') !== 'cancel'),
          (one) => one.num('quantity') * (one.one('move_id')?.str('move_type') === 'out_refund' ? -1 : 1),
        ),
    }),
    qty_to_invoice: float({
      string: 'Quantity To Invoice',
      store: true,
      readonly: true,
      depends: ['qty_delivered', 'qty_invoiced', 'product_uom_qty', 'order_id.state'],
      compute: (record) => {
        if (record.one('order_id')?.str('state') !== 'sale' || record.str('display_type')) return 0
        const ordered = record.one('product_id')?.str('invoice_policy') !== 'delivery'
        return round(record.num(ordered ? 'product_uom_qty' : 'qty_delivered') - record.num('qty_invoiced'), 6)
      },
    }),
    invoice_status: selection(invoiceStatuses, {
      store: true,
      readonly: true,
      depends: ['order_id.state', 'product_uom_qty', 'qty_delivered', 'qty_to_invoice', 'qty_invoiced'],
      compute: invoiceStatus,
    }),
    invoice_lines: many2many('account.move.line', { inverse: 'sale_line_ids', copy: false }),
    move_ids: one2many('stock.move', 'sale_line_id'),
    warehouse_id: many2one('stock.warehouse', { related: 'order_id.warehouse_id', store: true, readonly: true }),
    is_delivery: boolean(),
    analytic_distribution: json(),
    product_type: related('selection', 'product_id.type'),
  },
  beforeCreate: completed,
  onCreate: (env, records) => {
    for (const record of records) if (isConfirmed(record)) syncDeliveries(env, record)
  },
  beforeWrite: (_env, records, values) => {
    for (const record of records) checkWrite(record, values)
    return values
  },
  onWrite: (env, records, values) => {
    if ('product_uom_qty' in values) for (const record of records) if (isConfirmed(record)) syncDeliveries(env, record)
  },
  beforeUnlink: (_env, records) => {
    if (records.some(isConfirmed))
      throw new UserError(
        "Once a sales order is confirmed, you can't remove one of its lines (we need to track if something gets invoiced or delivered).\n                Set the quantity to 0 instead.",
      )
  },
})

export const saleLineModels: Model[] = [line]

const isConfirmed = (record: Rec): boolean => record.str('state') === 'sale' && !record.str('display_type')

function checkWrite(record: Rec, values: Values): void {
  const guarded = [
    'product_id',
    'name',
    'price_unit',
    'product_uom',
    'product_uom_id',
    'product_uom_qty',
    'tax_id',
    'tax_ids',
  ]
  const changed = guarded.filter((name) => name in values && record.get(name) !== values[name])
  if (changed.length && record.one('order_id')?.bool('locked'))
    throw new UserError(`It is forbidden to modify the following fields in a locked order:\n${changed.join('\n')}`)
  if (!isConfirmed(record) || typeof values.product_uom_qty !== 'number') return
  if (
    less(values.product_uom_qty, record.num('qty_delivered')) &&
    less(values.product_uom_qty, record.num('product_uom_qty'))
  )
    throw new UserError(
      'The ordered quantity of a sale order line cannot be decreased below the amount already delivered. Instead, create a return in your inventory.',
    )
}

function delivered(record: Rec, env: Env): number {
  if (record.one('product_id')?.str('type') !== 'consu') return record.num('qty_delivered')
  const isReturn = (move: Rec) => move.one('location_dest_id')?.str('usage') !== 'customer'
  return bookedOf(env, record, record.one(namesOf(env).unit), isReturn)
}

function invoiceStatus(record: Rec): string {
  if (record.one('order_id')?.str('state') !== 'sale' || record.str('display_type')) return 'no'
  if (!isZero(record.num('qty_to_invoice'))) return 'to invoice'
  const [ordered, sent] = [record.num('product_uom_qty'), record.num('qty_delivered')]
  if (record.one('product_id')?.str('invoice_policy') === 'order' && more(sent, ordered)) return 'upselling'
  return !less(record.num('qty_invoiced'), ordered) ? 'invoiced' : 'no'
}

/** What the product says of a line (odoo.md §8.4). */
function completed(env: Env, given: Values): Values {
  const product = idOf(given.product_id) ? env.model('product.product').get(idOf(given.product_id) ?? 0) : undefined
  const order = idOf(given.order_id) ? env.model('sale.order').get(idOf(given.order_id) ?? 0) : undefined
  if (!product || !order) return given
  const { unit: unitField, saleTaxes } = namesOf(env)
  const own = product.one('uom_id')
  const unit = idOf(given[unitField]) ? env.model('uom.uom').get(idOf(given[unitField]) ?? 0) : own
  const taxes = product.many('taxes_id').filter((tax) => tax.num('company_id') === order.num('company_id'))
  return {
    name: [product.displayName(), product.str('description_sale')].filter(Boolean).join('\n'),
    price_unit: round(convertPrice(env, product.num('lst_price'), own, unit), 6),
    customer_lead: product.num('sale_delay'),
    [saleTaxes]: [[6, 0, taxes.map((tax) => tax.id)]],
    ...given,
    [unitField]: unit?.id ?? false,
  }
}
