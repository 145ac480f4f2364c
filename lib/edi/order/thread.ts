import type { HistoryEntry, MapContext } from '../../core/flow.ts'
import { readShipmentSnapshot } from '../ship-notice/snapshot.ts'
import { type OrderIdentity, orderKey } from './identity.ts'
import { type OrderSnapshot, readSnapshot } from './snapshot.ts'

/** What the ledger knows of one order: every document of it that counts, oldest first. */
export interface OrderThread {
  /**
   * Orders and changes that came before this document or were applied. Not those that were skipped: that is never a
   * reason to skip another; nor those that came later and wait: they wait for this one.
   */
  documents: HistoryEntry[]
  /** The order as it stands, or is about to stand once what is on its way is written. */
  current?: OrderSnapshot
  /** The last 850 that took effect: changes, which say only a part, do not count. */
  lastOrder?: HistoryEntry
  /** Documents this one may have to wait for: a person has to settle them first. */
  waiting: HistoryEntry[]
  /** Ship notices of the order. */
  shipments: HistoryEntry[]
}

/** The document that is being mapped, as far as its place in the thread needs it. */
export type ThreadPlace = Pick<MapContext, 'documentId' | 'capturedAt' | 'version'> & Pick<HistoryEntry, 'type'>

/** @param history every document found under the purchase order's number; another partner may use the same number */
export function orderThread(order: OrderIdentity, history: readonly HistoryEntry[], self: ThreadPlace): OrderThread {
  const key = orderKey(order)
  const counted = history.filter((h) => h.state !== 'skipped')
  const all = counted.filter(
    (h) => (isOrder(h) && h.key === key) || (h.type === 'purchase-order-change' && h.key.startsWith(`${key}/`)),
  )
  const applied = all.filter(isApplied)
  const documents = all.filter((h) => isApplied(h) || byCapture(h, self) < 0)
  const current = latestOrder(applied)
  const lastOrder = applied.filter(isOrder).toSorted(byApplication).at(-1)
  const stuck = (h: HistoryEntry): boolean => h.state === 'held' || h.state === 'rejected'
  // A change that came before its order waits for it all the same.
  const needed = current || isOrder(self) ? [] : all.filter((h) => isOrder(h) && !documents.includes(h))
  return {
    documents,
    ...(current ? { current } : {}),
    ...(lastOrder ? { lastOrder } : {}),
    waiting: [...documents, ...needed].filter(stuck),
    shipments: counted.filter((h) => h.type === 'ship-notice' && ships(h, key)),
  }
}

export const isOrder = ({ type }: Pick<HistoryEntry, 'type'>): boolean => type === 'purchase-order'

const isApplied = ({ state }: HistoryEntry): boolean => state === 'mapped' || state === 'delivered'

/** Another partner may have an order of the same number, and its shipments are found under that number too. */
const ships = (entry: HistoryEntry, key: string): boolean =>
  readShipmentSnapshot(entry.snapshot)?.orders.some((o) => orderKey(o) === key) ?? false

/** In the order in which documents came; of one page an order before its changes, and those by their sequence. */
const byCapture = (a: ThreadPlace, b: ThreadPlace): number =>
  text(a.capturedAt, b.capturedAt) ||
  Number(isOrder(b)) - Number(isOrder(a)) ||
  text(a.version, b.version) ||
  a.documentId.localeCompare(b.documentId, 'en', { numeric: true })

const text = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** The order as the last of these documents left it. */
export const latestOrder = (documents: readonly HistoryEntry[]): OrderSnapshot | undefined =>
  documents
    .toSorted(byApplication)
    .map((h) => readSnapshot(h.snapshot))
    .findLast((s) => s !== undefined)

/** In the order in which documents took effect: a change redriven late stands after what came later than it. */
const byApplication = (a: HistoryEntry, b: HistoryEntry): number => text(tookEffect(a), tookEffect(b))

/** The first write is the order's; an acknowledgement may follow much later. What is on its way comes last. */
const tookEffect = ({ targets, state, capturedAt }: HistoryEntry): string =>
  targets[0]?.at ?? (state === 'mapped' ? '~' : capturedAt)
