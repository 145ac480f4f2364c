import * as z from 'zod'
import { decimal } from '../core/decimal.ts'
import { day, itemNumbers, party } from './parts.ts'

/** A retailer's sales and stock report (852). Key: trading partner and period. Quantities may be negative. */
export const productActivity = z.object({
  type: z.literal('product-activity'),
  tradingPartner: z.string(),
  startDate: day,
  endDate: day.optional(),
  handling: z.string().optional(),
  department: z.string().optional(),
  vendor: z.string().optional(),
  lines: z.array(
    z.object({
      line: z.string().optional(),
      numbers: itemNumbers,
      description: z.string().optional(),
      activities: z.array(
        z.object({
          /** QS sold, QA available, QP on order, QU returned ... */
          code: z.string(),
          quantity: decimal.optional(),
          unit: z.string().optional(),
          date: day.optional(),
          locations: z.array(
            z.object({
              location: z.string(),
              quantity: decimal.optional(),
              unit: z.string().optional(),
              price: decimal.optional(),
              currency: z.string().optional(),
            }),
          ),
        }),
      ),
    }),
  ),
})
export type ProductActivity = z.infer<typeof productActivity>

/** A stock report (846). Key: trading partner and document id. An item that is missing is not zero. */
export const inventoryAdvice = z.object({
  type: z.literal('inventory-advice'),
  tradingPartner: z.string(),
  documentId: z.string(),
  date: day.optional(),
  reportType: z.string().optional(),
  vendor: z.string().optional(),
  parties: z.array(party),
  lines: z.array(
    z.object({
      numbers: itemNumbers,
      description: z.string().optional(),
      quantities: z.array(
        z.object({
          /** 33 free to sell, QOH on hand, 29 expected, UNA none ... */
          qualifier: z.string(),
          quantity: decimal,
          unit: z.string().optional(),
          date: day.optional(),
          location: z.string().optional(),
        }),
      ),
    }),
  ),
})
export type InventoryAdvice = z.infer<typeof inventoryAdvice>
