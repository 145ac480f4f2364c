import { type Decimal, toDecimal } from '../../../core/decimal.ts'
import type { Json } from '../../../core/exchange.ts'
import type { ShipBobDocumentCode } from '../../../core/problem-codes/shipbob-documents.ts'
import type { Problem } from '../../../core/problems.ts'
import { dayOf, instantOf, stampOf } from './time.ts'

export type Fields = { readonly [field: string]: Json }

export const isFields = (value: Json | undefined): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Text of a value, numbers included; blank text is none. */
export function textOf(value: Json | undefined): string | undefined {
  const text = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : ''
  return text === '' ? undefined : text
}

/** What was found while one document is parsed. */
export interface Findings {
  problems: Problem[]
  warnings: Problem[]
}

/**
 * One object of a record while it is parsed. Any field may be null or missing, and unknown ones are passed over
 * (shipbob.md §3.6). A field that does not fit adds a problem, and parsing goes on.
 */
export interface Reading {
  readonly fields: Fields
  /** Where it stands in the document: "shipment.products[0]". */
  readonly path: string
  text(field: string): string | undefined
  /** An id as text; 0 is none. */
  id(field: string): string | undefined
  /** What the document cannot do without. */
  required(field: string): string
  decimal(field: string): Decimal | undefined
  requiredDecimal(field: string): Decimal
  /** ISO date-time (UTC). */
  instant(field: string): string | undefined
  /** The date-time as it sorts as text. */
  stamp(field: string): string | undefined
  day(field: string): string | undefined
  object(field: string): Reading | undefined
  /** The objects of a list; of one object alone, that one. */
  list(field: string): Reading[]
  texts(field: string): string[]
  problem(code: ShipBobDocumentCode, field: string, message: string): void
  warn(code: ShipBobDocumentCode, field: string, message: string): void
}

/** @param name what people call the record: "receiving order 918363" */
export function createReading(fields: Fields, path: string, name: string, findings: Findings): Reading {
  const at = (field: string) => (path === '' ? field : `${path}.${field}`)
  const problem = (code: ShipBobDocumentCode, field: string, message: string) =>
    void findings.problems.push({ code, message: `${name}: ${message}`, path: at(field) })
  const missing = (field: string) => problem('SHIPBOB_FIELD_MISSING', field, `${at(field)} is empty.`)
  const inner = (one: Fields, where: string) => createReading(one, where, name, findings)
  const text = (field: string) => textOf(fields[field])
  const decimal = (field: string) => {
    const found = toDecimal(fields[field])
    const sent = text(field)
    if (found === undefined && sent !== undefined)
      problem('SHIPBOB_VALUE_INVALID', field, `${at(field)} is "${sent.slice(0, 40)}", no number.`)
    return found
  }
  const dated = (read: (sent: string) => string | undefined) => (field: string) => {
    const sent = text(field)
    return sent === undefined ? undefined : read(sent)
  }
  return {
    fields,
    path,
    text,
    id: (field) => (text(field) === '0' ? undefined : text(field)),
    required: (field) => {
      const found = text(field)
      if (found === undefined) missing(field)
      return found ?? ''
    },
    decimal,
    requiredDecimal: (field) => {
      if (text(field) === undefined) missing(field)
      return decimal(field) ?? '0'
    },
    instant: dated(instantOf),
    stamp: dated(stampOf),
    day: dated(dayOf),
    object: (field) => {
      const found = fields[field]
      return isFields(found) ? inner(found, at(field)) : undefined
    },
    list: (field) => {
      const found = fields[field]
      const all: Json[] = Array.isArray(found) ? found : isFields(found) ? [found] : []
      return all.flatMap((one, i) => (isFields(one) ? [inner(one, `${at(field)}[${i}]`)] : []))
    },
    texts: (field) => {
      const found = fields[field]
      return (Array.isArray(found) ? found : []).flatMap((one) => textOf(one) ?? [])
    },
    problem,
    warn: (code, field, message) =>
      void findings.warnings.push({ code, message: `${name}: ${message}`, path: at(field) }),
  }
}

/** The fields that have a value: an absent field is left out, so that documents compare and serialise the same. */
export const defined = <T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(fields).filter(([, content]) => content !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>
  }

/** Id and name of a place: a fulfilment centre, a location. */
export function centreOf(place: Reading | undefined): { id: string; name?: string } | undefined {
  const id = place?.id('id')
  return place && id !== undefined ? { id, ...defined({ name: place.text('name') }) } : undefined
}
