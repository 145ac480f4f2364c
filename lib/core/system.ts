import type * as z from 'zod'

/** What the configuration, the template and the CLI need to know of a system; no network code is behind it. */
export interface SystemDefinition {
  name: string
  /** For people: "SPS Commerce". */
  title: string
  /** Schema of the connection's `settings`. Every default is in it. */
  settings: z.ZodType
  /** Schema of the connection's secret: what `creds set` asks for. */
  credentials: z.ZodType
  /** True where the system issues tokens that are stored (a second, writable secret per connection). */
  storesTokens: boolean
  /** Absent where the system cannot tell us that something changed. */
  webhook?: WebhookDefinition
}

/** How a system tells that something changed. */
export type WebhookDefinition = NudgeDefinition | SignedDefinition

/**
 * A nudge is a call to a secret URL and nothing more: it is believed to come from the system, what it says is not, and
 * the connection is polled.
 */
export interface NudgeDefinition {
  kind: 'nudge'
  /**
   * Whole seconds after such a call until a poll is sure to see what it was about; a reader may leave the newest rows to
   * the next poll.
   * @param settings the connection's, validated
   */
  settleSeconds(settings: Readonly<Record<string, unknown>>): number
}

/**
 * A signed delivery names records (core/webhook.ts): they are read anew, and nothing else of it is believed. The secret
 * is agreed with the system when a subscription is registered; until then nobody is let in.
 */
export interface SignedDefinition {
  kind: 'signed'
  /**
   * Whole seconds after a delivery until the record read anew is sure to show it.
   * @param settings the connection's, validated
   */
  settleSeconds(settings: Readonly<Record<string, unknown>>): number
  /**
   * Ids of the channels whose deliveries are taken; none = every channel's are.
   * @param settings the connection's, validated
   */
  channels(settings: Readonly<Record<string, unknown>>): readonly number[]
}
