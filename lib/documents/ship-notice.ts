import * as z from 'zod'
import { decimal } from '../core/decimal.ts'
import { erpItem, erpLocation, erpOrder } from './erp-order.ts'
import { contactIds, day, party } from './parts.ts'

/** A shipment of the ERP with the orders, items and ship-to places it refers to: what a ship notice (856) is built from. */
export const shipNotice = z.object({
  type: z.literal('ship-notice'),
  number: z.string(),
  contactIds,
  /** "Shipment", "Transfer" ... and "Issue", "Receipt". */
  kind: z.string(),
  operation: z.string(),
  status: z.string(),
  customer: z.string().optional(),
  location: z.string().optional(),
  warehouse: z.string().optional(),
  shipDate: day.optional(),
  shipVia: z.string().optional(),
  /** Of the shipment as a whole, where packages have none of their own: as written, several in one text. */
  tracking: z.string().optional(),
  fobPoint: z.string().optional(),
  shipTo: party.optional(),
  lines: z.array(
    z.object({
      line: z.string(),
      orderType: z.string().optional(),
      order: z.string().optional(),
      orderLine: z.string().optional(),
      item: z.string(),
      /** In `unit`, the order line's unit. */
      shipped: decimal,
      ordered: decimal.optional(),
      open: decimal.optional(),
      unit: z.string().optional(),
      description: z.string().optional(),
      /** Allocations; quantities in the item's base unit. Contents of packages refer to `split`. */
      splits: z.array(
        z.object({
          split: z.string(),
          item: z.string(),
          quantity: decimal,
          unit: z.string().optional(),
          lot: z.string().optional(),
        }),
      ),
    }),
  ),
  packages: z.array(
    z.object({
      line: z.string().optional(),
      box: z.string().optional(),
      tracking: z.string().optional(),
      weight: decimal.optional(),
      weightUnit: z.string().optional(),
      /** CustomRefNbr1, CustomRefNbr2 and custom fields by name: one of them may hold the SSCC. */
      references: z.record(z.string(), z.string()),
      /** In the item's base unit. Empty where the warehouse did not record contents. */
      contents: z.array(
        z.object({
          item: z.string(),
          quantity: decimal,
          unit: z.string().optional(),
          split: z.string().optional(),
          lot: z.string().optional(),
        }),
      ),
    }),
  ),
  orders: z.array(erpOrder),
  items: z.array(erpItem),
  locations: z.array(erpLocation),
})
export type ShipNotice = z.infer<typeof shipNotice>
