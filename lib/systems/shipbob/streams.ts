import type { Client } from './client.ts'
import { billingFeed } from './read/billing.ts'
import type { Feed } from './read/feed.ts'
import { receivingFeed } from './read/receiving.ts'
import { returnFeed } from './read/returns.ts'
import { shipmentFeed } from './read/shipments.ts'
import { unidentifiedFeed } from './read/unidentified.ts'
import type { Settings } from './settings.ts'

/** The check of our webhook subscriptions: a stream without documents. */
export const subscriptionsStream = 'subscriptions'

const feeds: readonly { stream: string; type: string; feed(settings: Settings, client: Client): Feed }[] = [
  { stream: 'shipments', type: 'shipment', feed: shipmentFeed },
  { stream: 'receiving', type: 'receiving-progress', feed: receivingFeed },
  { stream: 'unidentified-receipts', type: 'unidentified-receipt', feed: unidentifiedFeed },
  { stream: 'returns', type: 'customer-return', feed: returnFeed },
  { stream: 'billing', type: 'service-invoice', feed: billingFeed },
]

/**
 * The streams of a connection by name, in the order in which they are polled: those with a document that some flow takes,
 * and that the version of the API has. The names are also those of webhook hints and stored cursors.
 */
export function feedsOf(settings: Settings, client: Client, wanted: readonly string[]): Map<string, Feed> {
  return new Map(
    feeds
      .filter(({ type }) => wanted.includes(type))
      .filter(({ type }) => type !== 'unidentified-receipt' || client.profile.unidentifiedReceipts)
      .map(({ stream, feed }) => [stream, feed(settings, client)]),
  )
}
