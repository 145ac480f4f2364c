import * as z from 'zod'
import { decimal } from '../../../core/decimal.ts'
import type { Json } from '../../../core/exchange.ts'
import type { HistoryEntry } from '../../../core/flow.ts'
import type { SentLine, SentOrder } from './snapshot.ts'

const answeredLine = z.object({
  /** Line number as it was sent. */
  number: z.string(),
  date: z.string().optional(),
  /** Per X12 unit, and in it. */
  price: decimal.optional(),
  quantity: decimal.optional(),
})
export type AnsweredLine = z.infer<typeof answeredLine>

const kept = z.object({ answered: z.object({ sequence: z.number(), lines: z.array(answeredLine) }) })

/** What an answer of the supplier wrote to the order in Odoo. */
export const keepAnswered = (sequence: number, lines: AnsweredLine[]): Json =>
  ({ answered: { sequence, lines } }) as unknown as Json

/**
 * The order as both sides know it: as it was sent, with what the supplier answered since. What came from the supplier
 * is no change to tell the supplier.
 */
export function asAgreed(sent: SentOrder, history: readonly HistoryEntry[]): SentOrder {
  const answers = history
    .filter((h) => h.type === 'acknowledgement' && (h.state === 'mapped' || h.state === 'delivered'))
    .flatMap((h) => {
      const read = kept.safeParse(h.snapshot)
      return read.success && read.data.answered.sequence === sent.sequence ? [read.data.answered] : []
    })
  const lines = sent.lines.map((line): SentLine => {
    const told = answers.flatMap((a) => a.lines.filter((l) => l.number === line.number))
    const last = <K extends 'date' | 'price' | 'quantity'>(field: K) =>
      told.findLast((l) => l[field] !== undefined)?.[field]
    const date = last('date') ?? line.date
    return {
      ...line,
      price: last('price') ?? line.price,
      quantity: last('quantity') ?? line.quantity,
      ...(date === undefined ? {} : { date }),
    }
  })
  return { ...sent, lines }
}
