import * as z from 'zod'
import { decimal } from '../core/decimal.ts'
import { dated, day, itemNumbers, party, reference } from './parts.ts'
import { purpose } from './purchase-order.ts'

/** Goods that a supplier says are on their way (856 in). Key: trading partner and shipment number. */
export const advanceShipNotice = z.object({
  type: z.literal('advance-ship-notice'),
  tradingPartner: z.string(),
  /** ShipmentIdentification: the supplier's own number of the shipment. */
  shipment: z.string(),
  /** replace (05) takes the place of the earlier notice, cancel (01) withdraws it, duplicate (07) repeats it. */
  purpose,
  purposeCode: z.string().optional(),
  /** The number that the buyer gave the supplier, where every order of the shipment has the same. */
  vendor: z.string().optional(),
  shipDate: day.optional(),
  deliveryDate: day.optional(),
  billOfLading: z.string().optional(),
  carrierPro: z.string().optional(),
  carrier: z.object({ scac: z.string().optional(), routing: z.string().optional() }).optional(),
  dates: z.array(dated),
  parties: z.array(party),
  references: z.array(reference),
  orders: z.array(
    z.object({
      /** Our purchase order's number. */
      number: z.string(),
      release: z.string().optional(),
      lines: z.array(
        z.object({
          /** Our line number where the supplier returned it. */
          line: z.string().optional(),
          numbers: itemNumbers,
          description: z.string().optional(),
          /** As ordered, in the unit of the order; not necessarily `unit`. */
          ordered: decimal.optional(),
          /** In `unit`. 0 = the supplier names the line and sends nothing of it. */
          shipped: decimal,
          unit: z.string().optional(),
          /** AC shipped, BP part shipped, IB on backorder ... as sent. */
          status: z.string().optional(),
          lot: z.string().optional(),
          serial: z.string().optional(),
          expires: day.optional(),
          /** SSCC (18 or 20 digits) or the supplier's own number of the carton the goods are in. */
          pack: z.string().optional(),
          tracking: z.string().optional(),
          /** Where the line stands in the document, for messages. */
          path: z.string(),
        }),
      ),
    }),
  ),
})
export type AdvanceShipNotice = z.infer<typeof advanceShipNotice>
