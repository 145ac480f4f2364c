import { toNumber } from '../../../core/decimal.ts'
import type { PlannedChange, PlannedOrder } from '../../../edi/erp.ts'
import { requestedOn, scheduledShipment } from '../../../edi/order/header.ts'
import type { ShipTo } from '../../../edi/order/ship-to.ts'
import type {
  AddressRecord,
  OrderChangeRecord,
  OrderLineRecord,
  OrderModel,
  OrderRecord,
  PartnerRef,
} from '../../../systems/odoo/records.ts'
import type { Settings } from '../settings.ts'

/** Number of the line that carries freight: no buyer numbers a line so. */
export const freightLine = 'freight'

/** The whole order. */
export function orderRecord(
  planned: PlannedOrder,
  lines: OrderLineRecord[],
  { settings, confirm, warehouse }: { settings: Settings; confirm: boolean; warehouse: string | undefined },
): OrderRecord {
  const { order, freight } = planned
  const { freightItem } = settings
  const untold = freight !== undefined && freightItem === undefined ? `Freight ${freight}` : undefined
  const rule = planned.shippingRule === undefined ? undefined : `Shipping: ${planned.shippingRule}`
  const note = [planned.note, rule, untold].filter((text) => text !== undefined).join('\n')
  return {
    model: planned.orderType as OrderModel,
    partner: { partner: planned.customer },
    shipTo: shipToOf(planned.shipTo),
    theirReference: order.number,
    origin: planned.externalRef,
    date: order.date,
    plannedDate: requestedOn(order) ?? scheduledShipment(order),
    warehouse: planned.shipTo.warehouse ?? warehouse,
    currency: order.currency,
    note: note || undefined,
    carrier: planned.shipVia,
    company: settings.company,
    confirm,
    totalTolerance: settings.totalTolerance,
    lines: [
      ...lines,
      ...(freight !== undefined && freightItem !== undefined
        ? [{ line: freightLine, product: { item: freightItem }, quantity: 1, price: toNumber(freight) }]
        : []),
    ],
  }
}

/** What an 860 changes of it; undefined where it stays as it is. */
export function orderChange(
  { current, header, rows }: PlannedChange,
  settings: Settings,
): OrderChangeRecord | undefined {
  const plannedDate = header.requestedOn ?? header.scheduledShipment
  const shipTo = header.shipTo && shipToOf(header.shipTo)
  if (rows.length === 0 && plannedDate === undefined && shipTo === undefined && header.shipVia === undefined)
    return undefined
  return {
    model: current.erpOrderType as OrderModel,
    shipTo,
    plannedDate,
    carrier: header.shipVia,
    totalTolerance: settings.totalTolerance,
    lines: rows as unknown as OrderChangeRecord['lines'],
  }
}

function shipToOf({ location, address }: ShipTo): PartnerRef | AddressRecord | undefined {
  if (address)
    return {
      code: address.code,
      name: [...new Set([address.name, address.attention])].filter((n) => n !== undefined).join(', ') || undefined,
      street: address.line1,
      street2: address.line2,
      city: address.city,
      zip: address.postalCode,
      state: address.state,
      country: address.country,
      phone: address.phone,
      email: address.email,
    }
  return location === undefined ? undefined : { partner: location }
}
