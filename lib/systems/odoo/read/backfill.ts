import {
  addRequest,
  type BackfillCursor,
  type BackfillRequest,
  readBackfill,
  writeBackfill,
} from '../../../core/backfill.ts'
import type { Json, SourceDocument, SourcePage } from '../../../core/exchange.ts'
import type { Domain } from '../rpc.ts'
import { rangeDomain } from './date-range.ts'
import { readFull } from './full-read.ts'
import { page, pageMs, rowsFor, type Work, withArchived } from './work.ts'

/** True where nobody has asked for anything. */
export function isIdle(stored: Json | undefined, initialDate: string | undefined): boolean {
  const { requests, initial } = readBackfill(stored)
  return requests.length === 0 && (initialDate === undefined || initial === true)
}

/**
 * One page of what was asked for, by id: an interruption costs a page, and a poll gets so many documents and no more,
 * so that the live ones never queue behind the past. Records that change meanwhile come with the live ones.
 */
export async function readBackfillPage(work: Work, stored: Json | undefined): Promise<SourcePage> {
  const { settings, clock, odoo, stream } = work
  const cursor = await withInitial(work, readBackfill(stored))
  const [asked] = cursor.requests
  if (!asked) return page([], writeBackfill(cursor), false)
  const domain = [...stream.domain, ...(await rangeOf(work, asked))]
  const progress = asked.progress ?? {
    startedAt: isoNow(work),
    total: await odoo.searchCount(stream.model, domain),
    done: 0,
    lastId: 0,
    unreadable: 0,
    thisPoll: 0,
  }
  const most = Math.min(settings.documentsPerPage, settings.backfillDocumentsPerPoll - progress.thisPoll)
  const until = clock.now() + pageMs
  const documents: SourceDocument[] = []
  let finished = false
  while (documents.length < most && clock.now() < until) {
    const room = most - documents.length
    const rows = await odoo.searchRead(stream.model, [...domain, ['id', '>', progress.lastId]], {
      fields: stream.headerFields,
      order: 'id asc',
      limit: Math.min(room, rowsFor(room, settings)),
      context: withArchived,
    })
    finished = rows.length === 0
    if (finished) break
    const read = await readFull(
      work,
      rows.filter(stream.eligible).map(({ id }) => id),
    )
    documents.push(...[...read.documents.values()].flat())
    progress.unreadable += read.failed.length
    progress.done += rows.length
    progress.lastId = rows.at(-1)?.id ?? progress.lastId
  }
  progress.thisPoll += documents.length
  const enough = progress.thisPoll >= settings.backfillDocumentsPerPoll
  const now: BackfillRequest = { ...asked, progress: { ...progress, thisPoll: enough ? 0 : progress.thisPoll } }
  const rest = cursor.requests.slice(1)
  const next = finished
    ? { ...cursor, requests: rest, finished: { ...now, finishedAt: isoNow(work) } }
    : { ...cursor, requests: [now, ...rest] }
  // What follows a finished one may wait for the next poll.
  return page(documents, writeBackfill(next), !finished && !enough)
}

/** The first load that the settings ask for goes before everything else. Its end is now: later changes are live. */
async function withInitial({ settings, odoo }: Work, cursor: BackfillCursor): Promise<BackfillCursor> {
  if (settings.initialDate === undefined || cursor.initial) return cursor
  const now = new Date(await odoo.serverNow()).toISOString()
  const first = { from: settings.initialDate, to: now, by: 'changed' as const, requestedAt: now }
  const { requests } = addRequest({ requests: [] }, first)
  return { ...cursor, requests: [...requests, ...cursor.requests], initial: true }
}

const rangeOf = ({ odoo, stream }: Work, { ids, ...range }: BackfillRequest): Promise<Domain> =>
  ids ? Promise.resolve([['id', 'in', ids]]) : rangeDomain(odoo, stream, range)

const isoNow = ({ clock }: Work): string => new Date(clock.now()).toISOString()
