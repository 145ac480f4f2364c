import fc from 'fast-check'
import { add, cents, divide, multiply, subtract } from '../../../lib/core/decimal.ts'
import type { RsxInvoice } from '../../../lib/systems/sps-commerce/records.ts'
import { bill, changed, fixture, type Raw, rsxOf } from './invoice-world.ts'

const money = (most: number) => fc.integer({ min: 0, max: most }).map((n) => divide(String(n), '100', 2))

const generated = fc.record({
  lines: fc.array(
    fc.record({
      quantity: fc.integer({ min: 1, max: 500 }),
      price: money(99_999),
      percent: fc.integer({ min: 0, max: 60 }),
    }),
    { minLength: 1, maxLength: 6 },
  ),
  discountPercent: fc.integer({ min: 0, max: 30 }),
  freight: money(50_000),
  taxPercent: fc.integer({ min: 0, max: 20 }),
  /** Cents by which the stated total is wrong. */
  wrong: fc.oneof(fc.constant(0), fc.integer({ min: -3, max: 3 })),
})
type Generated = typeof generated extends fc.Arbitrary<infer T> ? T : never

const percentOf = (value: string, percent: number) => cents(divide(multiply(value, String(percent)), '100', 6))
const field = (value: string | number) => ({ value: Number(value) })

/** An Acumatica invoice of the example's order, line 1 billed several times, and the total it truly has. */
function fileOf({ lines, discountPercent, freight, taxPercent, wrong }: Generated): { file: Raw; total: string } {
  const example = fixture('acumatica/sales-invoice.json')
  const [template] = example.Details as Raw[]
  const details = lines.map(({ quantity, price, percent }, i) => {
    const gross = cents(multiply(price, String(quantity)))
    const discount = percentOf(gross, percent)
    return {
      amount: subtract(gross, discount),
      raw: changed(template ?? {}, {
        LineNbr: field(i + 1),
        Qty: field(quantity),
        UnitPrice: field(price),
        DiscountAmount: field(discount),
        Amount: field(subtract(gross, discount)),
      }),
    }
  })
  const net = add('0', ...details.map((d) => d.amount))
  const discount = percentOf(net, discountPercent)
  const tax = percentOf(subtract(net, discount), taxPercent)
  const total = add(subtract(net, discount), freight, tax)
  const invoice = changed(example, {
    Details: details.map((d) => d.raw),
    DiscountTotal: field(discount),
    DiscountDetails: [],
    FreightDetails: [{ TotalFreightAmount: field(freight) }],
    TaxDetails: [{ TaxID: { value: 'WISTATE' }, TaxAmount: field(tax) }],
    TaxTotal: field(tax),
    Amount: field(add(total, divide(String(wrong), '100', 2))),
  })
  // As much was ordered as any of them bills.
  const order = changed(fixture('acumatica/sales-order-after-shipping.json'), { 'Details.0.OrderQty': field(10_000) })
  return { file: { salesInvoices: [invoice], salesOrders: [order] }, total }
}

const sum = (numbers: (number | undefined)[]) => add('0', ...numbers.map((n) => String(n ?? 0)))

/** The retailer's own check of an 810, from nothing but what is in it (sps-commerce.md 7.5). */
function reckoned({ Header, LineItem = [] }: RsxInvoice) {
  const all = [...(Header?.ChargesAllowances ?? []), ...LineItem.flatMap((l) => l.ChargesAllowances ?? [])]
  const of = (indicator: string) =>
    sum(all.filter((c) => c.AllowChrgIndicator === indicator).map((c) => c.AllowChrgAmt))
  const sales = sum(LineItem.map((l) => l.InvoiceLine?.ExtendedItemTotal))
  const taxes = sum((Header?.Taxes ?? []).map((t) => t.TaxAmount))
  return { sales, allowances: of('A'), charges: of('C'), total: add(subtract(sales, of('A')), of('C'), taxes) }
}

test('an 810 that is sent always adds up for the retailer; an invoice that does not is held', () => {
  fc.assert(
    fc.property(generated, (invoice) => {
      const { file, total } = fileOf(invoice)
      const { result } = bill(file)
      expect(result.outcome).toBe(invoice.wrong === 0 ? 'write' : 'held')
      if (result.outcome !== 'write') return
      const rsx = rsxOf(result)
      const { sales, allowances, charges, total: theirs } = reckoned(rsx)
      const { Summary } = rsx
      expect(theirs).toBe(total)
      expect(sum([Summary?.TotalAmount])).toBe(total)
      expect(sum([Summary?.TotalSalesAmount])).toBe(sales)
      expect(sum([Summary?.TotalAllowancesAmount])).toBe(allowances)
      expect(sum([Summary?.TotalChargesAmount])).toBe(charges)
      expect(sum([Summary?.TotalTaxesAndCharges])).toBe(subtract(total, sales))
      expect(Summary?.TotalLineItemNumber).toBe(rsx.LineItem?.length)
    }),
    { numRuns: 60 },
  )
})
