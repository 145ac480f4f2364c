import {
  absolute,
  add,
  cents,
  compare,
  type Decimal,
  divide,
  divideExactly,
  equal,
  isZero,
  multiply,
  subtract,
  toNumber,
} from '../../core/decimal.ts'
import type { RsxLineAcknowledgement } from '../../systems/sps-commerce/records.ts'
import type { AcceptedOrder } from '../erp.ts'
import type { SnapshotLine } from '../order/snapshot.ts'

/** A line as the ERP has it, over all its orders; quantity in ERP units, price per ERP unit. */
export interface AcceptedLine {
  quantity: Decimal
  /** Of each ERP order; `net` where the price is after the discount of the line. */
  parts: { quantity: Decimal; price: Decimal; net: boolean }[]
}

export interface LineAnswer {
  entries: RsxLineAcknowledgement[]
  /** True where the line was accepted just as it was ordered. */
  asOrdered: boolean
  rejected: boolean
}

/**
 * The answer to one line (sps-commerce.md 7.3): IA as ordered, IP other price, IQ other quantity; what the ERP does
 * not have is IR. The quantities of the entries add up to what was ordered, in the ordered unit. Undefined where
 * the accepted quantity is no exact number of ordered units.
 */
export function answerLine(
  { resolved, price: asked }: SnapshotLine,
  accepted: AcceptedLine | undefined,
  shipDate: string | undefined,
): LineAnswer | undefined {
  const { quantity: ordered, unit, perUnit } = resolved
  const quantity = accepted && divideExactly(accepted.quantity, perUnit)
  if (accepted && quantity === undefined) return undefined
  const entry = (status: string, amount: Decimal, price?: Decimal): RsxLineAcknowledgement => ({
    ItemStatusCode: status,
    ItemScheduleQty: toNumber(amount),
    ItemScheduleUOM: unit,
    ...(shipDate !== undefined && status !== 'IR' ? { ItemScheduleQualifier: '068', ItemScheduleDate: shipDate } : {}),
    ...(price === undefined ? {} : { PurchasePrice: toNumber(price) }),
  })
  if (quantity === undefined || isZero(quantity))
    return { entries: [entry('IR', ordered)], asOrdered: false, rejected: true }
  const changed = accepted?.parts.find((part) => differs(part, resolved))
  const erpAsked = changed && askedPrice(resolved, changed.net)
  const other = changed?.price
  // The order's line says its price by a basis; the answer to it is read by the same one.
  const told =
    other === undefined || asked === undefined || erpAsked === undefined || isZero(erpAsked)
      ? other && multiply(other, perUnit)
      : divide(multiply(other, asked), erpAsked, 4)
  const sameQuantity = equal(quantity, ordered)
  const status = !sameQuantity ? 'IQ' : other === undefined ? 'IA' : 'IP'
  const entries = [entry(status, quantity, told)]
  if (compare(quantity, ordered) < 0) entries.push(entry('IR', subtract(ordered, quantity)))
  return { entries, asOrdered: status === 'IA', rejected: false }
}

/** What the order asks for one ERP unit; after its line's discount where the ERP's price is. */
function askedPrice({ erpPrice, askedPrice: asked, gross, discount, quantity, perUnit }: Resolved, net: boolean) {
  const price = erpPrice ?? asked
  if (!net || discount === undefined || gross === undefined) return price
  return divide(subtract(gross, discount), multiply(quantity, perUnit), 6)
}

/**
 * A price without end, rounded in one way or another, is the same price where the amount is the same to the cent; a
 * discount that the ERP keeps as a percentage may be a cent off.
 */
function differs({ quantity, price, net }: AcceptedLine['parts'][number], resolved: Resolved): boolean {
  const asked = askedPrice(resolved, net)
  if (asked === undefined || equal(price, asked)) return false
  const off = absolute(subtract(cents(multiply(price, quantity)), cents(multiply(asked, quantity))))
  return compare(off, net && resolved.discount !== undefined ? '0.01' : '0') > 0
}

type Resolved = SnapshotLine['resolved']

/** Adds up what several ERP orders (one a store) hold of each buyer's line. */
export function acceptedLines(orders: readonly AcceptedOrder[]): Map<string, AcceptedLine> {
  const accepted = new Map<string, AcceptedLine>()
  for (const { net = false, lines } of orders)
    for (const { externalRef, quantity, price } of lines) {
      const before = accepted.get(externalRef) ?? { quantity: '0', parts: [] }
      const parts = [...before.parts, { quantity, price, net }]
      accepted.set(externalRef, { quantity: add(before.quantity, quantity), parts })
    }
  return accepted
}
