import Big from 'big.js'
import * as z from 'zod'

/**
 * An exact decimal as text ("4.25", "-6", "12.5"). Amounts and quantities are never a JavaScript number:
 * 0.1 + 0.2 must be 0.3 in a journal. The unit or currency stands in the field beside it.
 */
export type Decimal = string

const pattern = /^-?\d+(\.\d+)?$/

/** Schema of a decimal in a canonical document: normalised text, no exponent, no thousands separator. */
export const decimal = z.string().regex(pattern, 'must be a decimal number such as 12.50')

/**
 * Reads a decimal from what a system sends (number or text, outer blanks allowed).
 * Returns undefined where it is absent, empty or no number; the caller names the field in its problem.
 */
export function toDecimal(value: unknown): Decimal | undefined {
  const text = typeof value === 'number' ? String(value) : typeof value === 'string' ? value.trim() : ''
  if (text === '') return undefined
  try {
    return new Big(text).toFixed()
  } catch {
    return undefined
  }
}

/** Exact arithmetic over decimals; rounding only where it is asked for (`cents`). */
export const add = (...values: Decimal[]): Decimal => values.reduce((sum, v) => sum.plus(v), new Big(0)).toFixed()
export const subtract = (a: Decimal, b: Decimal): Decimal => new Big(a).minus(b).toFixed()
export const multiply = (a: Decimal, b: Decimal): Decimal => new Big(a).times(b).toFixed()
export const compare = (a: Decimal, b: Decimal): -1 | 0 | 1 => new Big(a).cmp(b)
export const equal = (a: Decimal, b: Decimal): boolean => new Big(a).eq(b)
export const isZero = (a: Decimal): boolean => new Big(a).eq(0)
export const absolute = (a: Decimal): Decimal => new Big(a).abs().toFixed()

/** Rounds half away from zero to two places, as invoices do. */
export const cents = (a: Decimal): Decimal => new Big(a).round(2, Big.roundHalfUp).toFixed()

/** With two places at least, for people: "408.00", "2.125". */
export const withCents = (a: Decimal): string => {
  const value = new Big(a)
  return value.round(2).eq(value) ? value.toFixed(2) : value.toFixed()
}

/**
 * Divides; undefined where the result is not exact to six places (a case of 7 does not hold 3.5 packs:
 * the caller holds the document instead of rounding goods).
 */
export function divideExactly(a: Decimal, b: Decimal): Decimal | undefined {
  if (isZero(b)) return undefined
  const quotient = new Big(a).div(b).round(6, Big.roundHalfUp)
  return quotient.times(b).eq(a) ? quotient.toFixed() : undefined
}

/** Divides, rounded half away from zero to `places`; for prices, where the caller checks what rounding does to the amount. */
export const divide = (a: Decimal, b: Decimal, places: number): Decimal =>
  new Big(a).times(new Big(10).pow(places)).div(b).round(0, Big.roundHalfUp).div(new Big(10).pow(places)).toFixed()

/** The JSON number of a decimal, for a target that wants numbers. Safe up to 15 significant digits. */
export const toNumber = (a: Decimal): number => Number(a)
