import type { Json } from '../../core/exchange.ts'
import type { PurchaseOrder } from '../../documents/purchase-order.ts'
import type { PlannedOrder } from '../erp.ts'
import { checkCancelDate, checkCurrency, checkLineNumbers, checkTotals, readAllCharges } from './checks.ts'
import type { PlanContext } from './context.ts'
import { discountShares } from './discount-shares.ts'
import { erpOrderType, freightPrice, orderNote, shippingRule, shipViaOf } from './header.ts'
import { externalRef } from './identity.ts'
import { resolveLine } from './lines.ts'
import type { ResolvedLine } from './resolved-line.ts'
import { findLocation, missingLocation, partyOf, resolveShipTo, type ShipTo } from './ship-to.ts'
import { type ErpPart, type OrderSnapshot, snapshotLineOf } from './snapshot.ts'
import { isSplit, readSplit, splitsByStore } from './stores.ts'

/** What a purchase order becomes: the ERP orders with their keys there, and the order as later documents will need it. */
export interface OrderPlan {
  orders: { reference: string; record: { [field: string]: Json } }[]
  snapshot: OrderSnapshot
}

/**
 * Plans the ERP orders of a purchase order. Everything is looked at whatever is wrong, so that every problem shows;
 * undefined where the findings hold it.
 */
export function planOrder(order: PurchaseOrder, context: PlanContext): OrderPlan | undefined {
  const { find, partner, erp } = context
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
  const carried = {
    shipVia: shipViaOf(order.carrier, context, partner?.carrierMissing),
    shippingRule: shippingRule(order, context),
  }
  const parts = splitsByStore(order, context)
    ? partsByStore(order, lines, context)
    : [wholeOrder(order, lines, context)]
  if (find.problems.length > 0 || !partner) return undefined

  find.decide({
    field: erp.fields.customer,
    rule: '850.partner',
    input: `TradingPartnerId=${order.tradingPartner}`,
    value: partner.customer,
    table: partner.source,
  })
  const shared = discountShares()
  const orders = parts.map(({ part, shipTo }, at) => {
    const planned: PlannedOrder = {
      order,
      customer: partner.customer,
      orderType,
      externalRef: part.externalRef,
      shipTo,
      ...carried,
      // Of several orders the first one carries the freight: it is charged once.
      freight: at === 0 ? freightPrice(charges.header, context) : undefined,
      note: orderNote(
        order,
        charges,
        { keepsSplit: part.store === undefined && isSplit(order), store: part.store },
        context,
      ),
      lines: part.lines.flatMap(({ line, quantity }) => {
        const [ordered, resolved] = [order.lines.find((l) => l.line === line), lines.get(line)]
        return ordered && resolved ? [{ line: ordered, resolved: shared(resolved, quantity), quantity }] : []
      }),
    }
    const rows = planned.lines.map(({ line, resolved, quantity }) =>
      erp.row(line, resolved, quantity, partner.warehouse ?? erp.warehouse),
    )
    return { reference: part.externalRef, record: erp.order(planned, rows) }
  })
  return {
    orders,
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
        `Store ${store} of ${context.tradingPartner} is not in the locations table. Add a row with its location.`,
        'LineItem[0].QuantitiesSchedulesLocations',
        missingLocation(store, context),
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
