import type { Env, Rec, Values } from '../../orm/model.ts'
import { namesOf } from '../names.ts'
import { type Company, type Made, made, named, partnerOf, productOf } from './find.ts'

export interface OrderedLine {
  /** Internal reference. */
  item: string
  quantity: number
  /** Per unit, before tax; Odoo's own price where absent. */
  price?: number
  /** Name of the unit of measure; the product's own where absent. */
  unit?: string
  discount?: number
  /** 'YYYY-MM-DD HH:MM:SS' */
  planned?: string
}

export interface Ordered {
  /** Vendor or customer: reference, name or database id. */
  partner: string | number
  lines: readonly OrderedLine[]
  /** partner_ref or client_order_ref. */
  theirReference?: string
  origin?: string
  shipTo?: string | number
  /** Code of the warehouse; the first one where absent. */
  warehouse?: string
  /** False leaves a draft. */
  confirm?: boolean
  values?: Values
}

/** A buyer places a purchase order. @returns it with the names of its receipts */
export function placePurchase(company: Company, order: Ordered): Made & { receipts: string[] } {
  return company.sudo((env) => {
    const warehouse = order.warehouse && named(env, 'stock.warehouse', order.warehouse, 'code')
    const record = env.model('purchase.order').create({
      partner_id: partnerOf(env, order.partner).id,
      partner_ref: order.theirReference ?? false,
      origin: order.origin ?? false,
      ...(warehouse ? { picking_type_id: warehouse.get('in_type_id') } : {}),
      ...order.values,
      order_line: order.lines.map((line) => [
        0,
        0,
        { ...lineOf(env, line), product_qty: line.quantity, ...(line.planned ? { date_planned: line.planned } : {}) },
      ]),
    })
    if (order.confirm !== false) env.model('purchase.order').call('button_confirm', [record.id])
    return { ...made(record), receipts: transfersOf(record) }
  })
}

/** A salesman enters a sale order. @returns it with the names of its deliveries */
export function placeSale(company: Company, order: Ordered): Made & { deliveries: string[] } {
  return company.sudo((env) => {
    const record = env.model('sale.order').create({
      partner_id: partnerOf(env, order.partner).id,
      client_order_ref: order.theirReference ?? false,
      origin: order.origin ?? false,
      ...(order.shipTo === undefined ? {} : { partner_shipping_id: partnerOf(env, order.shipTo).id }),
      ...(order.warehouse ? { warehouse_id: named(env, 'stock.warehouse', order.warehouse, 'code').id } : {}),
      ...order.values,
      order_line: order.lines.map((line) => [0, 0, { ...lineOf(env, line), product_uom_qty: line.quantity }]),
    })
    if (order.confirm !== false) env.model('sale.order').call('action_confirm', [record.id])
    return { ...made(record), deliveries: transfersOf(record) }
  })
}

const lineOf = (env: Env, line: OrderedLine): Values => ({
  product_id: productOf(env, line.item).id,
  ...(line.price === undefined ? {} : { price_unit: line.price }),
  ...(line.discount === undefined ? {} : { discount: line.discount }),
  ...(line.unit === undefined ? {} : { [namesOf(env).unit]: named(env, 'uom.uom', line.unit).id }),
})

const transfersOf = (order: Rec): string[] => order.many('picking_ids').map((one) => one.str('name'))

/** Names of an order's transfers that wait for somebody, oldest first. */
export function openTransfers(company: Company, model: 'sale.order' | 'purchase.order', order: string): string[] {
  return company.sudo((env) =>
    named(env, model, order)
      .many('picking_ids')
      .filter((one) => !['done', 'cancel'].includes(one.str('state')))
      .sort((a, b) => a.id - b.id)
      .map((one) => one.str('name')),
  )
}
