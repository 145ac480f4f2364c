import { add, compare, type Decimal, equal } from '../../../../core/decimal.ts'
import { Refusal } from '../../../../core/failures.ts'
import { sha256 } from '../../../../core/hash.ts'
import type { Problem } from '../../../../core/problems.ts'
import { idOf } from '../../bundle.ts'
import type { ReceiptRecord } from '../../records.ts'
import type { Odoo, OdooRecord } from '../../rpc.ts'
import { findRecord, qualified } from '../external-id.ts'
import { load } from '../load.ts'
import { problem, textOf } from '../work.ts'
import { type Piece, type Taken, total } from './match.ts'
import type { MoveLine } from './move-lines.ts'
import type { StockNames } from './names.ts'

/** Part of a move with a lot, a package or a location of its own. */
export interface Detail {
  quantity: Decimal
  lotId?: number
  lotName?: string
  expires?: string
  pack?: string
  locationId?: number
}

/** What pieces need that the move as a whole does not say; absent where its quantity says everything. */
export type Details = ReadonlyMap<number, Detail[]>

/** Lots, packages and locations of pieces. Lots that are not there yet are made by Odoo when the transfer is done. */
export async function resolveDetails(
  odoo: Odoo,
  names: StockNames,
  { mode, quarantine }: ReceiptRecord,
  taken: readonly Taken[],
  lines: readonly MoveLine[],
  companyId: number,
): Promise<{ details: Details; problems: Problem[]; warnings: Problem[] }> {
  const problems: Problem[] = []
  const warnings: Problem[] = []
  const [lots, held] = await Promise.all([
    readLots(odoo, names, taken, companyId),
    taken.some(({ pieces }) => pieces.some(({ line }) => line.held))
      ? quarantineLocation(odoo, quarantine, companyId, problems)
      : undefined,
  ])
  const details = new Map<number, Detail[]>()
  for (const one of taken) {
    const rows = one.pieces.map((piece) => detailOf(one, piece))
    const plain = rows.every((row) => Object.keys(row).length === 1)
    if (!plain) details.set(one.move.id, rows)
  }
  return { details, problems, warnings }

  /** The ship notice told the lots, and the receipt confirms its quantity. */
  function hasLots({ move, pieces }: Taken): boolean {
    const lotted = lines.filter((line) => line.moveId === move.id && line.lot)
    return equal(add('0', ...lotted.map(({ quantity }) => quantity)), total(pieces))
  }

  function detailOf(one: Taken, { quantity, line }: Piece): Detail {
    const { product } = one
    const detail: Detail = { quantity }
    if (line.pack !== undefined && line.pack !== '') detail.pack = line.pack
    if (line.held && held !== undefined) detail.locationId = held
    if (product.tracking === 'none') {
      if (line.lot !== undefined)
        warnings.push(problem('ODOO_LOT_IGNORED', `${product.name} has no lots in Odoo: ${line.lot}.`, line.path))
      return detail
    }
    if (line.lot === undefined || line.lot.trim() === '') {
      if (mode === 'validate' && !hasLots(one))
        problems.push(problem('ODOO_LOT_MISSING', `${product.name} is tracked, and no lot was sent.`, line.path))
      return detail
    }
    if (product.tracking === 'serial' && compare(quantity, '1') !== 0)
      problems.push(
        problem(
          'ODOO_LOT_UNSUITED',
          `${product.name} has serial numbers: ${quantity} cannot be ${line.lot}.`,
          line.path,
        ),
      )
    const lot = lots.find((row) => idOf(row.product_id) === product.id && textOf(row.name) === line.lot?.trim())
    if (lot) detail.lotId = lot.id
    else detail.lotName = line.lot.trim()
    expiry(product.expires, product.name, line, lot, detail)
    return detail
  }

  function expiry(
    expires: boolean,
    product: string,
    { expires: day, lot: name, path }: ReceiptRecord['lines'][number],
    lot: OdooRecord | undefined,
    detail: Detail,
  ): void {
    if (day === undefined) return
    if (names.lineExpiry === undefined || names.lotExpiry === undefined || !expires)
      warnings.push(problem('ODOO_EXPIRY_IGNORED', `${product} has no expiration dates in Odoo: ${name} ${day}.`, path))
    else if (!lot) detail.expires = day
    else if (textOf(lot[names.lotExpiry])?.slice(0, 10) !== day) {
      const known = textOf(lot[names.lotExpiry])?.slice(0, 10) ?? 'nothing'
      const message = `Lot ${name} of ${product} expires on ${known} in Odoo, and on ${day} in the document.`
      warnings.push(problem('ODOO_EXPIRY_DIFFERS', message, path))
    }
  }
}

