import { add, equal } from '../../../../core/decimal.ts'
import type { Problem } from '../../../../core/problems.ts'
import { idOf } from '../../bundle.ts'
import { decimalOf, problem, textOf, type Work } from '../work.ts'
import type { Making } from './make.ts'
import type { OwnReturn } from './own.ts'
import type { Part } from './plan.ts'

/** What Odoo rounded or did not take of a transfer that was made, before anything is booked. */
export async function differences(
  { odoo }: Work,
  { names, units, places }: Making,
  part: Part,
  own: OwnReturn,
): Promise<Problem[]> {
  const rows = await odoo.searchRead('stock.move.line', [['picking_id', '=', own.id]], {
    fields: ['product_id', 'product_uom_id', 'location_dest_id', 'lot_id', 'lot_name', names.lineDone],
    order: 'id',
  })
  const wantedOnce = new Map(part.pieces.map((piece) => [piece.wanted.key, piece]))
  return [...wantedOnce.values()].flatMap(({ move, wanted }) => {
    const alike = part.pieces.filter((one) => one.wanted.key === wanted.key)
    const total = add('0', ...alike.map(({ quantity }) => quantity))
    const place = places(wanted)
    const { lot } = wanted
    const fitting = rows.filter(
      (row) =>
        idOf(row.product_id) === move.productId &&
        (place === undefined || idOf(row.location_dest_id) === place) &&
        (!lot || ('id' in lot ? idOf(row.lot_id) === lot.id : textOf(row.lot_name) === lot.name)),
    )
    const inOwn = fitting.map((row) => {
      const told = decimalOf(row[names.lineDone])
      return units.convert(told, idOf(row.product_uom_id) ?? move.ownUnitId, move.ownUnitId) ?? told
    })
    const stands = add('0', ...inOwn)
    if (equal(stands, total)) return []
    const message = `The return ${own.name} has ${stands} of ${move.productName}, where ${total} was written; nothing is booked.`
    return [problem('ODOO_RETURN_DIFFERS', message, wanted.line.path)]
  })
}
