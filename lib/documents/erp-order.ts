import * as z from 'zod'
import { decimal } from '../core/decimal.ts'
import { day, party } from './parts.ts'

/** A sales order of the ERP, as far as ship notices and invoices need it. */
export const erpOrder = z.object({
  orderType: z.string(),
  number: z.string(),
  status: z.string().optional(),
  customer: z.string().optional(),
  location: z.string().optional(),
  /** The customer's own order number. */
  customerOrder: z.string().optional(),
  /** Our reference ("SPS:3F1HARBORPINE:4500187734"); set only on orders that came through this pipeline. */
  externalRef: z.string().optional(),
  date: day.optional(),
  currency: z.string().optional(),
  shipTo: party.optional(),
  lines: z.array(
    z.object({
      line: z.string(),
      item: z.string(),
      /** The customer's part number. */
      alternateId: z.string().optional(),
      /** The buyer's line number. */
      externalRef: z.string().optional(),
      quantity: decimal.optional(),
      unit: z.string().optional(),
      unitPrice: decimal.optional(),
      description: z.string().optional(),
    }),
  ),
})
export type ErpOrder = z.infer<typeof erpOrder>

/** A stock item with the numbers others use for it and its unit conversions. */
export const erpItem = z.object({
  item: z.string(),
  description: z.string().optional(),
  baseUnit: z.string().optional(),
  kit: z.boolean(),
  crossReferences: z.array(
    z.object({ id: z.string(), kind: z.string(), party: z.string().optional(), unit: z.string().optional() }),
  ),
  /** `quantity in from` × factor (or ÷ factor) = quantity in `to` (the base unit). */
  conversions: z.array(
    z.object({ from: z.string(), to: z.string(), operation: z.enum(['multiply', 'divide']), factor: decimal }),
  ),
})
export type ErpItem = z.infer<typeof erpItem>

/** A customer's ship-to place; `externalRef` is the retailer's store or DC number. */
export const erpLocation = z.object({
  customer: z.string(),
  location: z.string(),
  name: z.string().optional(),
  externalRef: z.string().optional(),
  address: party.optional(),
})
export type ErpLocation = z.infer<typeof erpLocation>
