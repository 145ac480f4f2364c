import { PythonError } from './errors.ts'
import type { Field, Value, Version } from './model.ts'

/**
 * A written value as it is kept (odoo.md §3.1, §5.2): what Odoo coerces is coerced, what it empties is emptied, what it
 * refuses is thrown. Relations to many are not values but commands.
 *
 * @param label 'res.partner.type', for messages
 */
export function convert(field: Field, value: Value, label: string, version: Version): Value {
  switch (field.type) {
    case 'char':
    case 'text':
    case 'html':
      return text(value, field.type === 'html')
    case 'integer':
      return integer(value)
    case 'float':
    case 'monetary':
      return rounded(float(value), digitsOf(field, version))
    case 'boolean':
      return truthy(value)
    case 'date':
      return date(value)
    case 'datetime':
      return datetime(value)
    case 'selection':
      return selection(field, value, label)
    case 'many2one':
      return many2one(value)
    case 'one2many':
    case 'many2many':
    case 'binary':
    case 'json':
      return value ?? false
  }
}

/** What an absent value reads as: numbers are 0, everything else false (odoo.md §3.1). */
export function empty(field: Field): Value {
  if (field.type === 'integer' || field.type === 'float' || field.type === 'monetary') return 0
  return field.type === 'one2many' || field.type === 'many2many' ? [] : false
}

export const isEmpty = (value: Value | undefined): boolean =>
  value === undefined || value === false || value === null || value === '' || (Array.isArray(value) && !value.length)

/** An integer, or nothing: a name, a number in text and the pair that reads return empty the field without a word. */
export const many2one = (value: Value): Value => (typeof value === 'number' && value !== 0 ? value : false)

function text(value: Value, html: boolean): Value {
  if (value === false || value === null) return false
  if (value === true) return 'True'
  const plain = typeof value === 'string' ? value : typeof value === 'number' ? String(value) : JSON.stringify(value)
  if (!html) return plain
  return plain.replace(/<script\b[\s\S]*?<\/script\s*>/gi, '')
}

function integer(value: Value): Value {
  if (typeof value === 'number') return Math.trunc(value)
  if (typeof value === 'boolean' || value === null) return value ? 1 : 0
  if (value === '') return 0
  if (typeof value === 'string' && /^\s*[+-]?\d+\s*$/.test(value)) return Number(value)
  throw new PythonError('ValueError', `invalid literal for int() with base 10: '${value}'`)
}

function float(value: Value): number {
  if (typeof value === 'number') return value
  if (typeof value === 'boolean' || value === null) return value ? 1 : 0
  if (value === '') return 0
  const number = typeof value === 'string' ? Number(value) : Number.NaN
  if (Number.isNaN(number)) throw new PythonError('ValueError', `could not convert string to float: '${value}'`)
  return number
}

/** Half away from zero, as Odoo rounds. */
export function rounded(value: number, digits: number | undefined): number {
  if (digits === undefined) return value
  const shifted = Number(`${Math.abs(value)}e${digits}`)
  if (!Number.isFinite(shifted)) return value
  return Math.sign(value) * Number(`${Math.round(shifted + Number.EPSILON * shifted)}e-${digits}`)
}

function digitsOf(field: Field, version: Version): number | undefined {
  if (typeof field.digits === 'function') return field.digits(version)
  return field.digits ?? (field.type === 'monetary' ? 2 : undefined)
}

const truthy = (value: Value): boolean =>
  Array.isArray(value) ? value.length > 0 : value !== false && value !== null && value !== 0 && value !== ''

const noMatch = (value: string, format: string) =>
  new PythonError('ValueError', `time data '${value}' does not match format '${format}'`)

function date(value: Value): Value {
  if (!truthy(value)) return false
  const day = String(value).slice(0, 10)
  if (!isDay(day)) throw noMatch(day, '%Y-%m-%d')
  return day
}

function datetime(value: Value): Value {
  if (!truthy(value)) return false
  const written = String(value)
  if (isDay(written)) return `${written} 00:00:00`
  if (written.length < 10) throw noMatch(written, '%Y-%m-%d %H:%M:%S'.slice(0, Math.max(2, written.length - 2)))
  const [, moment, rest] = /^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)(.*)$/.exec(written) ?? []
  if (!moment) throw noMatch(written, '%Y-%m-%d %H:%M:%S')
  if (rest) throw new PythonError('ValueError', `unconverted data remains: ${rest}`)
  return moment
}

export const isDay = (text: string): boolean =>
  /^\d{4}-\d\d-\d\d$/.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.slice(0, 10) === text

function selection(field: Field, value: Value, label: string): Value {
  if (value === false || value === null || value === '') return false
  if (typeof value === 'string' && (!field.selection || field.selection.some(([key]) => key === value))) return value
  throw new PythonError('ValueError', `Wrong value for ${label}: ${typeof value === 'string' ? `'${value}'` : value}`)
}
