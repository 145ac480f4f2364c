import { textOf } from '../parse/reading.ts'
import { instantOf } from '../parse/time.ts'
import type { Settings } from '../settings.ts'
import { describe } from '../source-document.ts'
import { type Feed, hourMs } from './feed.ts'

/** Goods that nobody has given to a receiving order yet (2026-07). A page has 50 rows at most. */
export const unidentifiedFeed = ({ unidentifiedReceiptPollHours }: Settings): Feed => ({
  dialect: 'numbered',
  everyMs: unidentifiedReceiptPollHours * hourMs,
  overlapMs: 0,
  lists: () => [{ path: '/unidentified-receiving-order', query: { isCompleted: false, Page: 1, Limit: 50 } }],
  // Whatever is missed while pages shift is in the list of the next round as well.
  moving: false,
  id: ({ id }) => textOf(id),
  stamp: ({ created_date }) => instantOf(textOf(created_date) ?? ''),
  content: (row) => row,
  read: async (row) => ({ documents: [describe({ unidentified: row }).document], settled: true }),
})
