import { add, equal, toNumber } from '../../../../core/decimal.ts'
import type { Json } from '../../../../core/exchange.ts'
import { Failure, Refusal } from '../../../../core/failures.ts'
import type { Problem } from '../../../../core/problems.ts'
import { idOf } from '../../bundle.ts'
import type { OdooRecord } from '../../rpc.ts'
import { decimalOf, noon, problem, type Work } from '../work.ts'
import { byMove, type Making } from './make.ts'
import type { OwnReturn } from './own.ts'
import type { Places } from './places.ts'
import type { Part, Piece } from './plan.ts'
import { signed, signOf } from './sign.ts'
import type { Wanted } from './wanted.ts'

/**
 * Writes what came back to its transfer: lots, places and the sign, in one transaction. Lines that are
 * replaced are named by id, and the operation type is written as it is, so that a request that arrives late or twice
 * changes nothing: Odoo refuses a line that is gone, and the type of a transfer that is done.
 *
 * Goods that were disposed of come into the stock and leave it for the scrap location by the same transfer, as a scrap
 * order would move them: both or neither are booked, they never stand where somebody could sell them, the cost goes back
 * into the stock and from there to the losses, and the order counts them as returned. A move straight from the customer
 * to the scrap location would leave the cost with the sale, and up to 18 the order's delivered quantity as it was.
 */
export async function fillTransfer(
  work: Work,
  making: Making,
  places: Places,
  part: Part,
  own: OwnReturn,
  content: string,
): Promise<Problem[]> {
  const { odoo, reference } = work
  const { names, record } = making
  const moves = await odoo.searchRead('stock.move', [['picking_id', '=', own.id]], {
    fields: ['origin_returned_move_id', 'location_id', 'location_dest_id', 'move_line_ids'],
    order: 'id',
  })
  const commands: Json[] = []
  for (const { move, pieces } of byMove(part.pieces)) {
    const back = moves.find((row) => idOf(row.origin_returned_move_id) === move.id)
    if (!back) return [differs(own, `does not take back ${move.productName}`, pieces)]
    commands.push(...moveCommands(making, places, own, back, pieces))
  }
  const vals = {
    note: signed(textOf(record, part), signOf('b', reference, part.action, content), names.htmlNote),
    ...(names.picked ? { picking_type_id: own.typeId } : {}),
    [names.moves]: commands,
  }
  try {
    await odoo.call({ model: 'stock.picking', method: 'write', ids: [own.id], args: { vals }, writes: true })
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    const [now] = await odoo.read('stock.picking', [own.id], ['state'])
    if (now?.state === own.state) throw error
    throw new Failure('transient', 'ODOO_BUSY', `The return ${own.name} was changed by somebody else.`)
  }
  return compareWritten(work, making, places, part, own)
}

function moveCommands(
  { names, movesHaveNames }: Making,
  places: Places,
  own: OwnReturn,
  back: OdooRecord,
  pieces: readonly Piece[],
): Json[] {
  const lines = Array.isArray(back.move_line_ids) ? back.move_line_ids : []
  const [from, stock] = [idOf(back.location_id) ?? 0, idOf(back.location_dest_id) ?? 0]
  const picked: { [field: string]: Json } = names.picked ? { picked: true } : {}
  const line = ({ move, wanted, quantity }: Piece, source: number, destination: number): Json => [
    0,
    0,
    {
      picking_id: own.id,
      product_id: move.productId,
      product_uom_id: move.ownUnitId,
      location_id: source,
      location_dest_id: destination,
      [names.lineDone]: toNumber(quantity),
      ...picked,
      ...lotValues(names.lineExpiry, wanted),
    },
  ]
  const returned = pieces.map((piece) => line(piece, from, scraps(piece) ? stock : (places(piece.wanted) ?? stock)))
  const gone = lines.map((id): Json => [2, idOf(id) ?? 0, 0])
  const scrapped = pieces.filter(scraps).map((piece): Json => {
    const scrap = places(piece.wanted) ?? 0
    return [
      0,
      0,
      {
        ...(movesHaveNames ? { name: `Scrap of ${own.name}` } : {}),
        product_id: piece.move.productId,
        product_uom: piece.move.ownUnitId,
        product_uom_qty: toNumber(piece.quantity),
        company_id: own.companyId,
        location_id: stock,
        location_dest_id: scrap,
        move_line_ids: [line(piece, stock, scrap)],
        ...picked,
      },
    ]
  })
  return [[1, back.id, { move_line_ids: [...gone, ...returned], ...picked }], ...scrapped]
}

const scraps = ({ wanted }: Piece): boolean => wanted.action === 'scrap'

const lotValues = (expiry: string | undefined, { lot }: Wanted): { [field: string]: Json } => {
  if (!lot) return {}
  if ('id' in lot) return { lot_id: lot.id }
  const dated = lot.expires === undefined || expiry === undefined ? {} : { [expiry]: noon(lot.expires) }
  return { lot_name: lot.name, ...dated }
}

/** What people read on the transfer. */
function textOf({ returnNumber, rma, at }: Making['record'], { action, pieces }: Part): string {
  const reasons = [...new Set(pieces.flatMap(({ wanted }) => wanted.line.reason ?? []))]
  return [
    `Return ${returnNumber}${rma === undefined ? '' : ` (${rma})`}: ${action}`,
    ...reasons,
    ...(at === undefined ? [] : [`${at.slice(0, 16).replace('T', ' ')} UTC`]),
  ].join(', ')
}

/** What Odoo rounded or did not take, before anything is booked. */
async function compareWritten(
  { odoo }: Work,
  { names, units }: Making,
  places: Places,
  part: Part,
  own: OwnReturn,
): Promise<Problem[]> {
  const rows = await odoo.searchRead('stock.move.line', [['picking_id', '=', own.id]], {
    fields: ['product_id', 'product_uom_id', 'location_dest_id', 'lot_id', 'lot_name', names.lineDone],
    order: 'id',
  })
  return part.pieces.flatMap((piece) => {
    const { move, wanted } = piece
    const alike = part.pieces.filter((one) => one.wanted.key === wanted.key)
    const total = add('0', ...alike.map(({ quantity }) => quantity))
    const place = places(wanted)
    const fitting = rows.filter(
      (row) =>
        idOf(row.product_id) === move.productId &&
        (place === undefined || idOf(row.location_dest_id) === place) &&
        (!wanted.lot || ('id' in wanted.lot ? idOf(row.lot_id) === wanted.lot.id : row.lot_name === wanted.lot.name)),
    )
    const found = fitting.map(
      (row) =>
        units.convert(decimalOf(row[names.lineDone]), idOf(row.product_uom_id) ?? move.ownUnitId, move.ownUnitId) ??
        '0',
    )
    const stands = add('0', ...found)
    if (equal(stands, total)) return []
    return [differs(own, `has ${stands} of ${move.productName}, where ${total} was written`, [piece])]
  })
}

const differs = ({ name }: OwnReturn, how: string, pieces: readonly Piece[]): Problem =>
  problem('ODOO_RETURN_DIFFERS', `The return ${name} ${how}; nothing is booked.`, pieces[0]?.wanted.line.path)
