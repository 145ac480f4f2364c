import type { Decimal } from '../../core/decimal.ts'
import type { Problem } from '../../core/problems.ts'
import { type ApiRecord, customFields, decimalOf, identifier, rows, text, value } from './records.ts'

/** One record while it is parsed: every field that does not fit adds a problem with its path, and parsing goes on. */
export interface Reading {
  record: ApiRecord
  identifier(field: string): string | undefined
  text(field: string): string | undefined
  /** An identifier the document cannot do without. */
  required(field: string): string
  decimal(field: string): Decimal | undefined
  requiredDecimal(field: string): Decimal
  /** First ten characters, never converted between zones: a ship date is a day (acumatica.md §5). */
  day(field: string): string | undefined
  /** Adds a problem of this field's content. */
  invalid(field: string, message: string): void
  /** Rows of a detail that must have been expanded: missing is a problem, empty is not. */
  rows(detail: string): Reading[]
  customFields(): { [name: string]: string }
}

/** @param path where the record stands in the raw document ("shipments[0]") */
export function read(record: ApiRecord, path: string, problems: Problem[]): Reading {
  const add = (code: string, field: string, message: string) =>
    void problems.push({ code, message, path: `${path}.${field.replaceAll('/', '.')}` })
  const missing = (field: string) => add('ACUMATICA_FIELD_MISSING', field, `${field} is empty in Acumatica.`)
  const decimal = (field: string) => {
    const found = decimalOf(record, field)
    const sent = value(record, field)
    if (found === undefined && sent !== undefined)
      add('ACUMATICA_VALUE_INVALID', field, `${field} is "${String(sent).slice(0, 40)}", which is no number.`)
    return found
  }
  return {
    record,
    identifier: (field) => identifier(record, field),
    text: (field) => text(record, field),
    required: (field) => {
      const found = identifier(record, field)
      if (found === undefined) missing(field)
      return found ?? ''
    },
    decimal,
    requiredDecimal: (field) => {
      const found = decimal(field)
      if (value(record, field) === undefined) missing(field)
      return found ?? '0'
    },
    day: (field) => {
      const found = identifier(record, field)?.slice(0, 10)
      if (found === undefined || /^\d{4}-\d\d-\d\d$/.test(found)) return found
      add('ACUMATICA_VALUE_INVALID', field, `${field} is "${found}", which is no date.`)
      return undefined
    },
    invalid: (field, message) => add('ACUMATICA_VALUE_INVALID', field, message),
    rows: (detail) => {
      const found = rows(record, detail)
      if (!found)
        add(
          'ACUMATICA_DETAIL_NOT_READ',
          detail,
          `${detail} are missing from the record as it was read: missing is not empty.`,
        )
      return (found ?? []).map((row, i) => read(row, `${path}.${detail}[${i}]`, problems))
    },
    customFields: () => customFields(record),
  }
}
