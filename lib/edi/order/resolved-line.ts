import * as z from 'zod'
import { decimal } from '../../core/decimal.ts'

/** A line of an order as the tables resolved it. Kept in the ledger: ship notices and invoices answer in these terms. */
export const resolvedLine = z.object({
  /** The buyer's line number. */
  line: z.string(),
  item: z.string(),
  /** X12 unit as ordered, and the quantity in it. */
  unit: z.string(),
  quantity: decimal,
  erpUnit: z.string(),
  /** ERP units in one ordered unit. */
  perUnit: decimal,
  /** Base units in one ordered unit, where known. */
  eaches: decimal.optional(),
  /** Per ERP unit, in the order's currency; absent where the ERP prices the line. */
  erpPrice: decimal.optional(),
  /** What the order's price comes to per ERP unit, to six places, whoever prices the line; absent where it has none. */
  askedPrice: decimal.optional(),
  /** Quantity times price by its basis, before charges, in cents. */
  gross: decimal.optional(),
  /** Line allowances that go into the ERP as a discount of the line. */
  discount: decimal.optional(),
})
export type ResolvedLine = z.infer<typeof resolvedLine>
