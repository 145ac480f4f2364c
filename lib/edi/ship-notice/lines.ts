import { add, compare, type Decimal, divideExactly, equal, isZero } from '../../core/decimal.ts'
import type { Findings } from '../../core/findings.ts'
import type { Tables } from '../../core/tables.ts'
import type { ShipNotice } from '../../documents/ship-notice.ts'
import type { RsxItemNumbers } from '../../systems/sps-commerce/records.ts'
import { type BuyerLine, buyerLine, type EdiOrder, erpKeyOf, storeShare } from '../outbound/edi-order.ts'
import { itemNumbersOf } from '../outbound/item-numbers.ts'
import { convert, type OutUnit, outUnit } from '../outbound/units.ts'
import { type ShipmentSnapshot, shippedOf } from './snapshot.ts'

type ErpLine = ShipNotice['lines'][number]

/** A shipped line of an EDI order: who the buyer's line is, and how quantities of it are told. */
export interface ShippedLine {
  order: EdiOrder
  buyer: BuyerLine
  erp: ErpLine
  unit: OutUnit
  /** Item numbers as the retailer knows them. */
  numbers: RsxItemNumbers
  /** In the order's unit. */
  shipped: Decimal
  ordered: Decimal
  /** A quantity of this line in its base unit, in the order's unit; undefined where that is not exact. */
  inOrderUnit(quantity: Decimal, unit: string | undefined): Decimal | undefined
}

/** The shipped lines, each joined to its order line by number, never by item alone (S2). Lines with nothing shipped fall away (S6). */
export function shippedLines(
  shipment: ShipNotice,
  orders: ReadonlyMap<string, EdiOrder>,
  { tables, find }: { tables: Tables; find: Findings },
): ShippedLine[] {
  return shipment.lines.flatMap((erp, index) => {
    if (isZero(erp.shipped)) return []
    const path = `Details[${index}]`
    const order = orders.get(`${erp.orderType}/${erp.order}`)
    if (!order) return []
    const buyer = buyerLine(order, erp.orderLine)
    if (!buyer) {
      find.hold(
        'BUYER_LINE_UNKNOWN',
        `Shipment line ${erp.line} (${erp.item}) is order line ${erp.orderLine ?? '?'} of ${erp.order}, which has no line number of the buyer.`,
        `${path}.OrderLineNbr`,
      )
      return []
    }
    const unit = outUnit(buyer, erp.unit, {
      tables,
      tradingPartner: order.tradingPartner,
      find,
      field: `line ${buyer.line} ShipQtyUOM`,
      path: `${path}.UOM`,
    })
    const item = shipment.items.find((i) => i.item === erp.item)
    const inOrderUnit = (quantity: Decimal, from: string | undefined) => {
      const inLine = convert(quantity, from, erp.unit, item)
      return inLine === undefined || !unit ? undefined : divideExactly(inLine, unit.perUnit)
    }
    const shipped = unit && divideExactly(erp.shipped, unit.perUnit)
    if (unit && shipped === undefined)
      find.hold(
        'QUANTITY_NOT_EXACT',
        `Line ${buyer.line}: ${erp.shipped} ${erp.unit} is no exact quantity in ${unit.x12}.`,
        `${path}.ShippedQty`,
      )
    const erpOrdered = buyer.erpLine.quantity ?? erp.ordered
    const ordered =
      unit && (buyer.snapshot?.resolved.quantity ?? (erpOrdered && divideExactly(erpOrdered, unit.perUnit)))
    if (!unit || shipped === undefined || ordered === undefined) return []
    const numbers = itemNumbersOf(buyer, item, {
      customer: order.erp.customer ?? shipment.customer,
      tradingPartner: order.tradingPartner,
      tables,
      find,
    })
    return [{ order, buyer, erp, unit, numbers, shipped, ordered, inOrderUnit }]
  })
}

/**
 * A retailer refuses more than it ordered (sps-commerce.md §10): of every line, what this shipment takes on all its
 * rows and what left before. An order of one store is held against the share of that store.
 */
export function checkShipped(
  lines: readonly ShippedLine[],
  earlier: readonly ShipmentSnapshot[],
  find: Findings,
): void {
  for (const same of Map.groupBy(lines, (l) => `${erpKeyOf(l.order.erp)} ${l.buyer.line}`).values()) {
    const [first] = same
    if (!first) continue
    const { order, buyer, unit, ordered, erp } = first
    const limit = storeShare(order, buyer.line) ?? ordered
    const now = sum(same.map((l) => l.shipped))
    const before = shippedOf(earlier, erpKeyOf(order.erp), { line: buyer.line, unit: unit.x12 })
    if (compare(add(now, before), limit) <= 0) continue
    find.hold(
      'SHIPPED_ABOVE_ORDERED',
      `Line ${buyer.line}: ${now} ${unit.x12} shipped${isZero(before) ? '' : ` after ${before} before`}, ordered are ${limit}.`,
      `Details[LineNbr=${erp.line}].ShippedQty`,
    )
  }
}

/** The same buyer's line on several shipment lines is one line to the retailer; sums stay exact. */
export const sum = (quantities: readonly Decimal[]): Decimal => add('0', ...quantities)

/** Σ packed of every line must be what was shipped of it (S3). */
export function checkPacked(
  lines: readonly ShippedLine[],
  packed: ReadonlyMap<ErpLine, Decimal>,
  find: Findings,
): void {
  for (const { buyer, erp, shipped, unit } of lines) {
    const inPacks = packed.get(erp) ?? '0'
    if (!equal(inPacks, shipped))
      find.hold(
        'PACKED_DIFFERS',
        `Line ${buyer.line}: ${shipped} ${unit.x12} shipped, but ${inPacks} in the packages.`,
        `Details[LineNbr=${erp.line}].ShippedQty`,
      )
  }
}
