import { cents, type Decimal, divide, divideExactly, equal, multiply } from '../../core/decimal.ts'
import type { Tables } from '../../core/tables.ts'
import { resolveUnit, type Unit, type UnitFor } from '../resolve/unit.ts'

/** Base units of a price basis by definition (sps-commerce.md 7.9; code-lists PurchasePriceBasis). */
const byDefinition: Readonly<Record<string, Decimal>> = {
  PE: '1',
  PN: '10',
  PD: '12',
  HP: '100',
  HT: '1000',
  TT: '10000',
  HTH: '100000',
}

/** Bases that name a weight: they fit only a line ordered in that weight. */
const byWeight: Readonly<Record<string, string>> = { PP: 'LB', PK: 'KG' }

/** A price as a fraction of two exact decimals: what one ERP unit costs. */
export interface PriceRatio {
  numerator: Decimal
  denominator: Decimal
  /** Base units of the price basis over those of the ordered unit, where the basis is not the ordered unit. */
  converted: boolean
}

export type PriceReading = { ratio: PriceRatio } | { unknown: 'basis' | 'size' }

/**
 * What one ERP unit of a line costs. A case line priced PE costs price times case size (sps-commerce.md 7.9); an
 * absent basis is the ordered unit.
 */
export function readPrice(
  data: Tables,
  price: Decimal,
  basis: string | undefined,
  unit: Unit,
  wanted: UnitFor,
): PriceReading {
  if (basis === undefined || basis === 'UM' || basis === unit.x12 || byWeight[basis] === unit.x12)
    return { ratio: { numerator: price, denominator: unit.perUnit, converted: false } }
  if (byWeight[basis]) return { unknown: 'basis' }
  const defined = byDefinition[basis]
  const ofBasis = defined === undefined ? resolveUnit(data, basis, wanted) : undefined
  if (defined === undefined && !ofBasis) return { unknown: 'basis' }
  // Two codes for one ERP unit (CA and CS) need no size.
  if (ofBasis && ofBasis.erpUnit === unit.erpUnit && equal(ofBasis.perUnit, unit.perUnit))
    return { ratio: { numerator: price, denominator: unit.perUnit, converted: false } }
  const eaches = defined ?? ofBasis?.eaches
  if (eaches === undefined || unit.eaches === undefined) return { unknown: 'size' }
  return {
    ratio: { numerator: multiply(price, unit.eaches), denominator: multiply(eaches, unit.perUnit), converted: true },
  }
}

/**
 * The ERP's unit price of a ratio, and whether it is exact. A price that does not end (10.00 a dozen, ordered in
 * eaches) is rounded to six places where the line's amount stays the same to the cent; undefined where it would not.
 */
export function unitPrice(
  { numerator, denominator }: PriceRatio,
  quantity: Decimal,
): { price: Decimal; exact: boolean } | undefined {
  const exact = divideExactly(numerator, denominator)
  if (exact !== undefined) return { price: exact, exact: true }
  const rounded = divide(numerator, denominator, 6)
  const amount = divide(multiply(numerator, quantity), denominator, 12)
  return equal(cents(multiply(rounded, quantity)), cents(amount)) ? { price: rounded, exact: false } : undefined
}
