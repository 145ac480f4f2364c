import type { ConnectionContext } from '../../core/connection.ts'
import type { Json, SourceReader } from '../../core/exchange.ts'
import { concernsOf } from '../../core/ping.ts'
import { createClient } from './client.ts'
import { versionLine } from './ping/version.ts'
import { isDue, readCursor } from './read/cursor.ts'
import type { Feed, Work } from './read/feed.ts'
import { readNamed } from './read/named.ts'
import { readRound } from './read/round.ts'
import { checkSubscriptions, isCheckDue } from './read/subscriptions.ts'
import type { Settings } from './settings.ts'
import { feedsOf, subscriptionsStream } from './streams.ts'

/**
 * Reads an account in two ways that give the same documents: by the records that webhooks name, and by polls that find
 * what no webhook told, each at its own interval (shipbob.md §9). Last the webhook subscriptions themselves are looked at.
 */
export function createReader(context: ConnectionContext<Settings>): SourceReader {
  const { settings, wanted, clock, log, connection } = context
  const client = createClient(context)
  const work: Work = { client, settings, clock, log }
  const feeds = feedsOf(settings, client, wanted)
  const feedOf = (stream: string): Feed => {
    const found = feeds.get(stream)
    if (!found) throw new Error(`there is no stream "${stream}"`)
    return found
  }
  return {
    streams: () => [...feeds.keys(), subscriptionsStream],
    idle: (stream, cursor) =>
      stream === subscriptionsStream
        ? !isCheckDue(cursor, clock.now(), settings.subscriptionCheckHours)
        : !isDue(readCursor(cursor), clock.now(), feedOf(stream).everyMs),
    readPage: (stream, cursor: Json | undefined) =>
      stream === subscriptionsStream
        ? checkSubscriptions(work, connection, wanted, cursor)
        : readRound(feedOf(stream), work, cursor),
    concerns: async () => concernsOf([versionLine(settings, clock.now())]),
    readRecords: async (stream, ids) => {
      const feed = feeds.get(stream)
      // A topic that no flow needs: ShipBob may tell of more than we ask for.
      return feed ? readNamed(stream, feed, work, ids) : []
    },
  }
}
