import { cents, multiply } from '../../../core/decimal.ts'
import type { Tables } from '../../../core/tables.ts'
import type { ReceivedOrder } from '../../../documents/received-order.ts'
import type { Findings } from '../../../edi/findings.ts'
import type { OrderSnapshot, SnapshotLine } from '../../../edi/order/snapshot.ts'
import { buyerLine, type EdiOrder } from '../../../edi/outbound/edi-order.ts'
import { outUnit } from '../../../edi/outbound/units.ts'

/**
 * The order behind an answer where the ledger has no 850 of it (it came before the ledger began): as it stands in
 * Odoo, so that everything is accepted as it is. Undefined where the findings hold it.
 */
export function orderAsStands(
  { order, accepted, items }: ReceivedOrder,
  edi: EdiOrder,
  tables: Tables,
  find: Findings,
): OrderSnapshot | undefined {
  const { tradingPartner, number, release } = edi
  const lines = accepted.flatMap((line, index): SnapshotLine[] => {
    const erpLine = order.lines.find((l) => l.line === line.line)
    const buyer = erpLine ? buyerLine(edi, line.line) : undefined
    if (!erpLine || !buyer) {
      find.hold(
        'BUYER_LINE_UNKNOWN',
        `Line ${line.line} of ${order.number} has no line number of the buyer.`,
        `order_line[${index}]`,
      )
      return []
    }
    const path = `order_line[${index}]`
    const unit = outUnit(buyer, line.unit, { tables, tradingPartner, find, field: `line ${buyer.line}`, path })
    if (!unit) return []
    const item = items.find((i) => i.item === line.item)
    const barcode = item?.crossReferences.find((r) => r.kind === 'GTIN/EAN/UPC/ISBN')?.id
    return [
      {
        line: buyer.line,
        numbers: {
          ...(erpLine.alternateId === undefined ? {} : { buyerPart: erpLine.alternateId }),
          ...(line.item === undefined ? {} : { vendorPart: line.item }),
          ...(barcode === undefined ? {} : { upc: barcode }),
        },
        price: line.unitPrice,
        split: [],
        charges: [],
        resolved: {
          line: buyer.line,
          item: line.item ?? '',
          unit: unit.x12,
          quantity: line.quantity,
          erpUnit: line.unit ?? '',
          perUnit: unit.perUnit,
          erpPrice: line.unitPrice,
          gross: cents(multiply(line.quantity, line.unitPrice)),
        },
      },
    ]
  })
  if (find.problems.length > 0) return undefined
  return {
    tradingPartner,
    number,
    ...(release === undefined ? {} : { release }),
    ...(order.date === undefined ? {} : { date: order.date }),
    ...(order.currency === undefined ? {} : { currency: order.currency }),
    fulfilment: 'bulk',
    dates: [],
    parties: order.shipTo ? [{ ...order.shipTo, role: 'ST' }] : [],
    references: [],
    charges: [],
    notes: [],
    customer: order.customer ?? '',
    erpOrderType: order.orderType,
    parts: [
      {
        externalRef: order.externalRef ?? order.number,
        lines: lines.map((l) => ({ line: l.line, quantity: l.resolved.quantity })),
      },
    ],
    lines,
    cancelled: false,
  }
}
