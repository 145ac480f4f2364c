import type { ConnectionSlice } from '../config/environment.ts'
import type { Clock, SourceDocument, SourcePage } from '../core/exchange.ts'
import { Failure } from '../core/failures.ts'
import { sha256 } from '../core/hash.ts'
import { type DocumentEntry, documentRef, type Ledger } from './ledger/ledger.ts'
import { inParallel } from './parallel.ts'
import type { Observability, Outbox } from './ports.ts'
import type { StateStore, StoredCursor } from './state.ts'
import type { Agenda } from './watch/agenda.ts'

/** What it takes to capture documents of a connection. */
export interface CaptureContext extends Observability {
  slice: ConnectionSlice
  ledger: Ledger
  agenda: Pick<Agenda, 'captured'>
  state: StateStore
  outbox: Outbox
  clock: Clock
}

export interface Captured {
  captured: number
  /** Documents that were read again and are known: the price of an overlap. */
  known: number
}

/** Documents of one page, and by what else they are to be found. */
export interface Page extends SourcePage {
  /** Ids of the webhook deliveries that named a document, by its document id. */
  deliveries?: ReadonlyMap<string, readonly string[]>
}

/** Links and enqueues what an earlier worker stored and died over. */
export async function recover(stored: StoredCursor | undefined, { ledger, outbox }: CaptureContext): Promise<void> {
  for (const { group, deliveries = [], ...ref } of stored?.pending ?? []) {
    const unfinished = await ledger.unfinished(ref)
    if (unfinished) ledger.recheck(ref)
    // A document that the worker never got to has no links either.
    else if (deliveries.length === 0 || !(await ledger.read(ref))) continue
    await inParallel(10, deliveries, (id) => ledger.link(ref, id))
    await ledger.attest()
    if (unfinished) await outbox.toMapper([{ thread: group, message: { ...ref, task: 'map' } }])
  }
}

/**
 * Takes a page: note what is about to be captured, store each document, attest them, enqueue them, and only then move the cursor.
 * The marks of everything on the page are kept, so that a page that is read again (the last one of a cursor that has
 * no end) is recognised without asking the ledger.
 * @returns how many documents were not on the page before
 */
export async function takePage(
  stream: string,
  page: Page,
  before: StoredCursor | undefined,
  context: CaptureContext,
  result: Captured,
): Promise<number> {
  const { slice, ledger, clock, agenda } = context
  const at = new Date(clock.now()).toISOString()
  const seen = new Set(before?.seen)
  const all = page.documents.map((document) => {
    const entry = toEntry(document, slice, at)
    return { document, entry, mark: sha256(entry.documentId, 12) }
  })
  const entries = all.filter(({ mark }) => !seen.has(mark))
  const pending = all.flatMap(({ entry: { documentId, number, group }, mark }) => {
    const deliveries = page.deliveries?.get(documentId)
    const mentioned = { documentId, number, group, ...(deliveries ? { deliveries } : {}) }
    return deliveries || !seen.has(mark) ? [mentioned] : []
  })
  let revision = before?.revision ?? 0
  if (pending.length > 0) {
    const unmoved = before ?? { cursor: null, revision, polledAt: at }
    await move(stream, { ...unmoved, pending }, revision, context)
    revision += 1
    // Before they are stored: a document whose poller dies over it is looked after all the same.
    const documents = entries.map(({ entry: { documentId, number } }) => ({ documentId, number }))
    if (entries.length > 0) await agenda.captured(`${slice.name}#${stream}`, { at, documents })
  }
  const answers = await inParallel(10, entries, ({ document, entry }) =>
    ledger.capture(entry, document.raw, { once: document.once ?? false }),
  )
  const links = pending.flatMap((document) => (document.deliveries ?? []).map((id) => ({ document, id })))
  await inParallel(10, links, ({ document, id }) => ledger.link(document, id))
  await ledger.attest()
  await context.outbox.toMapper(
    entries.flatMap(({ entry: { documentId, number, group } }, i) =>
      answers[i] === 'known' ? [] : [{ thread: group, message: { documentId, number, task: 'map' as const } }],
    ),
  )
  const lastDocumentAt = page.documents.length > 0 ? at : before?.lastDocumentAt
  const marks = all.map(({ mark }) => mark)
  const next = { cursor: page.cursor, revision, seen: marks, polledAt: at }
  await move(stream, { ...next, ...(lastDocumentAt ? { lastDocumentAt } : {}) }, revision, context)

  const captured = answers.filter((a) => a === 'new').length
  result.captured += captured
  result.known += all.length - captured
  for (const [i, { entry }] of entries.entries())
    if (answers[i] === 'new') context.metrics.count('DocumentsCaptured', 1, { flow: entry.flow })
  return entries.length
}

async function move(
  stream: string,
  next: StoredCursor,
  expected: number,
  { slice, state }: CaptureContext,
): Promise<void> {
  if (!(await state.moveCursor(slice.name, stream, next, expected)))
    throw new Failure('transient', 'CURSOR_MOVED', `the cursor of ${stream} was moved by another poller`)
}

/** The ledger's entry of a document as its reader found it; the flow is the one that takes its type. */
export function toEntry(document: SourceDocument, slice: ConnectionSlice, capturedAt: string): DocumentEntry {
  const route = slice.routes.find((r) => r.types.includes(document.type))
  const revision = sha256(`${document.version}\n${document.hash}\n${document.arrival}`, 10)
  return {
    ...documentRef(slice.name, document, revision),
    connection: slice.name,
    // A type nobody handles is kept all the same: stored, counted, skipped.
    integration: route?.integration ?? slice.routes[0]?.integration ?? '',
    flow: route?.flow ?? document.type,
    type: document.type,
    key: document.key,
    group: `${slice.name}/${document.group}`,
    version: document.version,
    hash: document.hash,
    arrival: document.arrival,
    capturedAt,
  }
}
