import { UserError } from '../orm/errors.ts'
import type { Env, Rec } from '../orm/model.ts'
import { freeReserved } from './free.ts'
import { lotNamed } from './lots.ts'
import { isZero, less, more, round } from './numbers.ts'
import { moveStock, reserveAgain } from './quants.ts'
import { cancelMoves, confirmMoves, pickedQuantity } from './reserve.ts'
import { convert } from './uom.ts'

/**
 * Books moves (odoo.md §8.2): of each, what is picked; the rest of it becomes a move of its own, or is dropped.
 *
 * @param cancelRest nothing is left for a backorder: moves without quantity are cancelled, demands stay as they were
 * @returns the moves that are done
 */
export function finish(env: Env, moves: readonly Rec[], cancelRest = false): Rec[] {
  confirmMoves(
    env,
    moves.filter((move) => move.str('state') === 'draft'),
  )
  const todo: Rec[] = []
  for (const move of moves) {
    if (['done', 'cancel'].includes(move.str('state'))) continue
    if (move.bool('picked')) dropUnpicked(env, move)
    if (!more(pickedQuantity(env, move), 0)) {
      if (cancelRest) cancelMoves(env, [move])
    } else {
      if (!cancelRest) splitRest(env, move)
      todo.push(move)
    }
  }
  for (const move of todo) for (const line of move.many('move_line_ids')) book(env, move, line)
  for (const move of todo) {
    move.set({ state: 'done', date: env.now() })
    reserveAgain(env, move.num('product_id'))
  }
  return todo
}

function dropUnpicked(env: Env, move: Rec): void {
  const lines = move.many('move_line_ids').filter((line) => !line.bool('picked') || isZero(line.num('quantity')))
  env.model('stock.move.line').unlink(lines.map((line) => line.id))
}

/** What is missing of a demand goes into a move of its own. */
function splitRest(env: Env, move: Rec): void {
  const done = pickedQuantity(env, move)
  const rest = round(move.num('product_uom_qty') - done, 6)
  if (!more(rest, 0)) return
  const copied = [
    ...(env.version === 18 ? ['name'] : []),
    'sequence',
    'product_id',
    'product_uom',
    'date',
    'date_deadline',
    'company_id',
    'picking_id',
    'picking_type_id',
    'partner_id',
    'location_id',
    'location_dest_id',
    'warehouse_id',
    'origin',
    'price_unit',
    'purchase_line_id',
    'sale_line_id',
    'origin_returned_move_id',
    'to_refund',
    'description_picking',
  ]
  const values = Object.fromEntries(copied.map((name) => [name, move.get(name)]))
  env.model('stock.move').create({ ...values, product_uom_qty: rest, state: 'confirmed' })
  move.set({ product_uom_qty: done })
}

/** One line: its lot is made, its quantity leaves one spot and appears at another. */
function book(env: Env, move: Rec, line: Rec): void {
  const product = line.one('product_id')
  if (!product || isZero(line.num('quantity'))) return
  const lot = lotOf(env, move, line, product)
  line.set({ date: env.now(), lot_id: lot ?? false, picked: true })
  if (!product.bool('is_storable')) return
  const quantity = convert(env, line.num('quantity'), line.one('product_uom_id'), product.one('uom_id'))
  const what = { product: product.id, lot }
  const spot = (name: string) => line.num(name) || undefined
  const source = { ...what, location: line.num('location_id'), pack: spot('package_id') }
  moveStock(env, source, -quantity)
  freeReserved(env, source, move)
  const pack = spot('result_package_id')
  moveStock(env, { ...what, location: line.num('location_dest_id'), pack }, quantity)
}

function lotOf(env: Env, move: Rec, line: Rec, product: Rec): number | undefined {
  if (product.str('tracking') === 'none' || move.bool('is_inventory')) return line.num('lot_id') || undefined
  const given = line.num('lot_id')
  const name = line.str('lot_name')
  const lot = given
    ? env.model('stock.lot').get(given)
    : name
      ? lotNamed(env, product, name, line.num('company_id'))
      : undefined
  if (!lot) throw new UserError(`You need to supply a Lot/Serial Number for product:\n - ${product.displayName()}`)
  if (line.str('expiration_date') && !lot.str('expiration_date'))
    lot.set({ expiration_date: line.get('expiration_date') })
  return lot.id
}

/** Something is missing of a transfer's demands: it needs a backorder. */
export const isShort = (env: Env, moves: readonly Rec[]): boolean =>
  moves.some(
    (move) =>
      move.str('state') !== 'cancel' &&
      ((!isZero(move.num('product_uom_qty')) && !move.bool('picked')) ||
        less(pickedQuantity(env, move), move.num('product_uom_qty'))),
  )
