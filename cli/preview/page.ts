import type { ConnectionSlice } from '../../lib/config/environment.ts'
import { limits } from '../../lib/config/limits.ts'
import type { Json, SourceDocument, TargetWriter, Write } from '../../lib/core/exchange.ts'
import type { Decision, Problem } from '../../lib/core/problems.ts'
import type { Received } from '../../lib/pipeline/batch.ts'
import { toEntry } from '../../lib/pipeline/capture.ts'
import { createLedger } from '../../lib/pipeline/ledger/item-ledger.ts'
import { memoryBlobs, memoryItems } from '../../lib/pipeline/ledger/items.ts'
import type { DocumentEntry, Ledger } from '../../lib/pipeline/ledger/ledger.ts'
import { handleDocument } from '../../lib/pipeline/map.ts'
import type { MappingSources } from '../../lib/pipeline/map-document.ts'
import type { DocumentMessage, PushMessage } from '../../lib/pipeline/messages.ts'
import type { Observability, Outbox } from '../../lib/pipeline/ports.ts'
import { createPusher } from '../../lib/pipeline/push.ts'

/** What would become of one document of the file. */
export interface Previewed {
  key: string
  number: string
  type: string
  flow: string
  outcome: 'write' | 'held' | 'skipped' | 'rejected'
  problems: Problem[]
  warnings: Problem[]
  decisions: Decision[]
  /** The canonical document; null where the raw one cannot be read. */
  document: unknown
  writes: Write[]
}

export interface PreviewSetup {
  /** The source connection and the flows it feeds. */
  slice: ConnectionSlice
  sources: Omit<MappingSources, 'history'>
  /** What the target would answer: as sent, with a number nobody has yet. */
  writer: TargetWriter
  /** Epoch milliseconds at which documents without a date of their own are captured. */
  now: number
  /** Epoch milliseconds at which the first document is captured, whatever its date. */
  at?: number
}

/**
 * Sends a page of documents through the pipeline itself (capture, mapper, pusher) over an empty ledger in memory and
 * a target that takes everything. So duplicates, replacements, changes and cancellations within the page show, and
 * so does what follows a delivered write.
 */
export async function previewPage(documents: readonly SourceDocument[], setup: PreviewSetup): Promise<Previewed[]> {
  let time = setup.at ?? 0
  const ledger = createLedger(memoryItems(), memoryBlobs(), () => time)
  const entries: DocumentEntry[] = []
  for (const document of documents) {
    time = Math.max(time + 1000, setup.at ?? ownDay(document, setup) ?? setup.now)
    const entry = toEntry(document, setup.slice, new Date(time).toISOString())
    entries.push(entry)
    // The same arrival twice is one document; in a file every position is an arrival of its own.
    if ((await ledger.capture(entry, document.raw)) === 'new') await run(entry, ledger, setup, () => time)
  }
  return Promise.all(entries.map((entry, i) => outcomeOf(entry, documents[i]?.raw ?? null, ledger, setup)))
}

/**
 * The day a document was made. It is looked at as on that day: an order from a file of last year is not held for
 * coming after its cancel date.
 */
function ownDay(document: SourceDocument, { sources, slice }: PreviewSetup): number | undefined {
  const parsed = sources.parsers[slice.system]?.(document.type, document.raw)
  if (!parsed || !('document' in parsed)) return undefined
  const { changeDate, date, shipDate } = parsed.document as { changeDate?: string; date?: string; shipDate?: string }
  const day = Date.parse(changeDate ?? date ?? shipDate ?? '')
  return Number.isNaN(day) ? undefined : day
}

/** One document until nothing follows: the mapper, then the pusher, then the mapper for what comes after. */
async function run(entry: DocumentEntry, ledger: Ledger, setup: PreviewSetup, now: () => number): Promise<void> {
  const waiting: (() => Promise<unknown>)[] = []
  let messages = 0
  // On its last receive a fault is recorded as a problem of the document, instead of being tried again.
  const receive = <M>(message: M): Received<M> => {
    messages += 1
    return {
      messageId: `${entry.documentId} ${messages}`,
      receiptHandle: '',
      receiveCount: limits.maxReceives,
      thread: entry.group,
      message,
    }
  }
  const outbox: Outbox = {
    toMapper: async (sent) => {
      for (const { message } of sent) waiting.push(() => map(message))
    },
    toPusher: async (_connection, sent) => {
      for (const { message } of sent) waiting.push(() => push(receive({ ...message, thread: entry.group })))
    },
  }
  const agenda = { expect: async () => undefined }
  const common = { ...silent, ledger, agenda, outbox, clock: { now }, random: () => 0 }
  const sources: MappingSources = { ...setup.sources, history: (number) => ledger.history(number) }
  const map = (message: DocumentMessage) => handleDocument(receive(message), { ...common, sources, undo: {} })
  const push: (received: Received<PushMessage>) => Promise<unknown> = createPusher({
    ...common,
    connection: 'preview',
    writer: setup.writer,
    state: { connection: async () => undefined, setConnection: async () => undefined },
    sleep: async () => undefined,
    owner: 'preview',
    remaining: () => 60_000,
  })
  const first: DocumentMessage = { documentId: entry.documentId, number: entry.number, task: 'map' }
  await outbox.toMapper([{ thread: entry.group, message: first }])
  for (let next = waiting.shift(); next; next = waiting.shift()) await next()
}

async function outcomeOf(entry: DocumentEntry, raw: Json, ledger: Ledger, setup: PreviewSetup): Promise<Previewed> {
  const { progress, mappings } = await ledger.standing(entry)
  const parsed = setup.sources.parsers[setup.slice.system]?.(entry.type, raw)
  const state = progress?.state ?? 'held'
  return {
    key: entry.key,
    number: entry.number,
    type: entry.type,
    flow: entry.flow,
    outcome: state === 'held' || state === 'rejected' || state === 'skipped' ? state : 'write',
    problems: progress?.problems ?? [],
    warnings: unique(mappings.flatMap((m) => m.warnings)),
    decisions: mappings.flatMap((m) => m.decisions),
    document: parsed && 'document' in parsed ? parsed.document : null,
    writes: mappings.flatMap((m) => m.writes),
  }
}

const unique = (problems: Problem[]): Problem[] => [...new Map(problems.map((p) => [JSON.stringify(p), p])).values()]

const silent: Observability = {
  log: { info: () => undefined, warn: () => undefined, error: () => undefined },
  metrics: { count: () => undefined },
  notices: { add: () => undefined, connection: () => undefined, flush: async () => undefined },
}
