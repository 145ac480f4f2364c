import type { Decimal } from '../../../core/decimal.ts'
import { toDecimal } from '../../../core/decimal.ts'
import type { Json } from '../../../core/exchange.ts'
import type { OdooDocumentCode } from '../../../core/problem-codes/odoo-documents.ts'
import type { Problem } from '../../../core/problems.ts'
import { idOf, idsOf, nameOf, recordsOf } from '../bundle.ts'
import { olderNames, parents } from '../related/graph.ts'
import type { OdooRecord } from '../rpc.ts'
import { dayIn } from './days.ts'

/**
 * One record while it is parsed. Every field is asked for under all names it has had (odoo.md §12): the first that the
 * record has with a value counts. `false` is no value. A field that does not fit adds a problem, and parsing goes on.
 */
export interface Reading {
  model: string
  record: OdooRecord
  id: string
  /** True where the record was read with this field, whatever its value. */
  has(field: string): boolean
  text(...fields: string[]): string | undefined
  /** An identifier the document cannot do without. */
  required(...fields: string[]): string
  flag(field: string): boolean
  decimal(...fields: string[]): Decimal | undefined
  requiredDecimal(...fields: string[]): Decimal
  /** A date, or the day of a UTC date-time in the zone of the document. */
  day(...fields: string[]): string | undefined
  /** Id and display name of a many2one; there even where the record itself is not. */
  idOf(...fields: string[]): number | undefined
  nameOf(...fields: string[]): string | undefined
  /** The record a many2one points to, where it is in the bundle. */
  linked(model: string, ...fields: string[]): Reading | undefined
  /** The records of a list of ids, or, where the record has no such list, those that name it as their header. */
  rows(model: string, ...fields: string[]): Reading[]
  /** Fields a customer added (`x_…`), as text. */
  ownFields(): { [name: string]: string }
  problem(code: OdooDocumentCode, field: string, message: string): void
}

/** All records of a bundle, with the problems found so far. */
export interface Records {
  first(model: string): Reading | undefined
  all(model: string): Reading[]
  problems: Problem[]
}

/** Floats carry noise behind the fifteenth digit (odoo.md §3.1). */
const significant = 14

/** A number as Odoo sends it: a float, or text in hand-made files. */
function numberOf(value: Json | undefined): Decimal | undefined {
  if (typeof value !== 'number') return toDecimal(value)
  return Number.isFinite(value) ? toDecimal(Number(value.toPrecision(significant))) : undefined
}

const present = (value: Json | undefined): boolean =>
  value !== undefined && value !== null && value !== false && value !== ''

export function createRecords(raw: Json, zone: string): Records {
  const problems: Problem[] = []
  const lists = new Map<string, { all: Reading[]; byId: Map<number, Reading> }>()
  const list = (model: string) => {
    const known = lists.get(model)
    if (known) return known
    const all = recordsOf(raw, model).map((record, i) => reading(model, record, i))
    const made = { all, byId: new Map(all.map((one) => [one.record.id, one])) }
    lists.set(model, made)
    return made
  }
  const all = (model: string): Reading[] => list(model).all
  const find = (model: string, id: number): Reading | undefined => {
    const older = olderNames[model]
    return list(model).byId.get(id) ?? (older === undefined ? undefined : find(older, id))
  }

  function reading(model: string, record: OdooRecord, position: number): Reading {
    const value = (fields: string[]): Json | undefined => record[fields.find((f) => present(record[f])) ?? '']
    const named = (fields: string[]) => fields.find((f) => f in record) ?? fields[0] ?? ''
    const problem = (code: OdooDocumentCode, field: string, message: string) =>
      void problems.push({ code, message, path: `${model}[${position}].${field}` })
    const missing = (fields: string[]) =>
      problem('ODOO_FIELD_MISSING', named(fields), `${model} ${record.id}: ${named(fields)} is empty in Odoo.`)
    const text = (...fields: string[]) => {
      const found = value(fields)
      const spelled = typeof found === 'string' || typeof found === 'number' ? String(found).trim() : ''
      return spelled === '' ? undefined : spelled
    }
    const decimal = (...fields: string[]) => {
      const sent = value(fields)
      const found = numberOf(sent)
      if (found === undefined && sent !== undefined) {
        const shown = typeof sent === 'string' ? `"${sent.slice(0, 40)}"` : typeof sent
        problem('ODOO_VALUE_INVALID', named(fields), `${model} ${record.id}: ${named(fields)} is ${shown}, no number.`)
      }
      return found
    }
    return {
      model,
      record,
      id: String(record.id),
      has: (field) => field in record,
      text,
      required: (...fields) => {
        const found = text(...fields)
        if (found === undefined) missing(fields)
        return found ?? ''
      },
      flag: (field) => record[field] === true,
      decimal,
      requiredDecimal: (...fields) => {
        const found = decimal(...fields)
        if (!present(value(fields))) missing(fields)
        return found ?? '0'
      },
      day: (...fields) => {
        const found = text(...fields)
        const day = found === undefined ? undefined : dayIn(found, zone)
        if (found !== undefined && day === undefined)
          problem(
            'ODOO_VALUE_INVALID',
            named(fields),
            `${model} ${record.id}: ${named(fields)} is "${found}", no date.`,
          )
        return day
      },
      idOf: (...fields) => idOf(value(fields)),
      nameOf: (...fields) => nameOf(value(fields)),
      linked: (target, ...fields) => {
        const id = idOf(value(fields))
        return id === undefined ? undefined : find(target, id)
      },
      rows: (target, ...fields) => {
        const list = fields.find((f) => Array.isArray(record[f]))
        if (list !== undefined) return idsOf(record[list]).flatMap((id) => find(target, id) ?? [])
        const up = parents.find((one) => one.line === target && one.model === model)
        return up ? all(target).filter((row) => idOf(row.record[up.field]) === record.id) : []
      },
      ownFields: () =>
        Object.fromEntries(
          Object.keys(record).flatMap((name) => {
            const found = name.startsWith('x_') ? text(name) : undefined
            return found === undefined ? [] : [[name, found]]
          }),
        ),
      problem,
    }
  }
  return { problems, all, first: (model) => all(model)[0] }
}

/** The fields that have a value: an absent field is left out, so that documents compare and serialise the same. */
export const defined = <T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(fields).filter(([, content]) => content !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>
  }
