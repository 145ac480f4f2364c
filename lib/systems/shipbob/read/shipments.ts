import type { SourceDocument } from '../../../core/exchange.ts'
import { shipmentBundles } from '../bundle.ts'
import { type Fields, isFields, textOf } from '../parse/reading.ts'
import { instantOf } from '../parse/time.ts'
import { folded } from '../parse/words.ts'
import type { Settings } from '../settings.ts'
import { describe } from '../source-document.ts'
import { type Feed, idsAtOnce, minuteMs } from './feed.ts'

/** True where a record's channel is one of the connection's; a record that says none cannot be held against the list. */
export function isOfOurs(record: Fields, channels: readonly number[]): boolean {
  const channel = isFields(record.channel) ? textOf(record.channel.id) : undefined
  return channels.length === 0 || channel === undefined || channels.some((one) => String(one) === channel)
}

/** Nothing has been done yet that anybody would have to know of; a label that was made and withdrawn has. */
const untouched = new Set(['none', 'processing', 'importreview', 'cleansweeped'])
function isOfInterest({ status, tracking, last_tracking_update_at: tracked }: Fields): boolean {
  return !untouched.has(folded(textOf(status) ?? '')) || isFields(tracking) || textOf(tracked) !== undefined
}

/** The documents of an order's shipments, as far as anything happened to them. */
export const shipmentDocuments = (order: Fields): SourceDocument[] =>
  shipmentBundles(order)
    .filter((bundle) => 'shipment' in bundle && isOfInterest(bundle.shipment))
    .map((bundle) => describe(bundle).document)

const stamps = ['last_tracking_update_at', 'last_update_at', 'created_date'] as const

/** The latest change of any shipment; the order itself has no stamp of its own (shipbob.md §4.5). */
function latestOf(order: Fields): string | undefined {
  const shipments = (Array.isArray(order.shipments) ? order.shipments : []).filter(isFields)
  const found = [order, ...shipments].flatMap((one) =>
    stamps.flatMap((name) => instantOf(textOf(one[name]) ?? '') ?? []),
  )
  return found.sort().at(-1)
}

const list = { Page: 1, Limit: idsAtOnce }

/**
 * Orders whose shipments changed (shipbob.md §9): those with tracking by its last update, and all by their own, since a
 * shipment that is on hold, short of stock or cancelled has no tracking.
 */
export const shipmentFeed = ({ shipmentPollMinutes, channels }: Settings): Feed => ({
  dialect: 'numbered',
  everyMs: shipmentPollMinutes * minuteMs,
  overlapMs: 10 * minuteMs,
  lists: (from) => [
    { path: '/order', query: { HasTracking: true, LastTrackingUpdateStartDate: from, ...list } },
    { path: '/order', query: { LastUpdateStartDate: from, ...list } },
  ],
  moving: true,
  id: ({ id }) => textOf(id),
  stamp: latestOf,
  content: (row) => row,
  read: async (row) =>
    isOfOurs(row, channels)
      ? { documents: shipmentDocuments(row), settled: true }
      : { documents: [], settled: true, foreign: true },
})
