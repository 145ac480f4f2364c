import { UserError } from '../orm/errors.ts'
import { type Env, type Method, type Model, model, type Rec } from '../orm/model.ts'
import { boolean, char, date, float, html, many2one, one2many, selection } from './fields.ts'
import { namesOf } from './names.ts'
import { sum } from './numbers.ts'
import { convert } from './uom.ts'

const agreement = model({
  name: 'purchase.requisition',
  description: 'Purchase Requisition',
  order: 'id desc',
  fields: {
    name: char({ required: true, readonly: true, default: 'New', copy: false, string: 'Agreement' }),
    active: boolean({ default: true }),
    reference: char(),
    vendor_id: many2one('res.partner', { string: 'Vendor' }),
    requisition_type: selection(
      { blanket_order: 'Blanket Order', purchase_template: 'Purchase Template' },
      { required: true, default: 'blanket_order', string: 'Agreement Type' },
    ),
    state: selection(
      { draft: 'Draft', confirmed: 'Confirmed', done: 'Closed', cancel: 'Cancelled' },
      { required: true, default: 'draft', copy: false },
    ),
    date_start: date({ string: 'Start Date' }),
    date_end: date({ string: 'End Date' }),
    user_id: many2one('res.users', { default: (env) => env.uid }),
    description: html(),
    company_id: many2one('res.company', { required: true, default: (env) => env.company.id }),
    currency_id: many2one('res.currency', { required: true, default: (env) => env.company.get('currency_id') }),
    warehouse_id: many2one('stock.warehouse'),
    picking_type_id: many2one('stock.picking.type', {
      required: true,
      default: (env) =>
        env
          .model('stock.warehouse')
          .find([['company_id', '=', env.company.id]], { limit: 1 })[0]
          ?.get('in_type_id') ?? false,
    }),
    line_ids: one2many('purchase.requisition.line', 'requisition_id'),
    purchase_ids: one2many('purchase.order', 'requisition_id'),
  },
  beforeCreate: (env, values) => {
    if (values.name && values.name !== 'New') return values
    const template = values.requisition_type === 'purchase_template'
    const number = env.next(`agreements ${template ? 'template' : 'blanket'}`)
    return { ...values, name: `${template ? 'PT' : 'BO'}${String(number).padStart(5, '0')}` }
  },
  beforeUnlink: (_env, records) => {
    if (records.some((record) => !['draft', 'cancel'].includes(record.str('state'))))
      throw new UserError('You can only delete draft or cancelled requisitions.')
  },
  methods: {
    action_confirm: { run: to('confirmed', checkLines) },
    action_done: {
      run: to('done', (one) => {
        if (one.many('purchase_ids').some((order) => ['draft', 'sent', 'to approve'].includes(order.str('state'))))
          throw new UserError('To close this purchase requisition, cancel related Requests for Quotation.')
      }),
    },
    action_cancel: {
      run: to('cancel', (one, env) => {
        const drafts = one.many('purchase_ids').filter((order) => ['draft', 'sent'].includes(order.str('state')))
        for (const order of drafts) env.model('purchase.order').call('button_cancel', [order.id])
      }),
    },
    action_draft: { run: to('draft', () => {}) },
  },
})

function to(state: string, before: (one: Rec, env: Env) => void): Method['run'] {
  return (env, { ids }) => {
    for (const id of ids) {
      const one = env.sudo().model('purchase.requisition').get(id)
      before(one, env.sudo())
      one.set({ state })
    }
    return undefined
  }
}

function checkLines(one: Rec): void {
  const lines = one.many('line_ids')
  if (!lines.length)
    throw new UserError(
      `You cannot confirm agreement '${one.str('name')}' because it does not contain any product lines.`,
    )
  if (one.str('requisition_type') !== 'blanket_order') return
  if (lines.some((line) => line.num('price_unit') <= 0))
    throw new UserError('You cannot confirm a blanket order with lines missing a price.')
  if (lines.some((line) => line.num('product_qty') <= 0))
    throw new UserError('You cannot confirm a blanket order with lines missing a quantity.')
}

const line = model({
  name: 'purchase.requisition.line',
  description: 'Purchase Requisition Line',
  order: 'id',
  displayName: (record) => record.one('product_id')?.displayName() ?? '',
  fields: {
    requisition_id: many2one('purchase.requisition', { required: true, ondelete: 'cascade' }),
    product_id: many2one('product.product', { required: true }),
    product_uom_id: many2one('uom.uom'),
    product_qty: float({ string: 'Quantity' }),
    price_unit: float({ string: 'Unit Price' }),
    company_id: many2one('res.company', { related: 'requisition_id.company_id', store: true, readonly: true }),
    product_description_variants: char(),
    qty_ordered: float({
      string: 'Ordered',
      compute: (record, env) =>
        sum(
          (record.one('requisition_id')?.many('purchase_ids') ?? [])
            .filter((order) => ['purchase', 'done'].includes(order.str('state')))
            .flatMap((order) => order.many('order_line'))
            .filter((one) => one.num('product_id') === record.num('product_id')),
          (one) => convert(env, one.num('product_qty'), one.one(namesOf(env).unit), record.one('product_uom_id')),
        ),
    }),
  },
  beforeCreate: (env, values) => {
    if (values.product_uom_id || typeof values.product_id !== 'number') return values
    return { ...values, product_uom_id: env.model('product.product').get(values.product_id).get('uom_id') }
  },
})

export const agreementModels: Model[] = [agreement, line]
