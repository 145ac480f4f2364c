import * as z from 'zod'
import type { SystemDefinition } from '../../core/system.ts'

/*
 * One setting, apiStyle, picks a set of defaults; each can be overridden alone (sps-commerce.md §4). The hosts and
 * paths of the fulfillment style are the requirement's; those of the transactions style are documented in public.
 */

const path = z.string().regex(/^\/[^?#]*$/, 'must be a path that begins with / and has no query')
const directory = z.string().regex(/^([^/]+\/)+$/, 'must end with / and not begin with it, such as out/ or out/PO/')

const byStyle = {
  fulfillment: {
    tokenUrl: 'https://api.spscommerce.net/authorization/v1/token',
    tokenBody: 'form',
    audience: '',
    format: 'json',
  },
  transactions: {
    tokenUrl: 'https://auth.spscommerce.com/oauth/token',
    tokenBody: 'json',
    audience: 'https://spscommerce.com',
    format: 'xml',
  },
} as const

/**
 * The streams of the fulfillment style, in the order in which they are polled: an order comes before its change, an
 * answer before the goods, the goods before their receipt.
 */
export const streamNames = [
  'purchase-orders',
  'order-changes',
  'acknowledgements',
  'shipments',
  'warehouse-receipts',
  'product-activity',
  'inventory',
] as const
export type StreamName = (typeof streamNames)[number]

export const settings = z
  .strictObject({
    apiStyle: z.enum(['fulfillment', 'transactions']).default('fulfillment'),
    baseUrl: z.url().default('https://api.spscommerce.com'),
    tokenUrl: z.url().optional(),
    /** How the token request is sent. */
    tokenBody: z.enum(['form', 'json']).optional(),
    /** Audience of the token request; empty text = none. */
    audience: z.string().optional(),
    timeoutSeconds: z.number().min(1).max(600).default(30),
    /** Documents asked for at a time (fulfillment), entries of a listing (transactions: at most 1000). */
    pageSize: z.number().int().min(1).max(1000).default(100),
    /** Fulfillment: the collections that may be read; of them, those that a flow takes. Leave out what the account does not have. */
    streams: z.array(z.enum(streamNames)).default([...streamNames]),
    paths: z
      .strictObject({
        purchaseOrders: path.default('/fulfillment/v1/purchaseorders'),
        orderChanges: path.default('/fulfillment/v1/orderchanges'),
        productActivity: path.default('/fulfillment/v1/productactivities'),
        inventory: path.default('/inventory'),
        orderAcks: path.default('/fulfillment/v1/orderacks'),
        shipments: path.default('/fulfillment/v1/shipments'),
        warehouseReceipts: path.default('/fulfillment/v1/warehousereceipts'),
        invoices: path.default('/fulfillment/v1/invoices'),
        /** Stock reports that we send. The requirement names no path: the working assumption of sps-commerce.md 3.1. */
        inventoryReports: path.default('/fulfillment/v1/inventoryadvice'),
        data: path.default('/transactions/v5/data'),
        history: path.default('/transactions/v5/history'),
        authCheck: path.default('/auth-check'),
      })
      .prefault({}),
    /** Transactions: seen from the network, out/ is what we receive and in/ what we send. */
    directories: z.strictObject({ out: directory.default('out/'), in: directory.default('in/') }).prefault({}),
    /** Transactions: files read before the pipeline stores them and they are deleted. */
    filesPerPage: z.number().int().min(1).max(100).default(25),
    /** Transactions: delete a file after it is stored, or keep it and remember its path. */
    afterReading: z.enum(['delete', 'keep']).default('delete'),
    /**
     * Transactions: how long to wait after a lost answer to an upload before it is looked for. The history, which
     * alone shows a file that SPS has already taken, runs up to five minutes late.
     */
    lostAnswerWaitSeconds: z.number().min(0).max(3600).default(330),
    /** Transactions: how far back the history is searched for an earlier upload. */
    historyDays: z.number().int().min(1).max(90).default(30),
    /** Format of what we send. */
    format: z.enum(['json', 'xml']).optional(),
    /** Codes beyond the closed lists that a partner has asked for, by list ("ASNStructureCode": ["0002"]). */
    extraCodes: z.record(z.string(), z.array(z.string())).default({}),
  })
  .transform((given) => ({
    ...given,
    tokenUrl: given.tokenUrl ?? byStyle[given.apiStyle].tokenUrl,
    tokenBody: given.tokenBody ?? byStyle[given.apiStyle].tokenBody,
    audience: given.audience ?? byStyle[given.apiStyle].audience,
    format: given.format ?? byStyle[given.apiStyle].format,
  }))

export type Settings = z.output<typeof settings>

export const credentials = z.strictObject({ clientId: z.string().min(1), clientSecret: z.string().min(1) })

export const system: SystemDefinition = {
  name: 'sps-commerce',
  title: 'SPS Commerce',
  settings,
  credentials,
  storesTokens: true,
}
