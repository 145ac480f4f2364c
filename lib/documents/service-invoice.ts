import * as z from 'zod'
import { decimal } from '../core/decimal.ts'
import { day } from './parts.ts'

/** An invoice of a service provider (a warehouse's weekly bill) with every charge on it. Key: the provider's number. */
export const serviceInvoice = z.object({
  type: z.literal('service-invoice'),
  number: z.string(),
  /** The provider's own word for the kind ("Shipping", "WarehouseStorage", "Payment"). */
  kind: z.string(),
  /** False for what is no invoice although it is listed as one (a payment, a balance adjustment). */
  billable: z.boolean(),
  date: day,
  currency: z.string(),
  /** As invoiced, in `currency`; negative for a credit. */
  amount: decimal,
  charges: z.array(
    z.object({
      id: z.string(),
      /** The provider's name of the fee. */
      fee: z.string(),
      kind: z.enum(['charge', 'refund', 'credit', 'payment', 'adjustment', 'other']),
      /** Signed, in the invoice's currency, without `taxes`: both together are what it adds to the invoice. */
      amount: decimal,
      currency: z.string(),
      taxes: z.array(z.object({ name: z.string(), rate: decimal.optional(), amount: decimal })),
      date: day.optional(),
      /** What it is for: a shipment, a return, a receiving order, or nothing (storage). */
      referenceType: z.string().optional(),
      reference: z.string().optional(),
      centre: z.string().optional(),
      path: z.string(),
    }),
  ),
})
export type ServiceInvoice = z.infer<typeof serviceInvoice>
