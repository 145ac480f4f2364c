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
}
