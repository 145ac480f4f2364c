import type { Problem } from '../../../../core/problems.ts'
import { idOf, nameOf } from '../../bundle.ts'
import type { Odoo } from '../../rpc.ts'
import { isOpen, readMoves } from '../receipt/dock.ts'
import type { StockNames } from '../receipt/names.ts'
import { listed, problem } from '../work.ts'
import type { Dispatch } from './find.ts'

/**
 * Steps before the last one: of a warehouse that picks, packs and ships, or goods that are bought for the order. Only the
 * last step can be booked, and only once the earlier ones are done; its goods then stand where those put them.
 * @returns problems where earlier steps are open; `moved` where they have brought goods to the place they leave from
 */
export async function earlierSteps(
  odoo: Odoo,
  names: StockNames,
  dispatch: Dispatch,
): Promise<{ problems: Problem[]; moved: boolean }> {
  const moves = names.follows === undefined ? [] : await readMoves(odoo, names, dispatch.transfers.filter(isOpen))
  if (names.follows === undefined || moves.length === 0) return { problems: [], moved: false }
  const rows = await odoo.searchRead(
    'stock.move',
    [
      [names.follows, 'in', moves.map(({ id }) => id)],
      ['state', '!=', 'cancel'],
    ],
    { fields: ['picking_id', 'state'], order: 'id' },
  )
  const open = rows.filter(({ state }) => state !== 'done')
  const waiting = new Map(open.map((row) => [idOf(row.picking_id), nameOf(row.picking_id) ?? 'a transfer']))
  if (waiting.size === 0) return { problems: [], moved: rows.length > 0 }
  const message = `The delivery of ${dispatch.name} waits for ${listed([...waiting.values()])} in Odoo.`
  return { problems: [problem('ODOO_DELIVERY_STEPS', message, 'order')], moved: false }
}
