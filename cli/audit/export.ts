import { stringify } from 'csv-stringify/sync'
import type { DocumentEntry } from '../../lib/pipeline/ledger/ledger.ts'
import { inParallel } from '../../lib/pipeline/parallel.ts'
import type { Deployment } from '../deployment/deployment.ts'
import { type AuditEvent, eventsOf } from './events.ts'

/** Documents looked up at once. */
const atOnce = 20

/**
 * The events of every document that was captured in a window, document after document in the order of the table. Reads
 * the whole ledger once, and holds no more than a few documents.
 * @param window ISO date-times, `from` included and `to` not; absent is open
 */
export async function* auditEvents(
  { audit, ledger }: Pick<Deployment, 'audit' | 'ledger'>,
  { from, to }: { from?: string | undefined; to?: string | undefined },
): AsyncGenerator<AuditEvent> {
  const waiting: DocumentEntry[] = []
  const tell = async function* () {
    const stories = await inParallel(atOnce, waiting.splice(0), async (entry) => ({
      entry,
      standing: await ledger.standing(entry),
    }))
    for (const { entry, standing } of stories) yield* eventsOf(entry, standing)
  }
  for await (const item of audit.items.scan()) {
    if (!item.sk.startsWith('raw#')) continue
    const entry = JSON.parse(String(item.entry)) as DocumentEntry
    if ((from !== undefined && entry.capturedAt < from) || (to !== undefined && entry.capturedAt >= to)) continue
    waiting.push(entry)
    if (waiting.length === atOnce) yield* tell()
  }
  yield* tell()
}

export const auditFormats = ['csv', 'jsonl'] as const
export type AuditFormat = (typeof auditFormats)[number]

/** The events as lines without their ends; CSV begins with a header, and its cells are no formulas to a spreadsheet. */
export async function* auditLines(events: AsyncIterable<AuditEvent>, format: AuditFormat): AsyncGenerator<string> {
  let first = true
  for await (const event of events) {
    if (format === 'jsonl') yield JSON.stringify(Object.fromEntries(Object.entries(event).filter(([, v]) => v !== '')))
    else yield stringify([event], { header: first, escape_formulas: true }).trimEnd()
    first = false
  }
}
