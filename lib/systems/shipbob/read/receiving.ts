import { isZero, toDecimal } from '../../../core/decimal.ts'
import type { Json } from '../../../core/exchange.ts'
import type { Client } from '../client.ts'
import { type PageRequest, rowsOf } from '../paging.ts'
import { type Fields, isFields, textOf } from '../parse/reading.ts'
import { instantOf } from '../parse/time.ts'
import { folded } from '../parse/words.ts'
import type { Settings } from '../settings.ts'
import { describe } from '../source-document.ts'
import { dayMs, type Feed, type Found, hourMs, idsAtOnce, minuteMs, shift } from './feed.ts'

/** Words of a receiving order at which something may still happen (shipbob.md §4.4). */
const openStatuses = [
  'Awaiting',
  'Arrived',
  'PartiallyArrived',
  'PartiallyArrivedAtHub',
  'ArrivedAtHub',
  'ProcessingAtHub',
  'InternalTransfer',
  'Processing',
  'Incomplete',
] as const

/** Receiving orders whose boxes may still change. */
export const openReceiving: PageRequest = {
  path: '/receiving',
  query: { Statuses: openStatuses, ExternalSync: false, Page: 1, Limit: idsAtOnce },
}

const ended = new Set(['completed', 'cancelled', 'canceled'])
const statusOf = (row: Fields): string => folded(textOf(row.status) ?? '')

const isSome = (value: Json | undefined): boolean => !isZero(toDecimal(value ?? 0) ?? '0')

const linesOf = ({ inventory_quantities: lines }: Fields): Fields[] =>
  (Array.isArray(lines) ? lines : []).filter(isFields)

/** Waits for its goods: nothing to book, and nobody has asked. */
const isUntouched = (row: Fields): boolean =>
  statusOf(row) === 'awaiting' &&
  !linesOf(row).some((line) => isSome(line.received_quantity) || isSome(line.stowed_quantity))

/**
 * The document of a receiving order. Its boxes are read where anything is stowed, since lots stand on them alone. While
 * they disagree with the order it is looked at again by every round: the one is written before the other.
 */
export async function readReceiving(client: Pick<Client, 'get'>, row: Fields): Promise<Found> {
  if (isUntouched(row)) return { documents: [], settled: true }
  const stowed = linesOf(row).some((line) => isSome(line.stowed_quantity))
  const boxes = stowed ? await boxesOf(client, textOf(row.id) ?? '') : undefined
  const { document, warnings } = describe({ receiving: row, ...(boxes ? { boxes } : {}) })
  return {
    documents: [document],
    settled: !(stowed && boxes === undefined) && !warnings.some(({ code }) => code === 'SHIPBOB_BOXES_DISAGREE'),
  }
}

/** A bare array (shipbob.md §4.3); undefined where ShipBob knows of no boxes. */
export async function boxesOf(client: Pick<Client, 'get'>, id: string): Promise<Json[] | undefined> {
  const { status, body } = await client.get(`/receiving/${encodeURIComponent(id)}/boxes`, { accept: [404] })
  return status === 404 ? undefined : rowsOf(body)
}

const updatedAt = (row: Fields): string | undefined => instantOf(textOf(row.last_updated_date) ?? '')

/** How long before reading began a receiving order may have been made. */
const longestMs = 400 * dayMs

/**
 * Receiving orders that are not marked as taken over (shipbob.md §9), whatever changed: there is no filter on that. They
 * leave the list when the ERP holds them, and are read once more by id.
 */
export const receivingFeed = ({ receivingPollMinutes }: Settings, client: Client): Feed => ({
  dialect: 'numbered',
  everyMs: receivingPollMinutes * minuteMs,
  overlapMs: hourMs,
  lists: (_, since) => {
    const query = {
      Statuses: [...openStatuses, 'Completed', 'Cancelled'],
      ExternalSync: false,
      InsertStartDate: shift(since, -longestMs),
      Page: 1,
      Limit: idsAtOnce,
    }
    return [{ path: '/receiving', query }]
  },
  // Whatever is missed while pages shift is in the list of the next round as well.
  moving: false,
  id: ({ id }) => textOf(id),
  stamp: updatedAt,
  content: (row) => row,
  read: async (row, since) =>
    ended.has(statusOf(row)) && (updatedAt(row) ?? since) < since
      ? { documents: [], settled: true }
      : readReceiving(client, row),
  open: {
    // What somebody else marks may have changed with it.
    holds: (row) => !(ended.has(statusOf(row)) && textOf(row.external_sync_timestamp) !== undefined),
    byIds: (ids) => ({ path: '/receiving', query: { IDs: [...ids], Page: 1, Limit: idsAtOnce } }),
  },
})
