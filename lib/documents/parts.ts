import * as z from 'zod'
import { decimal } from '../core/decimal.ts'

/** Date without time or zone, YYYY-MM-DD. Never converted between zones: a ship date is a day, not an instant. */
export const day = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'must be a date YYYY-MM-DD')

/** A person, company or place on a document. `role` is the X12 address type (ST ship to, BT bill to, Z7 mark for ...). */
export const party = z.object({
  role: z.string(),
  /** The number of the place and who gave it (92 buyer, 91 seller, UL GLN). Leading zeros kept. */
  code: z.string().optional(),
  codeQualifier: z.string().optional(),
  name: z.string().optional(),
  name2: z.string().optional(),
  address: z.array(z.string()),
  city: z.string().optional(),
  state: z.string().optional(),
  postalCode: z.string().optional(),
  /** As sent: two or three letters. */
  country: z.string().optional(),
  contact: z.string().optional(),
  phone: z.string().optional(),
  email: z.string().optional(),
})
export type Party = z.infer<typeof party>

/** The ERP's own ids of contacts by the names under which a document has them. */
export const contactIds = z.record(z.string(), z.string()).optional()

export const reference = z.object({ qualifier: z.string(), id: z.string(), description: z.string().optional() })
export type Reference = z.infer<typeof reference>

export const note = z.object({ code: z.string().optional(), text: z.string() })
export type Note = z.infer<typeof note>

export const dated = z.object({ qualifier: z.string(), date: day, time: z.string().optional() })

/** A charge, allowance or neither, of a document or a line (sps-commerce.md 7.8). Codes are X12. */
export const charge = z.object({
  indicator: z.enum(['A', 'C', 'N']),
  code: z.string().optional(),
  description: z.string().optional(),
  /** In the document's currency. */
  amount: decimal.optional(),
  /** 0 to 100, of what `percentQualifier` names (6 gross, 7 what earlier steps left). */
  percent: decimal.optional(),
  percentQualifier: z.string().optional(),
  rate: decimal.optional(),
  rateQuantity: decimal.optional(),
  rateUnit: z.string().optional(),
  /** 02 and absent change the total, 06 adds; 01, 03, 13, 15 do not touch it. */
  handling: z.string().optional(),
  sequence: z.number().int().optional(),
})
export type Charge = z.infer<typeof charge>

export const tax = z.object({
  code: z.string().optional(),
  amount: decimal.optional(),
  percent: decimal.optional(),
  exempt: z.string().optional(),
  id: z.string().optional(),
})
export type Tax = z.infer<typeof tax>

/** Item numbers by which a trading partner names an article; at least one is needed. Text, leading zeros kept. */
export const itemNumbers = z.object({
  buyerPart: z.string().optional(),
  vendorPart: z.string().optional(),
  upc: z.string().optional(),
  ean: z.string().optional(),
  gtin: z.string().optional(),
  caseUpc: z.string().optional(),
  other: z.array(reference).optional(),
})
export type ItemNumbers = z.infer<typeof itemNumbers>
