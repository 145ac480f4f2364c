import type { Json } from '../../core/exchange.ts'
import type { Recognised, SignedWebhook } from '../../core/webhook.ts'

type Body = { [field: string]: Json }

/** What a delivery is about; a body that is plainly about something else is not believed to be what its topic says. */
type Subject = 'order' | 'return' | 'receiving' | 'billing'

interface Topic {
  matches(topic: string): boolean
  subject: Subject
  stream: string
  /** The id that `readRecords` takes; the first field that has one wins (shipbob.md §6.4). */
  id(body: Body): string | undefined
}

const isBody = (value: Json | undefined): value is Body =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A number of ShipBob's: all its ids but a transaction's. Anything else would not be an id in a path. */
function numberIn(value: Json | undefined): string | undefined {
  const text = typeof value === 'number' ? String(value) : typeof value === 'string' ? value.trim() : ''
  return /^[1-9]\d{0,18}$/.test(text) ? text : undefined
}

/** Text without what separates ids in a list of them. */
function wordIn(value: Json | undefined): string | undefined {
  const text = typeof value === 'number' ? String(value) : typeof value === 'string' ? value.trim() : ''
  return /^[^\s,/]{1,64}$/.test(text) ? text : undefined
}

const prefixed = (prefix: string, id: string | undefined): string | undefined =>
  id === undefined ? undefined : `${prefix}:${id}`

/** The order where it is known, since its shipments are read together; else the shipment alone. */
function shipmentId(body: Body): string | undefined {
  const shipment = isBody(body.shipment) ? body.shipment : {}
  return (
    numberIn(body.order_id) ??
    numberIn(shipment.order_id) ??
    ('shipments' in body ? numberIn(body.id) : undefined) ??
    prefixed('shipment', numberIn(body.shipment_id) ?? numberIn(shipment.id))
  )
}

const receivingId = (body: Body): string | undefined => numberIn(body.wro_id) ?? numberIn(body.receiving_order_id)

/** A box that does not name its receiving order is looked for among the open ones, by its own id or tracking number. */
function boxId(body: Body): string | undefined {
  const order = 'purchase_order_number' in body || 'inventory_quantities' in body
  return (
    receivingId(body) ??
    (order ? numberIn(body.id) : undefined) ??
    prefixed('box', numberIn(body.box_id) ?? numberIn(body.id)) ??
    prefixed('tracking', wordIn(body.tracking_number))
  )
}

/** An invoice where the transaction is on one; a new transaction is on none yet. */
function billingId(body: Body): string | undefined {
  const type = wordIn(body.reference_type)
  const reference = wordIn(body.reference_id)
  return (
    numberIn(body.invoice_id) ??
    prefixed('transaction', wordIn(body.transaction_id)) ??
    prefixed('reference', type && reference && `${type}/${reference}`)
  )
}

const among =
  (...topics: string[]) =>
  (topic: string) =>
    topics.includes(topic)
const below = (prefix: string) => (topic: string) => topic.startsWith(prefix)

const topics: readonly Topic[] = [
  {
    matches: among('order.shipped', 'order.delivered'),
    subject: 'order',
    stream: 'shipments',
    id: (body) => numberIn(body.order_id) ?? numberIn(body.id),
  },
  { matches: below('order.shipment.'), subject: 'order', stream: 'shipments', id: shipmentId },
  {
    matches: below('return.'),
    subject: 'return',
    stream: 'returns',
    id: (body) => numberIn(body.return_id) ?? numberIn(body.id),
  },
  {
    matches: among('wro.created', 'wro.updated', 'wro.completed'),
    subject: 'receiving',
    stream: 'receiving',
    id: (body) => receivingId(body) ?? numberIn(body.id),
  },
  { matches: below('wro.box.'), subject: 'receiving', stream: 'receiving', id: boxId },
  { matches: below('billing.'), subject: 'billing', stream: 'billing', id: billingId },
]

/** Fields that only one subject's records have. The topic stands in a header that no signature covers (§6.1). */
const marks: readonly (readonly [string, Subject])[] = [
  ['transaction_id', 'billing'],
  ['return_type', 'return'],
  ['inventory_quantities', 'receiving'],
  ['box_items', 'receiving'],
  ['shipments', 'order'],
  ['order_id', 'order'],
]

const isAbout = (body: Body, subject: Subject): boolean => {
  const mark = marks.find(([field]) => field in body)
  return mark === undefined || mark[1] === subject
}

/** Only orders and returns say their channel (§6.5). */
function channelIn(bodies: readonly Body[]): string | undefined {
  for (const { channel } of bodies) {
    const id = isBody(channel) ? numberIn(channel.id) : undefined
    if (id !== undefined) return id
  }
  return undefined
}

/**
 * The record that a delivery is about: "341200771" of `shipments` is an order, "shipment:352900411" a shipment whose
 * order the body did not say, "box:…" and "tracking:…" of `receiving` a box without its receiving order,
 * "transaction:…" and "reference:<type>/<id>" of `billing` what has no invoice yet. Ids are looked for in the body, then
 * in `data` (shipbob.md §6.4).
 */
function recognise(topic: string, body: Json): Recognised {
  const found = topics.find(({ matches }) => matches(topic))
  if (!found) return { unread: 'WEBHOOK_TOPIC_UNKNOWN' }
  const bodies = isBody(body) ? [body, body.data].filter(isBody) : []
  for (const one of bodies) {
    const id = isAbout(one, found.subject) ? found.id(one) : undefined
    if (id === undefined) continue
    const channel = channelIn(bodies)
    return { records: [{ stream: found.stream, id }], ...(channel === undefined ? {} : { channel }) }
  }
  return { unread: 'WEBHOOK_WITHOUT_ID' }
}

/**
 * How ShipBob signs deliveries: Standard Webhooks (shipbob.md §6.1, §6.2). The tolerance is not stated by ShipBob; retries
 * carry their own time, and go on for 28 hours at most (§6.3).
 */
export const webhook: SignedWebhook = {
  signature: {
    headers: {
      id: 'webhook-id',
      timestamp: 'webhook-timestamp',
      signature: 'webhook-signature',
      topic: 'x-webhook-topic',
    },
    content: ['id', 'timestamp', 'body'],
    algorithm: 'sha256',
    scheme: 'v1,',
    separator: ' ',
    keyPrefix: 'whsec_',
    toleranceSeconds: 300,
    rememberSeconds: 3 * 86_400,
  },
  // None comes today (§6.5); one that came would have to agree.
  channelHeader: 'shipbob_channel_id',
  recognise,
}
