import type { Json } from './exchange.ts'

/**
 * How a system signs its deliveries. Header names in lower case. What is signed is the parts joined by a full stop, the
 * body as the bytes that came.
 */
export interface WebhookSignature {
  headers: { id: string; timestamp: string; signature: string; topic: string }
  /** Order of what is signed. */
  content: readonly ('id' | 'timestamp' | 'body')[]
  algorithm: 'sha256'
  /** Text before each signature in the header ("v1,"); others are other schemes and are passed over. */
  scheme: string
  /** What separates several signatures in the header. */
  separator: string
  /** Text before the key in the secret ("whsec_"); what follows is base64. */
  keyPrefix: string
  /** How far the timestamp may be from our clock, both ways. */
  toleranceSeconds: number
  /** Longer than the sender repeats a delivery: for so long its id is remembered. */
  rememberSeconds: number
}

/** What a delivery that is genuine says: which records to read anew, never what is in them. */
export type Recognised =
  | {
      records: readonly { stream: string; id: string }[]
      /** The channel named in the body; checked against the connection's list. */
      channel?: string
    }
  /** Nothing we could read: kept with its reason and shown to people. */
  | { unread: 'WEBHOOK_TOPIC_UNKNOWN' | 'WEBHOOK_WITHOUT_ID' }

/** Everything the intake has to know of a system's webhooks. Nothing heavy is imported by it. */
export interface SignedWebhook {
  signature: WebhookSignature
  /** Name of a header, in lower case, that must agree with the body's channel and the connection's list where it comes. */
  channelHeader?: string
  recognise(topic: string, body: Json): Recognised
}
