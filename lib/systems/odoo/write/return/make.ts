import { Failure, Refusal } from '../../../../core/failures.ts'
import { idOf, idsOf } from '../../bundle.ts'
import type { ReturnRecord } from '../../records.ts'
import type { FieldInfo, Odoo, OdooRecord } from '../../rpc.ts'
import { findRecord, nameOfReference } from '../external-id.ts'
import { load } from '../load.ts'
import type { StockNames } from '../receipt/names.ts'
import type { Units } from '../resolve/unit.ts'
import type { Work } from '../work.ts'
import { isOpen, type OwnReturn, signedTransfers } from './own.ts'
import type { Places } from './places.ts'
import { byMove, type Part } from './plan.ts'
import { type Delivery, returnSheet } from './sheet.ts'

/** Everything that the making of a return's transfers needs to know. */
export interface Making {
  names: StockNames
  units: Units
  record: ReturnRecord
  places: Places
  /** True where a lot is made with an expiry date. */
  dated: boolean
  /** Of what was booked before: attempts that start from the same are after the same transfers. */
  booked: string
}

/** Cancelled transfers of one step that are passed by. */
const mostAttempts = 50

/**
 * The transfer of a part, as Odoo's dialog of returns makes it and a person fills it in (odoo.md §8.4): from where the
 * delivery went to where receipts are put, every move with the one it takes back, so that delivered quantities, costs and
 * kits are right and the delivery shows its return. The dialog itself cannot be asked twice without making two. So the
 * transfer is made whole by `load`, in one transaction, under a name of what was booked before (odoo.md §6.2): whoever
 * comes second, from whatever attempt, finds the first. Nothing of it is booked before it is validated.
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

/** Lines that came with their moves do not know their transfer yet, which shows it to people by them (seen on 18 and 19). */
export async function attachLines({ odoo }: Work, { id }: OwnReturn): Promise<void> {
  const lines = await odoo.search('stock.move.line', [
    ['move_id.picking_id', '=', id],
    ['picking_id', '=', false],
  ])
  if (lines.length === 0) return
  const vals = { picking_id: id }
  await odoo.call({ model: 'stock.move.line', method: 'write', ids: lines, args: { vals }, writes: true })
}

async function create(work: Work, making: Making, part: Part, content: string, name: string): Promise<number> {
  const { odoo, reference } = work
  const [moves, transfers] = await Promise.all([odoo.fields('stock.move'), odoo.fields('stock.picking')])
  const delivery = await readDelivery(odoo, making.names, part, { moves, transfers })
  const made = await load(odoo, 'stock.picking', returnSheet(making, part, delivery, { name, reference, content }))
  if ('problems' in made) throw new Refusal(422, made.problems)
  return made.ids[0] ?? 0
}

type Fields = Readonly<Record<string, FieldInfo>>

/** What a move keeps of the one it takes back, where the database has it: line of the order, kit, and what groups them. */
const kept = ['sale_line_id', 'bom_line_id', 'group_id', 'reference_ids']

/** The delivery that a part is of, as far as its return is a copy of it. */
async function readDelivery(
  odoo: Odoo,
  names: StockNames,
  part: Part,
  known: { moves: Fields; transfers: Fields },
): Promise<Delivery> {
  const copied = kept.filter((field) => known.moves[field])
  const ofTransfer = ['name', 'partner_id', 'picking_type_id', 'location_id', 'location_dest_id', 'move_type']
  const [[row], sent] = await Promise.all([
    odoo.read('stock.picking', [part.deliveryId], [...ofTransfer, ...(known.transfers.sale_id ? ['sale_id'] : [])]),
    odoo.read(
      'stock.move',
      byMove(part.pieces).map(({ move }) => move.id),
      copied,
    ),
  ])
  if (!row) throw new Failure('transient', 'ODOO_BUSY', 'The delivery of a return was deleted while it was booked.')
  const type = await returnType(odoo, row)
  const ids = (field: string, value: OdooRecord[string] | undefined) =>
    known.moves[field]?.type === 'many2one' ? [idOf(value) ?? []].flat() : idsOf(value)
  return {
    row,
    type,
    copied: new Map(sent.map((one) => [one.id, copied.map((field) => [field, ids(field, one[field])] as const)])),
    // Up to 18, a move has a name of its own, and the group of the moves says whose order it is (odoo.md §12).
    movesHaveNames: known.moves.name?.required === true,
    ofOrder: known.transfers.sale_id !== undefined && known.moves.group_id === undefined,
    saysReturn: known.transfers.return_id !== undefined,
    moves: names.moves,
  }
}

/** The operation type of returns of a delivery, and where it puts goods. */
async function returnType(odoo: Odoo, delivery: OdooRecord): Promise<Delivery['type']> {
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
