import type { Json } from '../../core/exchange.ts'
import { isListed } from './topics.ts'
import type { Profile } from './versions.ts'

/** A webhook subscription as ShipBob lists it: without its secret. */
export interface Subscription {
  id: string
  url: string
  topics: readonly string[]
  /** False once ShipBob has switched it off, after days of failures (shipbob.md §5). */
  enabled: boolean
  description: string
}

/** Whose a subscription is: it stands in its description. */
export interface Mark {
  /** The deployment, such as "acme-prod": two of them may share an account. */
  deployment: string
  connection: string
  /** Fingerprint of the secret it was made with. */
  key: string
}

/** "ml-connector acme-prod/shipbob key 1a2b3c4d". */
export const describe = ({ deployment, connection, key }: Mark): string =>
  `ml-connector ${deployment}/${connection} key ${key}`

/** Undefined for one that ml-connector did not make. */
export function markOf({ description }: Pick<Subscription, 'description'>): Mark | undefined {
  const found = /^ml-connector ([^\s/]+)\/([^\s/]+) key ([0-9a-f]{8})$/.exec(description)
  const [, deployment, connection, key] = found ?? []
  return deployment && connection && key ? { deployment, connection, key } : undefined
}

export interface Wanted extends Mark {
  url: string
  topics: readonly string[]
  profile: Profile
}

/** How subscriptions stand to what is wanted. */
export interface Standing {
  /** Right as they are: switched on, with our URL and the current secret, and a topic that no other has. */
  kept: readonly Subscription[]
  /** Ours and of no use any more; `why` for people. Deleted once nothing lacks. */
  dispensable: readonly (Subscription & { why: Why })[]
  /** Topics that nobody tells us of. */
  lacking: readonly string[]
  /** Of them, those that the API version does not say it has: polled, and nothing is wrong. */
  polled: readonly string[]
  /** At our URL and not made by us: with which secret is not known. Left alone. */
  foreign: readonly Subscription[]
}

export type Why = 'switched off by ShipBob' | 'made with another secret' | 'of a URL that was ours' | 'told of twice'

/** True where nothing has to be done. */
export const isRight = ({ lacking, polled, dispensable }: Standing): boolean =>
  lacking.length === polled.length && dispensable.length === 0

/** Pure. Of two that tell of the same, the first of the list is kept. */
export function standingOf(all: readonly Subscription[], wanted: Wanted): Standing {
  const kept: Subscription[] = []
  const dispensable: Standing['dispensable'][number][] = []
  const foreign: Subscription[] = []
  const told = new Set<string>()
  for (const one of all) {
    const mark = markOf(one)
    const ours = mark?.deployment === wanted.deployment && mark.connection === wanted.connection
    const why = ours ? whyNot(one, mark, wanted, told) : undefined
    if (!ours) {
      if (one.url === wanted.url) foreign.push(one)
    } else if (why) dispensable.push({ ...one, why })
    else {
      kept.push(one)
      for (const topic of one.topics) told.add(topic)
    }
  }
  const lacking = wanted.topics.filter((topic) => !told.has(topic))
  return { kept, dispensable, lacking, polled: lacking.filter((t) => !isListed(t, wanted.profile)), foreign }
}

function whyNot(one: Subscription, mark: Mark, wanted: Wanted, told: ReadonlySet<string>): Why | undefined {
  if (one.url !== wanted.url) return 'of a URL that was ours'
  if (!one.enabled) return 'switched off by ShipBob'
  if (mark.key !== wanted.key) return 'made with another secret'
  return one.topics.every((topic) => told.has(topic)) ? 'told of twice' : undefined
}

/** A row of GET /webhook, or the answer of its creation, which does not say that it is enabled. */
export function subscriptionIn(row: Json): Subscription | undefined {
  if (typeof row !== 'object' || row === null || Array.isArray(row)) return undefined
  const { id, url, topics, enabled, description } = row
  if (id === undefined || id === null) return undefined
  return {
    id: String(id),
    url: String(url ?? ''),
    topics: Array.isArray(topics) ? topics.map(String) : [],
    enabled: enabled !== false,
    description: String(description ?? ''),
  }
}
