import { type Decimal, divide, multiply } from '../../../core/decimal.ts'
import type { ReceivedOrder } from '../../../documents/received-order.ts'
import type { Findings } from '../../../edi/findings.ts'
import type { OrderSnapshot } from '../../../edi/order/snapshot.ts'
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
  return accepted.flatMap(({ externalRef, item, quantity, unit, unitPrice: price }, index): AcceptedLine[] => {
    const path = `order_line[${index}]`
    const line = asked.lines.find((l) => l.line === externalRef)
    if (externalRef === freightLine) return []
    if (externalRef === undefined || !line) {
      find.warn('ANSWER_LINE_UNKNOWN', `${item ?? 'A line'} was added in Odoo; the answer does not tell it.`, path)
      return []
    }
    const { erpUnit } = line.resolved
    if (unit === undefined || erpUnit === '' || unit === erpUnit) return [{ externalRef, quantity, price }]
    const found = items.find((i) => i.item === item)
    const converted = convert(quantity, unit, erpUnit, found)
    if (converted === undefined || Number(converted) === 0) {
      if (converted !== undefined) return [{ externalRef, quantity: '0', price }]
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
