import * as z from 'zod'
import { decimal } from '../core/decimal.ts'
import { charge, dated, day, itemNumbers, note, party, reference, tax } from './parts.ts'

/** How the goods reach the store (sps-commerce.md 7.1): marks in content decide, never a type code alone. */
export const fulfilment = z.enum(['bulk', 'cross-dock', 'multi-store', 'drop-ship'])

export const purpose = z.enum(['original', 'cancel', 'change', 'replace', 'confirm', 'duplicate', 'other'])

export const purchaseOrderLine = z.object({
  /** The buyer's line number; comes back unchanged, zeros included, on 855, 856 and 810. */
  line: z.string(),
  /** 860 only: AI added, DI deleted, QI/QD quantity, PC price ... */
  change: z.string().optional(),
  numbers: itemNumbers,
  description: z.string().optional(),
  /** In `unit` (X12 code). On a change: the new quantity, not a difference. Absent where an 860 line leaves it. */
  quantity: decimal.optional(),
  unit: z.string().optional(),
  /** Per `priceBasis`; per `unit` where that is absent. In the order's currency. */
  price: decimal.optional(),
  priceBasis: z.string().optional(),
  /** Eaches inside one outer pack, as the retailer states it (PhysicalDetails OU). */
  packSize: decimal.optional(),
  shipDate: day.optional(),
  dates: z.array(dated),
  /** Store split: how much of the line goes to which place. In `unit` of the split. */
  split: z.array(z.object({ location: z.string(), quantity: decimal, unit: z.string().optional() })),
  charges: z.array(charge),
  taxes: z.array(tax),
  notes: z.array(note),
  references: z.array(reference),
})
export type PurchaseOrderLine = z.infer<typeof purchaseOrderLine>

const orderFields = {
  tradingPartner: z.string().min(1).max(15),
  number: z.string().min(1),
  release: z.string().optional(),
  purpose,
  /** TsetPurposeCode as sent. */
  purposeCode: z.string().optional(),
  /** PrimaryPOTypeCode; CF and IN must not move goods. */
  orderType: z.string().optional(),
  date: day.optional(),
  currency: z.string().optional(),
  department: z.string().optional(),
  division: z.string().optional(),
  vendor: z.string().optional(),
  customerOrder: z.string().optional(),
  /** N = no backorder, Y = backorder allowed. */
  shipComplete: z.string().optional(),
  fulfilment,
  dates: z.array(dated),
  parties: z.array(party),
  terms: z
    .object({
      type: z.string().optional(),
      basis: z.string().optional(),
      discountPercent: decimal.optional(),
      discountDays: z.number().int().optional(),
      netDays: z.number().int().optional(),
      description: z.string().optional(),
    })
    .optional(),
  carrier: z
    .object({ method: z.string().optional(), scac: z.string().optional(), routing: z.string().optional() })
    .optional(),
  fob: z
    .object({ pay: z.string().optional(), qualifier: z.string().optional(), description: z.string().optional() })
    .optional(),
  references: z.array(reference),
  notes: z.array(note),
  charges: z.array(charge),
  taxes: z.array(tax),
  lines: z.array(purchaseOrderLine),
  /** What the sender says the totals are; compared and warned about, never trusted (sps-commerce.md 7.1). */
  totals: z.object({ amount: decimal.optional(), lines: z.number().int().optional() }),
  /** Meta of the envelope, for the answer documents: sender and receiver. */
  envelope: z
    .object({
      sender: z.string().optional(),
      senderName: z.string().optional(),
      receiver: z.string().optional(),
      receiverName: z.string().optional(),
      orderManagement: z.string().optional(),
      controlNumber: z.string().optional(),
    })
    .optional(),
}

/** A retailer's purchase order (850): natural key trading partner, number, release. */
export const purchaseOrder = z.object({ type: z.literal('purchase-order'), ...orderFields })
export type PurchaseOrder = z.infer<typeof purchaseOrder>

/** A change to an order (860): natural key of the order plus sequence. Lines not listed stay, except with RZ or purpose replace. */
export const purchaseOrderChange = z.object({
  type: z.literal('purchase-order-change'),
  ...orderFields,
  sequence: z.string().optional(),
  changeDate: day.optional(),
})
export type PurchaseOrderChange = z.infer<typeof purchaseOrderChange>
