import * as z from 'zod'
import type { SystemDefinition } from '../../core/system.ts'

export const settings = z.strictObject({ baseUrl: z.url() })

export const system: SystemDefinition = {
  name: 'acumatica',
  title: 'Acumatica',
  settings,
  credentials: z.strictObject({ clientId: z.string(), clientSecret: z.string() }),
  storesTokens: true,
}
