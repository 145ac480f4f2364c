import * as z from 'zod'
import { decimal } from '../core/decimal.ts'
import { day } from './parts.ts'

/**
 * How far a warehouse is with a receiving order: totals as they now stand, never differences. Key: the warehouse's id of
 * the receiving order.
 */
export const receivingProgress = z.object({
  type: z.literal('receiving-progress'),
  id: z.string(),
  /** The purchase order's number as we, or whoever made the receiving order, wrote it. */
  order: z.string().optional(),
  /** incomplete: the warehouse's word, without a stated meaning. completed does not mean that everything came. */
  state: z.enum(['awaiting', 'arrived', 'processing', 'completed', 'incomplete', 'cancelled', 'unknown']),
  status: z.string(),
  /** ISO date-time (UTC) of the last change. */
  updatedAt: z.string().optional(),
  centre: z.object({ id: z.string(), name: z.string().optional() }).optional(),
  /** True where the warehouse was told that the ERP holds it: nothing is left to be told. */
  markedReceived: z.boolean().optional(),
  lines: z.array(
    z.object({
      /** The warehouse's inventory id. */
      inventory: z.string(),
      item: z.string().optional(),
      expected: decimal,
      /** Counted; may lag behind or run ahead of `stowed`. */
      received: decimal,
      /** On the shelf: what counts. */
      stowed: decimal,
      /** Of `stowed`, by lot; empty where the goods have none. Sums to `stowed` unless the warehouse disagrees with itself. */
      lots: z.array(z.object({ lot: z.string(), expires: day.optional(), stowed: decimal })),
      path: z.string(),
    }),
  ),
})
export type ReceivingProgress = z.infer<typeof receivingProgress>

/** Goods that came to a warehouse and belong to no receiving order, or to more than one was told (a URO). */
export const unidentifiedReceipt = z.object({
  type: z.literal('unidentified-receipt'),
  id: z.string(),
  completed: z.boolean(),
  order: z.string().optional(),
  receivingOrder: z.string().optional(),
  tracking: z.string().optional(),
  centre: z.object({ id: z.string(), name: z.string().optional() }).optional(),
  description: z.string().optional(),
})
export type UnidentifiedReceipt = z.infer<typeof unidentifiedReceipt>
