import type { Env, Rec, Values } from '../orm/model.ts'
import { isKitLine, kitsMoved } from './kit-moves.ts'
import { namesOf } from './names.ts'
import { isZero, more, round, sum } from './numbers.ts'
import { assign, cancelMoves, confirmMoves, setQuantity } from './reserve.ts'
import { convert } from './uom.ts'

/*
 * Outgoing transfers of sale orders. Goods are sent, storable or not; services are not.
 */

/** The delivery of a confirmed order: one transfer with what no move stands for yet. */
export function createDelivery(env: Env, order: Rec): void {
  const lines = order.many('order_line').filter((line) => more(missingOf(env, line), 0))
  if (!lines.length) return
  const transfer = openDelivery(order) ?? newDelivery(env, order)
  const moves = lines.map((line) =>
    env.model('stock.move').create(moveValues(env, order, line, transfer, missingOf(env, line))),
  )
  confirmMoves(env, moves)
}

/** A line of a confirmed order was added or its quantity changed: open moves follow. */
export function syncDeliveries(env: Env, line: Rec): void {
  const order = line.one('order_id')
  const missing = missingOf(env, line)
  if (!order || isZero(missing)) return
  const open = line.many('move_ids').filter((move) => !['done', 'cancel'].includes(move.str('state')))
  const [first] = open
  if (!first || (isKitLine(line) && missing > 0)) {
    if (more(missing, 0)) createDelivery(env, order)
    return
  }
  if (isKitLine(line)) {
    const share = line.num('product_uom_qty') / (line.num('product_uom_qty') - missing)
    for (const move of open) lessen(env, move, round(move.num('product_uom_qty') * share, 4))
    return
  }
  let left = convert(env, Math.abs(missing), line.one(namesOf(env).unit), first.one('product_uom'))
  if (missing > 0) {
    first.set({ product_uom_qty: round(first.num('product_uom_qty') + left, 6) })
    assign(env, [first])
    return
  }
  for (const move of open) {
    const less = Math.min(left, move.num('product_uom_qty'))
    const demand = round(move.num('product_uom_qty') - less, 6)
    left = round(left - less, 6)
    lessen(env, move, demand)
  }
}

function lessen(env: Env, move: Rec, demand: number): void {
  if (isZero(demand)) {
    cancelMoves(env, [move])
    move.set({ product_uom_qty: 0 })
    return
  }
  if (more(move.num('quantity'), demand)) setQuantity(env, move, demand)
  move.set({ product_uom_qty: demand })
}

const openDelivery = (order: Rec): Rec | undefined =>
  order
    .many('picking_ids')
    .find((one) => !['done', 'cancel'].includes(one.str('state')) && one.str('picking_type_code') === 'outgoing')

/** What of a line no move stands for, in the line's unit; below zero where moves stand for more. */
function missingOf(env: Env, line: Rec): number {
  if (line.one('product_id')?.str('type') !== 'consu' || line.str('display_type')) return 0
  const unit = line.one(namesOf(env).unit)
  const standing = line.many('move_ids').filter((move) => move.str('state') !== 'cancel')
  const leaving = (move: Rec, to: Rec | undefined): number => {
    const quantity = move.num(move.str('state') === 'done' ? 'quantity' : 'product_uom_qty')
    const inUnit = convert(env, quantity, move.one('product_uom'), to)
    const sent = move.one('location_dest_id')?.str('usage') === 'customer'
    return sent ? inUnit : move.bool('to_refund') ? -inUnit : 0
  }
  const kits = kitsMoved(env, line, standing, (move) => leaving(move, move.one('product_id')?.one('uom_id')))
  const planned =
    kits === undefined
      ? sum(standing, (move) => leaving(move, unit))
      : convert(env, kits, line.one('product_id')?.one('uom_id'), unit)
  return round(line.num('product_uom_qty') - planned, 6)
}

/** 18 adds the customer's number to the source document, 19 does not (recordings: names of moves). */
const originOf = (env: Env, order: Rec): string =>
  env.version === 18 && order.str('client_order_ref')
    ? `${order.str('name')} - ${order.str('client_order_ref')}`
    : order.str('name')

function newDelivery(env: Env, order: Rec): Rec {
  const type = order.one('warehouse_id')?.one('out_type_id')
  return env.model('stock.picking').create({
    picking_type_id: type?.id ?? false,
    partner_id: order.get('partner_shipping_id'),
    origin: originOf(env, order),
    company_id: order.get('company_id'),
    move_type: order.get('picking_policy'),
    carrier_id: order.get('carrier_id'),
    sale_id: order.id,
  })
}

/** A move counts in the product's own unit, whatever the line is ordered in. */
function moveValues(env: Env, order: Rec, line: Rec, transfer: Rec, quantity: number): Values {
  const own = line.one('product_id')?.one('uom_id')
  return {
    ...(env.version === 18 ? { name: line.str('name').slice(0, 2000) } : {}),
    sequence: line.num('sequence'),
    product_id: line.get('product_id'),
    product_uom: own?.id ?? false,
    product_uom_qty: convert(env, quantity, line.one(namesOf(env).unit), own),
    date: order.get('commitment_date') || order.get('date_order'),
    date_deadline: order.get('commitment_date') || order.get('date_order'),
    picking_id: transfer.id,
    partner_id: order.get('partner_shipping_id'),
    origin: transfer.get('origin'),
    sale_line_id: line.id,
    warehouse_id: order.get('warehouse_id'),
    description_picking: line.get('name'),
    to_refund: true,
  }
}
