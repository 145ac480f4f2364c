import { type Decimal, divide, isZero, multiply, toNumber } from '../../../core/decimal.ts'
import type { PurchaseOrderLine } from '../../../documents/purchase-order.ts'
import { dateOf } from '../../../edi/order/header.ts'
import type { ResolvedLine } from '../../../edi/order/resolved-line.ts'
import type { OrderLineRecord, OrderModel } from '../../../systems/odoo/records.ts'
import { orderedProduct } from './product.ts'

/** An order line as written. @param quantity in the ordered unit: the line's, or one store's share of it */
export function orderLine(
  line: PurchaseOrderLine,
  resolved: ResolvedLine,
  quantity: Decimal,
  model: OrderModel,
): OrderLineRecord {
  return {
    line: line.line,
    product: orderedProduct(resolved.item, line.numbers, model),
    quantity: toNumber(multiply(quantity, resolved.perUnit)),
    unit: resolved.erpUnit,
    price: resolved.erpPrice === undefined ? undefined : toNumber(resolved.erpPrice),
    discount: discountPercent(resolved, quantity),
    description: line.description,
    plannedDate: line.shipDate ?? dateOf(line, '002', '063', '064', '010', '037'),
  }
}

/** Odoo keeps a line's discount in percent; what that comes to is compared with the total once the order stands. */
function discountPercent({ discount, gross, quantity: whole }: ResolvedLine, quantity: Decimal): number | undefined {
  if (discount === undefined || gross === undefined || isZero(gross)) return undefined
  const ofShare = multiply(gross, divide(quantity, whole, 12))
  return toNumber(divide(multiply(discount, '100'), ofShare, 6))
}
