import { sha256 } from '../../lib/core/hash.ts'
import { type ApiRecord, decimalOf, identifier } from '../../lib/systems/acumatica/records.ts'
import { articleOf } from './catalogue.ts'

/** The simulated ERP as the scenario sees it: records by entity, in the wire's form. */
export interface Erp {
  list(entity: string): ApiRecord[]
  put(entity: string, record: ApiRecord): void
}

type Plain = string | number | boolean | null | ApiRecord[]

/** Wraps plain fields as the API sends them: null is `{}`, rows and linked entities go in as they are. */
export function record(id: string, fields: { [name: string]: Plain | ApiRecord }): ApiRecord {
  const wrapped = Object.entries(fields).map(([name, content]) => [
    name,
    content === null ? {} : typeof content === 'object' ? content : { value: content },
  ])
  return { id: guid(id), rowNumber: 1, note: { value: '' }, ...Object.fromEntries(wrapped), custom: {} }
}

/** Rows of a detail, numbered. */
export const numbered = (rows: ApiRecord[]): ApiRecord[] => rows.map((row, i) => ({ ...row, rowNumber: i + 1 }))

/** The same name always has the same id, so that a morning is the same every time. */
export function guid(name: string): string {
  const h = sha256(name, 32)
  return `${h.slice(0, 8)}-${h.slice(8, 12)}-5${h.slice(13, 16)}-8${h.slice(17, 20)}-${h.slice(20, 32)}`
}

/** Date-only fields are midnight with an offset (acumatica.md §4). */
export const midnight = (day: string): string => `${day}T00:00:00+00:00`

/** A stamp as Acumatica sends it. */
export const stamp = (now: number): string => new Date(now).toISOString().replace('Z', '+00:00')

/** How many of the base unit one of the line's unit is. */
export function baseFactor(item: string, unit: string): number {
  if (unit === 'EA') return 1
  const article = articleOf(item)
  const factor: Record<string, number> = { CASE: article.perCase, PALLET: article.perPallet, DOZEN: 12 }
  const found = factor[unit]
  if (found === undefined) throw new Error(`${item} has no conversion for ${unit}`)
  return found
}

/** A line of an order in the ERP, as far as shipping and billing look at it. */
export interface OrderRow {
  line: number
  item: string
  buyerLine: string
  unit: string
  quantity: number
  price: string
  description: string
}

export const orderRow = (row: ApiRecord): OrderRow => ({
  line: Number(decimalOf(row, 'LineNbr') ?? 0),
  item: identifier(row, 'InventoryID') ?? '',
  buyerLine: identifier(row, 'ExternalRef') ?? '',
  unit: identifier(row, 'UOM') ?? 'EA',
  quantity: Number(decimalOf(row, 'OrderQty') ?? 0),
  price: decimalOf(row, 'UnitPrice') ?? '0',
  description: identifier(row, 'LineDescription') ?? '',
})
