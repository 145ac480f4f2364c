import { compare, type Decimal, isZero, subtract, toNumber } from '../../../../core/decimal.ts'
import type { Json } from '../../../../core/exchange.ts'
import { idOf } from '../../bundle.ts'
import type { Odoo, OdooRecord } from '../../rpc.ts'
import { readUnits } from '../resolve/unit.ts'
import { decimalOf } from '../work.ts'
import type { LineChange } from './plan.ts'
import { isDraft, type Shape } from './shape.ts'
import type { Standing } from './standing.ts'
import { written } from './value.ts'

/** Commands of changed lines for one `write` of their order. */
export async function changeCommands(
  odoo: Odoo,
  shape: Shape,
  order: Standing,
  changes: readonly LineChange[],
): Promise<Json[]> {
  const cuts = await receiptCuts(odoo, shape, order, changes)
  return changes.map(({ line, values }): Json => {
    const moves = cuts.get(line.id)
    return [1, line.id, { ...written(values), ...(moves === undefined ? {} : { move_ids: moves }) }]
  })
}

/**
 * Commands that take a smaller quantity of a confirmed purchase order's lines off their open receipts, by line id.
 * Odoo itself would leave the receipt as it is and plan a return of goods that never came (seen on 18 and 19), unless
 * the receipt is smaller already when the line is written: so both go in one write.
 */
async function receiptCuts(
  odoo: Odoo,
  shape: Shape,
  order: Standing,
  changes: readonly LineChange[],
): Promise<ReadonlyMap<number, Json>> {
  const cuts = new Map<number, Json>()
  if (shape.model !== 'purchase.order' || isDraft(order.state)) return cuts
  const less = changes.flatMap(({ line, values }) => {
    const wanted = values.find(({ field }) => field === shape.quantity)?.cell
    const now = decimalOf(line.record[shape.quantity])
    const by = wanted === undefined ? '0' : subtract(now, wanted)
    return compare(by, '0') > 0 ? [{ line, by }] : []
  })
  if (less.length === 0 || !(await odoo.hasModel('stock.move'))) return cuts
  const moves = await odoo.searchRead(
    'stock.move',
    [
      ['purchase_line_id', 'in', less.map(({ line }) => line.id)],
      ['state', 'not in', ['done', 'cancel']],
      ['picking_type_id.code', '=', 'incoming'],
    ],
    { fields: ['purchase_line_id', 'product_uom_qty', 'product_uom'], order: 'id desc' },
  )
  const units = await readUnits(odoo)
  for (const { line, by } of less) {
    const from = idOf(line.record[shape.unit]) ?? 0
    const own = moves.filter((move) => idOf(move.purchase_line_id) === line.id)
    const unit = idOf(own[0]?.product_uom) ?? from
    const commands = cut(own, units.convert(by, from, unit) ?? by)
    if (commands.length > 0) cuts.set(line.id, commands)
  }
  return cuts
}

/** Takes a quantity off the newest moves first. */
function cut(moves: readonly OdooRecord[], by: Decimal): Json[] {
  let left = by
  return moves.flatMap((move) => {
    const demand = decimalOf(move.product_uom_qty)
    if (isZero(left) || isZero(demand)) return []
    const off = compare(left, demand) < 0 ? left : demand
    left = subtract(left, off)
    return [[1, move.id, { product_uom_qty: toNumber(subtract(demand, off)) }]]
  })
}
