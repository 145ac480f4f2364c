import { add, type Decimal } from '../../../../core/decimal.ts'
import { Failure, Refusal } from '../../../../core/failures.ts'
import { idOf, idsOf } from '../../bundle.ts'
import type { ReturnRecord } from '../../records.ts'
import type { Odoo, OdooRecord } from '../../rpc.ts'
import { findRecord, nameOfReference, qualified } from '../external-id.ts'
import { load, type Sheet } from '../load.ts'
import type { StockNames } from '../receipt/names.ts'
import type { Units } from '../resolve/unit.ts'
import { textOf, type Work } from '../work.ts'
import { isOpen, type OwnReturn, signedTransfers } from './own.ts'
import type { Part, Piece } from './plan.ts'
import type { SentMove } from './sent.ts'
import { signed, signOf } from './sign.ts'

/** Everything that the making of a return's transfers needs to know. */
export interface Making {
  names: StockNames
  units: Units
  /** Up to 18, a move has a name of its own (odoo.md §12). */
  movesHaveNames: boolean
  record: ReturnRecord
  /** Of what was booked before: attempts that start from the same are after the same transfers. */
  booked: string
}

/** Cancelled transfers of one step that are passed by. */
const mostAttempts = 50

/**
 * The transfer of a part, as Odoo's dialog of returns would make it (odoo.md §8.4): from where the delivery went to where
 * receipts are put, every move with the one it takes back, so that delivered quantities, costs and kits are right and the
 * delivery shows its return. The dialog itself cannot be asked twice without making two; so the transfer is made by `load`
 * under a name of what was booked before (odoo.md §6.2), and whoever comes second, from whatever attempt, finds the first.
 * @param position of the part among those of this step
 */
export async function makeTransfer(
  work: Work,
  making: Making,
  part: Part,
  position: number,
  content: string,
): Promise<OwnReturn> {
  const { odoo, reference } = work
  for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
    const name = `return_${nameOfReference(reference)}_${making.booked}_${position}_${attempt}`
    const found = await findRecord(odoo, name)
    const id = found?.id ?? (await create(work, making, part, content, name))
    const [own] = await signedTransfers(work, [['id', '=', id]])
    if (own && fits(own, part, content)) return own
    if (own?.state !== 'cancel') break
  }
  // Booked or begun since it was looked at, by another attempt.
  throw new Failure('transient', 'ODOO_BUSY', `The return ${reference} is being booked by somebody else.`)
}

/** True for an open transfer of ours that is for exactly this part. */
export const fits = (one: OwnReturn, part: Part, content: string): boolean =>
  isOpen(one) && one.action === part.action && one.content === content

/** A transfer whose goods are expected: with the lines that are filled in next. */
export async function confirm({ odoo }: Work, own: OwnReturn): Promise<OwnReturn> {
  if (own.state !== 'draft') return own
  await odoo.call({ model: 'stock.picking', method: 'action_confirm', ids: [own.id], writes: true })
  const [row] = await odoo.read('stock.picking', [own.id], ['state'])
  return { ...own, state: textOf(row?.state) ?? own.state }
}

async function create(work: Work, making: Making, part: Part, content: string, name: string): Promise<number> {
  const made = await load(work.odoo, 'stock.picking', await sheetOf(work, making, part, content, name))
  if ('problems' in made) throw new Refusal(422, made.problems)
  return made.ids[0] ?? 0
}

/** What a move keeps of the one it takes back, where the database has it: line of the order, kit, and what groups them. */
const kept = ['sale_line_id', 'bom_line_id', 'group_id', 'reference_ids'] as const

