import * as z from 'zod'
import { decimal } from '../core/decimal.ts'
import { erpItem, erpLocation, erpOrder } from './erp-order.ts'
import { contactIds, day } from './parts.ts'

/** An order in the ERP that a customer's 850 became, as it stands now: what an 855 answers from. */
export const receivedOrder = z.object({
  type: z.literal('received-order'),
  /** "sale.order", "purchase.order" or "purchase.requisition": what the 850 became. */
  kind: z.string(),
  contactIds,
  state: z.enum(['draft', 'confirmed', 'cancelled', 'deleted']),
  /** The day the goods are promised to leave or to come. */
  promisedDate: day.optional(),
  order: erpOrder,
  /** Quantities and prices as the ERP has them now; unit prices before tax and after discount. */
  accepted: z.array(
    z.object({
      line: z.string(),
      externalRef: z.string().optional(),
      item: z.string().optional(),
      quantity: decimal,
      unit: z.string().optional(),
      unitPrice: decimal,
      promisedDate: day.optional(),
    }),
  ),
  items: z.array(erpItem),
  locations: z.array(erpLocation),
})
export type ReceivedOrder = z.infer<typeof receivedOrder>
