import * as z from 'zod'
import { decimal } from '../core/decimal.ts'
import { day } from './parts.ts'

/** Goods that came back to a warehouse, and what it did with them. Key: the warehouse's id of the return. */
export const customerReturn = z.object({
  type: z.literal('customer-return'),
  id: z.string(),
  /** The RMA number. A parcel that could not be delivered has none of ours. */
  reference: z.string().optional(),
  kind: z.enum(['regular', 'return-to-sender']),
  state: z.enum(['awaiting', 'arrived', 'processing', 'completed', 'cancelled', 'unknown']),
  status: z.string(),
  /** The shipment that comes back, and the order as its seller named it. */
  shipment: z.string().optional(),
  order: z.string().optional(),
  channel: z.string().optional(),
  tracking: z.string().optional(),
  centre: z.object({ id: z.string(), name: z.string().optional() }).optional(),
  /** ISO date-time (UTC). */
  completedAt: z.string().optional(),
  lines: z.array(
    z.object({
      /** The warehouse's inventory id. */
      inventory: z.string(),
      item: z.string().optional(),
      barcodes: z.array(z.string()),
      name: z.string().optional(),
      expected: decimal,
      /** SKU of the bundle it was sold in. */
      bundle: z.string().optional(),
      lot: z.string().optional(),
      expires: day.optional(),
      /** What was done. The sum may differ from `expected`. `other`: a word nobody knows. */
      outcomes: z.array(
        z.object({
          action: z.enum(['restock', 'quarantine', 'dispose', 'other']),
          word: z.string(),
          quantity: decimal,
          reason: z.string().optional(),
          image: z.string().optional(),
        }),
      ),
      path: z.string(),
    }),
  ),
})
export type CustomerReturn = z.infer<typeof customerReturn>
