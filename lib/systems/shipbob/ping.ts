import type { ConnectionContext } from '../../core/connection.ts'
import { checked, clockLine, fail, linesOf, type PingLine, type PingWanted, pass, warn } from '../../core/ping.ts'
import { type Channel, isOurs } from './channels.ts'
import { type Client, createClient } from './client.ts'
import { rowsOf } from './paging.ts'
import { versionLine } from './ping/version.ts'
import { webhookLines } from './ping/webhook.ts'
import { scopesFor } from './scopes.ts'
import type { Settings } from './settings.ts'

/**
 * Asks everything that has to be right before documents pass: token, API version, channels, scopes, centres, webhook
 * subscriptions, requests left, clock. Reads only. Ends where nobody gets in.
 */
export async function* ping(context: ConnectionContext<Settings>, wanted: PingWanted): AsyncGenerator<PingLine> {
  const { settings, clock } = context
  if (settings.grant === 'oauth' && !wanted.keepsTokens) {
    yield warn(
      'token',
      'not tried: the refresh token of a consent is for one use, and the new one could not be kept',
      'Run ping against the deployment (--stack) or against a run (--state), which keep it.',
    )
    return
  }
  yield versionLine(settings, (wanted.time ?? clock).now())
  const client = createClient(context)
  let channels: Channel[]
  try {
    channels = await client.channels()
  } catch (error) {
    yield* linesOf('token', error)
    return
  }
  yield pass('token', `by ${settings.grant} at ${settings.baseUrl}`)
  yield* await checked('channel', () => ownLine(client))
  yield* channelLines(channels, settings)
  yield scopeLine(channels, wanted)
  yield* await checked('centres', () => centreLines(client, wanted))
  yield* await checked('webhook', () => webhookLines(context, client, wanted))
  yield pass('requests', leftLine(client.remaining(), settings))
  yield clockLine(client.now(), (wanted.time ?? clock).now(), 'signed deliveries are refused as stale')
}

async function ownLine(client: Client): Promise<PingLine> {
  const { id, name } = await client.ownChannel()
  return pass('channel', `${id} (${name}) is the one we write as`)
}

function* channelLines(channels: readonly Channel[], settings: Settings): Generator<PingLine> {
  const list = channels.map(({ id, name }) => `${id} (${name})`).join(', ')
  const missing = settings.channels.filter((id) => !channels.some((one) => one.id === id))
  if (missing.length > 0)
    yield fail(
      'channels',
      `${missing.join(', ')} of channels is none that the token sees; there is ${list}`,
      'Correct channels in the settings.',
    )
  else if (settings.channels.length > 0) yield pass('channels', `orders and returns of ${settings.channels.join(', ')}`)
  else if (channels.length > 1)
    yield warn(
      'channels',
      `orders and returns of every channel are taken: ${list}`,
      'Name in channels those that are meant.',
    )
  else yield pass('channels', `orders and returns of ${list}`)
}

function scopeLine(channels: readonly Channel[], wanted: PingWanted): PingLine {
  const granted = new Set(channels.filter(isOurs).flatMap(({ scopes }) => scopes))
  const needed = scopesFor(wanted)
  const missing = needed.filter((scope) => !granted.has(scope))
  if (missing.length === 0) return pass('scopes', needed.join(', '))
  return fail(
    'scopes',
    `the token lacks ${missing.join(', ')}`,
    'Make a new personal token, since older ones lack newer scopes; or give consent again (creds authorize).',
  )
}

async function centreLines(client: Client, { rowsOf: tableRows }: PingWanted): Promise<PingLine[]> {
  const { body } = await client.get('/fulfillment-center')
  const there = rowsOf(body).map((row) => row as { id?: unknown; name?: unknown })
  const list = there.map(({ id, name }) => `${id} (${name})`).join(', ') || 'none'
  const rows = await tableRows?.('centres')
  if (!rows) return [pass('centres', list)]
  const ids = new Set(there.map(({ id }) => String(id)))
  const unknown = rows.map((row) => row.centre ?? '').filter((id) => !ids.has(id))
  if (unknown.length > 0)
    return [
      fail(
        'centres',
        `${unknown.join(', ')} of the table centres is no fulfilment centre; there is ${list}`,
        'Correct the table centres, and import it again (tables import).',
      ),
    ]
  const without = there.filter(({ id }) => !rows.some((row) => row.centre === String(id)))
  if (rows.length > 0 && without.length === 0) return [pass('centres', list)]
  return [
    warn(
      'centres',
      `${without.map(({ id, name }) => `${id} (${name})`).join(', ')} not in the table centres: documents of them wait`,
      'Add those that your goods are in to the table centres.',
    ),
  ]
}

const leftLine = (left: number | undefined, { requestsPerMinute }: Settings): string =>
  `${left === undefined ? 'ShipBob does not say how many are' : left} left of this minute; at most ${requestsPerMinute} are sent`
