import * as z from 'zod'
import { decimal } from '../core/decimal.ts'
import { erpItem } from './erp-order.ts'
import { contactIds, day, note, party } from './parts.ts'

/** A purchase order that the ERP has placed with a vendor: what an 850 that we send is built from. */
export const erpPurchaseOrder = z.object({
  type: z.literal('erp-purchase-order'),
  number: z.string(),
  contactIds,
  /** draft: not placed yet; placed; cancelled; deleted: the record is gone from the ERP. */
  state: z.enum(['draft', 'placed', 'cancelled', 'deleted']),
  /** The vendor as the partners table names it: the contact's reference, or its database id where it has none. */
  vendor: z.string().optional(),
  vendorName: z.string().optional(),
  /** The vendor's own number of the order. */
  vendorReference: z.string().optional(),
  /** Our reference where the order came through this pipeline ("SPS:..."). */
  externalRef: z.string().optional(),
  company: z.string().optional(),
  warehouse: z.string().optional(),
  date: day.optional(),
  /** Latest day on which the goods are expected. */
  plannedDate: day.optional(),
  currency: z.string().optional(),
  paymentTerms: z.string().optional(),
  incoterm: z.string().optional(),
  buyer: z.string().optional(),
  parties: z.array(party),
  notes: z.array(note),
  /** Without tax, in the order's currency. */
  amount: decimal.optional(),
  tax: decimal.optional(),
  total: decimal.optional(),
  lines: z.array(
    z.object({
      /** The ERP's own id of the line: stays the same while others come and go. */
      line: z.string(),
      /** The other side's line number, where the order came from there. */
      externalRef: z.string().optional(),
      item: z.string().optional(),
      vendorPart: z.string().optional(),
      barcode: z.string().optional(),
      description: z.string().optional(),
      quantity: decimal,
      received: decimal.optional(),
      unit: z.string().optional(),
      unitPrice: decimal,
      /** Percent, 0 to 100. */
      discount: decimal.optional(),
      plannedDate: day.optional(),
    }),
  ),
  items: z.array(erpItem),
})
export type ErpPurchaseOrder = z.infer<typeof erpPurchaseOrder>
