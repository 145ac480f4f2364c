import type { Config } from '../../lib/config/config.ts'
import type { StoredDocument } from '../replay/documents.ts'
import { countsFrom, type FlowCount } from '../run/counts.ts'

/** What became of the documents of one flow that were captured on one day (UTC). */
export interface DayCount extends FlowCount {
  /** YYYY-MM-DD. */
  day: string
}

/** Per day and flow, days without a document left out: captured is the sum of the others. */
export function balanceOf(documents: readonly StoredDocument[], config: Config): DayCount[] {
  const days = Map.groupBy(documents, ({ entry }) => entry.capturedAt.slice(0, 10))
  return [...days]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([day, some]) =>
      countsFrom(some, config)
        .flows.filter(({ captured }) => captured > 0)
        .map((flow) => ({ day, ...flow })),
    )
}

/** Flows and days where a document is neither at an end nor in flight. */
export const unbalanced = (days: readonly DayCount[]): DayCount[] =>
  days.filter((d) => d.captured !== d.delivered + d.held + d.rejected + d.skipped + d.inFlight)
