import * as z from 'zod'
import { decimal } from '../core/decimal.ts'
import { contactIds } from './parts.ts'

/** Goods that a purchase order brings to one of our warehouses: what the warehouse is told to expect. */
export const inboundOrder = z.object({
  type: z.literal('inbound-order'),
  /** The purchase order's number. */
  number: z.string(),
  contactIds,
  /** draft: not placed yet; received: nothing more is expected; deleted: the record is gone from the ERP. */
  state: z.enum(['draft', 'placed', 'received', 'cancelled', 'deleted']),
  /** The vendor's reference, or its database id where it has none. */
  vendor: z.string().optional(),
  vendorName: z.string().optional(),
  /** The vendor's own number of the order. */
  vendorReference: z.string().optional(),
  /** Code of the warehouse that the goods go to. Absent for a drop-shipment. */
  warehouse: z.string().optional(),
  /** True where the vendor sends the goods to somebody else. */
  dropShip: z.boolean(),
  /** ISO date-time (UTC) at which the goods are expected. */
  expectedAt: z.string().optional(),
  carrier: z.string().optional(),
  /** Lines that bring goods; services, notes and kits' headings are left out. */
  lines: z.array(
    z.object({
      /** The ERP's own id of the line; of a kit's component with the component's id behind it ("71/42"). */
      line: z.string(),
      productId: z.string(),
      item: z.string().optional(),
      barcode: z.string().optional(),
      description: z.string().optional(),
      tracking: z.enum(['none', 'lot', 'serial']),
      /** Ordered, in the product's own unit. */
      quantity: decimal,
      /** Received so far, in the same unit. */
      received: decimal,
      unit: z.string().optional(),
    }),
  ),
  /** Cartons that were announced (by a ship notice, or by hand on the receipt); empty where nobody has. */
  boxes: z.array(
    z.object({
      /** Tracking number or carton id. */
      tracking: z.string().optional(),
      lines: z.array(
        z.object({
          productId: z.string(),
          item: z.string().optional(),
          /** In the product's own unit. */
          quantity: decimal,
          lot: z.string().optional(),
          /** YYYY-MM-DD. */
          expires: z.string().optional(),
        }),
      ),
    }),
  ),
})
export type InboundOrder = z.infer<typeof inboundOrder>
