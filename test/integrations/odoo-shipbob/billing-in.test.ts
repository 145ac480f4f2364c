import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { parse } from '../../../lib/systems/shipbob/parse.ts'
import { createDesk, type Raw, tablesOf } from './desk.ts'
import { recorded, toldBy, writesOf } from './warehouse.ts'

const kinds: Raw[] = JSON.parse(
  readFileSync('test/fixtures/shipbob/rest/billing.all-transaction-kinds.json', 'utf8'),
).items
const invoices: Raw[] = recorded('billing.invoices').items

/** A recorded invoice with its transactions, as the reader brings them together. */
function invoiceOf(id: number, edit: (invoice: Raw, transactions: Raw[]) => void = () => undefined): Raw {
  const invoice = structuredClone(invoices.find((one) => one.invoice_id === id))
  const transactions = structuredClone(kinds.filter((one) => one.invoice_id === id))
  edit(invoice, transactions)
  const read = parse('service-invoice', { invoice, transactions })
  if (!('document' in read)) throw new Error(JSON.stringify(read.problems))
  return read.document
}

const charge = (id: number, amount: number, over: Raw = {}): Raw => ({
  ...kinds[0],
  transaction_id: `01K5A1B2C3D4E5F6G7H8J9${String(id).padStart(4, '0')}`,
  amount,
  invoice_id: 1,
  ...over,
})

/** An invoice over anything. */
const weekly = (amount: number, transactions: Raw[], over: Raw = {}): Raw =>
  invoiceOf(8634110, (invoice, own) => {
    Object.assign(invoice, { amount, ...over })
    own.splice(0, own.length, ...transactions)
  })

const fees = [
  { fee: 'Shipping', account: '610100', costCentre: 'WEST', taxes: 'GST 10%' },
  { fee: 'Per Pick Fee', account: '610200' },
  { fee: 'Warehousing Fee', account: '610300' },
]
const withFees = (...rows: Raw[]) => tablesOf({ fees: [...fees, ...rows] })
const linesOf = (result: Raw): string[] =>
  result.record.lines.map(
    (line: Raw) => `${line.account} ${line.costCentre ?? '-'} ${line.amount} [${line.taxes}] ${line.description}`,
  )

