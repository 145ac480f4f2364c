import { add, cents, type Decimal, divide, equal, isZero, multiply, subtract } from '../../../core/decimal.ts'
import type { ServiceInvoice } from '../../../documents/service-invoice.ts'
import { defined, type Reading } from './reading.ts'
import { folded, meaningOf, type Vocabulary } from './words.ts'

type Charge = ServiceInvoice['charges'][number]

const kinds: Vocabulary<Charge['kind']> = {
  charge: 'charge',
  refund: 'refund',
  credit: 'credit',
  payment: 'payment',
  balanceadjustment: 'adjustment',
  adjustment: 'adjustment',
}

/** Listed among the invoices, and none: a payment is a negative one (shipbob.md §4.7). */
const noInvoices: readonly string[] = ['payment', 'balanceadjustment']

/** Whether an invoice of this kind is one. */
export const isBillable = (kind: string): boolean => !noInvoices.includes(folded(kind))

const sum = (amounts: readonly Decimal[]): Decimal => add('0', ...amounts)
const taxOf = (charge: Charge): Decimal => sum(charge.taxes.map(({ amount }) => amount))

/**
 * A weekly invoice with its transactions. A charge's amount is without the taxes told beside it, so that amounts and taxes
 * together are the invoice: ShipBob does not say whether its amounts hold the tax, the invoice's own amount does. A sum
 * that is off either way is a warning.
 */
export function serviceInvoice(record: Reading, transactions: readonly Reading[]): ServiceInvoice {
  const currency = record.required('currency_code')
  const amount = record.requiredDecimal('amount')
  const kind = record.text('invoice_type') ?? ''
  const told = transactions.map((one) => chargeOf(one, currency))
  const charges = withoutTaxes(told, amount)
  const billable = isBillable(kind)
  const total = sum(charges.flatMap((one) => [one.amount, taxOf(one)]))
  if (billable && !equal(cents(total), cents(amount)))
    record.warn('SHIPBOB_INVOICE_DIFFERS', 'amount', `the invoice is ${amount} ${currency}, its transactions ${total}.`)
  return {
    type: 'service-invoice',
    number: record.required('invoice_id'),
    kind,
    billable,
    date: record.day('invoice_date') ?? record.required('invoice_date'),
    currency,
    amount,
    charges,
  }
}

function chargeOf(one: Reading, currency: string): Charge {
  const own = one.text('currency_code') ?? currency
  if (own !== currency)
    one.warn('SHIPBOB_INVOICE_DIFFERS', 'currency_code', `a charge is in ${own}, the invoice in ${currency}.`)
  return {
    id: one.required('transaction_id'),
    fee: one.text('transaction_fee') ?? '',
    kind: meaningOf(one, 'transaction_type', kinds, 'other'),
    amount: one.requiredDecimal('amount'),
    currency: own,
    taxes: one.list('taxes').map((tax) => ({
      name: tax.text('tax_type') ?? '',
      amount: tax.requiredDecimal('tax_amount'),
      ...defined({ rate: tax.decimal('tax_rate') }),
    })),
    ...defined({
      date: one.day('charge_date'),
      referenceType: one.text('reference_type'),
      reference: one.text('reference_id'),
      centre: one.text('fulfillment_center'),
    }),
    path: one.path,
  }
}

function withoutTaxes(charges: readonly Charge[], amount: Decimal): Charge[] {
  const amounts = sum(charges.map((one) => one.amount))
  const taxes = sum(charges.map(taxOf))
  const apart = equal(cents(add(amounts, taxes)), cents(amount))
  const within = equal(cents(amounts), cents(amount))
  return charges.map((one) => {
    const included = apart ? false : within || holdsItsTax(one)
    return included && !isZero(taxOf(one)) ? { ...one, amount: subtract(one.amount, taxOf(one)) } : one
  })
}

/** By the rate: 12.10 with 10 % and 1.10 holds it, 11.00 does not. */
function holdsItsTax({ amount, taxes }: Charge): boolean {
  if (taxes.length === 0 || taxes.some(({ rate }) => rate === undefined)) return false
  const rate = sum(taxes.map((tax) => tax.rate ?? '0'))
  const tax = sum(taxes.map((one) => one.amount))
  return equal(cents(divide(multiply(subtract(amount, tax), rate), '100', 4)), cents(tax))
}
