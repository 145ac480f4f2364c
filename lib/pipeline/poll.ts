import type { ConnectionSlice } from '../config/environment.ts'
import type { Clock, SourceDocument, SourcePage, SourceReader } from '../core/exchange.ts'
import { ConfigurationError, Failure, Refusal } from '../core/failures.ts'
import { canonicalJson, sha256 } from '../core/hash.ts'
import { connectionDown, connectionWorks } from './connection-state.ts'
import { type DocumentEntry, documentRef, type Ledger } from './ledger/ledger.ts'
import { inParallel } from './parallel.ts'
import type { Observability, Outbox } from './ports.ts'
import type { StateStore, StoredCursor } from './state.ts'

export interface PollerContext extends Observability {
  slice: ConnectionSlice
  reader: SourceReader
  ledger: Ledger
  state: StateStore
  outbox: Outbox
  clock: Clock
  /** Unique to this invocation: owner of the lease. */
  owner: string
  /** Milliseconds this invocation has left. */
  remaining(): number
}

export interface PollResult {
  captured: number
  /** Documents that were read again and are known: the price of an overlap. */
  known: number
  pages: number
  /** True where time ran out; the next invocation goes on at the same place. */
  unfinished: boolean
  failures: { stream: string; code: string; message: string }[]
}

/** No page is begun with less: a page may need a minute of reads at a slow ERP. */
const pageMargin = 60_000

/**
 * Polls every stream of a connection, page by page: store each document, enqueue it, and only then move the
 * cursor. Killed anywhere, the next poll reads the page again and finds out what is new.
 */
export async function poll(context: PollerContext): Promise<PollResult | undefined> {
  const { slice, state, clock, owner, log } = context
  const lease = `poll#${slice.name}`
  if (!(await state.lease(lease, owner, clock.now() + context.remaining()))) {
    log.info('another poll of this connection is running', { connection: slice.name })
    return undefined
  }
  const result: PollResult = { captured: 0, known: 0, pages: 0, unfinished: false, failures: [] }
  let asked = 0
  try {
    for (const stream of context.reader.streams()) {
      try {
        const stored = await state.cursor(slice.name, stream)
        await recover(stored, context)
        if (context.reader.idle?.(stream, stored?.cursor ?? undefined)) continue
        asked += 1
        await pollStream(stream, context, result)
      } catch (error) {
        const fault = faultOf(error)
        result.failures.push({ stream, code: fault.code, message: fault.message })
        context.metrics.count('PollFailures', 1, { connection: slice.name })
        log.error('poll failed', { connection: slice.name, stream, code: fault.code, reason: fault.message })
        if (fault.stops) {
          if (fault.down) await connectionDown(context, slice.name, fault)
          break
        }
      }
    }
    const [first] = result.failures
    const silent = result.failures.length === asked
    if (!first) await connectionWorks(context, slice.name)
    else if (silent && result.failures.every((f) => f.code === 'UNREACHABLE'))
      await connectionDown(context, slice.name, first)
    return result
  } finally {
    await state.release(lease, owner)
    await context.notices.flush()
  }
}

async function pollStream(stream: string, context: PollerContext, result: PollResult): Promise<void> {
  const { slice, reader, state } = context
  for (let more = true; more; ) {
    if (context.remaining() < pageMargin) {
      result.unfinished = true
      return
    }
    const before = await state.cursor(slice.name, stream)
    const page = await reader.readPage(stream, before?.cursor ?? undefined)
    await takePage(stream, page, before, context, result)
    if (page.receipt !== undefined) await reader.acknowledge?.(stream, page.receipt)
    result.pages += 1
    // A page that neither ends nor moves would be read for ever.
    more = page.more && canonicalJson(page.cursor) !== canonicalJson(before?.cursor ?? null)
  }
}

/** Enqueues what an earlier poll stored and died over. */
async function recover(stored: StoredCursor | undefined, { ledger, outbox }: PollerContext): Promise<void> {
  for (const { group, ...ref } of stored?.pending ?? [])
    if (await ledger.unfinished(ref)) await outbox.toMapper([{ thread: group, message: { ...ref, task: 'map' } }])
}

/**
 * Takes a page: note what is about to be captured, store each document, enqueue it, and only then move the cursor.
 * The marks of everything on the page are kept, so that a page that is read again (the last one of a cursor that has
 * no end) is recognised without asking the ledger.
 */
async function takePage(
  stream: string,
  page: SourcePage,
  before: StoredCursor | undefined,
  context: PollerContext,
  result: PollResult,
): Promise<void> {
  const { slice, ledger, clock } = context
  const at = new Date(clock.now()).toISOString()
  const seen = new Set(before?.seen)
  const all = page.documents.map((document) => {
    const entry = toEntry(document, slice, at)
    return { document, entry, mark: sha256(entry.documentId, 12) }
  })
  const entries = all.filter(({ mark }) => !seen.has(mark))
  let revision = before?.revision ?? 0
  if (entries.length > 0) {
    const pending = entries.map(({ entry: { documentId, number, group } }) => ({ documentId, number, group }))
    const unmoved = before ?? { cursor: null, revision, polledAt: at }
    await move(stream, { ...unmoved, pending }, revision, context)
    revision += 1
  }
  const answers = await inParallel(10, entries, ({ document, entry }) =>
    ledger.capture(entry, document.raw, { once: document.once ?? false }),
  )
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
}

async function move(
  stream: string,
  next: StoredCursor,
  expected: number,
  { slice, state }: PollerContext,
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

function faultOf(error: unknown): { code: string; message: string; stops: boolean; down: boolean; signIn?: boolean } {
  if (error instanceof ConfigurationError)
    return { code: error.problems[0]?.code ?? 'CONFIGURATION', message: error.message, stops: true, down: true }
  if (error instanceof Failure)
    return {
      code: error.code,
      message: error.message,
      stops: error.class === 'unauthorised' || error.class === 'rate-limited',
      down: error.class === 'unauthorised',
      signIn: error.class === 'unauthorised',
    }
  if (error instanceof Refusal)
    return { code: error.problems[0]?.code ?? 'UNEXPECTED', message: error.message, stops: false, down: false }
  // What the source refuses to tell is a matter of one stream: a missing right, a field it does not have.
  if (error instanceof Refusal)
    return { code: error.problems[0]?.code ?? 'REFUSED', message: error.message, stops: false, down: false }
  return { code: 'UNEXPECTED', message: (error as Error).message, stops: false, down: false }
}
