import type { Json } from '../../core/exchange.ts'

type Reviver = (this: unknown, key: string, value: unknown, context?: { source?: string }) => unknown

/**
 * JSON in which nothing is rounded: an integer stays a number where a number holds it, any other number becomes the
 * text it was written with ("12.50"). Money and weights are JSON numbers at ShipBob (shipbob.md §3.6), and `toDecimal`
 * takes either. Throws SyntaxError.
 */
export function parseExact(text: string): Json {
  const exact: Reviver = (_key, value, context) =>
    typeof value === 'number' && !Number.isSafeInteger(value) ? (context?.source ?? value) : value
  return JSON.parse(text, exact as Parameters<typeof JSON.parse>[1]) as Json
}
