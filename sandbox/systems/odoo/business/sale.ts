import { UserError } from '../orm/errors.ts'
import { type Env, type Model, model, type Rec, type Value } from '../orm/model.ts'
import { addressFor } from './addresses.ts'
import {
  boolean,
  char,
  date,
  datetime,
  float,
  html,
  integer,
  many2many,
  many2one,
  one2many,
  selection,
} from './fields.ts'
import { totalFields } from './order-lines.ts'
import { saleMethods } from './sale-actions.ts'
import { invoiceStatuses } from './sale-lines.ts'

const order = model({
  name: 'sale.order',
  description: 'Sales Order',
  order: 'date_order desc, id desc',
  searchNames: ['name', 'client_order_ref'],
  fields: {
    name: char({ required: true, default: 'New', copy: false, string: 'Order Reference' }),
    state: selection(
      { draft: 'Quotation', sent: 'Quotation Sent', sale: 'Sales Order', cancel: 'Cancelled' },
      { default: 'draft', readonly: true, copy: false, string: 'Status' },
    ),
    locked: boolean({ copy: false }),
    partner_id: many2one('res.partner', { required: true, string: 'Customer' }),
    partner_invoice_id: many2one('res.partner', { required: true, string: 'Invoice Address' }),
    partner_shipping_id: many2one('res.partner', { required: true, string: 'Delivery Address' }),
    client_order_ref: char({ copy: false, string: 'Customer Reference' }),
    origin: char({ string: 'Source Document' }),
    reference: char({ copy: false, string: 'Payment Ref.' }),
    date_order: datetime({ required: true, default: (env) => env.now(), copy: false, string: 'Order Date' }),
    commitment_date: datetime({ copy: false, string: 'Delivery Date' }),
    expected_date: datetime({ compute: (record) => record.get('commitment_date') || record.get('date_order') }),
    effective_date: datetime({
      store: true,
      depends: ['picking_ids.date_done'],
      compute: (record) =>
        sentOut(record)
          .map((one) => one.str('date_done'))
          .filter(Boolean)
          .sort()[0] ?? false,
    }),
    validity_date: date({ copy: false, string: 'Expiration' }),
    company_id: many2one('res.company', { required: true, default: (env) => env.company.id }),
    // A sales order has the currency of its price list, and the company's without one.
    currency_id: many2one('res.currency', {
      store: true,
      readonly: true,
      depends: ['pricelist_id'],
      compute: (record, env) => record.one('pricelist_id')?.get('currency_id') ?? env.company.get('currency_id'),
    }),
    user_id: many2one('res.users', { default: (env) => env.uid, string: 'Salesperson' }),
    payment_term_id: many2one('account.payment.term'),
    warehouse_id: many2one('stock.warehouse', { default: firstWarehouse }),
    picking_policy: selection(
      { direct: 'As soon as possible', one: 'When all products are ready' },
      { required: true, default: 'direct', string: 'Shipping Policy' },
    ),
    carrier_id: many2one('delivery.carrier', { string: 'Delivery Method' }),
    shipping_weight: float(),
    note: html({ string: 'Terms and conditions' }),
    order_line: one2many('sale.order.line', 'order_id', { string: 'Order Lines' }),
    ...totalFields(),
    picking_ids: one2many('stock.picking', 'sale_id', { string: 'Transfers' }),
    delivery_count: integer({ compute: (record) => record.many('picking_ids').length }),
    delivery_status: selection(
      { pending: 'Not Delivered', started: 'Started', partial: 'Partially Delivered', full: 'Fully Delivered' },
      { store: true, readonly: true, depends: ['picking_ids.state'], compute: deliveryStatus },
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
    invoice_status: selection(invoiceStatuses, {
      store: true,
      readonly: true,
      depends: ['state', 'order_line.invoice_status'],
      compute: invoiceStatus,
    }),
    pricelist_id: many2one('product.pricelist', { string: 'Pricelist' }),
  },
  beforeCreate: (env, values) => {
    const partner = typeof values.partner_id === 'number' ? env.model('res.partner').get(values.partner_id) : undefined
    return {
      partner_invoice_id: partner ? addressFor(partner, 'invoice').id : false,
      partner_shipping_id: partner ? addressFor(partner, 'delivery').id : false,
      payment_term_id: partner?.get('property_payment_term_id') ?? false,
      pricelist_id: partner?.get('property_product_pricelist') ?? false,
      ...values,
      name: values.name && values.name !== 'New' ? values.name : `S${String(env.next('sale orders')).padStart(5, '0')}`,
    }
  },
  beforeUnlink: (_env, records) => {
    if (records.some((record) => !['draft', 'cancel'].includes(record.str('state'))))
      throw new UserError('You can not delete a sent quotation or a confirmed sales order. You must first cancel it.')
  },
  methods: saleMethods,
})

const pricelist = model({
  name: 'product.pricelist',
  description: 'Pricelist',
  fields: {
    name: char({ required: true }),
    currency_id: many2one('res.currency', { required: true, default: (env) => env.company.get('currency_id') }),
    company_id: many2one('res.company'),
    active: boolean({ default: true }),
  },
})

export const saleModels: Model[] = [order, pricelist]

function firstWarehouse(env: Env): Value {
  const [warehouse] = env
    .sudo()
    .model('stock.warehouse')
    .find([['company_id', '=', env.company.id]], { limit: 1 })
  return warehouse?.id ?? false
}

const sentOut = (record: Rec): Rec[] =>
  record
    .many('picking_ids')
    .filter((one) => one.str('state') === 'done' && one.one('location_dest_id')?.str('usage') === 'customer')

function deliveryStatus(record: Rec): string | false {
  const states = record.many('picking_ids').map((one) => one.str('state'))
  if (!states.length || states.every((state) => state === 'cancel')) return false
  if (states.every((state) => state === 'done' || state === 'cancel')) return 'full'
  if (!states.includes('done')) return 'pending'
  return record.many('order_line').some((line) => line.num('qty_delivered') !== 0) ? 'partial' : 'started'
}

function invoiceStatus(record: Rec): string {
  if (record.str('state') !== 'sale') return 'no'
  const states = record
    .many('order_line')
    .filter((line) => !line.str('display_type') && !line.bool('is_downpayment'))
    .map((line) => line.str('invoice_status'))
  if (states.includes('to invoice')) return 'to invoice'
  if (!states.length || states.includes('no')) return 'no'
  return states.every((state) => state === 'invoiced') ? 'invoiced' : 'upselling'
}
