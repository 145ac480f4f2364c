import * as z from 'zod'
import type { Json } from '../../../core/exchange.ts'
import type { HistoryEntry } from '../../../core/flow.ts'
import { cell, rowsBy } from '../../../core/table-index.ts'
import type { Tables } from '../../../core/tables.ts'
import type { ReceivingProgress } from '../../../documents/receiving-progress.ts'

const schema = z.object({
  receiving: z.object({
    state: z.enum(['awaiting', 'arrived', 'processing', 'completed', 'incomplete', 'cancelled', 'unknown']),
  }),
})
const told = z.object({ told: z.object({ centreId: z.number().int() }) })
const made = z.object({ id: z.number().int(), others: z.array(z.number().int()).optional() })
const tellings = ['create-receiving-order', 'change-receiving-order']

export const keepReceiving = ({ state }: ReceivingProgress): Json => ({ receiving: { state } })

const isTaken = ({ state }: HistoryEntry): boolean => state === 'mapped' || state === 'delivered'
const over: readonly ReceivingProgress['state'][] = ['completed', 'cancelled']

/** The last state of a receiving order that was taken. */
export const lastTaken = (history: readonly HistoryEntry[], key: string): HistoryEntry | undefined =>
  history.findLast((h) => h.type === 'receiving-progress' && h.key === key && isTaken(h))

/** True where something of a receiving order stands booked. */
export const isBooked = (history: readonly HistoryEntry[], key: string): boolean =>
  history.some(
    (h) =>
      h.type === 'receiving-progress' &&
      h.key === key &&
      h.targets.some(({ operation }) => operation === 'book-receipt'),
  )

/**
 * Other receiving orders of the purchase order by which goods may still come: told by us or seen in progress, and neither
 * completed nor cancelled. One that was left out without a word counts as open. Staff split receiving orders without a word (shipbob.md §4.4), so one may come later.
 */
export function stillOpen(history: readonly HistoryEntry[], key: string): string[] {
  const states = new Map<string, ReceivingProgress['state']>()
  for (const { type, targets } of history) {
    if (type !== 'inbound-order') continue
    for (const { operation, result } of targets) {
      const read = tellings.includes(operation) ? made.safeParse(result).data : undefined
      for (const id of read ? [read.id, ...(read.others ?? [])] : []) states.set(String(id), 'awaiting')
    }
  }
  for (const entry of history) {
    if (entry.type !== 'receiving-progress') continue
    // Held ones too: whatever became of the document, the warehouse has goods of it.
    const state = schema.safeParse(entry.snapshot).data?.receiving.state
    if (state || !states.has(entry.key)) states.set(entry.key, state ?? 'unknown')
  }
  return [...states].flatMap(([id, state]) => (id === key || over.includes(state) ? [] : [id]))
}

/** The warehouse in Odoo that the order was last told to go to; undefined where we told of none. */
export function warehouseTold(history: readonly HistoryEntry[], { centres }: Tables): string | undefined {
  const last = history.findLast((h) => h.type === 'inbound-order' && told.safeParse(h.snapshot).success)
  const centre = told.safeParse(last?.snapshot).data?.told.centreId
  const [row] = centre === undefined ? [] : rowsBy(centres, 'centre', String(centre))
  return row && cell(row, 'warehouse')
}
