import type { Json, SourceDocument, SourcePage } from '../../../core/exchange.ts'
import { Failure, Refusal } from '../../../core/failures.ts'
import { canonicalJson, sha256 } from '../../../core/hash.ts'
import type { Answer } from '../client.ts'
import { nextRequest, type PageRequest, rows, rowsOf } from '../paging.ts'
import { type Fields, isFields } from '../parse/reading.ts'
import {
  asUnsettled,
  beginRound,
  type Cursor,
  endRound,
  firstCursor,
  firstPass,
  isDue,
  isMet,
  mostKnown,
  newest,
  type Round,
  readCursor,
  writeCursor,
} from './cursor.ts'
import { type Feed, type Found, idsAtOnce, page, pageMs, shift, type Work } from './feed.ts'

type Open = Cursor & { round: Round }

/** A list that still shows something new after so many readings is read again by the next round. */
const mostPasses = 5

/**
 * One page of a stream's round: each list of the feed page by page, then the open records that no list showed. Nothing is
 * missed as long as a change shows within the overlap:
 *
 * - A page ends with the cursor; killed before it is stored, the page is read again.
 * - The mark follows the latest stamp met and never passes the begin of the round, so that what changes while the lists
 *   are paged is found by the next one.
 * - A list whose rows may change places is read again until a reading of it shows no record that was not met before. If it
 *   never comes to that, the mark stays.
 * - What a row held is remembered; the same row met again makes no document and no further request.
 */
export async function readRound(feed: Feed, work: Work, stored: Json | undefined): Promise<SourcePage> {
  const before = readCursor(stored)
  const start = new Date(work.client.now()).toISOString()
  if (!isDue(before, Date.parse(start), feed.everyMs)) return page([], stored ?? null, false)
  const since = work.settings.initialDate
  const cursor = before ?? firstCursor(since === undefined ? start : new Date(since).toISOString())
  const open: Open = cursor.round ? { ...cursor, round: cursor.round } : beginRound(cursor, start)
  const lists = feed.lists(shift(open.mark, -feed.overlapMs), open.since)
  const first = lists[open.round.list]
  return first ? readList(feed, work, open, first) : readOpen(feed, work, open)
}

async function readList(feed: Feed, work: Work, cursor: Open, first: PageRequest): Promise<SourcePage> {
  const { round } = cursor
  const request = round.request ?? first
  const answer = await ask(work, request, first)
  if (!answer) return page([], writeCursor({ ...cursor, round: { ...round, ...firstPass, request: undefined } }), true)
  const taken = await takeRows(feed, work, cursor, rowsOf(answer.body).filter(isFields))
  if (!taken.all) return page(taken.documents, writeCursor(taken.cursor), true)
  return page(
    taken.documents,
    writeCursor({ ...taken.cursor, round: nextPage(feed, work, request, answer, taken.cursor.round) }),
    true,
  )
}

/**
 * Where the round goes on after a page. A page that begins like an earlier one is the end of the list, as broken cursors
 * turn in a circle (shipbob.md §3.3); where the list says that it has more rows it is begun again, as it may have grown
 * by a whole page meanwhile.
 */
function nextPage(feed: Feed, work: Work, request: PageRequest, answer: Answer, round: Round): Round {
  const all = rowsOf(answer.body).filter(isFields)
  const head = all[0] && feed.id(all[0])
  const total = Number(answer.headers['total-count'])
  if (head !== undefined && round.begun.includes(head)) {
    if (!(total > round.rows)) return endPass(feed, work, round)
    if (round.pass < mostPasses) return { ...round, ...firstPass, pass: round.pass + 1, request: undefined }
    const message = `GET ${request.path}: the page repeats after ${round.rows} of ${total} rows.`
    throw new Failure('transient', 'SHIPBOB_PAGING_BROKEN', message)
  }
  const moved = { ...round, rows: round.rows + all.length }
  const next = nextRequest(feed.dialect, request, answer)
  if (!next || head === undefined) return endPass(feed, work, moved)
  return { ...moved, request: asStored(next), begun: [...moved.begun, head] }
}

const asStored = (request: PageRequest): Round['request'] => JSON.parse(JSON.stringify(request))