describe('an invoice', () => {
  test('is one vendor bill with its fees on their accounts', () => {
    const desk = createDesk({ tables: withFees(), settings: { bills: { vendor: 'SB', journal: 'BILL', post: true } } })
    const result = desk.run(invoiceOf(8634110))
    expect(writesOf(result)).toMatchObject([
      { operation: 'create-bill', reference: 'bill:SB:8634110', connection: 'odoo' },
    ])
    expect(result.record).toMatchObject({
      vendor: { partner: 'SB' },
      kind: 'bill',
      number: '8634110',
      date: '2026-09-21',
      currency: 'USD',
      journal: 'BILL',
      total: '6.58',
      post: true,
    })
    expect(linesOf(result)).toEqual(['610100 WEST 6.58 [] Shipping (1) 2026-09-13'])
    expect(result).toMatchObject({ index: ['shipment:352900411'] })
  })

  test('has one line for each account, cost centre and tax, with what it stands for', () => {
    const transactions = [
      charge(1, 6.58),
      charge(2, 7.02, { charge_date: '2026-09-15' }),
      charge(3, 0.52, { transaction_fee: 'Per Pick Fee' }),
      charge(4, 0.26, { transaction_fee: 'Freight' }),
      charge(5, 8, { transaction_fee: 'Warehousing Fee', reference_type: 'FC', reference_id: '10-1-Shelf' }),
      charge(6, -3, { transaction_type: 'Refund' }),
      charge(7, -1.5, { transaction_type: 'Credit', transaction_fee: 'Credit' }),
    ]
    const tables = withFees({ fee: 'Freight', account: '610200' }, { fee: 'Credit', account: '610900' })
    const result = createDesk({ tables }).run(weekly(17.88, transactions))
    expect(linesOf(result)).toEqual([
      '610100 WEST 13.6 [] Shipping (2) 2026-09-13 to 2026-09-15',
      '610200 - 0.78 [] Per Pick Fee (1), Freight (1) 2026-09-13',
      '610300 - 8 [] Warehousing Fee (1) 2026-09-13',
      '610100 WEST -3 [] Shipping (1) refunded 2026-09-13',
      '610900 - -1.5 [] Credit (1) 2026-09-13',
    ])
    expect(result.record).toMatchObject({ kind: 'bill', total: '17.88' })
  })

  test('that gives more than it charges is a credit note', () => {
    const result = createDesk({ tables: withFees({ fee: '*', account: '610000' }) }).run(invoiceOf(8634115))
    expect(result.record).toMatchObject({ kind: 'refund', total: '6.58' })
    expect(linesOf(result)).toEqual(['610000 - 6.58 [] Credit (1) 2026-09-13'])
  })

  test("has the tax of the fee's row where ShipBob told one, else the tax as a cost of its own", () => {
    const taxed = [charge(1, 11, { taxes: [{ tax_type: 'GST', tax_rate: 10, tax_amount: 1.1 }] }), charge(2, 5)]
    const result = createDesk({ tables: withFees() }).run(weekly(17.1, taxed))
    expect(linesOf(result)).toEqual([
      '610100 WEST 11 [GST 10%] Shipping (1) 2026-09-13',
      '610100 WEST 5 [] Shipping (1) 2026-09-13',
    ])
    const picked = taxed.map((one) => ({ ...one, transaction_fee: 'Per Pick Fee' }))
    expect(linesOf(createDesk({ tables: withFees() }).run(weekly(17.1, picked)))).toEqual([
      '610200 - 16 [] Per Pick Fee (2) 2026-09-13',
      '610200 - 1.1 [] GST on Per Pick Fee (1) 2026-09-13',
    ])
  })

  test('with fees that nobody booked yet names every one at once', () => {
    const transactions = [
      charge(1, 1, { transaction_fee: 'Freight' }),
      charge(2, 1, { transaction_fee: 'Address Correction' }),
      charge(3, 1),
      charge(4, 1, { transaction_fee: 'Freight' }),
    ]
    const result = createDesk({ tables: withFees() }).run(weekly(4, transactions))
    expect(toldBy(result)).toBe('held FEE_UNKNOWN FEE_UNKNOWN')
    expect(result).toMatchObject({
      problems: [
        { row: { table: 'fees', cells: { fee: 'Freight' } } },
        { row: { cells: { fee: 'Address Correction' } } },
      ],
    })
    expect(toldBy(createDesk({ tables: withFees({ fee: '*', account: '1' }) }).run(weekly(4, transactions)))).toBe(
      'write create-bill',
    )
  })

  test('whose charges do not come to it, to the cent, is held', () => {
    const result = createDesk({ tables: withFees() }).run(weekly(6.59, [charge(1, 6.58)]))
    expect(toldBy(result)).toBe('held INVOICE_DIFFERS')
    expect(result).toMatchObject({
      problems: [{ message: 'Invoice 8634110 is over 6.59 USD, its charges come to 6.58.' }],
    })
    expect(toldBy(createDesk({ tables: withFees() }).run(weekly(6.58, [])))).toBe('held INVOICE_DIFFERS')
  })

  test('that is a payment, or comes to nothing, is no bill', () => {
    const payment = invoiceOf(8634120)
    expect(toldBy(createDesk({ tables: withFees() }).run(payment))).toBe('skipped INVOICE_NOT_BILLABLE')
    expect(toldBy(createDesk({ tables: withFees() }).run(weekly(0, [])))).toBe('skipped INVOICE_EMPTY')
  })

  test('with a payment among its charges is billed without it, whether its amount holds it or not', () => {
    const payment = charge(2, -6.58, { transaction_type: 'Payment', transaction_fee: 'Payment' })
    for (const amount of [6.58, 0]) {
      const result = createDesk({ tables: withFees() }).run(weekly(amount, [charge(1, 6.58), payment]))
      expect(result.record).toMatchObject({ kind: 'bill', total: '6.58' })
      expect(result.warnings).toMatchObject([{ code: 'CHARGE_LEFT_OUT' }])
    }
  })

  test('with charges of an unknown kind or another currency is for a person', () => {
    const transactions = [charge(1, 3, { transaction_type: 'Surprise' }), charge(2, 3.58, { currency_code: 'AUD' })]
    expect(toldBy(createDesk({ tables: withFees() }).run(weekly(6.58, transactions)))).toBe(
      'held CHARGE_UNKNOWN CHARGE_CURRENCY_DIFFERS',
    )
  })

  test('is billed once; one that says something else afterwards is for a person', () => {
    const desk = createDesk({ tables: withFees() })
    expect(toldBy(desk.run(weekly(6.58, [charge(1, 6.58)])))).toBe('write create-bill')
    expect(toldBy(desk.run(weekly(6.58, [charge(1, 6.58)])))).toBe('skipped DUPLICATE')
    expect(toldBy(desk.run(weekly(7.58, [charge(1, 6.58), charge(2, 1)])))).toBe('held INVOICE_CHANGED')
  })

  test('is found by what was charged for, as far as that goes', () => {
    const transactions = Array.from({ length: 200 }, (_, i) =>
      charge(i, 1, { reference_id: String(1000 + i), reference_type: ['Shipment', 'Return', 'WRO', 'FC'][i % 4] }),
    )
    const result = createDesk({ tables: withFees() }).run(weekly(200, transactions))
    const index = result.outcome === 'write' ? (result.index ?? []) : []
    expect(index).toHaveLength(50)
    expect(index.slice(0, 4)).toEqual(['shipment:1000', 'return:1001', 'WRO:1002', 'shipment:1004'])
  })

  test('comes to its lines, to the cent, however small its charges are', () => {
    const amounts = fc.array(fc.integer({ min: -40_000, max: 100_000 }), { minLength: 1, maxLength: 40 })
    fc.assert(
      fc.property(
        amounts,
        fc.array(fc.constantFrom('Shipping', 'Per Pick Fee', 'Warehousing Fee'), { minLength: 1 }),
        (all, names) => {
          const transactions = all.map((amount, i) =>
            charge(i, amount / 10_000, {
              transaction_fee: names[i % names.length],
              transaction_type: amount < 0 ? 'Credit' : 'Charge',
            }),
          )
          const sum = all.reduce((a, b) => a + b, 0)
          const net = Math.sign(sum) * Math.round(Math.abs(sum) / 100)
          const result = createDesk({ tables: withFees() }).run(weekly(net / 100, transactions))
          if (result.outcome === 'skipped') return
          const cents = (text: string) => Math.round(Number(text) * 100)
          expect(cents(result.record.total)).toBe(Math.abs(net))
          expect(result.record.lines.reduce((a: number, line: Raw) => a + cents(line.amount), 0)).toBe(Math.abs(net))
          expect(result.record.lines.every((line: Raw) => /^-?\d+(\.\d{1,2})?$/.test(line.amount))).toBe(true)
        },
      ),
      { numRuns: 60 },
    )
  })
})
