import type { Value } from '../orm/model.ts'

/** Half away from zero at so many digits, as Odoo rounds; what binary floats add in the last place does not count. */
export function round(value: number, digits = 2): number {
  const factor = 10 ** digits
  const scaled = Math.abs(value) * factor
  return (Math.sign(value) * Math.round(scaled + scaled * Number.EPSILON * 4)) / factor || 0
}

/** Equal at the digits of quantities. */
export const isZero = (value: number): boolean => Math.abs(value) < 0.000005
export const less = (a: number, b: number): boolean => a < b && !isZero(a - b)
export const more = (a: number, b: number): boolean => less(b, a)

export const sum = <T>(items: readonly T[], of: (item: T) => number): number =>
  round(
    items.reduce((total, item) => total + of(item), 0),
    6,
  )

export const numberOf = (value: Value | undefined): number => (typeof value === 'number' ? value : Number(value) || 0)
export const idOf = (value: Value | undefined): number | undefined => (typeof value === 'number' ? value : undefined)

/** Ids of a value that may be one id, a list of ids, or nothing. */
export const idsOf = (value: Value | undefined): number[] =>
  (Array.isArray(value) ? value : [value]).filter((id): id is number => typeof id === 'number')

/** A date (YYYY-MM-DD) so many days later. */
export const addDays = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)

/** The last day of the month of a date (YYYY-MM-DD), or of a later month. */
export function endOfMonth(day: string, later = 0): string {
  const [year = 0, month = 1] = day.split('-').map(Number)
  return new Date(Date.UTC(year, month + later, 0)).toISOString().slice(0, 10)
}
