import { add, cents, type Decimal, divide, isZero, multiply, subtract, toNumber } from '../../../core/decimal.ts'
import type { PurchaseOrderLine } from '../../../documents/purchase-order.ts'
import { type SalesOrderLinePut, type Wrapped, wrap, wrapFields } from '../../../systems/acumatica/records.ts'
import { dateOf, midnight } from './header.ts'
import type { ResolvedLine } from './resolved-line.ts'

/** An ERP order line as written. Never an AlternateID: that would change item master data (acumatica.md §8). */
export type OrderRow = SalesOrderLinePut & { DiscountAmount?: Wrapped<number>; ManualDiscount?: Wrapped<boolean> }

/** @param quantity in the ordered unit: the line's, or one store's share of it */
export function orderRow(
  line: PurchaseOrderLine,
  resolved: ResolvedLine,
  quantity: Decimal,
  warehouse: string | undefined,
): OrderRow {
  const { erpPrice, discount } = resolved
  return {
    InventoryID: wrap(resolved.item),
    OrderQty: wrap(toNumber(multiply(quantity, resolved.perUnit))),
    UOM: wrap(resolved.erpUnit),
    ...(erpPrice === undefined ? {} : { UnitPrice: wrap(toNumber(erpPrice)), ManualPrice: wrap(true) }),
    ...(discount === undefined ? {} : { DiscountAmount: wrap(toNumber(discount)), ManualDiscount: wrap(true) }),
    ...wrapFields({
      WarehouseID: warehouse,
      RequestedOn: midnight(dateOf(line, '002', '063', '064')),
      ShipOn: midnight(line.shipDate ?? dateOf(line, '010', '037')),
      ExternalRef: line.line,
      note: line.notes.map((n) => n.text).join('\n'),
    }),
  }
}

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
