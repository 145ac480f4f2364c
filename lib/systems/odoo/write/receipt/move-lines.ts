import type { Decimal } from '../../../../core/decimal.ts'
import { idOf } from '../../bundle.ts'
import type { Odoo } from '../../rpc.ts'
import { decimalOf, textOf } from '../work.ts'
import type { StockNames } from './names.ts'

/** A line of a move as it stands: a part of its quantity. */
export interface MoveLine {
  id: number
  moveId: number
  quantity: Decimal
  /** True where it has a lot or serial number. */
  lot: boolean
  /** True where it counts. */
  picked: boolean
  /** True where it goes into a package. */
  packed: boolean
}

export async function readMoveLines(odoo: Odoo, names: StockNames, moves: readonly number[]): Promise<MoveLine[]> {
  if (moves.length === 0) return []
  const rows = await odoo.searchRead('stock.move.line', [['move_id', 'in', [...moves]]], {
    fields: ['move_id', 'lot_id', 'lot_name', 'result_package_id', names.lineDone, ...(names.picked ? ['picked'] : [])],
    order: 'id',
  })
  return rows.map((row) => ({
    id: row.id,
    moveId: idOf(row.move_id) ?? 0,
    quantity: decimalOf(row[names.lineDone]),
    lot: idOf(row.lot_id) !== undefined || textOf(row.lot_name) !== undefined,
    picked: names.picked ? row.picked === true : row[names.lineDone] !== 0,
    packed: idOf(row.result_package_id) !== undefined,
  }))
}
