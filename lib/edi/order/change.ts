import type { Json } from '../../core/exchange.ts'
import type { PurchaseOrderChange } from '../../documents/purchase-order.ts'
import { changedHeader } from './change-header.ts'
import { changedLines } from './change-lines.ts'
import type { PlanContext } from './context.ts'
import type { OrderSnapshot } from './snapshot.ts'

/** A change as it is written, and the order as it stands after it. */
export interface ChangePlan {
  /** Absent where the ERP order stays as it is: a date that only the ledger keeps was moved. */
  order?: { reference: string; record: { [field: string]: Json } }
  snapshot: OrderSnapshot
  /** False where nothing would be different. */
  changes: boolean
}

/**
 * Applies an 860 to the order as it stands (sps-commerce.md 7.2). What is said of the order is applied to it or holds
 * the change: nothing a retailer asks for is passed over in silence. Undefined where the findings hold it.
 */
export function planChange(
  change: PurchaseOrderChange,
  current: OrderSnapshot,
  context: PlanContext,
): ChangePlan | undefined {
  const { find, erp } = context
  const header = changedHeader(change, current, context)
  const { lines, rows } = changedLines(change, current, header, context)
  if (find.problems.length > 0) return undefined
  if (lines.length === 0)
    return find.hold(
      'ORDER_WITHOUT_LINES',
      `The change takes every line out of order ${current.number}; a cancellation (purpose 01) says so plainly.`,
      'LineItem',
    )
  const [part] = current.parts
  const record = erp.change({ current, part, header, rows })
  if (header.notes.length > 0) {
    const said = `The change says: "${header.notes.join(' ')}".`
    if (record)
      find.warn('NOTE_NOT_APPLIED', `${said} The note of the order in the ERP stays as it is.`, 'Header.Notes')
    else
      return find.hold(
        'CHANGE_NOT_APPLIED',
        `${said} It changes nothing else; write it to the order by hand.`,
        'Header.Notes',
      )
  }
  const snapshot: OrderSnapshot = {
    ...current,
    ...header.kept,
    notes: [...current.notes, ...change.notes.filter((n) => header.notes.includes(n.text))],
    lines,
    parts: part
      ? [
          {
            ...part,
            ...(header.shipTo ? { location: header.shipTo.location } : {}),
            lines: lines.map((l) => ({ line: l.line, quantity: l.resolved.quantity })),
          },
        ]
      : [],
    ...(change.sequence === undefined ? {} : { sequence: change.sequence }),
  }
  return {
    ...(record ? { order: { reference: part?.externalRef ?? '', record } } : {}),
    snapshot,
    changes: record !== undefined || header.keeps,
  }
}
