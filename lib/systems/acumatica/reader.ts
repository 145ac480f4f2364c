import type { ConnectionContext } from '../../core/connection.ts'
import type { Json, SourceDocument, SourcePage, SourceReader } from '../../core/exchange.ts'
import { Failure } from '../../core/failures.ts'
import { createClient, type Exchange } from './client.ts'
import {
  type Cursor,
  closeWindow,
  firstCursor,
  later,
  mark,
  openWindow,
  readCursor,
  remember,
  shift,
  writeCursor,
} from './cursor.ts'
import { createFullReader, createMasterCache } from './full-read.ts'
import { type Header, type Headers, readByKey, readUnsorted, serverNow } from './headers.ts'
import type { Settings } from './settings.ts'
import { arrivalOf } from './source-document.ts'
import { type Stream, streamsOf } from './streams.ts'

/** Reads in parallel over one grant (acumatica.md §3). */
const parallelReads = 2
/** A page ends after this time even if it has few documents, so that the poller can store how far it came. */
const pageMs = 30_000
/** More unreadable records than this are no longer a matter of single records. */
const mostPostponed = 50

/** One page's work. */
interface Work {
  context: ConnectionContext<Settings>
  exchange: Exchange
  stream: Stream
  readFull(stream: Stream, key: string): Promise<SourceDocument | undefined>
}

/**
 * Polls shipments and invoices by the high-water mark of acumatica.md §5: header-only pages inside a closed window,
 * then each new record by key with all it refers to. Nothing is judged but whether a record is in a state that is
 * sent at all. A record that alone cannot be read is postponed and tried again with each window; it stops no other.
 */
export function createReader(context: ConnectionContext<Settings>): SourceReader {
  const client = createClient(context)
  const streams = streamsOf(context.settings)
  const masters = createMasterCache(context.clock)
  return {
    streams: () => [...streams.keys()],
    readPage: async (name, stored) => {
      const stream = streams.get(name)
      if (!stream) throw new Error(`there is no stream "${name}"`)
      const exchange = await client.open()
      return readPage({ context, exchange, stream, readFull: createFullReader(exchange, masters) }, stored)
    },
  }
}

async function readPage(work: Work, stored: Json | undefined): Promise<SourcePage> {
  const { exchange, stream, context } = work
  let cursor = readCursor(stored) ?? firstCursor(await startOf(work))
  if (!cursor.window) {
    cursor = openWindow(cursor, new Date(context.clock.now()).toISOString(), context.settings)
    if (cursor.postponed.length > 0) return retryPostponed(work, cursor)
  }
  const headers = await (cursor.unsorted ? readUnsorted : readByKey)(exchange, stream, cursor)
  if (headers) return takeRows(work, cursor, headers)
  context.log.warn('the site does not return ascending keys: windows are read whole from now on', {
    entity: stream.entity,
  })
  return page([], { ...cursor, unsorted: true, last: undefined }, true)
}

/** Where the very first poll starts: a date the configuration names, or now. */
async function startOf(work: Work): Promise<string> {
  const { initialDate, overlapMinutes } = work.context.settings
  if (initialDate !== undefined) return shift(initialDate, overlapMinutes * 60_000)
  return new Date((await serverNow(work.exchange, work.stream)) ?? work.context.clock.now()).toISOString()
}

/** Rows in order of their keys, until all are dealt with or the page is full. */
async function takeRows(work: Work, cursor: Cursor, headers: Headers): Promise<SourcePage> {
  const { rows } = headers
  const { documentsPerPage } = work.context.settings
  const until = work.context.clock.now() + pageMs
  const documents: SourceDocument[] = []
  const postponed = [...cursor.postponed]
  let next = 0
  while (next < rows.length && documents.length < documentsPerPage && work.context.clock.now() < until) {
    const batch: string[] = []
    for (; next < rows.length && batch.length < parallelReads; next += 1) {
      const row = rows[next] as Header
      const settled = cursor.seen.includes(mark(arrivalOf(row.record))) || cursor.postponed.includes(row.key)
      if (work.stream.eligible(row.record) && !settled) batch.push(row.key)
    }
    for (const result of await inParallel(batch.map((key) => readOrPostpone(work, key))))
      if (result.postponed !== undefined) postponed.push(result.postponed)
      else if (result.document) documents.push(result.document)
  }
  const all = next === rows.length
  const moved: Cursor = {
    ...cursor,
    window: { from: cursor.window?.from ?? cursor.watermark, upper: headers.upper },
    last: all ? headers.last : rows[next - 1]?.key,
    maxSeen: rows.slice(0, next).reduce((max, row) => later(max, row.stamp), cursor.maxSeen ?? ''),
    seen: documents.reduce((seen, document) => remember(seen, document.arrival), cursor.seen),
    postponed: checked(postponed, work),
  }
  return all && headers.complete ? page(documents, closeWindow(moved), false) : page(documents, moved, true)
}

/** A new window begins with the records that could not be read in earlier ones. */
async function retryPostponed(work: Work, cursor: Cursor): Promise<SourcePage> {
  const documents: SourceDocument[] = []
  const postponed: string[] = []
  for (const key of cursor.postponed) {
    const result = await readOrPostpone(work, key)
    if (result.postponed !== undefined) postponed.push(key)
    else if (result.document) documents.push(result.document)
  }
  const seen = documents.reduce((list, document) => remember(list, document.arrival), cursor.seen)
  return page(documents, { ...cursor, postponed, seen }, true)
}

type ReadResult = { postponed: string } | { postponed?: undefined; document: SourceDocument | undefined }

/** A record that the server itself stumbles over, twice, waits for the next window; any other fault ends the page. */
async function readOrPostpone(work: Work, key: string): Promise<ReadResult> {
  const stumbles = (error: unknown): error is Failure => error instanceof Failure && error.code === 'ACUMATICA_FAULT'
  const read = () => work.readFull(work.stream, key)
  try {
    const document = await read().catch((error: unknown) => {
      if (!stumbles(error)) throw error
      return read()
    })
    return { document }
  } catch (error) {
    if (!stumbles(error)) throw error
    work.context.log.warn('a record cannot be read and is tried again later', {
      entity: work.stream.entity,
      key,
      message: error.message,
    })
    return { postponed: key }
  }
}

function checked(postponed: string[], work: Work): string[] {
  if (postponed.length <= mostPostponed) return [...new Set(postponed)]
  throw new Failure('transient', 'ACUMATICA_FAULT', `${postponed.length} records of ${work.stream.entity} fail.`)
}

/** Waits for all, so that nothing goes on behind the back of a failed page. */
async function inParallel<T>(work: Promise<T>[]): Promise<T[]> {
  const settled = await Promise.allSettled(work)
  return settled.map((one) => {
    if (one.status === 'rejected') throw one.reason
    return one.value
  })
}

const page = (documents: SourceDocument[], cursor: Cursor, more: boolean): SourcePage => ({
  documents,
  cursor: writeCursor(cursor),
  more,
})
