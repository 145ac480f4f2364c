/**
 * What a webhook leaves behind: that something changed, never what. Nothing that came over the network is in it; the
 * poller reads the source as it does on its schedule. A hint that names one record would be another member here.
 */
export type Hint = { hint: 'poll' }

/** A connection as the webhook function of its system knows it. */
export interface HintTarget {
  /** The secret whose value says which paths are genuine. */
  secretArn: string
  queueUrl: string
  /** Seconds before a poll sees what a hint is about (infra/hints.ts). */
  delaySeconds: number
}

/** What the template tells a webhook function: `CONNECTIONS`, JSON of its targets by connection. */
export interface WebhookEnvironment {
  CONNECTIONS: string
}

/**
 * A hint that waits in the queue stands for everything that happens in the next milliseconds too: its poll comes later
 * than a poll for those would have to. Odoo sends thirteen identical calls for one record, one after the other, while
 * its user waits (odoo.md §4.7). The delay of a queue counts this time in.
 */
export const sharedHintMs = 1000
