import { type Call, type Given, isGiven, numberOf, type Route, textOf } from '../call.ts'
import type { Transaction } from '../model.ts'
import { transactionBody } from '../render/billing.ts'
import { notFound } from '../wire/errors.ts'
import { filtersOf, tokens } from '../wire/paging.ts'
import { among, queryOf } from '../wire/query.ts'
import { day, dayMs } from '../wire/time.ts'
import type { World } from '../world.ts'

const fees = [
  'Shipping',
  'Per Pick Fee',
  'B2B - Each Pick Fee',
  'B2B - Label Fee',
  'Warehousing Fee',
  'WRO Receiving Fee',
  'Return Processing Fee',
  'Return to sender - Processing Fees',
  'Address Correction',
  'Delivery Area Surcharge',
  'Long Term Storage Fee',
  'Freight',
  'Credit Card Processing Fee',
  'Credit',
  'Payment',
]

/** Invoices and transactions (shipbob.md §4.7). A token in Cursor stands for all filters. */
export const billingRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: /^\/transaction-fees$/,
    scope: 'billing_read',
    handle: () => ({ status: 200, body: { fee_list: fees } }),
  },
  { method: 'GET', path: /^\/invoices$/, scope: 'billing_read', handle: invoices },
  {
    method: 'GET',
    path: /^\/invoices\/(\d+)\/transactions$/,
    scope: 'billing_read',
    handle: (world, call) => {
      const id = Number(call.params[0])
      if (!world.invoices.get(id)) throw notFound(`Invoice ${id} was not found`)
      const rows = world.transactions.all().filter(({ invoice }) => invoice === id)
      return tokens(call.query.number('PageSize'))(call, rows, (one) => transactionBody(world, one))
    },
  },
  { method: 'POST', path: /^\/transactions:query$/, scope: 'billing_read', handle: transactions },
]

/** A month back unless asked otherwise. */
function invoices(world: World, call: Call) {
  const query = queryOf(filtersOf(call))
  const to = query.time('ToDate') ?? world.clock.now()
  const from = query.time('FromDate') ?? to - 30 * dayMs
  const rows = world.invoices
    .all()
    .filter((one) => one.invoice_date >= day(from) && one.invoice_date <= day(to))
    .filter((one) => among(query, 'InvoiceTypes', one.invoice_type))
  const descending = /^desc/i.test(query.text('SortOrder') ?? '')
  return tokens(call.query.number('PageSize'))(call, descending ? rows.reverse() : rows, (one) => one)
}

/** Seven days back unless asked otherwise. Names of an older guide (start_date, limit) are not heard. */
function transactions(world: World, call: Call) {
  const kept = call.query.has('Cursor') ? filtersOf(call).get('body') : null
  const parsed: unknown = kept ? JSON.parse(kept) : call.body
  const body = isGiven(parsed) ? parsed : {}
  const time = (value: unknown) => Date.parse(textOf(value) ?? '')
  const to = time(body.to_date) || world.clock.now()
  const from = time(body.from_date) || to - 7 * dayMs
  const rows = world.transactions
    .all()
    .filter((one) => one.charge_date >= day(from) && one.charge_date <= day(to))
    .filter((one) => fits(one, body))
  const descending = /^desc/i.test(textOf(body.sort_order) ?? '')
  const page = tokens(numberOf(body.page_size))
  return page(call, descending ? rows.reverse() : rows, (one) => transactionBody(world, one))
}

const inList = (list: unknown, value: string | number | null): boolean =>
  !Array.isArray(list) || list.length === 0 || list.map(String).includes(String(value))

const fits = (one: Transaction, body: Given): boolean =>
  inList(body.invoice_ids, one.invoice) &&
  inList(body.reference_ids, one.reference_id) &&
  inList(body.reference_types, one.reference_type) &&
  inList(body.transaction_types, one.transaction_type) &&
  inList(body.transaction_fees, one.transaction_fee) &&
  (typeof body.invoiced_status !== 'boolean' || body.invoiced_status === (one.invoice !== null))
