import type { Env, Rec } from '../orm/model.ts'
import { more, round, sum } from './numbers.ts'
import { quantAt, type Spot } from './quants.ts'
import { settle } from './reserve.ts'

/** What was taken although others had reserved it is no longer theirs: the latest reservations are given up first. */
export function freeReserved(env: Env, spot: Spot, by: Rec): void {
  const quant = quantAt(env, spot)
  const usage = quant?.one('location_id')?.str('usage') ?? ''
  if (!quant || !['internal', 'transit'].includes(usage)) return
  const others = env
    .model('stock.move.line')
    .find(
      [
        ['product_id', '=', spot.product],
        ['location_id', '=', spot.location],
        ['lot_id', '=', spot.lot ?? false],
        ['package_id', '=', spot.pack ?? false],
        ['state', 'not in', ['done', 'cancel', 'draft']],
        ['move_id', '!=', by.id],
      ],
      { order: 'id desc' },
    )
    .filter((line) => !line.bool('picked'))
  let over = round(sum(others, (line) => line.num('quantity_product_uom')) - Math.max(0, quant.num('quantity')), 6)
  for (const line of others) {
    if (!more(over, 0)) return
    const held = line.num('quantity_product_uom')
    const move = line.one('move_id')
    if (more(held, over)) line.set({ quantity: round((line.num('quantity') * (held - over)) / held, 6) })
    else env.model('stock.move.line').unlink([line.id])
    over = round(over - held, 6)
    if (move) settle(move)
  }
}
