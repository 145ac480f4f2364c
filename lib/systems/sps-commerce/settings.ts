import * as z from 'zod'
import type { SystemDefinition } from '../../core/system.ts'

export const settings = z.strictObject({ apiStyle: z.enum(['fulfillment', 'transactions']).default('fulfillment') })

export const system: SystemDefinition = {
  name: 'sps-commerce',
  title: 'SPS Commerce',
  settings,
  credentials: z.strictObject({ clientId: z.string(), clientSecret: z.string() }),
  storesTokens: true,
}
