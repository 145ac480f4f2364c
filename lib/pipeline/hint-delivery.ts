import type { Json } from '../core/exchange.ts'
import type { Recognised, SignedWebhook } from '../core/webhook.ts'
import type { Delivery, NamedHint, UnreadHint } from './hint.ts'

/** So much of a body that nobody could read is kept, in characters: a queue's message has an end. */
const keptBody = 32_768
/** No topic is longer; it is shown to people and comes from a header that nobody signed. */
const keptTopic = 100

/**
 * The hints of a genuine delivery: which records to read anew, or why there are none. A delivery about nothing that we
 * read makes none.
 * @param headers by lower-case name
 * @param channels ids of those whose deliveries are taken; none = every channel's are
 */
export function hintsOf(
  declaration: SignedWebhook,
  delivery: Delivery,
  body: Buffer,
  headers: ReadonlyMap<string, string>,
  channels: readonly number[],
): NamedHint[] {
  const of = { ...delivery, topic: delivery.topic.slice(0, keptTopic) }
  const unread = (reason: UnreadHint['reason'], more: Pick<UnreadHint, 'body' | 'ids'>): NamedHint[] => [
    { hint: 'unread', reason, ...more, ...of },
  ]
  const text = body.toString()
  const parsed = jsonOf(text)
  if (!parsed) return unread('WEBHOOK_NOT_JSON', { body: text.slice(0, keptBody) })
  const recognised = recognise(declaration, delivery.topic, parsed.json)
  if ('unread' in recognised) return unread(recognised.unread, { body: text.slice(0, keptBody) })
  const header = declaration.channelHeader === undefined ? undefined : headers.get(declaration.channelHeader)
  if (isForeign(recognised.channel, header?.trim(), channels))
    return unread('WEBHOOK_CHANNEL_FOREIGN', { ids: recognised.records.map(({ stream, id }) => `${stream}/${id}`) })
  const streams = Map.groupBy(recognised.records, ({ stream }) => stream)
  return [...streams].map(([stream, records]) => ({ hint: 'records', stream, ids: records.map(({ id }) => id), ...of }))
}

/** A body in a shape that its system's declaration stumbles over is kept for a person like one without an id. */
function recognise(declaration: SignedWebhook, topic: string, json: Json): Recognised {
  try {
    return declaration.recognise(topic, json)
  } catch {
    return { unread: 'WEBHOOK_WITHOUT_ID' }
  }
}

/** A channel that is named must be on the list, if there is one; body and header must name the same (shipbob.md §6.5). */
function isForeign(named: string | undefined, header: string | undefined, channels: readonly number[]): boolean {
  if (named !== undefined && header !== undefined && named !== header) return true
  const listed = channels.map(String)
  return listed.length > 0 && [named, header].some((channel) => channel !== undefined && !listed.includes(channel))
}

/** A whole number that a double cannot hold would become another record's id: it stays text. */
function jsonOf(text: string): { json: Json } | undefined {
  const exact = (_key: string, value: Json, { source }: { source?: string } = {}): Json =>
    typeof value === 'number' && !Number.isSafeInteger(value) && source !== undefined && /^-?\d+$/.test(source)
      ? source
      : value
  try {
    return { json: JSON.parse(text, /\d{16}/.test(text) ? exact : undefined) as Json }
  } catch {
    return undefined
  }
}
