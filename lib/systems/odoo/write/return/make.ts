import { add, type Decimal, toNumber } from '../../../../core/decimal.ts'
import type { Json } from '../../../../core/exchange.ts'
import { Failure } from '../../../../core/failures.ts'
import type { ReturnRecord } from '../../records.ts'
import type { StockNames } from '../receipt/names.ts'
import type { Units } from '../resolve/unit.ts'
import { textOf, type Work } from '../work.ts'
import { isOpen, type OwnReturn, readOwn } from './own.ts'
import type { Part, Piece } from './plan.ts'
import type { SentMove } from './sent.ts'
import { beginSign, signed, unsigned } from './sign.ts'

/** Everything that the making of a return's transfers needs to know. */
export interface Making {
  names: StockNames
  units: Units
  /** Up to 18, a move has a name of its own (odoo.md §12). */
  movesHaveNames: boolean
  record: ReturnRecord
  deliveries: readonly number[]
}

/**
 * The transfer of a part as Odoo's dialog makes it (odoo.md §8.4), so that delivered quantities, costs and links to the
 * order are as if a person had returned the goods. The delivery carries its sign first: an attempt that died, or whose
 * answer was lost, leaves a transfer that is found by the copy of it.
 *
 * Not guaranteed: where an answer is lost and the server is still at work when the next attempt looks, a second transfer
 * is made. Neither is booked but the one that is filled in; the other is cancelled by whichever attempt sees it.
 */
export async function makeTransfer(work: Work, making: Making, part: Part, content: string): Promise<OwnReturn> {
  const { odoo, reference } = work
  await announce(work, making, part, content)
  const context = { active_model: 'stock.picking', active_id: part.deliveryId, active_ids: [part.deliveryId] }
  const lines = byMove(part.pieces).map(
    ({ move, quantity }): Json => [
      0,
      0,
      {
        product_id: move.productId,
        move_id: move.id,
        quantity: toNumber(inDialog(odoo.version, making.units, move, quantity)),
        to_refund: true,
      },
    ],
  )
  const made = await odoo.call({
    model: 'stock.return.picking',
    method: 'create',
    args: {
      vals_list: [
        { picking_id: part.deliveryId, product_return_moves: lines, ...(await oldPlace(work, part.deliveryId)) },
      ],
    },
    context,
    writes: true,
  })
  const [dialog] = Array.isArray(made) ? made : [made]
  await odoo.call({
    model: 'stock.return.picking',
    // Up to 17, the method has another name (odoo.md §12).
    method: odoo.version >= 18 ? 'action_create_returns' : 'create_returns',
    ids: [Number(dialog)],
    context,
    writes: true,
  })
  const own = (await readOwn(work, making.deliveries)).find((one) => fits(one, part, content))
  if (own) return own
  throw new Failure('transient', 'ODOO_BUSY', `The return of ${reference} was changed by somebody else.`)
}

/** True for an open transfer of ours that is for exactly this part. */
export const fits = (one: OwnReturn, part: Part, content: string): boolean =>
  isOpen(one) && one.action === part.action && one.content === content

async function announce(
  { odoo, reference }: Work,
  { names, record }: Making,
  part: Part,
  content: string,
): Promise<void> {
  const [row] = await odoo.read('stock.picking', [part.deliveryId], ['note'])
  const note = textOf(row?.note) ?? ''
  const sign = beginSign(reference, part.action, content)
  if (note.includes(`[${sign}]`)) return
  // One at a time: the copy must tell which.
  const text = `Return ${record.returnNumber} is being booked`
  const vals = { note: signed(unsigned(note, reference), text, sign, names.htmlNote) }
  await odoo.call({ model: 'stock.picking', method: 'write', ids: [part.deliveryId], args: { vals }, writes: true })
}

/** Takes the signs of returns that are made by now off their deliveries. */
export async function settleNotes({ odoo, reference }: Work, deliveries: readonly number[]): Promise<void> {
  for (const row of await odoo.read('stock.picking', deliveries, ['note'])) {
    const note = textOf(row.note) ?? ''
    const rest = unsigned(note, reference)
    if (rest === note) continue
    const vals = { note: rest === '' ? false : rest }
    await odoo.call({ model: 'stock.picking', method: 'write', ids: [row.id], args: { vals }, writes: true })
  }
}

/** Pieces of one move together: the dialog has a line for each move. */
export function byMove(pieces: readonly Piece[]): { move: SentMove; quantity: Decimal; pieces: Piece[] }[] {
  const found = new Map<number, { move: SentMove; quantity: Decimal; pieces: Piece[] }>()
  for (const piece of pieces) {
    const one = found.get(piece.move.id) ?? { move: piece.move, quantity: '0', pieces: [] }
    one.quantity = add(one.quantity, piece.quantity)
    one.pieces.push(piece)
    found.set(piece.move.id, one)
  }
  return [...found.values()]
}

/** The dialog counts in the product's own unit up to 18, and in the move's from 19 on (read in both). */
function inDialog(version: number, units: Units, move: SentMove, quantity: Decimal): Decimal {
  return version < 19 ? quantity : (units.convert(quantity, move.ownUnitId, move.unitId) ?? quantity)
}

/** Up to 17, the dialog asks for the place and has no answer of its own over RPC (odoo.md §8.4). */
async function oldPlace({ odoo }: Work, delivery: number): Promise<{ [field: string]: Json }> {
  const known = await odoo.fields('stock.return.picking')
  if (!known.location_id) return {}
  const [row] = await odoo.read('stock.picking', [delivery], ['location_id'])
  const place = Array.isArray(row?.location_id) ? row.location_id[0] : row?.location_id
  return typeof place === 'number' ? { location_id: place } : {}
}
