import { type Decimal, divide, divideExactly, isZero, multiply } from '../../../core/decimal.ts'
import type { Findings } from '../../../core/findings.ts'
import type { ReceivedOrder } from '../../../documents/received-order.ts'
import type { OrderSnapshot } from '../../../edi/order/snapshot.ts'
import { replacedLine } from '../../../edi/outbound/edi-order.ts'
import { convert } from '../../../edi/outbound/units.ts'
import { freightLine } from '../erp/order.ts'

type AcceptedLine = { externalRef: string; quantity: Decimal; price: Decimal }

/**
 * The lines of an order in Odoo that answer lines of the retailer, in the unit in which they were written: somebody may
 * have changed it since. Lines that people added are no answer to anything.
 */
export function receivedLines(
  { accepted, items, state }: ReceivedOrder,
  asked: OrderSnapshot,
  find: Findings,
): AcceptedLine[] {
  // What a cancelled order still lists is not accepted.
  if (state === 'cancelled') return []
  const numbered = accepted.map((line) => ({
    ...line,
    externalRef: line.externalRef ?? replacedLine(line, accepted, asked),
  }))
  const missing = asked.lines.filter((l) => !numbered.some((n) => n.externalRef === l.line)).map((l) => l.line)
  return numbered.flatMap(({ externalRef, item, quantity, unit, unitPrice: price }, index): AcceptedLine[] => {
    const path = `order_line[${index}]`
    if (externalRef === freightLine) return []
    const line = asked.lines.find((l) => l.line === externalRef)
    if (externalRef === undefined || !line) {
      const what = `${item ?? 'A line'} was added in Odoo`
      if (missing.length === 0) find.warn('ANSWER_LINE_UNKNOWN', `${what}; the answer does not tell it.`, path)
      else
        find.hold(
          'BUYER_LINE_UNKNOWN',
          `${what}, and of the retailer's lines ${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} not there: whether it stands for one of them cannot be told.`,
          path,
        )
      return []
    }
    const { erpUnit } = line.resolved
    if (unit === undefined || erpUnit === '' || unit === erpUnit) return [{ externalRef, quantity, price }]
    const found = items.find((i) => i.item === item)
    const converted = convert(quantity, unit, erpUnit, found) ?? byBaseUnit(quantity, unit, found, line.resolved)
    if (converted !== undefined && isZero(converted)) return [{ externalRef, quantity: '0', price }]
    if (converted === undefined) {
      find.hold(
        'QUANTITY_NOT_EXACT',
        `Line ${externalRef}: ${quantity} ${unit} is no exact quantity in ${erpUnit}, in which it was ordered.`,
        path,
      )
      return []
    }
    return [{ externalRef, quantity: converted, price: divide(multiply(price, quantity), converted, 8) }]
  })
}

/** By what the tables say of the ordered unit: records name only the units that are in use. */
function byBaseUnit(
  quantity: Decimal,
  unit: string,
  item: ReceivedOrder['items'][number] | undefined,
  { eaches, perUnit }: OrderSnapshot['lines'][number]['resolved'],
): Decimal | undefined {
  if (eaches === undefined || item?.baseUnit === undefined) return undefined
  const base = convert(quantity, unit, item.baseUnit, item)
  return base === undefined ? undefined : divideExactly(multiply(base, perUnit), eaches)
}
