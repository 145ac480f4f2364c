import type { Json } from '../../../core/exchange.ts'
import { invoiceBundle } from '../bundle.ts'
import type { Client } from '../client.ts'
import { rows } from '../paging.ts'
import { isBillable } from '../parse/invoice.ts'
import { type Fields, isFields, textOf } from '../parse/reading.ts'
import { dayOf, instantOf } from '../parse/time.ts'
import type { Settings } from '../settings.ts'
import { describe } from '../source-document.ts'
import { dayMs, type Feed, type Found, hourMs, shift } from './feed.ts'

/** Few at a time: each has its transactions read. */
const invoicesAtOnce = 10
const transactionsAtOnce = 1_000

type Asking = Pick<Client, 'get' | 'post'>

/**
 * The document of an invoice with all its transactions. Payments are listed as invoices and have nothing to book. While the
 * transactions do not add up to the invoice they are read again by every round: fees show some hours late (§4.7).
 */
async function readInvoice(client: Asking, invoice: Fields, known?: readonly Json[]): Promise<Found> {
  const billable = isBillable(textOf(invoice.invoice_type) ?? '')
  const transactions = billable ? (known ?? (await transactionsOf(client, textOf(invoice.invoice_id) ?? ''))) : []
  const { document, warnings } = describe(invoiceBundle(invoice, transactions))
  return { documents: [document], settled: !warnings.some(({ code }) => code === 'SHIPBOB_INVOICE_DIFFERS') }
}

async function transactionsOf(client: Asking, invoice: string): Promise<Json[]> {
  const found: Json[] = []
  const path = `/invoices/${encodeURIComponent(invoice)}/transactions`
  for await (const row of rows(client, 'token', { path, query: {} }, transactionsAtOnce)) found.push(row)
  return found
}

/**
 * Invoices by their ids. There is no call for one alone (§4.7): its transactions say of which day it is, and the list of
 * that day has it. One that nothing is on yet is not found; the poll meets it.
 */
export async function invoicesOf(client: Asking, ids: readonly string[]): Promise<Map<string, Found>> {
  const found = new Map<string, Found>()
  for (const id of ids) {
    const transactions = await transactionsOf(client, id)
    const [first] = transactions.filter(isFields)
    const day = first && dateOf(first)
    if (!day) continue
    const query = { FromDate: shift(day, -dayMs), ToDate: shift(day, 2 * dayMs) }
    for await (const row of rows(client, 'token', { path: '/invoices', query }, transactionsAtOnce))
      if (isFields(row) && textOf(row.invoice_id) === id) found.set(id, await readInvoice(client, row, transactions))
  }
  return found
}

const dateOf = ({ invoice_date }: Fields): string => dayOf(textOf(invoice_date) ?? '') ?? ''

/** Invoices are closed weekly and dated by the day: some days are read again. A list without dates is of a month (§4.7). */
export const billingFeed = ({ billingPollHours }: Settings, client: Client): Feed => ({
  dialect: 'token',
  everyMs: billingPollHours * hourMs,
  overlapMs: 10 * dayMs,
  lists: (from) => [
    {
      path: '/invoices',
      query: {
        FromDate: from,
        ToDate: shift(new Date(client.now()).toISOString(), dayMs),
        PageSize: invoicesAtOnce,
        SortOrder: 'Ascending',
      },
    },
  ],
  moving: false,
  id: ({ invoice_id }) => textOf(invoice_id),
  stamp: ({ invoice_date }) => instantOf(textOf(invoice_date) ?? ''),
  // The running balance is the account's, not the invoice's.
  content: ({ running_balance: _, ...invoice }) => invoice,
  read: async (row, since) =>
    dateOf(row) < since.slice(0, 10) ? { documents: [], settled: true } : readInvoice(client, row),
})
