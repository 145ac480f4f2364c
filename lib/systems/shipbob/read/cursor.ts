import * as z from 'zod'
import type { Json } from '../../../core/exchange.ts'

const request = z.object({
  path: z.string(),
  query: z.record(
    z.string(),
    z.union([z.string(), z.number(), z.boolean(), z.array(z.union([z.string(), z.number()]))]),
  ),
})

/** Where a stream's poll stands. Stamps are ISO date-times by ShipBob's clock. */
const schema = z.object({
  /** Where reading began: older records are nobody's business. */
  since: z.string(),
  /** Everything stamped before it was read. */
  mark: z.string(),
  /** When the last round began. */
  at: z.string().optional(),
  /** What the last round met: record id → its content then. A forgotten one costs a look into the ledger. */
  known: z.record(z.string(), z.string()).default({}),
  /** Records that are not at their end: read again by id where no list shows them. */
  open: z.array(z.string()).default([]),
  /** The round under way. */
  round: z
    .object({
      start: z.string(),
      /** The list that is read; after the last one the open records. */
      list: z.number().int(),
      /** Page under way; the list's first where absent. */
      request: request.optional(),
      /** How often this list was begun. */
      pass: z.number().int(),
      /** First row of each page of this pass, and how many rows it had. */
      begun: z.array(z.string()),
      rows: z.number().int(),
      /** True where this pass met records that no earlier one had. */
      news: z.boolean(),
      /** Latest stamp met. */
      latest: z.string().optional(),
      /** True where not all was seen for sure: the mark stays where it is. */
      unsure: z.boolean().optional(),
      /** Like `known`, of this round. */
      met: z.record(z.string(), z.string()),
    })
    .optional(),
})

export type Cursor = z.output<typeof schema>
export type Round = NonNullable<Cursor['round']>

/** A stored cursor; undefined before the first poll. A cursor of another shape is a fault, never a silent restart. */
export const readCursor = (stored: Json | undefined): Cursor | undefined =>
  stored === undefined || stored === null ? undefined : schema.parse(stored)

export const writeCursor = (cursor: Cursor): Json => JSON.parse(JSON.stringify(cursor)) as Json

export const firstCursor = (since: string): Cursor => ({ since, mark: since, known: {}, open: [] })

/** Polls come every few minutes and never to the second. */
const toleranceMs = 60_000

/** True where a round is under way or the next one's time has come. */
export function isDue(cursor: Cursor | undefined, now: number, everyMs: number): boolean {
  if (!cursor || cursor.round || cursor.at === undefined) return true
  return now >= Date.parse(cursor.at) + everyMs - toleranceMs
}

export const firstPass = { pass: 1, begun: [], rows: 0, news: false }

export const beginRound = (cursor: Cursor, start: string): Cursor & { round: Round } => ({
  ...cursor,
  round: { start, list: 0, ...firstPass, met: {} },
})

/** What a record met in this round held, where it is to be looked at again in the next one whatever it then holds. */
const unsettled = '~'
export const asUnsettled = (mark: string): string => `${unsettled}${mark}`
export const isMet = (round: Round, id: string, mark: string): boolean => {
  const met = round.met[id]
  return met === mark || met === asUnsettled(mark)
}

/** How many records a cursor remembers: two maps of them stay below a third of what a table's item may hold. */
export const mostKnown = 2_000
const mostOpen = 4_000

/** The newest ids are kept: ShipBob's ascend, and so do the keys of an object that are numbers. */
export const newest = (marks: Readonly<Record<string, string>>): Record<string, string> =>
  Object.fromEntries(Object.entries(marks).slice(-mostKnown))

const later = (a: string, b: string): string => (a > b ? a : b)

/** The cursor after a round. The mark moves to the latest stamp met, never beyond the round's begin. */
export function endRound({ round, ...cursor }: Cursor & { round: Round }): Cursor {
  const upper = round.latest !== undefined && round.latest < round.start ? round.latest : round.start
  const reached = round.latest === undefined || round.unsure ? cursor.mark : upper
  return {
    ...cursor,
    mark: later(reached, cursor.mark),
    at: round.start,
    known: Object.fromEntries(Object.entries(round.met).filter(([, mark]) => !mark.startsWith(unsettled))),
    open: cursor.open.slice(-mostOpen),
  }
}
