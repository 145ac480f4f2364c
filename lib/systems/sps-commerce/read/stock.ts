import { isSection } from '../rsx/clean.ts'
import { isInventoryItem } from '../rsx/families.ts'

/*
 * Entries of the Inventory API are states, not documents: every walk meets all of them again. Those that did not
 * change since the last whole walk are left out here, so that a stock of thousands costs nothing while it rests.
 */

/** Times of `quantityLastUpdated`, ISO: from the last whole walk, and the newest of this one. */
export type InventoryMark = { since?: string; newest?: string }

/** An entry that became visible late, or was stamped by another clock, is still met within this time. */
const overlapMs = 3_600_000

export const isStock = (entry: unknown): boolean => isSection(entry) && isInventoryItem(entry)

const updatedAt = (entry: unknown): string | undefined =>
  isStock(entry) && isSection(entry) && typeof entry.quantityLastUpdated === 'string'
    ? entry.quantityLastUpdated
    : undefined

/** False for a stock entry that an earlier whole walk has seen as it is. Entries without a time always pass. */
export function notBefore(entry: unknown, mark: InventoryMark): boolean {
  const time = Date.parse(updatedAt(entry) ?? '')
  const since = Date.parse(mark.since ?? '')
  return Number.isNaN(time) || Number.isNaN(since) || time >= since - overlapMs
}

/** The mark after a page. */
export function newestOf(entries: unknown[], mark: InventoryMark): InventoryMark {
  const times = [mark.newest, mark.since, ...entries.map(updatedAt)].filter(
    (t): t is string => t !== undefined && !Number.isNaN(Date.parse(t)),
  )
  const newest = times.reduce((a, b) => (Date.parse(b) > Date.parse(a) ? b : a), times[0] ?? '')
  return { ...(mark.since ? { since: mark.since } : {}), ...(newest === '' ? {} : { newest }) }
}
