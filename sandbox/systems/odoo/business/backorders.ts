import type { Env, Rec, Values } from '../orm/model.ts'
import { openMoves } from './moves.ts'
import { assign } from './reserve.ts'

/** A transfer with what a done one left over. */
export function backorderOf(env: Env, done: Rec): Rec | undefined {
  const left = openMoves(done)
  if (!left.length) return undefined
  const names = [
    'origin',
    'picking_type_id',
    'partner_id',
    'company_id',
    'location_id',
    'location_dest_id',
    'move_type',
    'priority',
    'sale_id',
    'purchase_id',
    'carrier_id',
    'return_id',
    'note',
  ]
  const values: Values = Object.fromEntries(names.map((name) => [name, done.get(name)]))
  const backorder = env.model('stock.picking').create({ ...values, backorder_id: done.id })
  for (const move of left) {
    env.model('stock.move.line').write(
      move.many('move_line_ids').map((line) => line.id),
      { picking_id: backorder.id },
    )
    move.set({ picking_id: backorder.id, picked: false })
  }
  assign(env, backorder.many('move_ids'))
  return backorder
}
