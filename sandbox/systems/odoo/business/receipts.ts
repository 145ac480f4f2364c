import { UserError } from '../orm/errors.ts'
import type { Env, Rec, Values } from '../orm/model.ts'
import { isKitLine, kitsMoved } from './kit-moves.ts'
import { namesOf } from './names.ts'
import { isZero, less, round, sum } from './numbers.ts'
import { confirmMoves, setQuantity, settle } from './reserve.ts'
import { convert } from './uom.ts'

/*
 * Incoming transfers of purchase orders. Only for goods; a service is received by writing its quantity.
 */

/** The receipt of an order that is confirmed: what is open is used again, what was received before counts. */
export function createReceipt(env: Env, order: Rec): void {
  const lines = order.many('order_line').filter((line) => !isZero(missingOf(env, line)))
  if (!lines.length) return
  const transfer = openReceipt(order) ?? newReceipt(env, order)
  const moves = lines.map((line) =>
    env.model('stock.move').create(moveValues(env, order, line, transfer, missingOf(env, line))),
  )
  // Moves are listed by their date, whatever the order of the lines (recordings: never match them by position).
  const sorted = [...moves].sort((a, b) => a.str('date').localeCompare(b.str('date')))
  for (const [at, move] of sorted.entries()) move.set({ sequence: (at + 1) * 5 })
  confirmMoves(env, moves)
}

/**
 * A line of a confirmed order was added or its quantity changed. More of it is added to the open move. Less of it leaves
 * that move alone: a transfer back to the vendor is planned beside it, unless the write lowered the move itself (seen
 * on live 18 and 19).
 */
export function syncReceipts(env: Env, line: Rec): void {
  if (line.one('product_id')?.str('type') !== 'consu') return
  if (less(line.num('product_qty'), line.num('qty_received')))
    throw new UserError('You cannot decrease the ordered quantity below the received quantity.\nCreate a return first.')
  const missing = missingOf(env, line)
  const order = line.one('order_id')
  if (isZero(missing) || !order) return
  const open = isKitLine(line)
    ? undefined
    : line.many('move_ids').find((move) => !['done', 'cancel'].includes(move.str('state')))
  if (missing < 0) planReturn(env, order, line, -missing)
  else if (open) {
    const unit = line.one(namesOf(env).unit)
    const demand = round(open.num('product_uom_qty') + convert(env, missing, unit, open.one('product_uom')), 6)
    open.set({ product_uom_qty: demand })
    setQuantity(env, open, demand)
    settle(open)
  } else {
    const transfer = openReceipt(order) ?? newReceipt(env, order)
    confirmMoves(env, [env.model('stock.move').create(moveValues(env, order, line, transfer, missing))])
  }
}

function planReturn(env: Env, order: Rec, line: Rec, quantity: number): void {
  const type = order.one('picking_type_id')?.one('warehouse_id')?.one('out_type_id')
  const receipts = order.one('picking_type_id')
  const places = {
    location_id: receipts?.get('default_location_dest_id') ?? false,
    location_dest_id: receipts?.get('default_location_src_id') ?? false,
  }
  const transfer = env.model('stock.picking').create({
    ...places,
    picking_type_id: type?.id ?? false,
    partner_id: order.get('partner_id'),
    origin: order.get('name'),
    company_id: order.get('company_id'),
    purchase_id: order.id,
  })
  const move = { ...moveValues(env, order, line, transfer, quantity), ...places, to_refund: true }
  confirmMoves(env, [env.model('stock.move').create(move)])
}

const openReceipt = (order: Rec): Rec | undefined =>
  order
    .many('picking_ids')
    .find((one) => !['done', 'cancel'].includes(one.str('state')) && one.str('picking_type_code') === 'incoming')

/** What of a line no move stands for, in the line's unit. */
function missingOf(env: Env, line: Rec): number {
  if (line.one('product_id')?.str('type') !== 'consu' || line.str('display_type')) return 0
  const unit = line.one(namesOf(env).unit)
  const own = line.one('product_id')?.one('uom_id')
  const standing = line.many('move_ids').filter((move) => move.str('state') !== 'cancel')
  const incoming = (move: Rec, to: Rec | undefined): number => {
    const quantity = move.num(move.str('state') === 'done' ? 'quantity' : 'product_uom_qty')
    const back = move.one('location_dest_id')?.str('usage') === 'supplier'
    const inUnit = convert(env, quantity, move.one('product_uom'), to)
    return back ? (move.bool('to_refund') ? -inUnit : 0) : inUnit
  }
  const kits = kitsMoved(env, line, standing, (move) => incoming(move, move.one('product_id')?.one('uom_id')))
  const planned = kits === undefined ? sum(standing, (move) => incoming(move, unit)) : convert(env, kits, own, unit)
  return round(line.num('product_qty') - planned, 6)
}

function newReceipt(env: Env, order: Rec): Rec {
  const type = order.one('picking_type_id')
  return env.model('stock.picking').create({
    picking_type_id: type?.id ?? false,
    partner_id: order.get('partner_id'),
    location_id: type?.get('default_location_src_id') ?? false,
    location_dest_id: type?.get('default_location_dest_id') ?? false,
    origin: order.get('name'),
    company_id: order.get('company_id'),
    purchase_id: order.id,
  })
}

/** A move counts in the product's own unit, whatever the line is ordered in. */
function moveValues(env: Env, order: Rec, line: Rec, transfer: Rec, quantity: number): Values {
  const own = line.one('product_id')?.one('uom_id')
  return {
    ...(env.version === 18 ? { name: line.str('name').slice(0, 2000) } : {}),
    product_id: line.get('product_id'),
    product_uom: own?.id ?? false,
    product_uom_qty: convert(env, quantity, line.one(namesOf(env).unit), own),
    date: line.get('date_planned') || order.get('date_order'),
    date_deadline: line.get('date_planned') || false,
    picking_id: transfer.id,
    partner_id: order.get('partner_id'),
    origin: order.get('name'),
    price_unit: line.num('price_unit'),
    purchase_line_id: line.id,
    warehouse_id: order.one('picking_type_id')?.get('warehouse_id') ?? false,
    description_picking: line.get('name'),
  }
}
