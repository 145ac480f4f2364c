import { type Decimal, multiply, toNumber } from '../../../core/decimal.ts'
import type { PurchaseOrderLine } from '../../../documents/purchase-order.ts'
import { dateOf } from '../../../edi/order/header.ts'
import type { ResolvedLine } from '../../../edi/order/resolved-line.ts'
import { type SalesOrderLinePut, type Wrapped, wrap, wrapFields } from '../../../systems/acumatica/records.ts'
import { midnight } from './dates.ts'

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
