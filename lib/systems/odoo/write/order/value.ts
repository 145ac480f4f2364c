import { type Decimal, equal, toDecimal, toNumber } from '../../../../core/decimal.ts'
import type { Json } from '../../../../core/exchange.ts'
import { idOf } from '../../bundle.ts'
import { plain } from '../html.ts'
import { decimalOf, noon, textOf } from '../work.ts'

/** One field of an order or a line as it is sent: for `load`, for `write`, and for what must be read back. */
export interface Value {
  field: string
  /** Its column in `load`: many2one by database id. */
  column: string
  /** What `load` takes: always text. */
  cell: string
  /** What `write` takes. */
  value: Json
  /** How messages call it. */
  label: string
  /** How it is compared with what stands there; none where Odoo may spell it differently; note: contains the cell. */
  kind: 'id' | 'text' | 'day' | 'number' | 'price' | 'note' | 'none'
}

export const idValue = (field: string, label: string, value: number): Value => ({
  field,
  column: `${field}/.id`,
  cell: String(value),
  value,
  label,
  kind: 'id',
})
export const textValue = (field: string, label: string, value: string, kind: 'text' | 'none' = 'text'): Value => ({
  field,
  column: field,
  cell: value,
  value,
  label,
  kind,
})
export const dayValue = (field: string, label: string, value: string, time = true): Value => ({
  ...textValue(field, label, time ? noon(value) : value),
  kind: 'day',
})
export const numberValue = (
  field: string,
  label: string,
  value: Decimal,
  kind: 'number' | 'price' = 'number',
): Value => ({
  field,
  column: field,
  cell: value,
  value: toNumber(value),
  label,
  kind,
})

export const decimal = (value: number): Decimal => toDecimal(Number(value.toPrecision(14))) ?? '0'

/** A value where the version has the field and the record the content. */
export const maybe = <N, V>(name: N | undefined, value: V | undefined, make: (name: N, value: V) => Value): Value[] =>
  name === undefined || value === undefined ? [] : [make(name, value)]

/** True where a field stands as it was sent. */
export function stands({ kind, cell, value }: Value, found: Json | undefined): boolean {
  if (kind === 'none') return true
  if (kind === 'note') return plain(textOf(found) ?? '').includes(cell)
  if (kind === 'id') return idOf(found) === value
  if (kind === 'day') return textOf(found)?.slice(0, 10) === cell.slice(0, 10)
  if (kind === 'text') return (textOf(found) ?? '') === cell.trim()
  return equal(decimalOf(found), cell)
}

/** A field as messages show it. */
export function shown({ kind }: Value, found: Json | undefined): string {
  if (kind === 'number' || kind === 'price') return decimalOf(found)
  if (Array.isArray(found)) return String(found[1] ?? found[0])
  if (kind === 'id') return typeof found === 'number' ? String(found) : 'empty'
  const said = textOf(found) ?? 'empty'
  return kind === 'day' ? said.slice(0, 10) : said
}

/** Values as `write` takes them. */
export const written = (values: readonly Value[]): { [field: string]: Json } =>
  Object.fromEntries(values.map(({ field, value }) => [field, value]))
