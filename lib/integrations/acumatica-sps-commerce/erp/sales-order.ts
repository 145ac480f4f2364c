import { toNumber } from '../../../core/decimal.ts'
import type { PlannedChange, PlannedOrder } from '../../../edi/erp.ts'
import { cancelAfter, requestedOn, scheduledShipment } from '../../../edi/order/header.ts'
import type { ShipTo } from '../../../edi/order/ship-to.ts'
import type { ErpPart, OrderSnapshot } from '../../../edi/order/snapshot.ts'
import { type SalesOrderLinePut, type SalesOrderPut, wrap, wrapFields } from '../../../systems/acumatica/records.ts'
import { midnight } from './dates.ts'

/** The whole sales order (acumatica.md §6). */
export function salesOrder(planned: PlannedOrder, rows: SalesOrderLinePut[], hold: boolean): SalesOrderPut {
  const { order, shipTo, freight } = planned
  const shipping = wrapFields({
    ScheduledShipmentDate: midnight(scheduledShipment(order)),
    CancelByDate: midnight(cancelAfter(order)),
    ShipVia: planned.shipVia,
    ShippingRule: planned.shippingRule,
    ...(freight === undefined ? {} : { FreightPrice: toNumber(freight), OverrideFreightPrice: true }),
  })
  return {
    OrderType: wrap(planned.orderType),
    CustomerID: wrap(planned.customer),
    ...wrapFields({
      CustomerOrder: order.number,
      Date: midnight(order.date),
      RequestedOn: midnight(requestedOn(order)),
      Description: `EDI 850 ${order.number}`,
    }),
    Hold: wrap(hold),
    ...wrapFields({ LocationID: shipTo.location, note: planned.note }),
    ExternalRef: wrap(planned.externalRef),
    ...ownAddress(shipTo),
    ...(Object.keys(shipping).length > 0 ? { ShippingSettings: shipping } : {}),
    Details: rows,
  }
}

/** What an 860 changes of it; undefined where it stays as it is. */
export function salesOrderChange({ current, part, header, rows }: PlannedChange): SalesOrderPut | undefined {
  const { shipTo } = header
  const shipping = wrapFields({
    ScheduledShipmentDate: midnight(header.scheduledShipment),
    CancelByDate: midnight(header.cancelAfter),
    ShipVia: header.shipVia,
  })
  const fields = {
    ...wrapFields({ RequestedOn: midnight(header.requestedOn), LocationID: shipTo?.location }),
    ...(shipTo ? (shipTo.address ? ownAddress(shipTo) : ownAddressNoMore) : {}),
    ...(Object.keys(shipping).length > 0 ? { ShippingSettings: shipping } : {}),
  }
  if (rows.length === 0 && Object.keys(fields).length === 0) return undefined
  return { ...keyOf(current, part), ...fields, ...(rows.length > 0 ? { Details: rows as SalesOrderLinePut[] } : {}) }
}

/** What names an order that stands: all that a cancellation needs. */
export const keyOf = ({ erpOrderType, customer }: OrderSnapshot, part: ErpPart | undefined) => ({
  OrderType: wrap(erpOrderType),
  CustomerID: wrap(customer),
  ExternalRef: wrap(part?.externalRef ?? ''),
})

/** An order that had an address of its own and now goes to a place of the customer. */
const ownAddressNoMore = { ShipToAddressOverride: wrap(false), ShipToContactOverride: wrap(false) }

const ownAddress = ({ address }: ShipTo): Partial<SalesOrderPut> =>
  address === undefined
    ? {}
    : {
        ShipToAddress: wrapFields({
          AddressLine1: address.line1,
          AddressLine2: address.line2,
          City: address.city,
          State: address.state,
          PostalCode: address.postalCode,
          Country: address.country,
        }),
        ShipToAddressOverride: wrap(true),
        ShipToContact: wrapFields({
          BusinessName: address.name,
          Attention: address.attention,
          Email: address.email,
          Phone1: address.phone,
        }),
        ShipToContactOverride: wrap(true),
      }
