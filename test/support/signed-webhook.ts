import { createHmac } from 'node:crypto'
import type { Json } from '../../lib/core/exchange.ts'
import type { SignedWebhook } from '../../lib/core/webhook.ts'
import type { WebhookRequest } from '../../lib/pipeline/hint-request.ts'

/** A system that signs as Standard Webhooks has it: what the intake knows of a system, without one. */
export const toyWebhook: SignedWebhook = {
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
  channelHeader: 'shop_channel_id',
  recognise(topic, body) {
    if (!topic.startsWith('order.')) return { unread: 'WEBHOOK_TOPIC_UNKNOWN' }
    const { id, channel } = body as { id?: Json; channel?: Json }
    if (id === undefined) return { unread: 'WEBHOOK_WITHOUT_ID' }
    const records = [id].flat().map((one) => ({ stream: 'orders', id: String(one) }))
    return { records, ...(channel === undefined ? {} : { channel: String(channel) }) }
  },
}

/** `whsec_` with 24 bytes. */
export const toySecret = `whsec_${Buffer.alloc(24, 7).toString('base64')}`

/** A signature as a sender makes it; `secret` is the text with its prefix. */
export function signatureOf(secret: string, id: string, timestamp: string, body: string | Uint8Array): string {
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64')
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.`).update(body).digest('base64')}`
}

/** A delivery as API Gateway gives it to the function. */
export function delivery(
  options: {
    id?: string
    /** Epoch milliseconds of its sending. */
    at?: number
    body?: string
    topic?: string
    secret?: string
    connection?: string
    headers?: Record<string, string>
  } = {},
): WebhookRequest {
  const {
    id = 'msg_1',
    at = 1_789_372_800_000,
    body = '{"id":7}',
    topic = 'order.shipped',
    secret = toySecret,
  } = options
  const timestamp = String(Math.floor(at / 1000))
  return {
    rawPath: `/webhook/${options.connection ?? 'shop'}`,
    headers: {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': timestamp,
      'webhook-signature': signatureOf(secret, id, timestamp, body),
      'x-webhook-topic': topic,
      ...options.headers,
    },
    body,
    isBase64Encoded: false,
    requestContext: { http: { method: 'POST' }, timeEpoch: at },
  }
}
