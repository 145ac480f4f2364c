import { isZero } from '../../core/decimal.ts'
import type { Json } from '../../core/exchange.ts'
import type { PurchaseOrderChange, PurchaseOrderLine } from '../../documents/purchase-order.ts'
import type { HeaderChange } from './change-header.ts'
import { mergeLine, onlyNew } from './change-merge.ts'
import type { PlanContext } from './context.ts'
import { resolveLine } from './lines.ts'
import { type OrderSnapshot, type SnapshotLine, snapshotLineOf } from './snapshot.ts'

/** Lines as they stand after a change, and the rows to write. */
export interface ChangedLines {
  lines: SnapshotLine[]
  rows: { [field: string]: Json }[]
}

/** Codes of lines that stay as they are. */
const ignored = new Set(['NCH', 'RC'])

/** Codes that announce something else than item, quantity, price or date (sps-commerce.md, LineChangeCode). */
const announced: Readonly<Record<string, string>> = {
  CL: 'another location',
  CS: 'other transport',
  CC: 'other terms',
  CE: 'another allowance or charge',
}

/**
 * The lines of an 860 (sps-commerce.md 7.2): a quantity is the new one, not a difference; DI takes a line out, AI adds
 * one. Lines that are not listed stay, unless the change replaces every value (RZ).
 */
export function changedLines(
  change: PurchaseOrderChange,
  current: OrderSnapshot,
  header: HeaderChange,
  context: PlanContext,
): ChangedLines {
  const { find, erp } = context
  const lines = new Map(current.lines.map((l) => [l.line, l]))
  const rows: ChangedLines['rows'] = []
  const remove = (line: string): void => {
    lines.delete(line)
    rows.push(erp.removal(line))
  }
  for (const [index, line] of change.lines.entries()) {
    const code = line.change ?? 'CA'
    const before = lines.get(line.line)
    const path = `${context.linePath(index)}.OrderLine`
    find.decide({
      field: erp.fields.line(line.line),
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
      remove(line.line)
      continue
    }
    const merged = before && code !== 'RZ' ? mergeLine(before, line) : line
    const resolved = resolveLine(merged, index, context)
    if (before) checkNotApplied(before, line, index, context)
    if (!resolved) continue
    lines.set(line.line, snapshotLineOf(merged, resolved))
    const row = rowOf(merged, resolved, context)
    if (!before || JSON.stringify(row) !== JSON.stringify(rowBefore(before, context))) rows.push(row)
    else if (announced[code] !== undefined && !header.covers.has(code))
      find.hold(
        'CHANGE_NOT_APPLIED',
        `Line ${line.line} announces ${announced[code]} (${code}) and says nothing that can be changed in the ERP. Change it by hand.`,
        path,
      )
  }
  if (change.lines.some((l) => l.change === 'RZ')) {
    const listed = new Set(change.lines.map((l) => l.line))
    for (const { line } of current.lines) if (!listed.has(line)) remove(line)
  }
  return { lines: [...lines.values()], rows }
}

/** What a line says that an ERP row has no place for. */
function checkNotApplied(before: SnapshotLine, line: PurchaseOrderLine, index: number, context: PlanContext): void {
  const { find, partner } = context
  const path = context.linePath(index)
  if (partner?.charges !== 'apply' && onlyNew(line.charges, before.charges).length > 0)
    find.hold(
      'CHANGE_NOT_APPLIED',
      `Line ${line.line} has another allowance or charge, which is not written to the order. Change it by hand.`,
      `${path}.ChargesAllowances`,
    )
  if (onlyNew(line.split, before.split).length > 0)
    find.hold(
      'CHANGE_NOT_APPLIED',
      `Line ${line.line} has another split over stores, which stands in the note of the order. Change it by hand.`,
      `${path}.QuantitiesSchedulesLocations`,
    )
}

const rowOf = (line: PurchaseOrderLine, resolved: SnapshotLine['resolved'], { partner, erp }: PlanContext) =>
  erp.row(line, resolved, resolved.quantity, partner?.warehouse ?? erp.warehouse)

const rowBefore = (line: SnapshotLine, context: PlanContext) =>
  rowOf({ ...line, dates: [], taxes: [], notes: [], references: [] }, line.resolved, context)
