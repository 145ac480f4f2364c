/** Why a genuine delivery named no record: codes of problem-codes/pipeline.ts. */
export type UnreadReason =
  | 'WEBHOOK_TOPIC_UNKNOWN'
  | 'WEBHOOK_WITHOUT_ID'
  | 'WEBHOOK_CHANNEL_FOREIGN'
  | 'WEBHOOK_NOT_JSON'

/** What is known of a signed delivery, whatever it is about. */
export interface Delivery {
  /** The sender's id of it, the same over its repeats. */
  deliveryId: string
  /** From a header that no signature covers. */
  topic: string
  /** ISO date-time. */
  receivedAt: string
}

/** Which records to read anew. Nothing else of what came is in it. */
export type RecordsHint = { hint: 'records'; stream: string; ids: string[] } & Delivery

/** A genuine delivery that named no record of ours; kept, so that a person can see it. */
export type UnreadHint = {
  hint: 'unread'
  reason: UnreadReason
  /** What it named, of a foreign channel. */
  ids?: string[]
  /** As text and cut; never of a foreign channel, whose customers are none of our business. */
  body?: string
} & Delivery

/** What a webhook leaves behind: that something changed (a nudge), or what a signed delivery was about. */
export type Hint = { hint: 'poll' } | RecordsHint | UnreadHint
export type NamedHint = RecordsHint | UnreadHint

/** A connection as the webhook function of its system knows it. */
export interface HintTarget {
  /** Of a nudge the secret whose value says which paths are genuine, else the one of signatures. */
  secretArn: string
  queueUrl: string
  /** Seconds before a poll sees what a hint is about (infra/hints.ts). */
  delaySeconds: number
  /** Of a signed webhook: ids of the channels whose deliveries are taken; none = every channel's are. */
  channels?: readonly number[]
}

/** What the template tells a webhook function. */
export interface WebhookEnvironment {
  /** JSON of its targets by connection. */
  CONNECTIONS: string
  /** Where delivery ids are remembered; only where deliveries are signed. */
  STATE_TABLE?: string
}

/**
 * A nudge that waits in the queue stands for everything that happens in the next milliseconds too: its poll comes later
 * than a poll for those would have to. Odoo sends thirteen identical calls for one record, one after the other, while
 * its user waits (odoo.md §4.7). The delay of a queue counts this time in.
 */
export const sharedHintMs = 1000
