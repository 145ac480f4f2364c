import * as z from 'zod'
import { decimal } from '../core/decimal.ts'
import { day, itemNumbers, party, reference } from './parts.ts'
import { purpose } from './purchase-order.ts'

/** What a warehouse has taken in (944). Key: trading partner and warehouse receipt id. */
export const warehouseReceipt = z.object({
  type: z.literal('warehouse-receipt'),
  tradingPartner: z.string(),
  receipt: z.string(),
  /** A 944 has no purpose of its own in the structure: original, unless one is sent all the same. */
  purpose,
  purposeCode: z.string().optional(),
  /** What is reported: F full detail, J first report, B stock transfer, C customer return (as sent). */
  reporting: z.string().optional(),
  /** Our transfer or purchase order that the goods came for (DepositorOrderNumber). */
  order: z.string().optional(),
  /** The shipment as its sender named it. */
  shipment: z.string().optional(),
  /** Day of receipt. */
  date: day.optional(),
  parties: z.array(party),
  references: z.array(reference),
  lines: z.array(
    z.object({
      line: z.string().optional(),
      numbers: itemNumbers,
      description: z.string().optional(),
      /** What the sender said was shipped; absent where a line had to be split by lots. */
      shipped: decimal.optional(),
      unit: z.string().optional(),
      lot: z.string().optional(),
      serial: z.string().optional(),
      expires: day.optional(),
      /** SSCC (18 or 20 digits) or the warehouse's own number of the pack the goods came in. */
      pack: z.string().optional(),
      outcomes: z.array(
        z.object({
          /** 07 good, 01 damaged, 02 short, 03 over, 05 wrong product, 09 on hold (sps-commerce.md 7.7). */
          condition: z.string(),
          quantity: decimal,
          unit: z.string().optional(),
          reason: z.string().optional(),
        }),
      ),
      path: z.string(),
    }),
  ),
  totals: z.object({ received: decimal.optional(), shipped: decimal.optional(), damagedOrHeld: decimal.optional() }),
})
export type WarehouseReceipt = z.infer<typeof warehouseReceipt>
