import * as z from 'zod'
import type { Json } from './exchange.ts'

/** A stream whose cursor holds requests to read the past, behind the live documents of the stream it is named after. */
export const backfillOf = (stream: string): string => `${stream}:backfill`
export const isBackfill = (stream: string): boolean => stream.endsWith(':backfill')

const progress = z.object({
  /** ISO date-time. */
  startedAt: z.string(),
  /** Records in range when it began, and records dealt with; new ones may join meanwhile. */
  total: z.number().int(),
  done: z.number().int(),
  /** The last id dealt with: where it goes on after any interruption. */
  lastId: z.number().int(),
  /** Records that could not be read. */
  unreadable: z.number().int(),
  /** Documents given to the poll under way. */
  thisPoll: z.number().int(),
})

const request = z.object({
  /** ISO date-times, `from` included, `to` not. */
  from: z.string().optional(),
  to: z.string().optional(),
  /** By the document's business date, or by its last change. */
  by: z.enum(['date', 'changed']).default('date'),
  /** Instead of a range: these records, by the system's own ids. */
  ids: z.array(z.number().int()).optional(),
  requestedAt: z.string(),
  progress: progress.optional(),
  finishedAt: z.string().optional(),
})
export type BackfillRequest = z.output<typeof request>

const schema = z.object({
  /** In their order; the first one is under way. */
  requests: z.array(request).default([]),
  /** The one that ended last. */
  finished: request.optional(),
  /** The first load that the connection's settings ask for was taken in. */
  initial: z.boolean().optional(),
})
export type BackfillCursor = z.output<typeof schema>

export const readBackfill = (stored: Json | undefined): BackfillCursor => schema.parse(stored ?? {})

export const writeBackfill = (cursor: BackfillCursor): Json => JSON.parse(JSON.stringify(cursor)) as Json

/** How many ids one cursor may hold, and how many requests may wait. */
export const mostBackfillIds = 10_000
const mostWaiting = 20

/** Adds a request; the same one again, while it waits or is under way, changes nothing. */
export function addRequest(cursor: BackfillCursor, added: BackfillRequest): BackfillCursor {
  const same = ({ from, to, by, ids }: BackfillRequest) =>
    from === added.from && to === added.to && by === added.by && ids?.join() === added.ids?.join()
  if (cursor.requests.some(same)) return cursor
  if (cursor.requests.length >= mostWaiting) throw new RangeError(`${mostWaiting} requests wait already`)
  return { ...cursor, requests: [...cursor.requests, added] }
}

/** Drops what waits and what is under way; documents that were enqueued stay enqueued. */
export const stopRequests = (cursor: BackfillCursor): BackfillCursor => ({ ...cursor, requests: [] })
