import { idOf } from '../../bundle.ts'
import type { OdooRecord } from '../../rpc.ts'
import { qualified } from '../external-id.ts'
import type { Sheet } from '../load.ts'
import { noon, textOf } from '../work.ts'
import type { Making } from './make.ts'
import { byMove, type Part, type Piece } from './plan.ts'
import { signed, signOf } from './sign.ts'

/** The delivery that goods come back of, and what its return copies. */
export interface Delivery {
  row: OdooRecord
  type: { id: number; warehouse: number | undefined; destination: number }
  /** By move: fields with the ids they hold. */
  copied: ReadonlyMap<number, readonly (readonly [string, readonly number[]])[]>
  movesHaveNames: boolean
  /** True where the transfer itself says whose order it is. */
  ofOrder: boolean
  saysReturn: boolean
  /** What a transfer calls its moves. */
  moves: string
}

type Cells = [column: string, cell: string][]

/** A move with its lines. */
interface MoveCells {
  own: Cells
  lines: Cells[]
}

/**
 * A whole return: the transfer in the first row, moves and their lines below (odoo.md §6.2).
 *
 * Goods that were disposed of come into the stock and leave it for the scrap location by the same transfer, as a scrap
 * order would move them: both or neither are booked, they never stand where somebody could sell them, the cost goes back
 * into the stock and from there to the losses, and the order counts them as returned. A move straight from the customer
 * to the scrap location would leave the cost with the sale and the delivered quantity as it was (seen on 18 and 19).
 */
export function returnSheet(
  making: Making,
  part: Part,
  delivery: Delivery,
  { name, reference, content }: { name: string; reference: string; content: string },
): Sheet {
  const { row, type, ofOrder, saysReturn } = delivery
  const from = idOf(row.location_dest_id) ?? 0
  const header: Cells = [
    ['id', qualified(name)],
    ['picking_type_id/.id', String(type.id)],
    ['partner_id/.id', idText(idOf(row.partner_id))],
    ['origin', calledReturn(delivery)],
    ['move_type', textOf(row.move_type) ?? 'direct'],
    ['location_id/.id', String(from)],
    ['location_dest_id/.id', String(type.destination)],
    ['note', signed(noteOf(making.record, part), signOf(reference, part.action, content), making.names.htmlNote)],
    ...(saysReturn ? ([['return_id/.id', String(row.id)]] satisfies Cells) : []),
    ...(ofOrder ? ([['sale_id/.id', idText(idOf(row.sale_id))]] satisfies Cells) : []),
  ]
  const moves = byMove(part.pieces).flatMap((one) => movesOf(making, delivery, name, from, one))
  const [first] = moves
  const rows = moves.flatMap(({ own, lines }) =>
    lines.map((line, i) => [...(i === 0 ? own : own.map(([column]): Cells[number] => [column, ''])), ...line]),
  )
  const columns = [
    ...(first?.own ?? []).map(([column]) => `${delivery.moves}/${column}`),
    ...(first?.lines[0] ?? []).map(([column]) => `${delivery.moves}/move_line_ids/${column}`),
  ]
  return {
    columns: [...header.map(([column]) => column), ...columns],
    rows: rows.map((cells, i) => [
      ...header.map(([, cell]) => (i === 0 ? cell : '')),
      ...cells.map(([, cell]) => cell),
    ]),
  }
}

const idText = (id: number | undefined): string => (id === undefined ? '' : String(id))

const calledReturn = ({ row }: Delivery): string => `Return of ${textOf(row.name) ?? row.id}`

/** The move that takes goods back; where they were disposed of, another one that takes them on to their scrap location. */
function movesOf(
  making: Making,
  delivery: Delivery,
  name: string,
  from: number,
  { move, quantity, pieces }: ReturnType<typeof byMove>[number],
): MoveCells[] {
  const { type, copied, movesHaveNames } = delivery
  const { places, names } = making
  const stock = type.destination
  const cells = (which: string, amount: string, source: number, destination: number, returns: boolean): Cells => [
    ['id', qualified(`${name}__${move.id}${which}`)],
    ...(movesHaveNames ? ([['name', calledReturn(delivery)]] satisfies Cells) : []),
    ['product_id/.id', String(move.productId)],
    ['product_uom/.id', String(move.ownUnitId)],
    ['product_uom_qty', amount],
    ['location_id/.id', String(source)],
    ['location_dest_id/.id', String(destination)],
    ['warehouse_id/.id', idText(type.warehouse)],
    ['origin_returned_move_id/.id', returns ? String(move.id) : ''],
    ['move_orig_ids/.id', returns ? String(move.id) : ''],
    ['to_refund', returns ? '1' : '0'],
    ...(names.picked ? ([['picked', '1']] satisfies Cells) : []),
    ...(copied.get(move.id) ?? []).map(([field, ids]): Cells[number] => [`${field}/.id`, returns ? ids.join(',') : '']),
  ]
  const lineAt = (which: string, source: number, placeOf: (piece: Piece) => number) =>
    pieces.map((piece, i) => lineCells(making, `${name}__${move.id}${which}_${i}`, piece, source, placeOf(piece)))
  const scraps = pieces.every(({ wanted }) => wanted.action === 'scrap')
  const back: MoveCells = {
    own: cells('', quantity, from, stock, true),
    lines: lineAt('', from, ({ wanted }) => (scraps ? stock : (places(wanted) ?? stock))),
  }
  if (!scraps) return [back]
  const [scrap = 0] = pieces.flatMap(({ wanted }) => places(wanted) ?? [])
  return [
    back,
    {
      own: cells('x', quantity, stock, scrap, false),
      lines: lineAt('x', stock, ({ wanted }) => places(wanted) ?? scrap),
    },
  ]
}

function lineCells({ names, dated }: Making, name: string, piece: Piece, source: number, destination: number): Cells {
  const { move, wanted, quantity } = piece
  const { lot } = wanted
  const made = lot && 'name' in lot ? lot : undefined
  return [
    ['id', qualified(name)],
    ['product_id/.id', String(move.productId)],
    ['product_uom_id/.id', String(move.ownUnitId)],
    [names.lineDone, quantity],
    ['location_id/.id', String(source)],
    ['location_dest_id/.id', String(destination)],
    ['lot_id/.id', lot && 'id' in lot ? String(lot.id) : ''],
    ['lot_name', made?.name ?? ''],
    // A date that is emptied would not be the lot's: the column is there only where a lot is made with one.
    ...(dated && names.lineExpiry !== undefined
      ? ([[names.lineExpiry, made?.expires === undefined ? '' : noon(made.expires)]] satisfies Cells)
      : []),
    ...(names.picked ? ([['picked', '1']] satisfies Cells) : []),
  ]
}

/** What people read on the transfer. */
function noteOf({ returnNumber, rma, at }: Making['record'], { action, pieces }: Part): string {
  const reasons = [...new Set(pieces.flatMap(({ wanted }) => wanted.line.reason ?? []))]
  return [
    `Return ${returnNumber}${rma === undefined ? '' : ` (${rma})`}: ${action}`,
    ...reasons,
    ...(at === undefined ? [] : [`${at.slice(0, 16).replace('T', ' ')} UTC`]),
  ].join(', ')
}
