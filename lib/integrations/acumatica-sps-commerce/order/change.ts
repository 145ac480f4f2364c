import type { PurchaseOrderChange } from '../../../documents/purchase-order.ts'
import { type SalesOrderPut, wrap } from '../../../systems/acumatica/records.ts'
import { changedHeader } from './change-header.ts'
import { changedLines } from './change-lines.ts'
import type { PlanContext } from './context.ts'
import type { OrderSnapshot } from './snapshot.ts'

/** A change as it is written, and the order as it stands after it. */
export interface ChangePlan {
  /** Absent where the ERP order stays as it is: a date that only the ledger keeps was moved. */
  record?: SalesOrderPut
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
  const { find } = context
  const header = changedHeader(change, current, context)
  const { lines, details } = changedLines(change, current, header, context)
  if (find.problems.length > 0) return undefined
  if (lines.length === 0)
    return find.hold(
      'ORDER_WITHOUT_LINES',
      `The change takes every line out of order ${current.number}; a cancellation (purpose 01) says so plainly.`,
      'LineItem',
    )
  const written = details.length > 0 || Object.keys(header.fields).length > 0
  if (header.notes.length > 0) {
    const said = `The change says: "${header.notes.join(' ')}".`
    if (written)
      find.warn('NOTE_NOT_APPLIED', `${said} The note of the order in Acumatica stays as it is.`, 'Header.Notes')
    else
      return find.hold(
        'CHANGE_NOT_APPLIED',
        `${said} It changes nothing else; write it to the order by hand.`,
        'Header.Notes',
      )
  }
  const [part] = current.parts
  const { location } = header
  const snapshot: OrderSnapshot = {
    ...current,
    ...header.kept,
    notes: [...current.notes, ...change.notes.filter((n) => header.notes.includes(n.text))],
    lines,
    parts: part
      ? [
          {
            ...part,
            ...(header.moved ? { location } : {}),
            lines: lines.map((l) => ({ line: l.line, quantity: l.resolved.quantity })),
          },
        ]
      : [],
    ...(change.sequence === undefined ? {} : { sequence: change.sequence }),
  }
  const record: SalesOrderPut = {
    OrderType: wrap(current.erpOrderType),
    CustomerID: wrap(current.customer),
    ExternalRef: wrap(part?.externalRef ?? ''),
    ...header.fields,
    ...(details.length > 0 ? { Details: details } : {}),
  }
  return { ...(written ? { record } : {}), snapshot, changes: written || header.keeps }
}