/** The next reading of this list, or the next list. One page is read at once, so nothing moved in it. */
function endPass(feed: Feed, work: Work, round: Round): Round {
  const onePage = round.begun.length === 0
  const settled = round.pass > 1 && !round.news
  const next: Round = { ...round, ...firstPass, list: round.list + 1, request: undefined }
  if (!feed.moving || onePage || settled) return next
  const forgotten = Object.keys(round.met).length >= mostKnown
  if (round.pass < mostPasses && !forgotten) return { ...next, list: round.list, pass: round.pass + 1 }
  // A first load is longer than what is remembered, and read once.
  if (!forgotten) work.log.warn('a list went on changing while it was read; it is read again', { passes: round.pass })
  return { ...next, ...(forgotten ? {} : { unsure: true }) }
}

/** A page that was fetched in an earlier poll may not be there any more: the list is then begun again. */
async function ask({ client, log }: Work, request: PageRequest, first: PageRequest): Promise<Answer | undefined> {
  try {
    return await client.get(request.path, { query: request.query })
  } catch (error) {
    if (!(error instanceof Refusal) || request === first) throw error
    log.warn('a page of a list is refused; the list is begun again', { path: request.path, status: error.status })
    return undefined
  }
}

/** Records that no list of the round showed: their end is looked for. One that is gone is no longer open. */
async function readOpen(feed: Feed, work: Work, cursor: Open): Promise<SourcePage> {
  const ids = cursor.open.filter((id) => cursor.round.met[id] === undefined).slice(0, idsAtOnce)
  if (!feed.open || ids.length === 0) return page([], writeCursor(endRound(cursor)), false)
  const found: Json[] = []
  for await (const row of rows(work.client, feed.dialect, feed.open.byIds(ids))) found.push(row)
  const taken = await takeRows(feed, work, cursor, found.filter(isFields))
  if (!taken.all) return page(taken.documents, writeCursor(taken.cursor), true)
  const gone = new Set(ids.filter((id) => taken.cursor.round.met[id] === undefined))
  const left = { ...taken.cursor, open: taken.cursor.open.filter((id) => !gone.has(id)) }
  return page(taken.documents, writeCursor(left), true)
}

interface Taken {
  documents: SourceDocument[]
  cursor: Open
  /** False where time ran out: the same page is read again, and what was dealt with is known by then. */
  all: boolean
}

async function takeRows(feed: Feed, work: Work, cursor: Open, records: readonly Fields[]): Promise<Taken> {
  const until = work.clock.now() + pageMs
  const documents: SourceDocument[] = []
  const round = { ...cursor.round, met: { ...cursor.round.met } }
  const open = new Set(cursor.open)
  let foreign = 0
  let faults = 0
  let all = true
  for (const row of records) {
    const id = feed.id(row)
    if (id === undefined) continue
    const mark = sha256(canonicalJson(feed.content(row)), 10)
    if (isMet(round, id, mark)) continue
    let found: Found | undefined = unchanged
    if (cursor.known[id] !== mark) {
      if (work.clock.now() >= until) {
        all = false
        break
      }
      found = await readOne(feed, work, row, cursor.since, faults)
      if (!found) faults += 1
    }
    documents.push(...(found?.documents ?? []))
    if (found?.foreign) foreign += 1
    if (round.met[id] === undefined) round.news = true
    round.met[id] = found?.settled ? mark : asUnsettled(mark)
    const stamp = feed.stamp(row)
    if (stamp !== undefined && stamp > (round.latest ?? '')) round.latest = stamp
    if (feed.open?.holds(row)) open.add(id)
    else if (found) open.delete(id)
  }
  if (foreign > 0) work.log.info('records of other channels were passed over', { count: foreign })
  const unsure = round.unsure || faults > 0
  const next = { ...round, met: newest(round.met), ...(unsure ? { unsure } : {}) }
  return { documents, all, cursor: { ...cursor, open: [...open], round: next } }
}

const unchanged: Found = { documents: [], settled: true }

/** More records of a page than this that cannot be read are no matter of single records any more. */
const mostFaults = 3

/** A record that alone cannot be read stops no other: the next round tries it again, and the mark stays until then. */
async function readOne(feed: Feed, work: Work, row: Fields, since: string, faults: number): Promise<Found | undefined> {
  try {
    return await feed.read(row, since)
  } catch (error) {
    const single = error instanceof Refusal || (error instanceof Failure && error.code === 'SHIPBOB_UNAVAILABLE')
    if (!single || faults >= mostFaults) throw error
    work.log.error('a record cannot be read and is tried again', { id: feed.id(row), reason: error.message })
    return undefined
  }
}
