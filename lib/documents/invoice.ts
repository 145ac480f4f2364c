import * as z from 'zod'
import { decimal } from '../core/decimal.ts'
import { erpItem, erpLocation, erpOrder } from './erp-order.ts'
import { contactIds, day, party } from './parts.ts'

const invoiceLine = z.object({
  line: z.string(),
  orderType: z.string().optional(),
  order: z.string().optional(),
  orderLine: z.string().optional(),
  shipment: z.string().optional(),
  item: z.string().optional(),
  description: z.string().optional(),
  quantity: decimal,
  unit: z.string().optional(),
  /** Before discount, per unit, in the invoice's currency. */
  unitPrice: decimal,
  discountAmount: decimal,
  /** After the line discount. */
  amount: decimal,
  /** On a credit memo: the invoice line it credits. */
  original: z.object({ kind: z.string(), number: z.string(), line: z.string().optional() }).optional(),
})

const invoiceFields = {
  /** "Invoice", "Debit Memo", "Credit Memo", ... Numbers of different kinds may coincide: part of the key. */
  kind: z.string(),
  number: z.string(),
  status: z.string(),
  date: day.optional(),
  dueDate: day.optional(),
  customer: z.string().optional(),
  customerOrder: z.string().optional(),
  currency: z.string().optional(),
  /** The document's total; not the balance, which payments reduce. */
  amount: decimal,
  /** Document discounts, freight and tax, all positive. */
  discountTotal: decimal,
  freightTotal: decimal,
  taxTotal: decimal,
  /** Discount for early payment, already in money. */
  cashDiscount: decimal.optional(),
  shipTo: party.optional(),
  billTo: party.optional(),
  lines: z.array(invoiceLine),
  freight: z.array(z.object({ shipment: z.string().optional(), amount: decimal })),
  taxes: z.array(z.object({ id: z.string(), taxable: decimal.optional(), amount: decimal })),
  discounts: z.array(
    z.object({
      kind: z.string().optional(),
      code: z.string().optional(),
      description: z.string().optional(),
      percent: decimal.optional(),
      amount: decimal,
    }),
  ),
}

const originalInvoice = z.object(invoiceFields)

/** A released sales invoice, debit memo or credit memo of the ERP: what an 810 is built from. */
export const invoice = z.object({
  type: z.literal('invoice'),
  contactIds,
  ...invoiceFields,
  orders: z.array(erpOrder),
  items: z.array(erpItem),
  locations: z.array(erpLocation),
  /** The invoices a credit memo refers to. */
  originals: z.array(originalInvoice),
})
export type Invoice = z.infer<typeof invoice>
export type InvoiceLine = z.infer<typeof invoiceLine>
