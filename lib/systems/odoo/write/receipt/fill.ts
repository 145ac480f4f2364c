import { add, equal, isZero, toNumber } from '../../../../core/decimal.ts'
import type { Json } from '../../../../core/exchange.ts'
import { noon } from '../work.ts'
import type { Detail, Details } from './detail.ts'
import type { Move, Transfer } from './dock.ts'
import { type Marker, withMarker } from './marker.ts'
import { type Taken, total } from './match.ts'
import type { MoveLine } from './move-lines.ts'
import type { StockNames } from './names.ts'
import type { Goods, Way } from './way.ts'

/** Everything that one receipt does to the transfers it touches. */
export interface Filling {
  names: StockNames
  way: Way
  record: Goods
  reference: string
  marker: Marker
  taken: readonly Taken[]
  details: Details
  packages: ReadonlyMap<string, number>
  /** Of the moves as they stand. */
  lines: readonly MoveLine[]
  /** Transfers on which only an older version of this announcement stands. */
  alone: ReadonlySet<number>
}

/**
 * What is written to one transfer: its quantities, and the receipt's sign, in one transaction. Quantities are whole
 * figures, and lines that are replaced are named by id, so that a request that arrives late or twice changes nothing:
 * Odoo refuses a line that is gone, and the operation type of a transfer that is done (seen on 18 and 19).
 */
export function valuesFor(filling: Filling, transfer: Transfer, moves: readonly Move[]): { [field: string]: Json } {
  const { names, way, record, taken, reference, marker } = filling
  const own = taken.filter(({ move }) => move.transferId === transfer.id)
  const commands = own.map((one): Json => [1, one.move.id, moveValues(filling, transfer, one)])
  // Only what the receipt names is booked; the rest of the transfer becomes a backorder (odoo.md §8.2).
  const others =
    record.mode === 'validate' || filling.alone.has(transfer.id)
      ? moves.filter((move) => move.transferId === transfer.id && move.picked && !own.some((one) => one.move === move))
      : []
  const withdrawn = others.map((move): Json => [1, move.id, names.picked ? { picked: false } : { [names.moveDone]: 0 }])
  const transfers = new Set(taken.map(({ move }) => move.transferId)).size
  const { tracking, note, date, mode, carrierId } = record
  const said = [
    `${mode === 'validate' ? way.said : 'Announced'}: ${reference}`,
    note,
    ...(tracking === undefined || names.tracking !== undefined ? [] : [`tracking ${tracking}`]),
  ].filter((part) => part !== undefined && part !== '')
  return {
    note: withMarker(transfer.note, marker, { html: names.htmlNote, mode, text: said.join(', '), transfers }),
    ...guard(names, transfer),
    ...(tracking !== undefined && names.tracking ? { [names.tracking]: tracking } : {}),
    // Without a tracking number, Odoo would have the carrier send the goods once more.
    ...(carrierId !== undefined && tracking !== undefined && transfer.carrierId === undefined
      ? { carrier_id: carrierId }
      : {}),
    ...(mode === 'announce' && date !== undefined ? { scheduled_date: noon(date) } : {}),
    [names.moves]: [...commands, ...withdrawn],
  }
}

/** What Odoo refuses to write to a transfer that is done or cancelled, and is no change of one that is open. */
export const guard = (names: StockNames, { typeId }: Transfer): { [field: string]: Json } =>
  names.picked ? { picking_type_id: typeId } : {}

/** One move: its quantity where that says everything, else lines with their lots, packages and locations. */
function moveValues(
  { names, way, details, packages, lines }: Filling,
  transfer: Transfer,
  { move, before, pieces }: Taken,
): { [field: string]: Json } {
  const picked: { [field: string]: Json } = names.picked ? { picked: true } : {}
  const rows = details.get(move.id)
  const standing = lines.filter(({ moveId }) => moveId === move.id)
  const quantity = add(before, total(pieces))
  const keeps = equal(add('0', ...standing.map((line) => line.quantity)), quantity)
  const plain = standing.every((line) => !line.lot && !line.packed)
  if (!rows && (plain || keeps || !isZero(before))) return { [names.moveDone]: toNumber(quantity), ...picked }
  const old = isZero(before) ? standing.map((line): Json => [2, line.id, 0]) : []
  const fresh = (rows ?? [{ quantity }]).map(
    (row): Json => [0, 0, lineValues({ names, way, packages }, transfer, move, row)],
  )
  return { move_line_ids: [...old, ...fresh], ...picked }
}

function lineValues(
  { names, way, packages }: Pick<Filling, 'names' | 'way' | 'packages'>,
  transfer: Transfer,
  move: Move,
  { quantity, lotId, lotName, expires, pack, locationId }: Detail,
): { [field: string]: Json } {
  const packageId = pack === undefined ? undefined : packages.get(pack)
  // From 17 on Odoo itself puts goods on the shelf that its rules say, unless the line names one.
  const destination = names.picked ? undefined : move.destinationId
  return {
    picking_id: transfer.id,
    product_id: move.productId,
    product_uom_id: move.unitId,
    location_id: move.locationId,
    [names.lineDone]: toNumber(quantity),
    ...(names.picked ? { picked: true } : {}),
    ...(destination === undefined ? {} : { location_dest_id: destination }),
    ...(locationId === undefined ? {} : { [way.end]: locationId }),
    ...(lotId === undefined ? {} : { lot_id: lotId }),
    ...(lotName === undefined ? {} : { lot_name: lotName }),
    ...(expires === undefined || names.lineExpiry === undefined ? {} : { [names.lineExpiry]: noon(expires) }),
    ...(packageId === undefined ? {} : { result_package_id: packageId }),
  }
}
