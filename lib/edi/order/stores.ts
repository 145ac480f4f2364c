import { add, type Decimal, divideExactly, equal, isZero, multiply } from '../../core/decimal.ts'
import type { PurchaseOrder, PurchaseOrderLine } from '../../documents/purchase-order.ts'
import { itemFacts } from '../resolve/item.ts'
import { resolveUnit } from '../resolve/unit.ts'
import type { PlanContext } from './context.ts'
import type { ResolvedLine } from './resolved-line.ts'
import { partyOf } from './ship-to.ts'

/** How much of which line goes to a store, in the line's ordered unit. Stores in order of first appearance. */
export type StoreSplit = Map<string, Map<string, Decimal>>

/** True where the lines say which store gets how much, and a store is not just the ship-to itself. */
export const isSplit = (order: Pick<PurchaseOrder, 'fulfilment' | 'lines'>): boolean =>
  (order.fulfilment === 'multi-store' || order.fulfilment === 'cross-dock') &&
  (order.fulfilment === 'multi-store' || order.lines.some((line) => line.split.length > 0))

/** One ERP order per store, or one with the split in its note (partners.multiStore). */
export function splitsByStore(
  order: Pick<PurchaseOrder, 'fulfilment' | 'lines' | 'parties'>,
  context: PlanContext,
): boolean {
  if (!isSplit(order)) return false
  const wish = context.partner?.multiStore ?? 'auto'
  const split = wish === 'split' || (wish === 'auto' && !partyOf(order, 'ST'))
  context.find.decide({
    field: 'Orders',
    rule: '850.stores',
    input: `${order.fulfilment}, multiStore=${wish}`,
    value: split ? 'one order per store' : 'one order, split in its note',
    ...(context.partner ? { table: context.partner.source } : {}),
  })
  return split
}

/**
 * The split of every line; holds where a line has none or where its shares do not add up to the ordered quantity.
 * Goods are never spread by guess.
 */
export function readSplit(
  order: Pick<PurchaseOrder, 'lines'>,
  resolved: ReadonlyMap<string, ResolvedLine>,
  context: PlanContext,
): StoreSplit {
  const split: StoreSplit = new Map()
  order.lines.forEach((line, index) => {
    const path = `${context.linePath(index)}.QuantitiesSchedulesLocations`
    if (line.split.length === 0) {
      context.find.hold('STORE_SPLIT_MISSING', `Line ${line.line} does not say how much each store gets.`, path)
      return
    }
    const shares = line.split.map((share) => ({
      ...share,
      quantity: inLineUnit(share, line, resolved.get(line.line), context, path),
    }))
    if (shares.some((share) => share.quantity === undefined)) return
    const sum = add('0', ...shares.map((share) => share.quantity as Decimal))
    if (line.quantity === undefined) return
    if (!equal(sum, line.quantity)) {
      context.find.hold(
        'STORE_SPLIT_DIFFERS',
        `Line ${line.line}: the stores get ${sum} ${line.unit ?? ''}, ordered are ${line.quantity}.`,
        path,
      )
      return
    }
    for (const { location, quantity } of shares) {
      if (quantity === undefined || isZero(quantity)) continue
      const ofStore = split.get(location) ?? new Map<string, Decimal>()
      split.set(location, ofStore)
      ofStore.set(line.line, add(ofStore.get(line.line) ?? '0', quantity))
    }
  })
  return split
}

/** A share in the line's ordered unit; holds where its own unit does not convert exactly. */
function inLineUnit(
  share: PurchaseOrderLine['split'][number],
  line: PurchaseOrderLine,
  resolved: ResolvedLine | undefined,
  { tables, find, tradingPartner, partner }: PlanContext,
  path: string,
): Decimal | undefined {
  if (share.unit === undefined || share.unit === line.unit) return share.quantity
  const facts = resolved && itemFacts(tables, resolved.item, { tradingPartner, customer: partner?.customer })
  const caseSize = facts?.caseSize ?? line.packSize
  const unit = resolved && resolveUnit(tables, share.unit, { tradingPartner, item: resolved.item, caseSize })
  const converted =
    unit?.eaches && resolved?.eaches ? divideExactly(multiply(share.quantity, unit.eaches), resolved.eaches) : undefined
  return (
    converted ??
    find.hold(
      'STORE_SPLIT_DIFFERS',
      `Line ${line.line}: store ${share.location} gets ${share.quantity} ${share.unit}, which is no exact quantity in ${line.unit ?? 'the unit of the line'}.`,
      path,
    )
  )
}

/** The split as text for the note of one order: "Line 1: 0012 12 EA, 0031 24 EA". */
export const describeSplit = (order: Pick<PurchaseOrder, 'lines'>): string[] =>
  order.lines.flatMap((line) =>
    line.split.length === 0
      ? []
      : [
          `Line ${line.line}: ${line.split.map((s) => `${s.location} ${s.quantity} ${s.unit ?? line.unit ?? ''}`.trim()).join(', ')}`,
        ],
  )