async function readLots(
  odoo: Odoo,
  names: StockNames,
  taken: readonly Taken[],
  companyId: number,
): Promise<OdooRecord[]> {
  const tracked = taken.filter(({ product }) => product.tracking !== 'none')
  const wanted = tracked.flatMap(({ pieces }) => pieces.flatMap(({ line }) => line.lot?.trim() || []))
  if (wanted.length === 0) return []
  return odoo.searchRead(
    names.lots,
    [
      ['name', 'in', [...new Set(wanted)]],
      ['product_id', 'in', tracked.map(({ product }) => product.id)],
      ['company_id', 'in', [false, companyId]],
    ],
    { fields: ['name', 'product_id', ...(names.lotExpiry ? [names.lotExpiry] : [])], order: 'id' },
  )
}

/** One internal location by barcode, full name or name. */
async function quarantineLocation(
  odoo: Odoo,
  name: string | undefined,
  companyId: number,
  problems: Problem[],
): Promise<number | undefined> {
  const rows =
    name === undefined
      ? []
      : await odoo.searchRead(
          'stock.location',
          [
            ['usage', '=', 'internal'],
            ['company_id', 'in', [false, companyId]],
            '|',
            '|',
            ['barcode', '=', name],
            ['complete_name', '=', name],
            ['name', '=', name],
          ],
          { fields: ['complete_name', 'barcode'], order: 'id' },
        )
  const exact = rows.filter((row) => textOf(row.complete_name) === name || textOf(row.barcode) === name)
  const [one] = exact.length > 0 ? exact : rows
  if (one && (exact.length === 1 || rows.length === 1)) return one.id
  const message =
    name === undefined
      ? 'Some goods are damaged or held, and no location for them is configured.'
      : `The location "${name}" for damaged and held goods is ${rows.length === 0 ? 'not' : 'more than once'} in Odoo.`
  problems.push(problem('ODOO_LOCATION_NOT_FOUND', message, 'quarantine'))
  return undefined
}

/** Packages by their label, made where they are not there yet: under a name of the label, so that each is made once. */
export async function packagesOf(
  odoo: Odoo,
  names: StockNames,
  details: Details,
): Promise<ReadonlyMap<string, number>> {
  const labels = [...new Set([...details.values()].flat().flatMap(({ pack }) => pack ?? []))]
  const found = new Map<string, number>()
  if (labels.length === 0) return found
  const rows = await odoo.searchRead(names.packages, [['name', 'in', labels]], { fields: ['name'], order: 'id' })
  for (const row of rows) found.set(textOf(row.name) ?? '', row.id)
  for (const label of labels.filter((one) => !found.has(one))) {
    const name = `pack_${sha256(label, 16)}`
    const standing = await findRecord(odoo, name)
    const made = standing
      ? { ids: [standing.id] }
      : await load(odoo, names.packages, { columns: ['id', 'name'], rows: [[qualified(name), label]] })
    if ('problems' in made) throw new Refusal(422, made.problems)
    if (made.ids[0] !== undefined) found.set(label, made.ids[0])
  }
  return found
}
