import * as z from 'zod'
import { decimal } from '../../../core/decimal.ts'
import type { Json } from '../../../core/exchange.ts'
import type { HistoryEntry } from '../../../core/flow.ts'

const told = z.object({
  cancelled: z.boolean(),
  centreId: z.number().int(),
  /** ISO date-time. */
  expectedAt: z.string(),
  /** Received of a line when the warehouse was first told of it: what it does not have to wait for. By the line's id. */
  before: z.record(z.string(), decimal),
  /** What the warehouse expects of each product, by its id. */
  expected: z.record(z.string(), z.number()),
  /** Hash over boxes, lots and how it is packed. */
  packing: z.string(),
})

/** A purchase order as the warehouse was last told of it. */
export type Told = z.output<typeof told>

const kept = z.object({ told })
const result = z.object({ id: z.number().int().positive(), others: z.array(z.number().int()).optional() })

export const keepTold = (order: Told): Json => ({ told: order }) as unknown as Json

/** Documents of this very order: companies may count alike. */
const ofOrder = (history: readonly HistoryEntry[], key: string): HistoryEntry[] =>
  history.filter((h) => h.type === 'inbound-order' && h.key === key)

const toldIn = ({ snapshot }: HistoryEntry): Told | undefined => kept.safeParse(snapshot).data?.told

/**
 * The order as the warehouse was last told of it; undefined where it never was, or was told last that it is cancelled.
 * `unsure` where a later telling came to no good end: what of it reached the warehouse is not known, so that it is told
 * again whatever it was told before.
 */
export function lastTold(
  history: readonly HistoryEntry[],
  key: string,
): { told: Told | undefined; cancelled: boolean; unsure: boolean } {
  const entries = ofOrder(history, key).filter((h) => h.state !== 'skipped' && toldIn(h))
  const settled = entries.findLast(({ state }) => state === 'delivered')
  const later = entries.slice(settled ? entries.indexOf(settled) + 1 : 0)
  const before = settled && toldIn(settled)
  const tried = later.map(toldIn).findLast((one) => one?.cancelled === false)
  return {
    told: before?.cancelled === false ? before : tried,
    cancelled: before?.cancelled === true,
    unsure: later.length > 0,
  }
}

/** The receiving orders we made for it, oldest first. */
export function knownOrders(history: readonly HistoryEntry[], key: string): number[] {
  const ids = ofOrder(history, key)
    .filter(({ state }) => state === 'delivered')
    .flatMap(({ targets }) => targets)
    .filter(({ operation }) => operation === 'create-receiving-order' || operation === 'change-receiving-order')
    .flatMap((target) => {
      const read = result.safeParse(target.result)
      return read.success ? [read.data.id, ...(read.data.others ?? [])] : []
    })
  return [...new Set(ids)]
}
