import type { ConnectionContext } from '../../core/connection.ts'
import type { Json } from '../../core/exchange.ts'
import { ConfigurationError, Refusal } from '../../core/failures.ts'
import { type Client, createClient } from './client.ts'
import { rows } from './paging.ts'
import type { Settings } from './settings.ts'
import { fingerprint } from './signing-secret.ts'
import { describe, type Standing, type Subscription, standingOf, subscriptionIn, type Wanted } from './standing.ts'
import { isListed, topicsFor } from './topics.ts'
import type { Profile } from './versions.ts'

/** The webhook subscriptions of one connection, as a command works with them. */
export interface Subscriptions {
  /** Worth subscribing to: what the connection's flows take. */
  readonly topics: readonly string[]
  readonly profile: Profile
  standing(wanted: Wanted): Promise<Standing>
  settle(wanted: Wanted, secret: string): Promise<Settled>
}

export function subscriptionsOf(context: ConnectionContext<Settings>): Subscriptions {
  const client = createClient(context, 'writer')
  return {
    topics: topicsFor(context.wanted),
    profile: client.profile,
    standing: async (wanted) => standingOf(await listSubscriptions(client), wanted),
    settle: (wanted, secret) => settleSubscriptions(client, wanted, secret),
  }
}

/** Every webhook subscription of the account, ours and others'. */
export async function listSubscriptions(client: Pick<Client, 'get' | 'post'>): Promise<Subscription[]> {
  const found: Subscription[] = []
  for await (const row of rows(client, 'records', { path: '/webhook', query: {} }, 250)) {
    const one = subscriptionIn(row)
    if (one) found.push(one)
  }
  return found
}

/** What was done to bring subscriptions to what is wanted. */
export interface Settled {
  created: readonly Subscription[]
  deleted: Standing['dispensable']
  /** Topics that ShipBob refused: they are polled. */
  refused: readonly string[]
}

/**
 * Makes what lacks, then deletes what is dispensable: in between events come twice, and none is missed. A repeat after a
 * crash anywhere goes on from what it finds; the secret has to be stored before, so that no delivery is refused. There is
 * no update call, so a switched-off subscription is made anew (shipbob.md §5).
 * @param secret the current one, of which `wanted.key` is the fingerprint
 */
export async function settleSubscriptions(client: Client, wanted: Wanted, secret: string): Promise<Settled> {
  if (fingerprint(secret) !== wanted.key) throw new RangeError('the secret is another than the one wanted')
  const before = standingOf(await listSubscriptions(client), wanted)
  const { created, refused } = await subscribe(client, wanted, before.lacking, secret)
  for (const { id } of before.dispensable) await client.delete(`/webhook/${encodeURIComponent(id)}`, { accept: [404] })
  return { created, refused, deleted: before.dispensable }
}

/**
 * Subscribes to these topics, without those that ShipBob refuses: those it names, else all that the version does not say
 * it has. Throws Refusal where that is refused too.
 */
async function subscribe(
  client: Client,
  wanted: Wanted,
  lacking: readonly string[],
  secret: string,
): Promise<Pick<Settled, 'created' | 'refused'>> {
  let topics = lacking
  while (topics.length > 0)
    try {
      const created = [await create(client, wanted, topics, secret)]
      return { created, refused: lacking.filter((topic) => !topics.includes(topic)) }
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      const left = withoutRefused(topics, error, wanted)
      if (left.length === topics.length) throw error
      topics = left
    }
  return { created: [], refused: lacking }
}

function withoutRefused(topics: readonly string[], { message }: Refusal, { profile }: Wanted): readonly string[] {
  // A topic may be the beginning of another's name.
  const words = new Set(message.match(/[a-z_]+(\.[a-z_]+)+/g))
  const unnamed = topics.filter((topic) => !words.has(topic))
  return unnamed.length < topics.length ? unnamed : topics.filter((topic) => isListed(topic, profile))
}

async function create(
  client: Client,
  wanted: Wanted,
  topics: readonly string[],
  secret: string,
): Promise<Subscription> {
  const body: Json = { url: wanted.url, topics: [...topics], description: describe(wanted), secret }
  const answer = await client.post('/webhook', { body })
  const made = subscriptionIn(answer.body)
  const taken = (answer.body as { secret?: Json } | null)?.secret
  if (made && typeof taken === 'string' && taken !== secret) {
    await client.delete(`/webhook/${encodeURIComponent(made.id)}`, { accept: [404] })
    throw new ConfigurationError([
      {
        code: 'SHIPBOB_SECRET_IGNORED',
        message: 'ShipBob made a secret of its own in place of ours.',
        path: 'webhook',
      },
    ])
  }
  return made ?? { id: '', url: wanted.url, topics, enabled: true, description: describe(wanted) }
}
