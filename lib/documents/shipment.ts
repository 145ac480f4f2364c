import * as z from 'zod'
import { decimal } from '../core/decimal.ts'
import { day } from './parts.ts'

/**
 * A shipment by the warehouse that fulfils an order, in its present state. Key: the warehouse's shipment id. A split
 * order has several.
 */
export const shipment = z.object({
  type: z.literal('shipment'),
  id: z.string(),
  /** The warehouse's own id of the order. */
  orderId: z.string(),
  /** The order as its seller named it ("SO-2026-1187"): what it is found by in the ERP. */
  reference: z.string().optional(),
  /** The number that a customer sees. */
  orderNumber: z.string().optional(),
  /** The sales channel's id: who may tell us about the order. */
  channel: z.string().optional(),
  /** shipped: labelled or handed over, so the goods have left the shelf. Anything not known is open. */
  state: z.enum(['open', 'shipped', 'exception', 'on-hold', 'cancelled']),
  /** The warehouse's own words for the state and its details, for people. */
  status: z.string(),
  details: z.array(
    z.object({
      code: z.string().optional(),
      name: z.string(),
      description: z.string().optional(),
      item: z.string().optional(),
    }),
  ),
  /** True where the carrier says so; `deliveryTrouble` where it says that it could not. */
  delivered: z.boolean(),
  deliveryTrouble: z.boolean(),
  /** ISO date-times (UTC). */
  shippedAt: z.string().optional(),
  deliveredAt: z.string().optional(),
  /** The fulfilment centre it left from. */
  centre: z.object({ id: z.string(), name: z.string().optional() }).optional(),
  tracking: z
    .object({
      carrier: z.string().optional(),
      service: z.string().optional(),
      number: z.string().optional(),
      url: z.string().optional(),
    })
    .optional(),
  lines: z.array(
    z.object({
      /** As ordered; may be a bundle. */
      item: z.string().optional(),
      productId: z.string().optional(),
      name: z.string().optional(),
      /** What was taken from the shelves for it: the product itself, or a bundle's components. */
      goods: z.array(
        z.object({
          /** The warehouse's inventory id. */
          inventory: z.string(),
          name: z.string().optional(),
          quantity: decimal,
          lot: z.string().optional(),
          expires: day.optional(),
          serials: z.array(z.string()),
        }),
      ),
      path: z.string(),
    }),
  ),
})
export type Shipment = z.infer<typeof shipment>
