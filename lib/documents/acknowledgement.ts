import * as z from 'zod'
import { decimal } from '../core/decimal.ts'
import { dated, day, itemNumbers, note, party, reference } from './parts.ts'
import { purpose } from './purchase-order.ts'

/** A supplier's answer (855) to a purchase order of ours. Key: trading partner, PO number, release, acknowledgement number. */
export const acknowledgement = z.object({
  type: z.literal('acknowledgement'),
  tradingPartner: z.string(),
  /** Our purchase order's number. */
  number: z.string(),
  release: z.string().optional(),
  /** replace (05) and change (04) take the place of the earlier answer, cancel (01) withdraws it, duplicate (07) repeats it. */
  purpose,
  purposeCode: z.string().optional(),
  /** AD and AK accepted as sent, AC with changes, AH held, RD or RJ rejected ... (sps-commerce.md 7.3). */
  acknowledgementType: z.string().optional(),
  acknowledgementNumber: z.string().optional(),
  date: day.optional(),
  /** The supplier's own order number. */
  supplierOrder: z.string().optional(),
  currency: z.string().optional(),
  /** The number that the buyer gave the supplier. */
  vendor: z.string().optional(),
  dates: z.array(dated),
  parties: z.array(party),
  references: z.array(reference),
  notes: z.array(note),
  lines: z.array(
    z.object({
      /** Our line number, as we sent it; where the supplier left it out, the item numbers decide. */
      line: z.string().optional(),
      numbers: itemNumbers,
      description: z.string().optional(),
      quantity: decimal.optional(),
      unit: z.string().optional(),
      price: decimal.optional(),
      priceBasis: z.string().optional(),
      /** Where the line stands in the document, for messages. */
      path: z.string(),
      /** One entry an outcome; quantities in `unit` of the entry. Empty = the line is repeated and nothing is said of it. */
      outcomes: z.array(
        z.object({
          /** IA accepted, IP price changed, IQ quantity changed, IB backordered, IR rejected, DR date changed ... */
          status: z.string(),
          quantity: decimal.optional(),
          unit: z.string().optional(),
          /** What `date` means: 067 delivery, 068 planned ship ... */
          dateQualifier: z.string().optional(),
          date: day.optional(),
          price: decimal.optional(),
          priceBasis: z.string().optional(),
          /** Numbers of the item sent instead. */
          substitute: itemNumbers.optional(),
        }),
      ),
    }),
  ),
})
export type Acknowledgement = z.infer<typeof acknowledgement>
