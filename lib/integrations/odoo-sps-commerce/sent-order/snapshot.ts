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
  price: decimal,
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

const kept = z.object({ sentOrder })

export const keepSent = (order: SentOrder): Json => ({ sentOrder: order }) as unknown as Json

/** The order as it was last sent, or is about to be; undefined where it never was. */
export function lastSent(history: readonly HistoryEntry[], tradingPartner?: string): SentOrder | undefined {
  return history
    .filter((h) => h.type === 'erp-purchase-order' && (h.state === 'mapped' || h.state === 'delivered'))
    .flatMap((h) => {
      const read = kept.safeParse(h.snapshot)
      return read.success ? [read.data.sentOrder] : []
    })
    .filter((o) => tradingPartner === undefined || o.tradingPartner === tradingPartner)
    .toSorted((a, b) => a.sequence - b.sequence)
    .at(-1)
}
