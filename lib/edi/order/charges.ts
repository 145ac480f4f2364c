import { add, cents, type Decimal, divide, multiply, subtract } from '../../core/decimal.ts'
import type { Charge } from '../../documents/parts.ts'

/** One entry as it is read: what it comes to, and whether it changes the document's total. */
export interface ReadCharge {
  charge: Charge
  /** Positive, in cents; absent where the entry states nothing that can be reckoned. */
  amount?: Decimal
  how: 'amount' | 'percent' | 'rate' | 'nothing'
  /** Signed change of the total: negative for an allowance; "0" where handling or indicator leave the total alone. */
  effect: Decimal
}

/** Percentages taken of what earlier steps left; all others are taken of the gross. */
const ofRest = new Set(['2', '4', '7'])
/** Bill-back and the like: they do not touch the document total. */
const outside = new Set(['01', '03', '13', '15'])

/**
 * Reads charges and allowances (sps-commerce.md 7.8): amount beats percent beats rate; calculation sequence lowest
 * first; handling 02 and none change the total, 06 adds a charge, N never does. Each entry is rounded to cents.
 * @param gross the document's or line's gross amount, in its currency
 * @param quantity the line's quantity, where a rate has none of its own
 */
export function readCharges(entries: readonly Charge[], gross: Decimal | undefined, quantity?: Decimal): ReadCharge[] {
  const order = (c: Charge) => c.sequence ?? Number.MAX_SAFE_INTEGER
  let rest = gross
  return entries
    .map((charge, at) => ({ charge, at }))
    .toSorted((a, b) => order(a.charge) - order(b.charge) || a.at - b.at)
    .map(({ charge }) => {
      const base = ofRest.has(charge.percentQualifier ?? '') ? rest : gross
      const { amount, how } = amountOf(charge, base, quantity)
      const effect = amount === undefined ? '0' : effectOf(charge, amount)
      if (rest !== undefined) rest = add(rest, effect)
      return { charge, ...(amount === undefined ? {} : { amount }), how, effect }
    })
}

function amountOf(
  charge: Charge,
  base: Decimal | undefined,
  quantity: Decimal | undefined,
): Pick<ReadCharge, 'amount' | 'how'> {
  const { amount, percent, rate, rateQuantity } = charge
  if (amount !== undefined) return { amount: cents(amount), how: 'amount' }
  if (percent !== undefined && base !== undefined)
    return { amount: cents(divide(multiply(base, percent), '100', 10)), how: 'percent' }
  const times = rateQuantity ?? quantity
  if (rate !== undefined && times !== undefined) return { amount: cents(multiply(rate, times)), how: 'rate' }
  return { how: 'nothing' }
}

function effectOf({ indicator, handling }: Charge, amount: Decimal): Decimal {
  if (indicator === 'N' || outside.has(handling ?? '')) return '0'
  if (handling === '06') return amount
  if (handling !== undefined && handling !== '02') return '0'
  return indicator === 'A' ? subtract('0', amount) : amount
}

/** An entry for a person: "allowance C310 New store discount 7.34, 2% of gross". */
export function describeCharge({ charge, amount }: ReadCharge): string {
  const kind = charge.indicator === 'A' ? 'allowance' : charge.indicator === 'C' ? 'charge' : 'information'
  const terms = [
    charge.percent && `${charge.percent}%`,
    charge.rate && `${charge.rate} per ${charge.rateUnit ?? 'unit'}`,
    charge.handling && `handling ${charge.handling}`,
  ].filter(Boolean)
  return [kind, charge.code, charge.description, amount, terms.length > 0 && `(${terms.join(', ')})`]
    .filter(Boolean)
    .join(' ')
}
