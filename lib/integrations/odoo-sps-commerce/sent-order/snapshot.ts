import * as z from 'zod'
import { decimal } from '../../../core/decimal.ts'
import type { Json } from '../../../core/exchange.ts'
import type { HistoryEntry } from '../../../core/flow.ts'

const sentLine = z.object({
  /** The line number the supplier knows: counted at the first sending, never given twice. */
  number: z.string(),
  /** Database id of the line in Odoo. */
  line: z.string(),
  item: z.string().optional(),
  /** In `unit`, the X12 unit that was sent. */
  quantity: decimal,
  unit: z.string(),
  /** Odoo units in one X12 unit. */
  perUnit: decimal,
  erpUnit: z.string().optional(),
  /** After discount, per X12 unit. */
  price: decimal,
  /** True where the line has a discount in Odoo. */
  discounted: z.boolean().optional(),
  date: z.string().optional(),
})
export type SentLine = z.infer<typeof sentLine>

const sentOrder = z.object({
  tradingPartner: z.string(),
  number: z.string(),
  /** 1 for the order itself, and one more with each change that was sent. */
  sequence: z.number().int(),
  cancelled: z.boolean(),
  lines: z.array(sentLine),
  /** Numbers of lines that are gone: a later line gets none of them. */
  gone: z.array(z.string()).default([]),
  /** What the header said, to know a change. */
  header: z.record(z.string(), z.string()),
})

/** A purchase order as the supplier last got it. */
export type SentOrder = z.infer<typeof sentOrder>

const kept = z.object({ sentOrder, withdrawn: z.array(sentOrder).default([]) })

/** @param withdrawn the order as other suppliers had it, that were told that it is none of theirs any more */
export const keepSent = (order: SentOrder, withdrawn: readonly SentOrder[] = []): Json =>
  ({ sentOrder: order, ...(withdrawn.length > 0 ? { withdrawn } : {}) }) as unknown as Json

/** The order as each supplier last got it, or is about to get it. */
export function sentOrders(history: readonly HistoryEntry[]): Map<string, SentOrder> {
  const all = history
    .filter((h) => h.type === 'erp-purchase-order' && (h.state === 'mapped' || h.state === 'delivered'))
    .flatMap((h) => {
      const read = kept.safeParse(h.snapshot)
      return read.success ? [read.data.sentOrder, ...read.data.withdrawn] : []
    })
    .toSorted((a, b) => a.sequence - b.sequence)
  return new Map(all.map((order) => [order.tradingPartner, order]))
}

/** The order as this supplier last got it, else as anyone did; undefined where nobody ever was sent it. */
export const lastSent = (history: readonly HistoryEntry[], tradingPartner?: string): SentOrder | undefined => {
  const sent = sentOrders(history)
  if (tradingPartner !== undefined) return sent.get(tradingPartner)
  return [...sent.values()].toSorted((a, b) => Number(b.cancelled) - Number(a.cancelled)).at(-1)
}
