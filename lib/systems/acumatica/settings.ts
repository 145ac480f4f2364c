import * as z from 'zod'
import type { SystemDefinition } from '../../core/system.ts'

const names = (values: string[]) => z.array(z.string().min(1)).min(1).default(values)

const baseUrl = z
  .url({
    protocol: /^https?$/,
    error: 'write the whole instance URL with its instance path, such as https://erp.example.com/Prod',
  })
  .transform((url) => url.replace(/\/+$/, ''))
  .refine((url) => !/\/(entity|identity)(\/|$)|[?#]/.test(url), {
    error: 'stop after the instance path: /entity, the endpoint and its version are added from "endpoint"',
  })

const endpoint = z.strictObject({
  /** "Default" or the name of the customer's own endpoint. */
  name: z.string().min(1).default('Default'),
  /** Part of the path, and a wrong one is a 404: what the instance offers stands at `<baseUrl>/entity`. */
  version: z
    .string('write the endpoint version, such as 24.200.001; <baseUrl>/entity lists what the instance offers')
    .min(1),
  /** For an own endpoint: the version of Default it extends, which decides what fields exist (acumatica.md §5, §7). */
  basedOn: z
    .string()
    .regex(/^\d\d\.\d{3}\.\d{3}$/, 'write the version of Default it extends, such as 24.200.001')
    .optional(),
})

/** Texts of statuses as the site shows them: a localised site may show others (acumatica.md §4). */
const statuses = z
  .strictObject({
    /** A shipment of this type and operation in none of these states becomes a ship notice. */
    shipmentType: z.string().default('Shipment'),
    shipmentOperation: z.string().default('Issue'),
    shipmentUnready: names(['On Hold', 'Open']),
    /** An invoice is released in these states. */
    invoiceReleased: names(['Open', 'Closed']),
    /** An order in these states, with no shipment, may still be changed or cancelled. */
    orderChangeable: names(['On Hold', 'Open', 'Awaiting Payment', 'Credit Hold']),
    orderCanceled: names(['Canceled']),
    /** Reported, never released by us. */
    orderCreditHold: names(['Credit Hold']),
  })
  .prefault({})

/** Custom fields ("View.Field") to read along with a record, as `$custom` names them: an SSCC on a package, say. */
const customFields = z
  .strictObject({
    Shipment: z.array(z.string()).default([]),
    SalesOrder: z.array(z.string()).default([]),
    SalesInvoice: z.array(z.string()).default([]),
  })
  .prefault({})

/** Settings of an Acumatica connection; every default is here. */
export const settings = z.strictObject({
  baseUrl,
  endpoint,
  grant: z.enum(['authorization-code', 'password']).default('authorization-code'),
  /** Branch for every request; the user's own where absent. A branch the user may not see looks empty. */
  branch: z.string().min(1).optional(),
  /** Order types in which a purchase order may already stand: the look-up before a write covers all of them. */
  orderTypes: names(['SO']),
  /** Invoice types read, one stream each. */
  invoiceTypes: z
    .array(z.enum(['Invoice', 'Debit Memo', 'Credit Memo', 'Cash Sale', 'Cash Return']))
    .default(['Invoice', 'Debit Memo', 'Credit Memo']),
  statuses,
  customFields,
  /** Rows of one header read. Not fewer than 10: a few rows may look sorted by chance, see headers.ts. */
  pageSize: z.number().int().min(10).max(1000).default(100),
  /** Documents read in full before the cursor is stored. */
  documentsPerPage: z.number().int().min(1).max(500).default(25),
  /** Read again at each poll: covers rows committed late with an older stamp. */
  overlapMinutes: z.number().min(0).max(1440).default(5),
  /** Rows younger than this wait for the next poll. */
  lagSeconds: z.number().min(0).max(600).default(30),
  /** Once a day so many days are read again, for what was committed later than the overlap covers. 0 = never. */
  sweepDays: z.number().int().min(0).max(60).default(2),
  /** Where the very first poll starts; where absent, at the moment of that poll less the overlap. */
  initialDate: z.iso.datetime({ offset: true }).optional(),
  /** Acumatica queues requests: a slow answer is normal, and an early end makes a good write an unknown one. */
  requestTimeoutSeconds: z.number().int().min(10).max(840).default(240),
  /** After a write whose answer was lost: how long a request may still wait in the server's queue (acumatica.md §3). */
  lostAnswerWaitSeconds: z.number().int().min(0).max(3600).default(600),
  /** Lines in one write of an order; a longer order is written in portions. */
  linesPerRequest: z.number().int().min(1).max(5000).default(500),
  /** Take an order off hold once what stands in Acumatica equals what was sent. */
  releaseHold: z.boolean().default(true),
  /** How far the order's total may be from what was sent, in the order's currency. */
  totalTolerance: z
    .string()
    .regex(/^\d+(\.\d+)?$/, 'must be a decimal number such as 0.05')
    .default('0'),
  actionPollSeconds: z.number().min(0.05).max(60).default(2),
})

export type Settings = z.output<typeof settings>

/** The connection's secret. Which of the optional parts are needed depends on `grant`; see auth.ts. */
export const credentials = z.strictObject({
  clientId: z.string().regex(/^\S+@\S+$/, 'write <client id>@<tenant>, as the Connected Applications screen shows it'),
  clientSecret: z.string().min(1),
  username: z.string().min(1).optional(),
  password: z.string().min(1).optional(),
  /** From the consent; used once, after that the stored token's own is. */
  refreshToken: z.string().min(1).optional(),
})

export type Credentials = z.output<typeof credentials>

/** The year of the contract an endpoint has (20, 22, 23, 24, 25): which fields exist. An unknown name counts as 24. */
export function contractYear(endpoint: Settings['endpoint']): number {
  const version = endpoint.basedOn ?? (endpoint.name === 'Default' ? endpoint.version : '')
  return /^\d\d\./.test(version) ? Number(version.slice(0, 2)) : 24
}

export const system: SystemDefinition = {
  name: 'acumatica',
  title: 'Acumatica',
  settings,
  credentials,
  storesTokens: true,
}
