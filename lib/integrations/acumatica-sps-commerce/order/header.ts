import { add, toNumber } from '../../../core/decimal.ts'
import type { PurchaseOrder } from '../../../documents/purchase-order.ts'
import { type SalesOrderPut, wrap, wrapFields } from '../../../systems/acumatica/records.ts'
import { carrierOfScac } from '../resolve/carrier.ts'
import { resolveCode } from '../resolve/code.ts'
import { describeCharge, type ReadCharge } from './charges.ts'
import type { ReadCharges } from './checks.ts'
import type { PlanContext } from './context.ts'
import { partyOf } from './ship-to.ts'
import { describeSplit } from './stores.ts'

/** A date without time or zone as the API takes it. */
export const midnight = (day: string | undefined): string | undefined =>
  day === undefined ? undefined : `${day}T00:00:00`

/** The first date of an order that has one of these qualifiers, in their order (sps-commerce.md 7.1). */
export function dateOf({ dates }: { dates: PurchaseOrder['dates'] }, ...qualifiers: string[]): string | undefined {
  for (const qualifier of qualifiers) {
    const found = dates.find((d) => d.qualifier === qualifier)
    if (found) return found.date
  }
  return undefined
}

export const requestedOn = (o: { dates: PurchaseOrder['dates'] }): string | undefined => dateOf(o, '002', '063', '064')
export const scheduledShipment = (o: { dates: PurchaseOrder['dates'] }): string | undefined => dateOf(o, '010', '037')
export const cancelAfter = (o: { dates: PurchaseOrder['dates'] }): string | undefined => dateOf(o, '001')

/** Acumatica order type: the codes table for the order's type, the partner's, the setting's. */
export function erpOrderType(
  order: PurchaseOrder,
  { tables, settings, partner, tradingPartner, find }: PlanContext,
): string {
  const byType =
    order.orderType === undefined ? undefined : resolveCode(tables, 'orderType', tradingPartner, order.orderType)
  const value = byType?.value ?? partner?.orderType ?? settings.orderType
  const table = byType?.source ?? (partner?.orderType === undefined ? undefined : partner.source)
  find.decide({
    field: 'OrderType',
    rule: '850.order-type',
    input: `PrimaryPOTypeCode=${order.orderType ?? ''}`,
    value,
    ...(table ? { table } : {}),
  })
  return value
}

/** Dates, carrier and shipping rule. An unmapped carrier is left out or holds, as the partner's row says. */
export function shippingSettings(
  order: PurchaseOrder,
  context: PlanContext,
): NonNullable<SalesOrderPut['ShippingSettings']> {
  const { tables, tradingPartner, find, partner } = context
  const rule =
    order.shipComplete === undefined
      ? undefined
      : resolveCode(tables, 'shippingRule', tradingPartner, order.shipComplete)
  if (rule)
    find.decide({
      field: 'ShippingSettings.ShippingRule',
      rule: '850.ship-complete',
      input: `ShipCompleteCode=${order.shipComplete}`,
      value: rule.value,
      table: rule.source,
    })
  return wrapFields({
    ScheduledShipmentDate: midnight(scheduledShipment(order)),
    CancelByDate: midnight(cancelAfter(order)),
    ShipVia: shipViaOf(order.carrier, context, partner?.carrierMissing),
    ShippingRule: rule?.value,
  })
}

/** The freight the retailer pays, where its row says that charges are applied; nothing otherwise. */
export function freightPrice(
  charges: readonly ReadCharge[],
  { partner }: PlanContext,
): NonNullable<SalesOrderPut['ShippingSettings']> {
  const freight = partner?.charges === 'apply' ? charges.filter(isFreight) : []
  if (freight.length === 0) return {}
  return wrapFields({
    FreightPrice: toNumber(add('0', ...freight.map((c) => c.effect))),
    OverrideFreightPrice: true,
  })
}

/** A freight charge that adds to the total: the one header charge an ERP order can hold. */
export const isFreight = ({ charge, effect }: ReadCharge): boolean =>
  charge.code === 'D240' && !effect.startsWith('-') && effect !== '0'

/** The ship via code of an order's carrier; `missing` says what becomes of one that the table does not know. */
export function shipViaOf(
  named: PurchaseOrder['carrier'],
  { tables, tradingPartner, find }: PlanContext,
  missing: 'hold' | 'omit' | undefined,
): string | undefined {
  const { scac, routing } = named ?? {}
  if (scac === undefined && routing === undefined) return undefined
  const carrier = scac === undefined ? undefined : carrierOfScac(tables, tradingPartner, scac, routing)
  const input = `CarrierAlphaCode=${scac ?? ''} CarrierRouting=${routing ?? ''}`
  if (carrier) {
    find.decide({
      field: 'ShippingSettings.ShipVia',
      rule: '850.carrier',
      input,
      value: carrier.shipVia,
      table: carrier.source,
    })
    return carrier.shipVia
  }
  const message = `Carrier ${scac ?? '(no SCAC)'}${routing ? ` "${routing}"` : ''} is not in the carriers table.`
  if (missing === 'hold') return find.hold('CARRIER_UNKNOWN', message, 'Header.CarrierInformation[0]')
  find.warn('CARRIER_UNKNOWN', `${message} Acumatica uses the customer's default.`, 'Header.CarrierInformation[0]')
  return undefined
}

/** The note: the retailer's notes, and what the ERP order has no field for. */
export function orderNote(
  order: PurchaseOrder,
  { header, ofLines }: Pick<ReadCharges, 'header' | 'ofLines'>,
  { keepsSplit, store }: { keepsSplit: boolean; store?: string | undefined },
  { partner }: PlanContext,
): string | undefined {
  const markFor = partyOf(order, 'Z7')
  const freightAccount = order.references.find((r) => r.qualifier === 'TPF')
  const apply = partner?.charges === 'apply'
  const listed =
    apply || partner?.charges === 'note'
      ? [
          ...header.filter((c) => !apply || !isFreight(c)).map(describeCharge),
          ...ofLines.map(({ line, entry }) => `Line ${line}: ${describeCharge(entry)}`),
        ]
      : []
  const lines = [
    ...order.notes.map((n) => n.text),
    ...(order.customerOrder ? [`Customer order ${order.customerOrder}`] : []),
    ...(freightAccount ? [`Third-party freight account ${freightAccount.id}`] : []),
    ...(markFor ? [`Mark for ${[markFor.code, markFor.name].filter(Boolean).join(' ')}`] : []),
    ...(store === undefined ? [] : [`Store ${store}`]),
    ...(keepsSplit ? ['Store split:', ...describeSplit(order)] : []),
    ...listed,
  ]
  return lines.length > 0 ? lines.join('\n') : undefined
}

/** The header's fields that are the same for every ERP order of a purchase order. */
export const headerFields = (order: PurchaseOrder, customer: string, orderType: string, hold: boolean) => ({
  OrderType: wrap(orderType),
  CustomerID: wrap(customer),
  ...wrapFields({
    CustomerOrder: order.number,
    Date: midnight(order.date),
    RequestedOn: midnight(requestedOn(order)),
    Description: `EDI 850 ${order.number}`,
  }),
  Hold: wrap(hold),
})
