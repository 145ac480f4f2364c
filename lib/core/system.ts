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

/**
 * How a system tells that something changed. A nudge is a call to a secret URL and nothing more: it is believed to come
 * from the system, what it says is not, and the connection is polled.
 */
export interface WebhookDefinition {
  kind: 'nudge'
  /**
   * Whole seconds after such a call until a poll is sure to see what it was about; a reader may leave the newest rows to
   * the next poll.
   * @param settings the connection's, validated
   */
  settleSeconds(settings: Readonly<Record<string, unknown>>): number
}
