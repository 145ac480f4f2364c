import type { PurchaseOrder } from '../../../documents/purchase-order.ts'
import { type SalesOrderPut, wrapFields } from '../../../systems/acumatica/records.ts'
import { checkCancelDate, checkCurrency, checkLineNumbers, checkTotals, readAllCharges } from './checks.ts'
import type { PlanContext } from './context.ts'
import { erpOrderType, freightPrice, headerFields, orderNote, shippingSettings } from './header.ts'
import { externalRef } from './identity.ts'
import { resolveLine } from './lines.ts'
import { discountShares, orderRow } from './record.ts'
import type { ResolvedLine } from './resolved-line.ts'
import { findLocation, partyOf, resolveShipTo, type ShipTo } from './ship-to.ts'
import { type ErpPart, type OrderSnapshot, snapshotLineOf } from './snapshot.ts'
import { isSplit, readSplit, splitsByStore } from './stores.ts'

/** What a purchase order becomes: the ERP orders, and the order as later documents will need it. */
export interface OrderPlan {
  records: SalesOrderPut[]
  snapshot: OrderSnapshot
}

/**
 * Plans the ERP orders of a purchase order. Everything is looked at whatever is wrong, so that every problem shows;
 * undefined where the findings hold it.
 */
export function planOrder(order: PurchaseOrder, context: PlanContext): OrderPlan | undefined {
  const { find, partner, settings } = context
  checkLineNumbers(order, context)
  checkCancelDate(order, context)
  checkCurrency(order, context)
  const lines = new Map<string, ResolvedLine>()
  order.lines.forEach((line, index) => {
    const resolved = resolveLine(line, index, context)
    if (resolved) lines.set(line.line, resolved)
  })
  const charges = readAllCharges(order, lines, context)
  checkTotals(order, charges, context)
  const orderType = erpOrderType(order, context)
  const shipping = shippingSettings(order, context)
  const parts = splitsByStore(order, context)
    ? partsByStore(order, lines, context)
    : [wholeOrder(order, lines, context)]
  if (find.problems.length > 0 || !partner) return undefined

  find.decide({
    field: 'CustomerID',
    rule: '850.partner',
    input: `TradingPartnerId=${order.tradingPartner}`,
    value: partner.customer,
    table: partner.source,
  })
  const header = headerFields(order, partner.customer, orderType, settings.holdNewOrders)
  const shared = discountShares()
  const records = parts.map(({ part, shipTo }, at): SalesOrderPut => {
    // Of several orders the first one carries the freight: it is charged once.
    const settled = { ...shipping, ...(at === 0 ? freightPrice(charges.header, context) : {}) }
    const keepsSplit = part.store === undefined && isSplit(order)
    const note = orderNote(order, charges, { keepsSplit, store: part.store }, context)
    return {
      ...header,
      ...wrapFields({ LocationID: shipTo.location, ExternalRef: part.externalRef, note }),
      ...shipTo.override,
      ...(Object.keys(settled).length > 0 ? { ShippingSettings: settled } : {}),
      Details: part.lines.flatMap(({ line, quantity }) => {
        const index = order.lines.findIndex((l) => l.line === line)
        const [ordered, resolved] = [order.lines[index], lines.get(line)]
        return ordered && resolved
          ? [orderRow(ordered, shared(resolved, quantity), quantity, partner.warehouse ?? settings.warehouse)]
          : []
      }),
    } as SalesOrderPut
  })
  return {
    records,
    snapshot: snapshotOf(
      order,
      partner.customer,
      orderType,
      lines,
      parts.map((p) => p.part),
    ),
  }
}

interface PlannedPart {
  part: ErpPart
  shipTo: ShipTo
}

const wholeOrder = (
  order: PurchaseOrder,
  resolved: ReadonlyMap<string, ResolvedLine>,
  context: PlanContext,
): PlannedPart => {
  // Where the split is kept as a note, its shares still have to add up.
  if (isSplit(order)) readSplit(order, resolved, context)
  const shipTo = resolveShipTo(order, context) ?? {}
  const lines = order.lines.map(({ line, quantity }) => ({ line, quantity: quantity ?? '0' }))
  const { location } = shipTo
  return { shipTo, part: { externalRef: externalRef(order), ...(location === undefined ? {} : { location }), lines } }
}

function partsByStore(
  order: PurchaseOrder,
  lines: ReadonlyMap<string, ResolvedLine>,
  context: PlanContext,
): PlannedPart[] {
  // With a ship-to of its own the goods go there (cross-dock): the stores only tell the orders apart.
  const together = partyOf(order, 'ST') ? (resolveShipTo(order, context) ?? {}) : undefined
  return [...readSplit(order, lines, context)].map(([store, shares]) => {
    const ofStore = [...shares].map(([line, quantity]) => ({ line, quantity }))
    const part = { externalRef: externalRef(order, store), store, lines: ofStore }
    if (together) {
      const { location } = together
      return { shipTo: together, part: { ...part, ...(location === undefined ? {} : { location }) } }
    }
    const location = findLocation(store, 'store', context)
    if (location === undefined)
      context.find.hold(
        'LOCATION_UNKNOWN',
        `Store ${store} of ${context.tradingPartner} is not in the locations table. Add a row with its LocationID.`,
        'LineItem[0].QuantitiesSchedulesLocations',
      )
    return location === undefined ? { shipTo: {}, part } : { shipTo: { location }, part: { ...part, location } }
  })
}

function snapshotOf(
  order: PurchaseOrder,
  customer: string,
  erpOrderType: string,
  resolved: ReadonlyMap<string, ResolvedLine>,
  parts: ErpPart[],
): OrderSnapshot {
  const { type: _, purpose: _p, purposeCode: _c, shipComplete: _s, taxes: _t, totals: _o, ...kept } = order
  return {
    ...kept,
    customer,
    erpOrderType,
    parts,
    lines: order.lines.flatMap((line) => {
      const of = resolved.get(line.line)
      if (!of) return []
      return [snapshotLineOf(line, of)]
    }),
    cancelled: false,
  }
}
