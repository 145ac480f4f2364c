import { type Decimal, divide, isZero, multiply } from '../../../core/decimal.ts'
import type { Product } from '../../../documents/product.ts'

/** Of one ounce or inch, which ShipBob counts in (shipbob.md §3.6). */
const gramsPerOunce = '28.349523125'
const perInch = { mm: '25.4', cm: '2.54', in: '1' } as const
/** ShipBob shows hundredths. */
const places = 2

/** Ounces, to the hundredth, and never nothing where there is something. */
export function ounces({ value, unit }: NonNullable<Product['weight']>): Decimal | undefined {
  if (isZero(value)) return undefined
  if (unit === 'oz' || unit === 'lb') return atLeast(divide(multiply(value, unit === 'lb' ? '16' : '1'), '1', places))
  return atLeast(divide(multiply(value, unit === 'kg' ? '1000' : '1'), gramsPerOunce, places))
}

/** Inches, to the hundredth; undefined where a side has no length. */
export function inches({
  unit,
  ...sides
}: NonNullable<Product['dimensions']>): { length: Decimal; width: Decimal; height: Decimal } | undefined {
  if (Object.values(sides).some(isZero)) return undefined
  const inch = (side: Decimal): Decimal => atLeast(divide(side, perInch[unit], places))
  return { length: inch(sides.length), width: inch(sides.width), height: inch(sides.height) }
}

const atLeast = (value: Decimal): Decimal => (isZero(value) ? '0.01' : value)
