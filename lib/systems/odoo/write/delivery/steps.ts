import type { Problem } from '../../../../core/problems.ts'
import { idOf, nameOf } from '../../bundle.ts'
import type { Odoo } from '../../rpc.ts'
import { isOpen, readMoves } from '../receipt/dock.ts'
import type { StockNames } from '../receipt/names.ts'
import { listed, problem } from '../work.ts'
import type { Dispatch } from './find.ts'

/**
 * Transfers that deliveries wait for: the steps of a warehouse that picks, packs and ships, or goods that are bought for
 * the order. Only the last step can be booked, and only once the earlier ones are done.
 */
export async function openSteps(odoo: Odoo, names: StockNames, dispatch: Dispatch): Promise<Problem[]> {
  if (names.follows === undefined) return []
  const moves = await readMoves(odoo, names, dispatch.transfers.filter(isOpen))
  if (moves.length === 0) return []
  const rows = await odoo.searchRead(
    'stock.move',
    [
      [names.follows, 'in', moves.map(({ id }) => id)],
      ['state', 'not in', ['done', 'cancel']],
    ],
    { fields: ['picking_id'], order: 'id' },
  )
  const waiting = [
    ...new Map(rows.map((row) => [idOf(row.picking_id), nameOf(row.picking_id) ?? 'a transfer'])).values(),
  ]
  if (waiting.length === 0) return []
  const message = `The delivery of ${dispatch.name} waits for ${listed(waiting)} in Odoo.`
  return [problem('ODOO_DELIVERY_STEPS', message, 'order')]
}
