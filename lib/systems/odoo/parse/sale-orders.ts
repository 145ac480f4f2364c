import type { ErpLocation, ErpOrder } from '../../../documents/erp-order.ts'
import { linePrice } from './amounts.ts'
import { describe, itemNamed } from './items.ts'
import { companyOf, customerPartyOf, locationOf, placeOf } from './parties.ts'
import { defined, type Reading, type Records } from './reading.ts'
import { lineReference, orderReference } from './references.ts'
import { lineUnit } from './units.ts'

/** Headings and remarks between the lines of an order are no lines. */
export const isGoods = (line: Reading): boolean =>
  line.text('display_type') === undefined || line.text('display_type') === 'product'

/** Lines of goods: what the delivery costs and what was paid before are not. */
export const orderedLines = (order: Reading): Reading[] =>
  order
    .rows('sale.order.line', 'order_line')
    .filter((line) => isGoods(line) && !line.flag('is_delivery') && !line.flag('is_downpayment'))

/** A sale order as deliveries and invoices refer to it. Its order type is the model. */
export const saleOrder = (order: Reading, records: Records): ErpOrder => ({
  orderType: 'sale.order',
  number: order.required('name'),
  ...defined({
    status: order.text('state'),
    customer: companyOf(order, 'partner_id'),
    location: placeOf(order, 'partner_shipping_id', 'partner_id'),
    customerOrder: order.text('client_order_ref'),
    externalRef: orderReference(order),
    date: order.day('date_order'),
    currency: order.nameOf('currency_id'),
    shipTo: customerPartyOf('ST', order, 'partner_shipping_id', 'partner_id'),
  }),
  lines: orderedLines(order).flatMap((line) => {
    const item = itemNamed(line)
    if (item === undefined) return []
    const quantity = line.requiredDecimal('product_uom_qty')
    const rest = {
      externalRef: lineReference(line, records),
      quantity,
      unit: lineUnit(line).name,
      unitPrice: linePrice(line, quantity).net,
      description: describe(line),
    }
    return [{ line: line.id, item, ...defined(rest) }]
  }),
})

/** The ship-to places of these orders, once each. */
export function saleLocations(orders: readonly Reading[]): ErpLocation[] {
  const found = orders.flatMap((order) =>
    locationOf(order, companyOf(order, 'partner_id'), 'partner_shipping_id', 'partner_id'),
  )
  return [...new Map(found.map((one) => [`${one.customer}/${one.location}`, one])).values()]
}
