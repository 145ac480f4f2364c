import { add, type Decimal } from '../../core/decimal.ts'
import type { Tables } from '../../core/tables.ts'
import type { PurchaseOrder } from '../../documents/purchase-order.ts'
import { carrierOfScac } from '../resolve/carrier.ts'
import { resolveCode } from '../resolve/code.ts'
import { describeCharge, type ReadCharge } from './charges.ts'
import type { ReadCharges } from './checks.ts'
import type { PlanContext } from './context.ts'
import { partyOf } from './ship-to.ts'
import { describeSplit } from './stores.ts'

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

/** What the codes table makes of the order's type; undefined where it says nothing of it. */
export const typeByTable = ({ orderType, tradingPartner }: PurchaseOrder, tables: Tables): string | undefined =>
  orderType === undefined ? undefined : resolveCode(tables, 'orderType', tradingPartner, orderType)?.value

/** The ERP's order type: the codes table for the order's type, the partner's, the setting's. */
export function erpOrderType(
  order: PurchaseOrder,
  { tables, erp, partner, tradingPartner, find }: PlanContext,
): string {
  const byType =
    order.orderType === undefined ? undefined : resolveCode(tables, 'orderType', tradingPartner, order.orderType)
  const value = byType?.value ?? partner?.orderType ?? erp.orderType
  if (erp.orderTypes && !erp.orderTypes.includes(value))
    find.hold(
      'ORDER_TYPE_UNKNOWN',
      `Order type ${order.orderType ?? '(none)'} is "${value}" in the tables; use one of ${erp.orderTypes.join(', ')}.`,
      'Header.OrderHeader.PrimaryPOTypeCode',
    )
  const table = byType?.source ?? (partner?.orderType === undefined ? undefined : partner.source)
  find.decide({
    field: erp.fields.orderType,
    rule: '850.order-type',
    input: `PrimaryPOTypeCode=${order.orderType ?? ''}`,
    value,
    ...(table ? { table } : {}),
  })
  return value
}

/** The ERP's rule for partial shipments, where the codes table has one for the order's wish. */
export function shippingRule(
  order: PurchaseOrder,
  { tables, tradingPartner, find, erp }: PlanContext,
): string | undefined {
  if (order.shipComplete === undefined) return undefined
  const rule = resolveCode(tables, 'shippingRule', tradingPartner, order.shipComplete)
  if (rule)
    find.decide({
      field: erp.fields.shippingRule,
      rule: '850.ship-complete',
      input: `ShipCompleteCode=${order.shipComplete}`,
      value: rule.value,
      table: rule.source,
    })
  return rule?.value
}

/** The freight the retailer pays, where its row says that charges are applied; nothing otherwise. */
export function freightPrice(charges: readonly ReadCharge[], { partner }: PlanContext): Decimal | undefined {
  const freight = partner?.charges === 'apply' ? charges.filter(isFreight) : []
  return freight.length === 0 ? undefined : add('0', ...freight.map((c) => c.effect))
}

/** A freight charge that adds to the total: the one header charge an ERP order can hold. */
export const isFreight = ({ charge, effect }: ReadCharge): boolean =>
  charge.code === 'D240' && !effect.startsWith('-') && effect !== '0'

/** The ship via code of an order's carrier; `missing` says what becomes of one that the table does not know. */
export function shipViaOf(
  named: PurchaseOrder['carrier'],
  { tables, tradingPartner, find, erp }: PlanContext,
  missing: 'hold' | 'omit' | undefined,
): string | undefined {
  const { scac, routing } = named ?? {}
  if (scac === undefined && routing === undefined) return undefined
  const carrier = scac === undefined ? undefined : carrierOfScac(tables, tradingPartner, scac, routing)
  const input = `CarrierAlphaCode=${scac ?? ''} CarrierRouting=${routing ?? ''}`
  if (carrier) {
    find.decide({
      field: erp.fields.shipVia,
      rule: '850.carrier',
      input,
      value: carrier.shipVia,
      table: carrier.source,
    })
    return carrier.shipVia
  }
  const message = `Carrier ${scac ?? '(no SCAC)'}${routing ? ` "${routing}"` : ''} is not in the carriers table.`
  const path = 'Header.CarrierInformation[0]'
  const row = scac === undefined ? undefined : { table: 'carriers', cells: { scac } }
  if (missing === 'hold') return find.hold('CARRIER_UNKNOWN', message, path, row)
  find.warn('CARRIER_UNKNOWN', `${message} the ERP uses the customer's default.`, path, row)
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