async function sheetOf(
  { odoo, reference }: Work,
  { names, movesHaveNames, record }: Making,
  part: Part,
  content: string,
  name: string,
): Promise<Sheet> {
  const moves = byMove(part.pieces)
  const [known, onTransfer] = await Promise.all([odoo.fields('stock.move'), odoo.fields('stock.picking')])
  const copied = kept.filter((field) => known[field])
  const [[delivery], sent] = await Promise.all([
    odoo.read(
      'stock.picking',
      [part.deliveryId],
      [
        ...['name', 'partner_id', 'picking_type_id', 'location_id', 'location_dest_id', 'move_type'],
        ...(onTransfer.sale_id ? ['sale_id'] : []),
      ],
    ),
    odoo.read(
      'stock.move',
      moves.map(({ move }) => move.id),
      copied,
    ),
  ])
  const type = delivery && (await returnType(odoo, delivery))
  const from = String(idOf(delivery?.location_dest_id) ?? '')
  const to = String(type?.destination ?? '')
  const called = `Return of ${textOf(delivery?.name) ?? part.deliveryId}`
  const header: [string, string][] = [
    ['id', qualified(name)],
    ['picking_type_id/.id', String(type?.id ?? '')],
    ['partner_id/.id', String(idOf(delivery?.partner_id) ?? '')],
    ['origin', called],
    ['move_type', textOf(delivery?.move_type) ?? 'direct'],
    ['location_id/.id', from],
    ['location_dest_id/.id', to],
    [
      'note',
      signed(
        `Return ${record.returnNumber} is being booked`,
        signOf('p', reference, part.action, content),
        names.htmlNote,
      ),
    ],
    ...(onTransfer.return_id ? [['return_id/.id', String(part.deliveryId)] satisfies [string, string]] : []),
    // Up to 18, the group of the moves says whose order it is.
    ...(onTransfer.sale_id && !known.group_id
      ? [['sale_id/.id', String(idOf(delivery?.sale_id) ?? '')] satisfies [string, string]]
      : []),
  ]
  const rows = moves.map(({ move, quantity }, i): [string, string][] => {
    const row = sent.find(({ id }) => id === move.id)
    return [
      ['id', qualified(`${name}__${i + 1}`)],
      ...(movesHaveNames ? [['name', called] satisfies [string, string]] : []),
      ['product_id/.id', String(move.productId)],
      ['product_uom/.id', String(move.ownUnitId)],
      ['product_uom_qty', quantity],
      ['location_id/.id', from],
      ['location_dest_id/.id', to],
      ['origin_returned_move_id/.id', String(move.id)],
      ['move_orig_ids/.id', String(move.id)],
      ['warehouse_id/.id', String(type?.warehouse ?? '')],
      ['to_refund', '1'],
      ...copied.map((field): [string, string] => [
        `${field}/.id`,
        known[field]?.type === 'many2one' ? String(idOf(row?.[field]) ?? '') : idsOf(row?.[field]).join(','),
      ]),
    ]
  })
  return {
    columns: [...header.map(([column]) => column), ...(rows[0] ?? []).map(([column]) => `${names.moves}/${column}`)],
    rows: rows.map((cells, i) => [
      ...header.map(([, cell]) => (i === 0 ? cell : '')),
      ...cells.map(([, cell]) => cell),
    ]),
  }
}

/** The operation type of returns of a delivery, and where it puts goods. */
async function returnType(
  odoo: Odoo,
  delivery: OdooRecord,
): Promise<{ id: number; destination: number; warehouse: number | undefined }> {
  const own = idOf(delivery.picking_type_id) ?? 0
  const fields = ['code', 'return_picking_type_id', 'default_location_dest_id', 'warehouse_id']
  const [type] = await odoo.read('stock.picking.type', [own], fields)
  const [back] = await odoo.read('stock.picking.type', [idOf(type?.return_picking_type_id) ?? own], fields)
  const comesIn = back?.code === 'incoming'
  return {
    id: back?.id ?? own,
    warehouse: idOf(back?.warehouse_id),
    destination: idOf(comesIn ? back?.default_location_dest_id : delivery.location_id) ?? 0,
  }
}

/** Pieces of one move together. */
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
