import type { HistoryEntry } from '../../../core/flow.ts'
import { type OrderIdentity, orderKey } from './identity.ts'
import { type OrderSnapshot, readSnapshot } from './snapshot.ts'

/** What the ledger knows of one order: every document of it that counts, oldest first. */
export interface OrderThread {
  /** Orders and changes, without what was skipped: that is never a reason to skip another. */
  documents: HistoryEntry[]
  /** The order as it stands, or is about to stand once what is on its way is written. */
  current?: OrderSnapshot
  /** Set where the order waits for a person: nothing may overtake it. */
  waiting?: HistoryEntry
  /** Ship notices of the order. */
  shipments: HistoryEntry[]
}

/** @param history every document found under the purchase order's number; another partner may use the same number */
export function orderThread(order: OrderIdentity, history: readonly HistoryEntry[]): OrderThread {
  const key = orderKey(order)
  const counted = history.filter((h) => h.state !== 'skipped')
  const documents = counted.filter(
    (h) =>
      (h.type === 'purchase-order' && h.key === key) ||
      (h.type === 'purchase-order-change' && h.key.startsWith(`${key}/`)),
  )
  const applied = documents.filter((h) => h.state === 'mapped' || h.state === 'delivered')
  const current = applied.map((h) => readSnapshot(h.snapshot)).findLast((s) => s !== undefined)
  const waiting = documents.find((h) => h.state === 'held' || h.state === 'rejected')
  return {
    documents,
    ...(current ? { current } : {}),
    ...(waiting ? { waiting } : {}),
    shipments: counted.filter((h) => h.type === 'ship-notice'),
  }
}
