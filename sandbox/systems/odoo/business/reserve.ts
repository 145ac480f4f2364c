import type { Env, Rec, Values } from '../orm/model.ts'
import { explode } from './kit-moves.ts'
import { isZero, less, more, round, sum } from './numbers.ts'
import { reserveAgain } from './quants.ts'
import { convert } from './uom.ts'

/** Locations and products whose stock is not kept track of: nothing is reserved, everything is there. */
const bypasses = (move: Rec): boolean => {
  const usage = move.one('location_id')?.str('usage') ?? ''
  return !['internal', 'transit', 'view'].includes(usage) || !move.one('product_id')?.bool('is_storable')
}

const isOpen = (move: Rec): boolean => !['draft', 'done', 'cancel'].includes(move.str('state'))

/** The state of an open move follows its quantity. */
export function settle(move: Rec): void {
  if (!isOpen(move)) return
  const [quantity, demand] = [move.num('quantity'), move.num('product_uom_qty')]
  const state =
    isZero(quantity) && !isZero(demand) ? 'confirmed' : less(quantity, demand) ? 'partially_available' : 'assigned'
  if (state !== move.str('state')) move.set({ state })
}

/** A demand that is lowered takes what was filled in with it, unless somebody picked it already. */
export function lower(env: Env, move: Rec): void {
  const demand = move.num('product_uom_qty')
  if (isOpen(move) && !move.bool('picked') && more(move.num('quantity'), demand)) setQuantity(env, move, demand)
  settle(move)
}

/** Makes a draft move count: kits taken apart, confirmed, then assigned as far as there is stock. */
export function confirmMoves(env: Env, given: readonly Rec[]): void {
  const moves = explode(env, given)
  for (const move of moves) if (move.str('state') === 'draft') move.set({ state: 'confirmed' })
  assign(env, moves)
}

/** Fills open moves up to their demand from what is free. */
export function assign(env: Env, moves: readonly Rec[]): void {
  for (const move of moves) {
    if (!isOpen(move)) continue
    const missing = round(move.num('product_uom_qty') - move.num('quantity'), 6)
    if (more(missing, 0)) {
      if (bypasses(move)) addWhole(env, move, missing)
      else takeFree(env, move, missing)
    }
    settle(move)
  }
}

/** A quantity set on a move (odoo.md §8.2): spread over its lines, with whatever stock there is, or none. */
export function setQuantity(env: Env, move: Rec, quantity: number): void {
  const delta = round(quantity - move.num('quantity'), 6)
  if (isZero(delta)) return
  if (delta > 0) {
    const rest = bypasses(move) || move.str('state') === 'done' ? delta : round(delta - takeFree(env, move, delta), 6)
    if (more(rest, 0)) addWhole(env, move, rest, true)
  } else {
    takeBack(env, move, -delta)
  }
  settle(move)
}

/** One line with everything; one line for each piece that gets a serial number. */
function addWhole(env: Env, move: Rec, quantity: number, merge = false): void {
  if (move.one('product_id')?.str('tracking') === 'serial' && !merge) {
    for (let left = quantity; more(left, 0); left -= 1) addLine(env, move, Math.min(1, left))
    return
  }
  const same = move
    .many('move_line_ids')
    .find(
      (line) =>
        !line.get('lot_id') && !line.str('lot_name') && !line.get('result_package_id') && !line.get('package_id'),
    )
  if (same) same.set({ quantity: round(same.num('quantity') + quantity, 6) })
  else addLine(env, move, quantity)
}

/** @returns how much of it was there, in the move's unit */
function takeFree(env: Env, move: Rec, wanted: number): number {
  const product = move.one('product_id')
  const [unit, own] = [move.one('product_uom'), product?.one('uom_id')]
  const within = locationsUnder(env, move.num('location_id'))
  const quants = env
    .model('stock.quant')
    .find([['product_id', '=', product?.id ?? 0]], { order: 'in_date, id' })
    .filter((quant) => within.has(quant.num('location_id')))
  let missing = convert(env, wanted, unit, own)
  for (const quant of quants) {
    const free = round(quant.num('quantity') - quant.num('reserved_quantity'), 6)
    const taken = Math.min(free, missing)
    if (!more(taken, 0)) continue
    missing = round(missing - taken, 6)
    const spot = {
      location_id: quant.get('location_id'),
      lot_id: quant.get('lot_id'),
      package_id: quant.get('package_id'),
    }
    const quantity = convert(env, taken, own, unit)
    const same = move
      .many('move_line_ids')
      .find(
        (line) =>
          Object.entries(spot).every(([name, value]) => line.get(name) === value) && !line.get('result_package_id'),
      )
    if (same && product?.str('tracking') !== 'serial') same.set({ quantity: round(same.num('quantity') + quantity, 6) })
    else addLine(env, move, quantity, spot)
  }
  return round(wanted - convert(env, missing, own, unit), 6)
}

function takeBack(env: Env, move: Rec, quantity: number): void {
  let left = quantity
  for (const line of move.many('move_line_ids').reverse()) {
    const inMove = convert(env, line.num('quantity'), line.one('product_uom_id'), move.one('product_uom'))
    const taken = Math.min(inMove, left)
    if (!more(taken, 0)) continue
    left = round(left - taken, 6)
    if (isZero(inMove - taken)) env.model('stock.move.line').unlink([line.id])
    else
      line.set({
        quantity: convert(env, inMove - taken, move.one('product_uom'), line.one('product_uom_id')),
      })
  }
}

function addLine(env: Env, move: Rec, quantity: number, spot: Values = {}): Rec {
  return env.model('stock.move.line').create({
    move_id: move.id,
    picking_id: move.get('picking_id'),
    quantity,
    product_uom_id: move.get('product_uom'),
    picked: move.bool('picked'),
    ...spot,
  })
}

function locationsUnder(env: Env, root: number): Set<number> {
  const found = new Set([root])
  for (const id of found)
    for (const child of env.model('stock.location').search([['location_id', '=', id]])) found.add(child)
  return found
}

/** Gives back what open moves hold. */
export function unreserve(env: Env, moves: readonly Rec[]): void {
  for (const move of moves) {
    if (!isOpen(move) || move.bool('picked')) continue
    env.model('stock.move.line').unlink(move.many('move_line_ids').map((line) => line.id))
    settle(move)
  }
}

export function cancelMoves(env: Env, moves: readonly Rec[]): void {
  for (const move of moves) {
    if (move.str('state') === 'done' || move.str('state') === 'cancel') continue
    env.model('stock.move.line').unlink(move.many('move_line_ids').map((line) => line.id))
    move.set({ state: 'cancel' })
    reserveAgain(env, move.num('product_id'))
  }
}

/** Sum of what is picked, in the move's unit. */
export const pickedQuantity = (env: Env, move: Rec): number =>
  sum(
    move.many('move_line_ids').filter((line) => line.bool('picked')),
    (line) => convert(env, line.num('quantity'), line.one('product_uom_id'), move.one('product_uom')),
  )
