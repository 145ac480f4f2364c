import { cents, multiply } from '../../../core/decimal.ts'
import type { Findings } from '../../../core/findings.ts'
import type { Tables } from '../../../core/tables.ts'
import type { ErpOrder } from '../../../documents/erp-order.ts'
import type { Party } from '../../../documents/parts.ts'
import type { ReceivedOrder } from '../../../documents/received-order.ts'
import type { OrderSnapshot, SnapshotLine } from '../../../edi/order/snapshot.ts'
import { buyerLine, type EdiOrder } from '../../../edi/outbound/edi-order.ts'
import { partOf } from '../../../edi/outbound/item-numbers.ts'
import { countryOut } from '../../../edi/outbound/ship-to.ts'
import { outUnit } from '../../../edi/outbound/units.ts'
import { placeByLocation } from '../../../edi/resolve/location.ts'

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
    const buyerPart = erpLine.alternateId ?? partOf(tables, line.item ?? '', tradingPartner)
    const barcode = item?.crossReferences.find((r) => r.kind === 'GTIN/EAN/UPC/ISBN')?.id
    return [
      {
        line: buyer.line,
        numbers: {
          ...(buyerPart === undefined ? {} : { buyerPart }),
          ...(line.item === undefined ? {} : { vendorPart: line.item }),
          ...(barcode === undefined
            ? {}
            : { [barcode.length === 12 ? 'upc' : barcode.length === 14 ? 'gtin' : 'ean']: barcode }),
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
    parties: order.shipTo ? [shipTo(order.shipTo, order, tradingPartner, tables)] : [],
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

/** The ship-to by the number the retailer has for it, where the locations table tells. */
function shipTo(party: Party, { customer, location }: ErpOrder, tradingPartner: string, tables: Tables): Party {
  const wanted = { kind: 'ship-to', tradingPartner, customer } as const
  const code = location === undefined ? undefined : placeByLocation(tables, wanted, location)?.code
  return {
    ...party,
    role: 'ST',
    ...(code === undefined ? {} : { code, codeQualifier: '92' }),
    ...(party.country === undefined ? {} : { country: countryOut(party.country, { tables, tradingPartner }) }),
  }
}
