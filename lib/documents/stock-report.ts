import * as z from 'zod'
import { decimal } from '../core/decimal.ts'

/** What the ERP has in stock at one moment: what an 846 that we send is built from. Items without stock are listed with 0. */
export const stockReport = z.object({
  type: z.literal('stock-report'),
  /** The report's own number: connection-wide unique, sorts by time. */
  number: z.string(),
  /** ISO date-time of the source's clock. */
  at: z.string(),
  /** Warehouse code where the report is of one warehouse; absent = of all. */
  warehouse: z.string().optional(),
  lines: z.array(
    z.object({
      item: z.string(),
      barcode: z.string().optional(),
      description: z.string().optional(),
      unit: z.string().optional(),
      onHand: decimal,
      /** On hand less what is reserved. */
      free: decimal,
      incoming: decimal.optional(),
      outgoing: decimal.optional(),
      active: z.boolean(),
    }),
  ),
})
export type StockReport = z.infer<typeof stockReport>
