import { type Fields, isFields, textOf } from '../parse/reading.ts'
import { instantOf } from '../parse/time.ts'
import { folded } from '../parse/words.ts'
import type { Settings } from '../settings.ts'
import { describe } from '../source-document.ts'
import { type Feed, type Found, hourMs, idsAtOnce, minuteMs } from './feed.ts'
import { isOfOurs } from './shipments.ts'

const statusOf = (row: Fields): string => folded(textOf(row.status) ?? '')
const ended = new Set(['completed', 'cancelled', 'canceled'])
const awaited = new Set(['awaitingarrival', 'awaiting'])

const isHandled = ({ inventory }: Fields): boolean =>
  (Array.isArray(inventory) ? inventory : []).some(
    (line) => isFields(line) && Array.isArray(line.action_taken) && line.action_taken.length > 0,
  )

/** The document of a return; none while the parcel is only awaited. */
export function readReturn(row: Fields, channels: readonly number[]): Found {
  if (!isOfOurs(row, channels)) return { documents: [], settled: true, foreign: true }
  if (awaited.has(statusOf(row)) && !isHandled(row)) return { documents: [], settled: true }
  return { documents: [describe({ return: row }).document], settled: true }
}

const list = { Cursor: 1, Limit: idsAtOnce, SortOrder: 'Asc' }

/**
 * Returns that were made or completed, and those under way by their ids (shipbob.md §9): there is no filter on the last
 * change.
 */
export const returnFeed = ({ returnPollMinutes, channels }: Settings): Feed => ({
  dialect: 'cursor-number',
  everyMs: returnPollMinutes * minuteMs,
  overlapMs: hourMs,
  lists: (from) => [
    { path: '/return', query: { CompletedStartDate: from, ...list } },
    { path: '/return', query: { StartDate: from, ...list } },
  ],
  // A return that was made, or completed, stays so.
  moving: false,
  id: ({ id }) => textOf(id),
  stamp: ({ completed_date, insert_date }) =>
    [completed_date, insert_date]
      .flatMap((value) => instantOf(textOf(value) ?? '') ?? [])
      .sort()
      .at(-1),
  content: (row) => row,
  read: async (row) => readReturn(row, channels),
  open: {
    holds: (row) => !ended.has(statusOf(row)) && isOfOurs(row, channels),
    byIds: (ids) => ({ path: '/return', query: { Ids: [...ids], ...list } }),
  },
})
