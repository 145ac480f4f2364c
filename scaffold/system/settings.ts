import * as z from 'zod'
import type { SystemDefinition } from '../../lib/core/system.ts'

/** Settings of an Example connection; every default is here. */
export const settings = z.strictObject({
  baseUrl: z.url({ protocol: /^https?$/ }).transform((url) => url.replace(/\/+$/, '')),
  /** Records asked for at a time. */
  pageSize: z.number().int().min(1).max(1000).default(100),
  requestTimeoutSeconds: z.number().int().min(5).max(300).default(30),
})

export type Settings = z.output<typeof settings>

/** The connection's secret. */
export const credentials = z.strictObject({ apiKey: z.string().min(1) })

export const system: SystemDefinition = {
  name: 'example',
  title: 'Example',
  settings,
  credentials,
  storesTokens: false,
}
