import { isZero } from '../../../core/decimal.ts'
import type { PurchaseOrderChange, PurchaseOrderLine } from '../../../documents/purchase-order.ts'
import { type SalesOrderLinePut, type SalesOrderPut, wrap, wrapFields } from '../../../systems/acumatica/records.ts'
import type { PlanContext } from './context.ts'
import { cancelAfter, midnight, requestedOn, scheduledShipment } from './header.ts'
import { resolveLine } from './lines.ts'
import { orderRow } from './record.ts'
import type { OrderSnapshot, SnapshotLine } from './snapshot.ts'

/** A change as it is written, and the order as it stands after it. */
export interface ChangePlan {
  record: SalesOrderPut
  snapshot: OrderSnapshot
  /** False where nothing would be different. */
  changes: boolean
}

const ignored = new Set(['NCH', 'RC'])

/**
 * Applies an 860 to the order as it stands (sps-commerce.md 7.2): lines that are not listed stay; a quantity is the
 * new one, not a difference; DI takes a line out, AI adds one, RZ replaces every value of its line.
 */
export function planChange(
  change: PurchaseOrderChange,
  current: OrderSnapshot,
  context: PlanContext,
): ChangePlan | undefined {
  const { find, settings, partner } = context
  const lines = new Map(current.lines.map((l) => [l.line, l]))
  const details: SalesOrderLinePut[] = []
  for (const [index, line] of change.lines.entries()) {
    const code = line.change ?? 'CA'
    const before = lines.get(line.line)
    const path = `${context.linePath(index)}.OrderLine`
    find.decide({
      field: `Details[${line.line}]`,
      rule: '860.line',
      input: `${path}.LineChangeCode=${line.change ?? ''}`,
      value: code,
    })
    if (ignored.has(code)) continue
    if (code === 'AI' && before) {
      find.hold('LINE_NUMBER_TWICE', `Line ${line.line} is to be added, but the order has it already.`, path)
      continue
    }
    if (code !== 'AI' && !before) {
      find.hold(
        'LINE_UNKNOWN',
        `Line ${line.line} is to be changed, but order ${current.number} has no such line.`,
        path,
      )
      continue
    }
    if (code === 'DI' || (before && line.quantity !== undefined && isZero(line.quantity))) {
      lines.delete(line.line)
      details.push({ ...wrapFields({ ExternalRef: line.line }), delete: true })
      continue
    }
    const merged = before && code !== 'RZ' ? mergeLine(before, line) : line
    const resolved = resolveLine(merged, index, context)
    if (!resolved) continue
    const { line: number, numbers, description, price, priceBasis, packSize, split } = merged
    lines.set(line.line, { line: number, numbers, description, price, priceBasis, packSize, split, resolved })
    const row = orderRow(merged, resolved, resolved.quantity, partner?.warehouse ?? settings.warehouse)
    if (!before || JSON.stringify(row) !== JSON.stringify(rowOf(before, context))) details.push(row)
  }
  if (find.problems.length > 0) return undefined
  if (lines.size === 0)
    return find.hold(
      'ORDER_WITHOUT_LINES',
      `The change takes every line out of order ${current.number}; a cancellation (purpose 01) says so plainly.`,
      'LineItem',
    )

  const dates = [
    ...current.dates.filter((d) => !change.dates.some((c) => c.qualifier === d.qualifier)),
    ...change.dates,
  ]
  const header = changedDates(current, { dates })
  const kept = [...lines.values()]
  const [part] = current.parts
  const snapshot: OrderSnapshot = {
    ...current,
    dates,
    lines: kept,
    parts: part ? [{ ...part, lines: kept.map((l) => ({ line: l.line, quantity: l.resolved.quantity })) }] : [],
    ...(change.sequence === undefined ? {} : { sequence: change.sequence }),
  }
  const record: SalesOrderPut = {
    OrderType: wrap(current.erpOrderType),
    CustomerID: wrap(current.customer),
    ExternalRef: wrap(part?.externalRef ?? ''),
    ...header,
    ...(details.length > 0 ? { Details: details } : {}),
  }
  return { record, snapshot, changes: details.length > 0 || Object.keys(header).length > 0 }
}

/** What the change says of a line, over what the line was. */
function mergeLine(before: SnapshotLine, change: PurchaseOrderLine): PurchaseOrderLine {
  const said = Object.fromEntries(Object.entries(change).filter(([, v]) => v !== undefined))
  const { resolved, ...line } = before
  return {
    dates: [],
    charges: [],
    taxes: [],
    notes: [],
    references: [],
    ...line,
    quantity: resolved.quantity,
    unit: resolved.unit,
    ...said,
    numbers: { ...line.numbers, ...change.numbers },
    split: change.split.length > 0 ? change.split : line.split,
  }
}

const rowOf = (line: SnapshotLine, { partner, settings }: PlanContext) =>
  orderRow(
    { ...line, dates: [], charges: [], taxes: [], notes: [], references: [] },
    line.resolved,
    line.resolved.quantity,
    partner?.warehouse ?? settings.warehouse,
  )

/** Header dates that the change moves. */
function changedDates(
  before: Pick<OrderSnapshot, 'dates'>,
  after: Pick<OrderSnapshot, 'dates'>,
): Partial<SalesOrderPut> {
  const moved = (of: typeof requestedOn) => (of(before) === of(after) ? undefined : midnight(of(after)))
  const shipping = wrapFields({ ScheduledShipmentDate: moved(scheduledShipment), CancelByDate: moved(cancelAfter) })
  return {
    ...wrapFields({ RequestedOn: moved(requestedOn) }),
    ...(Object.keys(shipping).length > 0 ? { ShippingSettings: shipping } : {}),
  }
}
