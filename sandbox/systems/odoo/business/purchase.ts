import { UserError } from '../orm/errors.ts'
import { type Env, type Extension, extension, type Model, model, type Rec, type Value } from '../orm/model.ts'
import { boolean, char, datetime, html, integer, many2many, many2one, one2many, selection } from './fields.ts'
import { isZero } from './numbers.ts'
import { totalFields } from './order-lines.ts'
import { purchaseMethods } from './purchase-actions.ts'
import { purchaseStates } from './purchase-lines.ts'

const order = model({
  name: 'purchase.order',
  description: 'Purchase Order',
  order: 'priority desc, id desc',
  displayName: (record) => `${record.str('name')}${record.str('partner_ref') ? ` (${record.str('partner_ref')})` : ''}`,
  searchNames: ['name', 'partner_ref'],
  fields: {
    name: char({ required: true, default: 'New', copy: false, string: 'Order Reference' }),
    state: selection(purchaseStates, { default: 'draft', readonly: true, copy: false, string: 'Status' }),
    priority: selection({ '0': 'Normal', '1': 'Urgent' }, { default: '0' }),
    partner_id: many2one('res.partner', { required: true, string: 'Vendor' }),
    partner_ref: char({ copy: false, string: 'Vendor Reference' }),
    origin: char({ copy: false, string: 'Source Document' }),
    date_order: datetime({ required: true, default: (env) => env.now(), copy: false, string: 'Order Deadline' }),
    date_approve: datetime({ readonly: true, copy: false, string: 'Confirmation Date' }),
    date_planned: datetime({
      string: 'Expected Arrival',
      store: true,
      depends: ['order_line.date_planned'],
      compute: (record) =>
        record
          .many('order_line')
          .map((line) => line.str('date_planned'))
          .filter(Boolean)
          .sort()[0] ?? false,
    }),
    dest_address_id: many2one('res.partner', { string: 'Dropship Address' }),
    currency_id: many2one('res.currency', { required: true, default: (env) => env.company.get('currency_id') }),
    company_id: many2one('res.company', { required: true, default: (env) => env.company.id }),
    user_id: many2one('res.users', { default: (env) => env.uid, string: 'Buyer' }),
    payment_term_id: many2one('account.payment.term'),
    notes: html({ until: 18, string: 'Terms and Conditions' }),
    note: html({ since: 19, string: 'Terms and Conditions' }),
    locked: boolean({ since: 19, copy: false }),
    acknowledged: boolean({ since: 19, copy: false }),
    order_line: one2many('purchase.order.line', 'order_id', { string: 'Order Lines' }),
    ...totalFields(),
    picking_type_id: many2one('stock.picking.type', { required: true, default: receiptType, string: 'Deliver To' }),
    picking_ids: one2many('stock.picking', 'purchase_id', { readonly: true, string: 'Receptions' }),
    incoming_picking_count: integer({ compute: (record) => record.many('picking_ids').length }),
    effective_date: datetime({
      string: 'Arrival',
      store: true,
      depends: ['picking_ids.date_done'],
      compute: (record) =>
        record
          .many('picking_ids')
          .filter((one) => one.str('state') === 'done')
          .map((one) => one.str('date_done'))
          .filter(Boolean)
          .sort()[0] ?? false,
    }),
    receipt_status: selection(
      { pending: 'Not Received', partial: 'Partially Received', full: 'Fully Received' },
      { store: true, readonly: true, depends: ['picking_ids.state'], compute: receiptStatus },
    ),
    invoice_ids: many2many('account.move', {
      compute: (record) => [
        ...new Set(
          record
            .many('order_line')
            .flatMap((line) => line.many('invoice_lines'))
            .map((line) => line.num('move_id')),
        ),
      ],
    }),
    invoice_count: integer({ compute: (record) => record.many('invoice_ids').length }),
    invoice_status: selection(
      { no: 'Nothing to Bill', 'to invoice': 'Waiting Bills', invoiced: 'Fully Billed' },
      { store: true, readonly: true, depends: ['state', 'order_line.qty_to_invoice'], compute: invoiceStatus },
    ),
    requisition_id: many2one('purchase.requisition', { string: 'Agreement', copy: false }),
  },
  beforeCreate: (env, values) => {
    const partner = typeof values.partner_id === 'number' ? env.model('res.partner').get(values.partner_id) : undefined
    return {
      payment_term_id: partner?.get('property_supplier_payment_term_id') ?? false,
      ...(partner?.get('property_purchase_currency_id')
        ? { currency_id: partner.get('property_purchase_currency_id') }
        : {}),
      ...values,
      name:
        values.name && values.name !== 'New' ? values.name : `P${String(env.next('purchase orders')).padStart(5, '0')}`,
    }
  },
  beforeUnlink: (_env, records) => {
    if (records.some((record) => record.str('state') !== 'cancel'))
      throw new UserError('In order to delete a purchase order, you must cancel it first.')
  },
  methods: purchaseMethods,
})

const { done: _locked, ...states19 } = purchaseStates

/** 19 says `locked` instead of a state of its own (odoo.md §12). */
const order19 = extension({
  extends: 'purchase.order',
  fields: {
    state: selection(states19, { default: 'draft', readonly: true, copy: false, string: 'Status', since: 19 }),
  },
})

export const purchaseModels: (Model | Extension)[] = [order, order19]

/** Receipts of the company's first warehouse. */
function receiptType(env: Env): Value {
  const [warehouse] = env
    .sudo()
    .model('stock.warehouse')
    .find([['company_id', '=', env.company.id]], { limit: 1 })
  return warehouse?.get('in_type_id') ?? false
}

function receiptStatus(record: Rec): string | false {
  const states = record.many('picking_ids').map((one) => one.str('state'))
  if (!states.length || states.every((state) => state === 'cancel')) return false
  if (states.every((state) => state === 'done' || state === 'cancel')) return 'full'
  return states.includes('done') ? 'partial' : 'pending'
}

function invoiceStatus(record: Rec): string {
  if (!['purchase', 'done'].includes(record.str('state'))) return 'no'
  const lines = record.many('order_line').filter((line) => !line.str('display_type'))
  if (lines.some((line) => !isZero(line.num('qty_to_invoice')))) return 'to invoice'
  return lines.some((line) => !isZero(line.num('qty_invoiced'))) ? 'invoiced' : 'no'
}
