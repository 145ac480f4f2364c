import { absolute, compare, type Decimal, divide, multiply, subtract } from '../../core/decimal.ts'
import type { Tables } from '../../core/tables.ts'
import type { ItemFacts } from '../resolve/item.ts'
import { type Unit, type UnitFor, unitOfErp } from '../resolve/unit.ts'
import type { PriceRatio } from './price.ts'

/** The order's price against the agreed one, both per ordered unit. */
export interface PriceDifference {
  ordered: Decimal
  agreed: Decimal
  beyond: boolean
}

/**
 * Compares with the items table's price; undefined where that holds none or the units cannot be compared.
 * @param tolerance an amount per ordered unit, or a percentage of the agreed price ("2%")
 */
export function comparePrice(
  data: Tables,
  { numerator, denominator }: PriceRatio,
  unit: Unit,
  facts: ItemFacts,
  wanted: UnitFor,
  tolerance: string,
): PriceDifference | undefined {
  if (facts.price === undefined) return undefined
  const agreed = agreedPrice(data, facts.price, facts.priceUnit, unit, wanted)
  if (agreed === undefined) return undefined
  const ordered = divide(multiply(numerator, unit.perUnit), denominator, 6)
  const allowed = tolerance.endsWith('%') ? divide(multiply(agreed, tolerance.slice(0, -1)), '100', 6) : tolerance
  return { ordered, agreed, beyond: compare(absolute(subtract(ordered, agreed)), allowed) > 0 }
}

/** The agreed price per ordered unit. */
function agreedPrice(
  data: Tables,
  price: Decimal,
  priceUnit: string | undefined,
  unit: Unit,
  wanted: UnitFor,
): Decimal | undefined {
  if (priceUnit === unit.erpUnit) return multiply(price, unit.perUnit)
  const priced = priceUnit === undefined ? '1' : unitOfErp(data, priceUnit, wanted)?.eaches
  return priced === undefined || unit.eaches === undefined ? undefined : divide(multiply(price, unit.eaches), priced, 6)
}
