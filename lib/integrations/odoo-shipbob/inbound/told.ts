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
  history.filter((h) => h.type === 'inbound-order' && h.key === key && h.state === 'delivered')

/** undefined where the warehouse never was told of the order. */
export function lastTold(history: readonly HistoryEntry[], key: string): Told | undefined {
  const read = ofOrder(history, key).map((h) => kept.safeParse(h.snapshot))
  return read.findLast((one) => one.success)?.data?.told
}

/** The receiving orders we made for it, oldest first. */
export function knownOrders(history: readonly HistoryEntry[], key: string): number[] {
  const ids = ofOrder(history, key)
    .flatMap(({ targets }) => targets)
    .filter(({ operation }) => operation === 'create-receiving-order' || operation === 'change-receiving-order')
    .flatMap((target) => {
      const read = result.safeParse(target.result)
      return read.success ? [read.data.id, ...(read.data.others ?? [])] : []
    })
  return [...new Set(ids)]
}
