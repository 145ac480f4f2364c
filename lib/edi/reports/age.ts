import * as z from 'zod'
import type { HistoryEntry } from '../../core/flow.ts'

/** Which report this is among those of its kind: the day or time it is about, as text that sorts. */
export interface ReportAge {
  kind: 'inventory-advice' | 'product-activity'
  tradingPartner: string
  /** Absent where the report does not say: it is as old as its capture. */
  asOf: string | undefined
}

/** What is kept of a report that was written to stock items. */
const reportSnapshot = z.object({ asOf: z.string(), items: z.array(z.string()) })
export type ReportSnapshot = z.infer<typeof reportSnapshot>

/** The ledger number under which the reports of one month are found. */
export const monthOf = ({ kind, tradingPartner }: ReportAge, asOf: string): string =>
  `${kind}/${tradingPartner}/${asOf.slice(0, 7)}`

/**
 * Where reports newer than this one are looked for: in its own month and the next. One that comes still later is not
 * compared: looking through all reports of a partner would cost more with every one.
 */
export function monthsAfter(age: ReportAge): string[] {
  const { asOf } = age
  if (asOf === undefined) return []
  const [year, month] = [Number(asOf.slice(0, 4)), Number(asOf.slice(5, 7))]
  const next = month < 12 ? [year, month + 1] : [year + 1, 1]
  return [asOf, next.map((n) => String(n).padStart(2, '0')).join('-')].map((at) => monthOf(age, at))
}

/** Items that a newer report has written already: this one must not write over it. */
export function writtenSince(asOf: string, history: readonly HistoryEntry[]): Map<string, string> {
  const since = new Map<string, string>()
  for (const { state, snapshot } of history) {
    const kept = reportSnapshot.safeParse(snapshot)
    if ((state !== 'mapped' && state !== 'delivered') || !kept.success || kept.data.asOf <= asOf) continue
    for (const item of kept.data.items) since.set(item, kept.data.asOf)
  }
  return since
}
