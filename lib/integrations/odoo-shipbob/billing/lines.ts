import { absolute, add, cents, compare, type Decimal, equal, isZero, subtract } from '../../../core/decimal.ts'
import type { ServiceInvoice } from '../../../documents/service-invoice.ts'
import type { BillRecord } from '../../../systems/odoo/records.ts'
import type { Booking } from './fees.ts'

type Charge = ServiceInvoice['charges'][number]
type Line = BillRecord['lines'][number]

/** Charges that one line of the bill stands for. */
interface Group {
  booking: Booking
  taxes: string[]
  /** A tax that is no tax of Odoo's, as ShipBob names it: it is a cost like the fee itself. */
  tax?: string
  kind: 'charge' | 'back'
  charges: Charge[]
  amount: Decimal
}

/** Lines name that many fees; the rest is counted. */
const namedFees = 5

/**
 * Lines of the bill: one for each account, cost centre and taxes; what ShipBob gives back stands apart from what it
 * charges. A tax that ShipBob told is Odoo's tax where the fee's row names one, else a line of its own to the fee's account.
 * Amounts in the invoice's currency, to the cent; what rounding leaves is on the largest line.
 */
export function billLines(charges: readonly Charge[], bookings: ReadonlyMap<string, Booking>): Line[] {
  const groups = new Map<string, Group>()
  const put = (charge: Charge, amount: Decimal, booking: Booking, taxes: string[], tax?: string) => {
    const kind = charge.kind === 'charge' ? 'charge' : 'back'
    const key = JSON.stringify([kind, booking.account, booking.costCentre ?? '', taxes, tax ?? ''])
    const group = groups.get(key) ?? {
      booking,
      taxes,
      kind,
      charges: [],
      amount: '0',
      ...(tax === undefined ? {} : { tax }),
    }
    group.charges.push(charge)
    group.amount = add(group.amount, amount)
    groups.set(key, group)
  }
  for (const charge of charges) {
    const booking = bookings.get(charge.fee)
    if (!booking) continue
    const told = charge.taxes.filter(({ amount }) => !isZero(amount))
    const deducted = told.length > 0 && booking.taxes.length > 0
    put(charge, charge.amount, booking, deducted ? booking.taxes : [])
    if (!deducted) for (const { name, amount } of told) put(charge, amount, booking, [], name === '' ? 'tax' : name)
  }
  const lines = rounded([...groups.values()])
  const told = lines.filter(({ amount }) => !isZero(amount))
  return (told.length > 0 ? told : lines.slice(0, 1)).map(({ group, amount }) => ({
    account: group.booking.account,
    ...(group.booking.costCentre === undefined ? {} : { costCentre: group.booking.costCentre }),
    description: described(group),
    amount,
    taxes: group.taxes,
    path: group.charges[0]?.path ?? '',
  }))
}

/** To the cent, so that the lines come to the rounded sum of the charges. */
function rounded(groups: readonly Group[]): { group: Group; amount: Decimal }[] {
  const lines = groups.map((group) => ({ group, amount: cents(group.amount) }))
  const exact = cents(add('0', ...groups.map(({ amount }) => amount)))
  const left = subtract(exact, add('0', ...lines.map(({ amount }) => amount)))
  const largest = lines.reduce<(typeof lines)[number] | undefined>(
    (most, line) => (!most || compare(absolute(line.amount), absolute(most.amount)) > 0 ? line : most),
    undefined,
  )
  return lines.map((line) => (line === largest ? { ...line, amount: add(line.amount, left) } : line))
}

/** "Shipping (12), Per Pick Fee (30), 2026-09-13 to 2026-09-19". */
function described({ charges, tax, kind }: Group): string {
  const counts = new Map<string, number>()
  for (const { fee } of charges) counts.set(fee, (counts.get(fee) ?? 0) + 1)
  const fees = [...counts].map(([fee, count]) => `${fee === '' ? 'Charge' : fee} (${count})`)
  const more = fees.length - namedFees
  const days = charges.flatMap(({ date }) => date ?? []).sort()
  const [first, last] = [days[0], days.at(-1)]
  const when = first === undefined ? [] : [first === last ? first : `${first} to ${last}`]
  return [
    ...(tax === undefined ? [] : [`${tax} on`]),
    [...fees.slice(0, namedFees), ...(more > 0 ? [`${more} more fees`] : [])].join(', '),
    ...(kind === 'back' && charges.every(({ fee }) => !/credit|refund/i.test(fee)) ? ['refunded'] : []),
    ...when,
  ].join(' ')
}

/** The same lines the other way round: those of a credit note. */
export const reversed = (lines: readonly Line[]): Line[] =>
  lines.map((line) => ({ ...line, amount: isZero(line.amount) ? '0' : subtract('0', line.amount) }))

/** What charges add to an invoice, with their taxes. */
export const sumOf = (charges: readonly Charge[]): Decimal =>
  add('0', ...charges.flatMap(({ amount, taxes }) => [amount, ...taxes.map((tax) => tax.amount)]))

/** Equal to the cent. */
export const agree = (a: Decimal, b: Decimal): boolean => equal(cents(a), cents(b))
