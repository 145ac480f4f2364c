import { absolute, cents, compare, isZero, subtract } from '../../../core/decimal.ts'
import type { Json, MapResult } from '../../../core/exchange.ts'
import { createFindings, type Findings, held, skipped, toJson, written } from '../../../core/findings.ts'
import type { Flow, HistoryEntry, MapContext } from '../../../core/flow.ts'
import { contentHash } from '../../../core/hash.ts'
import type { ServiceInvoice } from '../../../documents/service-invoice.ts'
import type { BillRecord } from '../../../systems/odoo/records.ts'
import { bookingsOf } from '../billing/fees.ts'
import { agree, billLines, reversed, sumOf } from '../billing/lines.ts'
import { referencesOf } from '../billing/references.ts'
import type { Settings } from '../settings.ts'

type Charge = ServiceInvoice['charges'][number]

/**
 * Invoice of ShipBob → vendor bill of Odoo, a credit note where more is given back than charged. One bill for each invoice
 * of the weekly close; payments are none. Held unless the charges come to what was invoiced, to the cent.
 */
export const billingInFlow: Flow<ServiceInvoice, Settings> = {
  name: 'billing-in',
  source: 'shipbob',
  types: ['service-invoice'],
  lookups: ({ number }) => [{ number }],

  map(document, context): MapResult {
    const find = createFindings()
    const { number, kind, billable, amount, currency } = document
    const what = `Invoice ${number}`
    if (!billable) return skipped(find, 'INVOICE_NOT_BILLABLE', `${what} over ${amount} ${currency} is a "${kind}".`)
    const before = lastTaken(context.history(number), context.key)
    const said = contentHash([amount, currency, document.date, document.charges.map(withoutPath)])
    if (before && (before.hash === context.hash || saidBefore(before) === said))
      return skipped(find, 'DUPLICATE', `${what} was already taken with the same content.`)
    if (document.charges.length === 0 && isZero(amount))
      return skipped(find, 'INVOICE_EMPTY', `${what} has no charges and comes to nothing.`)
    if (before)
      find.hold('INVOICE_CHANGED', `${what} was taken before, and now says something else: ${amount} ${currency}.`)
    return bill(document, context, find, { said })
  },
}

const withoutPath = ({ path: _, ...charge }: Charge) => charge

/** The last state of an invoice that was taken; a held one was not. */
const lastTaken = (history: readonly HistoryEntry[], key: string): HistoryEntry | undefined =>
  history.findLast(
    (h) => h.type === 'service-invoice' && h.key === key && (h.state === 'mapped' || h.state === 'delivered'),
  )

function saidBefore({ snapshot }: HistoryEntry): Json | undefined {
  return typeof snapshot === 'object' && snapshot !== null && !Array.isArray(snapshot) ? snapshot.said : undefined
}

function bill(document: ServiceInvoice, context: MapContext<Settings>, find: Findings, snapshot: Json): MapResult {
  const { number, currency, date } = document
  const charges = costsOf(document, find)
  const bookings = bookingsOf(context.tables, charges, find)
  if (find.problems.length > 0) return held(find)
  const { vendor, journal, post } = context.settings.bills
  const net = cents(sumOf(charges))
  const isBill = compare(net, '0') >= 0
  const lines = billLines(charges, bookings)
  find.decide({
    field: 'kind',
    rule: 'billing.kind',
    input: `amount=${document.amount}`,
    value: isBill ? 'bill' : 'refund',
  })
  const record: BillRecord = {
    vendor: { partner: vendor },
    kind: isBill ? 'bill' : 'refund',
    number,
    date,
    currency,
    journal,
    total: absolute(net),
    post,
    lines: isBill ? lines : reversed(lines),
  }
  const write = {
    connection: context.connections.odoo ?? '',
    operation: 'create-bill',
    reference: `bill:${vendor}:${number}`,
    record: toJson(record),
  }
  return written(find, [write], { snapshot, index: referencesOf(charges) })
}

/** What costs something or gives it back; held where the charges do not come to the invoice. */
function costsOf({ number, amount, currency, charges }: ServiceInvoice, find: Findings): Charge[] {
  for (const { id, kind, fee, currency: own, path } of charges) {
    if (kind === 'other')
      find.hold('CHARGE_UNKNOWN', `Charge ${id} (${fee}) is of a kind that means nothing here.`, path)
    if (own !== currency)
      find.hold(
        'CHARGE_CURRENCY_DIFFERS',
        `Charge ${id} (${fee}) is in ${own}, invoice ${number} in ${currency}.`,
        path,
      )
  }
  const costs = charges.filter(({ kind }) => kind !== 'payment' && kind !== 'adjustment')
  const others = charges.filter((charge) => !costs.includes(charge))
  const [sum, rest] = [sumOf(costs), sumOf(others)]
  if (others.length > 0)
    find.warn(
      'CHARGE_LEFT_OUT',
      `${others.length} payments and adjustments over ${rest} ${currency} on invoice ${number} are no costs.`,
      others[0]?.path,
    )
  // The invoice's amount may hold the payments on it or not; the bill is over what was charged.
  if (!agree(sum, amount) && !agree(sum, subtract(amount, rest)))
    find.hold(
      'INVOICE_DIFFERS',
      `Invoice ${number} is over ${amount} ${currency}, its charges come to ${sum}.`,
      'amount',
    )
  return costs
}
