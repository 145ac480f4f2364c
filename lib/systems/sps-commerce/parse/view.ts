import { toDecimal } from '../../../core/decimal.ts'
import type { Problem } from '../../../core/problems.ts'
import { problem } from '../problem.ts'
import { asList, isSection, type Section } from '../rsx/clean.ts'

/** Where a parse collects what it finds, so that everything wrong with a document is named at once. */
export interface Findings {
  problems: Problem[]
  warnings: Problem[]
}

/** A section of a document with its path. Every reader method takes a field's name and returns undefined where it is absent. */
export interface View {
  readonly path: string
  has(name: string): boolean
  at(name: string): string
  /** Text; a number or boolean as text (identifiers stay text always). */
  text(name: string): string | undefined
  /** A code. Sent as a number it has lost its zeros: filled up to `width`. */
  code(name: string, width?: number): string | undefined
  /** An identifier without which the document is refused. */
  identifier(name: string): string
  /** An exact decimal; a value that is none refuses the document. */
  decimal(name: string): string | undefined
  /** A decimal that only informs: a value that is none is left out with a warning. */
  decimalOrWarn(name: string): string | undefined
  integer(name: string): number | undefined
  /** YYYY-MM-DD; a zone or a time behind it is cut off, never converted. Anything else is left out with a warning. */
  day(name: string): string | undefined
  one(name: string): View
  many(name: string): View[]
}

export function viewOf(section: Section, path: string, found: Findings): View {
  const at = (name: string) => (path === '' ? name : `${path}.${name}`)
  const refuse = (
    code: 'SPS_NUMBER_INEXACT' | 'SPS_VALUE_INVALID' | 'SPS_IDENTIFIER_MISSING',
    why: string,
    name: string,
  ) => void found.problems.push(problem(code, `${name} ${why}`, at(name)))
  const ignore = (name: string, why: string) =>
    void found.warnings.push(problem('SPS_VALUE_IGNORED', `${name} ${why} and was left out`, at(name)))

  const text = (name: string): string | undefined => {
    const value = scalar(section[name])
    if (value === undefined && section[name] !== undefined) ignore(name, 'is a section where a value belongs')
    if (typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value))
      refuse('SPS_NUMBER_INEXACT', 'was sent as a number with more digits than a number holds', name)
    return value === undefined ? undefined : String(value)
  }
  const number = (name: string, wrong: (value: string) => void): string | undefined => {
    const value = text(name)
    const decimal = value === undefined ? undefined : toDecimal(value)
    if (value !== undefined && decimal === undefined) wrong(value)
    return decimal
  }

  const view: View = {
    path,
    at,
    has: (name) => section[name] !== undefined,
    text,
    code: (name, width = 0) => {
      const value = text(name)
      return typeof scalar(section[name]) === 'number' ? value?.padStart(width, '0') : value
    },
    identifier: (name) => {
      const value = text(name)
      if (value === undefined) refuse('SPS_IDENTIFIER_MISSING', 'is missing', name)
      return value ?? ''
    },
    decimal: (name) => number(name, (v) => refuse('SPS_VALUE_INVALID', `is "${short(v)}", not a number`, name)),
    decimalOrWarn: (name) => number(name, (v) => ignore(name, `is "${short(v)}", not a number,`)),
    integer: (name) => {
      const value = number(name, (v) => ignore(name, `is "${short(v)}", not a number,`))
      if (value === undefined) return undefined
      if (/^-?\d{1,15}$/.test(value)) return Number(value)
      ignore(name, `is "${short(value)}", not a whole number,`)
      return undefined
    },
    day: (name) => {
      const value = text(name)
      const day = value === undefined ? undefined : toDay(value)
      if (value !== undefined && day === undefined) ignore(name, `is "${short(value)}", not a date,`)
      return day
    },
    one: (name) => viewOf(asList(section[name]).find(isSection) ?? {}, at(name), found),
    many: (name) => {
      const entries = asList(section[name])
      if (entries.some((e) => !isSection(e))) ignore(name, 'holds a value where a section belongs')
      return entries.flatMap((e, i) => (isSection(e) ? [viewOf(e, `${at(name)}[${i}]`, found)] : []))
    },
  }
  return view
}

/** A value, also where a conversion made a list of one of it. */
function scalar(value: unknown): string | number | boolean | undefined {
  const only = Array.isArray(value) && value.length === 1 ? (value[0] as unknown) : value
  return typeof only === 'string' || typeof only === 'number' || typeof only === 'boolean' ? only : undefined
}

/** YYYY-MM-DD of an ISO date, date-time or YYYYMMDD; undefined where that is no day of the calendar. */
export function toDay(value: string): string | undefined {
  const match = /^(\d{4})-?(\d{2})-?(\d{2})(?=$|[T Z+-])/.exec(value)
  if (!match) return undefined
  const [, year, month, day] = match
  const time = Date.UTC(Number(year), Number(month) - 1, Number(day))
  const iso = `${year}-${month}-${day}`
  return new Date(time).toISOString().slice(0, 10) === iso ? iso : undefined
}

const short = (value: string): string => (value.length > 40 ? `${value.slice(0, 40)}...` : value)
