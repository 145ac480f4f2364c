import { add, cents, type Decimal, divide, isZero, multiply, subtract } from '../../core/decimal.ts'
import type { ResolvedLine } from './resolved-line.ts'

/**
 * Shares a line's discount out over the orders it is split into, by quantity. Each share is what the discount comes to
 * up to there less what was given before, so that the shares add up to it to the cent.
 */
export function discountShares(): (resolved: ResolvedLine, quantity: Decimal) => ResolvedLine {
  const given = new Map<string, Decimal>()
  return (resolved, quantity) => {
    const { line, discount, quantity: whole } = resolved
    if (discount === undefined) return resolved
    const before = given.get(line) ?? '0'
    const after = add(before, quantity)
    given.set(line, after)
    const upTo = (part: Decimal) => cents(divide(multiply(discount, part), whole, 10))
    const share = subtract(upTo(after), upTo(before))
    const { discount: _, ...rest } = resolved
    return isZero(share) ? rest : { ...rest, discount: share }
  }
}
