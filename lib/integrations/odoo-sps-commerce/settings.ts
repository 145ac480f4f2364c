import * as z from 'zod'
import { ConfigurationError } from '../../core/failures.ts'
import { reportSettings } from '../../edi/reports/settings.ts'

export const orderModels = ['purchase.order', 'purchase.requisition', 'sale.order'] as const

const productField = z.string().regex(/^[a-z_][a-z0-9_]*$/, 'write a field of product.product, such as x_partner_stock')

const schema = z.strictObject({
  /** What an 850 becomes where the partner's row names no role: the requirement's purchase order. */
  orderModel: z.enum(orderModels).default('purchase.order'),
  /** Orders confirmed as soon as they stand in Odoo as they were sent; the others wait as drafts for a person. */
  confirm: z.array(z.enum(orderModels)).default(['sale.order']),
  /** Warehouse code of orders where the partner's row names none. */
  warehouse: z.string().min(1).optional(),
  /** Company of orders, by name or id; the connection's first one where absent. */
  company: z.string().min(1).optional(),
  /** 855 for what Odoo took: once the order is confirmed there, or as soon as it was created. */
  acknowledge: z.enum(['confirmed', 'created']).default('confirmed'),
  /** Deliveries and invoices of orders that people entered for a trading partner: sent like the others, or not at all. */
  ordersByHand: z.enum(['send', 'skip']).default('send'),
  /** Internal reference of the product that stands for freight, where charges of an order are applied. */
  freightItem: z.string().min(1).optional(),
  /** How far untaxed totals in Odoo may be from what was sent, in the order's currency. */
  totalTolerance: z
    .string()
    .regex(/^\d+(\.\d+)?$/, 'must be a decimal number such as 0.05')
    .default('0'),
  /** What an 855 may change in a purchase order. note: told in the order's history; hold: a person decides. */
  answers: z
    .strictObject({
      dates: z.enum(['write', 'note', 'hold']).default('write'),
      prices: z.enum(['write', 'note', 'hold']).default('note'),
      quantities: z.enum(['write', 'note', 'hold']).default('note'),
      rejected: z.enum(['note', 'cancel', 'hold']).default('note'),
      /** Confirm a draft that the supplier accepted as it was ordered. */
      confirmAccepted: z.boolean().default(false),
    })
    .prefault({}),
  receipts: z
    .strictObject({
      /** Which document books goods; the other one announces them, so nothing is booked twice. */
      validatedBy: z.enum(['warehouse-receipt', 'ship-notice', 'nobody']).default('warehouse-receipt'),
      /** Location for damaged and held goods; without one such a receipt waits for a person. */
      quarantine: z.string().min(1).optional(),
    })
    .prefault({}),
  stock: z
    .strictObject({
      /** Which quantity an 846 tells: free to sell, or everything on hand. */
      quantity: z.enum(['free', 'on-hand']).default('free'),
      /** listed: items the items table has a row for of that partner; all: every item of the report. */
      items: z.enum(['listed', 'all']).default('listed'),
    })
    .prefault({}),
  ...reportSettings(productField),
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
