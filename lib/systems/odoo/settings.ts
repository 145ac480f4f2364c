import * as z from 'zod'
import type { SystemDefinition } from '../../core/system.ts'
import { pollingSettings } from './read/polling-settings.ts'

const baseUrl = z
  .url({
    protocol: /^https?$/,
    error: 'write the URL of the Odoo server, such as https://mycompany.odoo.com or https://erp.example.com',
  })
  .transform((url) => url.replace(/\/+$/, ''))
  .refine((url) => new URL(url).pathname === '/' && !/[?#]/.test(url), {
    error: 'stop after the host: /odoo, /web, /jsonrpc, /xmlrpc and /json are added as needed',
  })

const writeDatabase = "write the name of the database; on Odoo's own hosting it is the subdomain"

export const protocols = ['json-2', 'json-rpc', 'session', 'xml-rpc'] as const
export type ProtocolName = (typeof protocols)[number]

/** Settings of an Odoo connection; every default is here. */
export const settings = z.strictObject({
  baseUrl,
  /** Name of the database; on Odoo's own hosting it is the subdomain. */
  database: z.string({ error: writeDatabase }).min(1, writeDatabase),
  /** auto: JSON-2 from version 19 on, JSON-RPC before. session signs in with a password and a cookie. */
  protocol: z.enum(['auto', ...protocols]).default('auto'),
  /** Companies by database id, the current one first; the user's own company where absent. */
  companies: z.array(z.number().int().positive()).min(1).optional(),
  /** Language of names, labels and messages. Another one than en_US makes names of units and states differ. */
  language: z.string().min(2).default('en_US'),
  ...pollingSettings,
  /** In whose days Odoo's UTC date-times are told (an IANA name); the company's own zone where absent. */
  timeZone: z.string().min(1).optional(),
  /** Codes of warehouses that stock is reported of one by one; one report over all where absent. */
  stockWarehouses: z.array(z.string().min(1)).min(1).optional(),
  /** Odoo ends a request after 120 seconds (odoo.md §1). */
  requestTimeoutSeconds: z.number().int().min(5).max(600).default(110),
  /** After a write whose answer was lost: the server goes on with it, and it shows only when it is done (odoo.md §6.1). */
  lostAnswerWaitSeconds: z.number().int().min(0).max(600).default(20),
  /** ping warns so many days before the API key ends. */
  keyExpiryWarningDays: z.number().int().min(1).max(90).default(14),
})

export type Settings = z.output<typeof settings>

/** The connection's secret. JSON-2 needs the API key, session the password; the others need the login and either. */
export const credentials = z
  .strictObject({
    login: z.string().min(1).optional(),
    apiKey: z.string().min(1).optional(),
    /** The key before a rotation: tried where Odoo refuses the newer one. */
    previousApiKey: z.string().min(1).optional(),
    password: z.string().min(1).optional(),
  })
  .refine((given) => given.apiKey !== undefined || given.password !== undefined, {
    error: 'give an API key (apiKey), or a password for a server that takes no keys',
    path: ['apiKey'],
  })

export type Credentials = z.output<typeof credentials>

export const system: SystemDefinition = {
  name: 'odoo',
  title: 'Odoo',
  settings,
  credentials,
  storesTokens: false,
  // "Send webhook notification" of an automation (odoo.md §4.7). The row's second has to be over, and the lag.
  webhook: { kind: 'nudge', settleSeconds: (given) => settings.parse(given).lagSeconds + 1 },
}
