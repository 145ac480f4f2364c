import fc from 'fast-check'
import { add, cents } from '../../../lib/core/decimal.ts'
import type { Json } from '../../../lib/core/exchange.ts'
import type { ServiceInvoice } from '../../../lib/documents/service-invoice.ts'
import { invoiceBundle } from '../../../lib/systems/shipbob/bundle.ts'
import { body, codes, parsed, words } from './parsing.ts'
import { fixture } from './server.ts'

const invoices = body('billing.invoices').items
const transactions: { [field: string]: Json }[] = fixture('rest/billing.all-transaction-kinds.json').items
const [shipping] = invoices

const found = (invoice: { [field: string]: Json }, charges: readonly Json[]) =>
  parsed<ServiceInvoice>('service-invoice', invoiceBundle(invoice, charges) as Json)

const totalOf = ({ charges }: ServiceInvoice): string =>
  add('0', ...charges.flatMap(({ amount, taxes }) => [amount, ...taxes.map((tax) => tax.amount)]))

test('every invoice of the week with its transactions, which add up to it', () => {
  for (const invoice of invoices) {
    const on = transactions.filter((one) => one.invoice_id === invoice.invoice_id)
    const { document, warnings } = found(invoice, on)
    expect(warnings).toEqual([])
    expect(document).toMatchObject({ number: String(invoice.invoice_id), currency: 'USD', kind: invoice.invoice_type })
    expect(document.billable).toBe(invoice.invoice_type !== 'Payment')
    if (document.billable) expect(cents(totalOf(document))).toBe(String(invoice.amount))
  }
})

test('a charge says what it is for', () => {
  const invoice = invoices.find((one: { invoice_id: number }) => one.invoice_id === 8634113)
  const { document } = found(
    invoice,
    transactions.filter((one) => one.invoice_id === 8634113),
  )
  expect(document).toEqual({
    type: 'service-invoice',
    number: '8634113',
    kind: 'WarehouseStorage',
    billable: true,
    date: '2026-09-21',
    currency: 'USD',
    amount: '8',
    charges: [
      {
        id: '01K5A1B2C3D4E5F6G7H8J9KDMN',
        fee: 'Warehousing Fee',
        kind: 'charge',
        amount: '8',
        currency: 'USD',
        taxes: [],
        date: '2026-09-13',
        referenceType: 'FC',
        reference: '10-21705365-Shelf',
        centre: 'Moreno Valley (CA)',
        path: 'transactions[0]',
      },
    ],
  })
})

test('a credit is negative', () => {
  const invoice = invoices.find((one: { invoice_id: number }) => one.invoice_id === 8634115)
  const { document } = found(
    invoice,
    transactions.filter((one) => one.invoice_id === 8634115),
  )
  expect(document).toMatchObject({ amount: '-6.58', billable: true, charges: [{ kind: 'credit', amount: '-6.58' }] })
})

test.each(['Payment', 'BalanceAdjustment', 'Balance Adjustment'])(
  'a %s is no bill, whatever is on it',
  (invoice_type) => {
    const { document, warnings } = found({ ...shipping, invoice_type }, [])
    expect(document).toMatchObject({ billable: false, kind: invoice_type })
    expect(warnings).toEqual([])
  },
)

test.each(['Shipping', 'Inbound Fee', 'WarehouseInboundFee', 'ReturnsFee', 'Something New'])('%s is a bill', (kind) => {
  expect(found({ ...shipping, invoice_type: kind }, transactions.slice(0, 1)).document.billable).toBe(true)
})

test('every kind of transaction of the fact sheet is known; another one is told with a warning', () => {
  const [charge] = transactions
  const kindOf = (transaction_type: string) => {
    const { document, warnings } = found(shipping, [{ ...charge, transaction_type }])
    return { kind: document.charges[0]?.kind, warned: codes(warnings) }
  }
  expect(words.transaction.map((word) => kindOf(word).kind)).toEqual([
    'charge',
    'refund',
    'credit',
    'payment',
    'adjustment',
  ])
  expect(kindOf('Gift')).toEqual({ kind: 'other', warned: ['SHIPBOB_WORD_UNKNOWN'] })
})

test('transactions that do not add up, or are in another currency, are warned of', () => {
  const [charge] = transactions
  expect(codes(found({ ...shipping, amount: 7 }, [charge ?? null]).warnings)).toEqual(['SHIPBOB_INVOICE_DIFFERS'])
  expect(codes(found(shipping, [{ ...charge, currency_code: 'CAD' }]).warnings)).toEqual(['SHIPBOB_INVOICE_DIFFERS'])
})

describe('taxes', () => {
  const australian = transactions.find((one) => one.currency_code === 'AUD') ?? {}
  const invoice = { ...shipping, invoice_id: 8634116, currency_code: 'AUD' }
  const amountOf = (amount: number, charge: { [field: string]: Json }) =>
    found({ ...invoice, amount }, [{ ...australian, ...charge }]).document.charges[0]

  test('held by the amount, as the invoice shows: taken off', () => {
    expect(amountOf(12.1, {})).toMatchObject({
      amount: '11',
      taxes: [{ name: 'GST', rate: '10', amount: '1.1' }],
    })
  })
  test('on top of the amount, as the invoice shows: left', () => {
    expect(amountOf(12.1, { amount: 11 })?.amount).toBe('11')
  })
  test('where the invoice fits neither, the rate says whether the amount holds it', () => {
    expect(amountOf(99, {})?.amount).toBe('11')
    expect(amountOf(99, { amount: 11 })?.amount).toBe('11')
  })
})

test('whatever the amounts and wherever the tax is, charges and taxes are the invoice to the cent', () => {
  const money = fc.integer({ min: -100_000, max: 100_000 }).map((n) => (n / 100).toFixed(2))
  const row = fc.record({ amount: money, tax: money })
  fc.assert(
    fc.property(fc.array(row, { minLength: 1, maxLength: 20 }), fc.boolean(), (charges, within) => {
      const total = add(...charges.flatMap(({ amount, tax }) => (within ? [amount] : [amount, tax])))
      const { document, warnings } = found(
        { ...shipping, amount: total },
        charges.map(({ amount, tax }, i) => ({
          transaction_id: `T${i}`,
          amount,
          currency_code: 'USD',
          transaction_type: 'Charge',
          taxes: [{ tax_type: 'VAT', tax_amount: tax }],
        })),
      )
      expect(warnings).toEqual([])
      expect(cents(totalOf(document))).toBe(cents(total))
    }),
  )
})
