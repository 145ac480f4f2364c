import { createHash } from 'node:crypto'
import type { ApiRecord } from '../../../lib/systems/acumatica/records.ts'

export type { ApiRecord }

type Plain = string | number | boolean | undefined | null

/** A field as the API answers it: null comes back as `{}` (acumatica.md §4). */
export const field = (content: Plain): ApiRecord =>
  content === undefined || content === null ? {} : { value: content }

/** Plain fields wrapped. */
export const fields = (plain: Record<string, Plain>): ApiRecord =>
  Object.fromEntries(Object.entries(plain).map(([name, content]) => [name, field(content)]))

/** Content of a wrapped field; "" and undefined where there is none. */
export const str = (record: ApiRecord | undefined, name: string): string => String(content(record, name) ?? '').trim()
export const num = (record: ApiRecord | undefined, name: string): number => Number(content(record, name) ?? 0)
export const bool = (record: ApiRecord | undefined, name: string): boolean => content(record, name) === true

const content = (record: ApiRecord | undefined, name: string) => {
  const found = record?.[name]
  return found !== null && typeof found === 'object' && !Array.isArray(found) ? found.value : undefined
}

export const list = (record: ApiRecord | undefined, name: string): ApiRecord[] => {
  const found = record?.[name]
  return Array.isArray(found) ? (found as ApiRecord[]) : []
}

export const isObject = (found: unknown): found is ApiRecord =>
  typeof found === 'object' && found !== null && !Array.isArray(found)

/** A linked entity has an id; a field never has. */
export const isLinked = (found: unknown): found is ApiRecord => isObject(found) && typeof found.id === 'string'

/** A GUID drawn from a name: the same record has the same id in every run. */
export const guid = (name: string): string => {
  const hex = createHash('sha1').update(name).digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-5${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

/** System fields of a record, row or linked entity. */
export const system = (name: string, row = 1): ApiRecord => ({
  id: guid(name),
  rowNumber: row,
  note: { value: '' },
  custom: {},
})

/** SQL Server's datetime moves in steps of about 3 ms (acumatica.md §5). */
export const stamp = (time: number): string => {
  const step = Math.floor(Math.round((time % 10) * 0.3) / 0.3)
  return new Date(time - (time % 10) + step).toISOString().replace('Z', '+00:00')
}

/** A date-only field: midnight with an offset. */
export const midnight = (date: string | undefined): string | undefined =>
  date === undefined || date === '' ? undefined : `${date.slice(0, 10)}T00:00:00+00:00`

export const day = (time: number): string => new Date(time).toISOString().slice(0, 10)

export const money = (amount: number): number => Math.round((amount + Number.EPSILON) * 100) / 100
export const quantity = (amount: number): number => Math.round(amount * 1e6) / 1e6

/** A valid SSCC-18 for a serial number. */
export function sscc(serial: number): string {
  const body = `00614141${String(serial).padStart(9, '0')}`
  const sum = [...body].reduce((total, digit, i) => total + Number(digit) * (i % 2 === 0 ? 3 : 1), 0)
  return `${body}${(10 - (sum % 10)) % 10}`
}
