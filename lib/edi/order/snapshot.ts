import * as z from 'zod'
import { decimal } from '../../core/decimal.ts'
import type { Json } from '../../core/exchange.ts'
import { charge, itemNumbers, note } from '../../documents/parts.ts'
import { type PurchaseOrderLine, purchaseOrder, purchaseOrderLine } from '../../documents/purchase-order.ts'
import { type ResolvedLine, resolvedLine } from './resolved-line.ts'

/** A line of the order as it now stands: what the buyer asked for, and what the tables made of it. */
const snapshotLine = z.object({
  ...purchaseOrderLine.pick({
    line: true,
    description: true,
    price: true,
    priceBasis: true,
    packSize: true,
    split: true,
  }).shape,
  numbers: itemNumbers,
  /** Charges and allowances of the line, so that a change that repeats them is no change. */
  charges: z.array(charge).default([]),
  resolved: resolvedLine,
})
export type SnapshotLine = z.infer<typeof snapshotLine>

/** What is kept of a line. */
export const snapshotLineOf = (ordered: PurchaseOrderLine, resolved: ResolvedLine): SnapshotLine => {
  const { line, numbers, description, price, priceBasis, packSize, split, charges } = ordered
  return { line, numbers, description, price, priceBasis, packSize, split, charges, resolved }
}

/** One order in the ERP: one for the whole purchase order, or one for each store. */
const erpPart = z.object({
  externalRef: z.string(),
  store: z.string().optional(),
  location: z.string().optional(),
  /** Share of each line, in its ordered unit. */
  lines: z.array(z.object({ line: z.string(), quantity: decimal })),
})
export type ErpPart = z.infer<typeof erpPart>

/**
 * The order as it now stands. Kept in the ledger with the document that made it so; changes, acknowledgements, ship
 * notices and invoices answer in its terms (line numbers, units, department, vendor, places).
 */
export const orderSnapshot = z.object({
  ...purchaseOrder.pick({
    tradingPartner: true,
    number: true,
    release: true,
    date: true,
    orderType: true,
    currency: true,
    department: true,
    division: true,
    vendor: true,
    customerOrder: true,
    fulfilment: true,
    dates: true,
    parties: true,
    terms: true,
    carrier: true,
    fob: true,
    references: true,
    envelope: true,
  }).shape,
  /** As in the order: what a change repeats of them is no change. */
  charges: z.array(charge).default([]),
  notes: z.array(note).default([]),
  customer: z.string(),
  erpOrderType: z.string(),
  parts: z.array(erpPart),
  lines: z.array(snapshotLine),
  /** Sequence of the last change that was applied. */
  sequence: z.string().optional(),
  cancelled: z.boolean(),
})
export type OrderSnapshot = z.infer<typeof orderSnapshot>

/** A snapshot as the ledger keeps it; undefined where it is none (another flow's, or of an older release). */
export function readSnapshot(stored: Json | undefined): OrderSnapshot | undefined {
  const parsed = orderSnapshot.safeParse(stored)
  return parsed.success ? parsed.data : undefined
}
