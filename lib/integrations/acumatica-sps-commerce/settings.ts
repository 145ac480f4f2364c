import * as z from 'zod'
import { ConfigurationError } from '../../core/failures.ts'
import { reportSettings } from '../../edi/reports/settings.ts'

const itemField = z.string().regex(/^(custom\.\w+\.)?\w+$/, 'write a field of StockItem, or custom.<View>.<Field>')

const schema = z.strictObject({
  /** Acumatica order type where neither the partner's row nor the codes table names one. */
  orderType: z.string().min(1).max(2).default('SO'),
  /** WarehouseID of order lines where the partner's row names none; Acumatica's own default where absent. */
  warehouse: z.string().min(1).optional(),
  /** New orders begin on hold; the writer takes them off after it has read back what stands there. */
  holdNewOrders: z.boolean().default(true),
  ...reportSettings(itemField),
})

/** Settings of one instance of this integration. Partner-specific policy is in the partners table. */
export type Settings = z.output<typeof schema>

/** Validates the settings; throws ConfigurationError with every problem and its path. */
export function parseSettings(raw: unknown, path: string): Settings {
  const parsed = schema.safeParse(raw ?? {})
  if (parsed.success) return parsed.data
  throw new ConfigurationError(
    parsed.error.issues.map((issue) => ({
      code: 'CONFIGURATION',
      message: issue.message,
      path: [path, ...issue.path.map(String)].filter((p) => p !== '').join('.'),
    })),
  )
}
