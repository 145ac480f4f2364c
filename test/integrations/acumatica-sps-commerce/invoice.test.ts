import type { RsxInvoice } from '../../../lib/systems/sps-commerce/records.ts'
import {
  bill,
  changedFields,
  codesOf,
  fixture,
  freightInvoice,
  harborCredit,
  harborInvoice,
  harborOrder,
  rsxOf,
  tablesWith,
} from './invoice-world.ts'

const expected = (name: string) => fixture(`sps-commerce/${name}.json`) as unknown as RsxInvoice

describe('an invoice of an order the ledger knows', () => {
  const { result, lookups } = bill(harborInvoice(), { history: [harborOrder()] })
  const rsx = rsxOf(result)
  const example = expected('invoice-810')
  /** What stands on the shipment and not on the invoice: Acumatica's SalesInvoice does not hold it. */
  const { CarrierProNumber, BillOfLadingNumber, ShipDate, ...header } = { ...example.Header?.InvoiceHeader }

  test('asks the ledger for its own number, its orders and its shipments', () => {
    expect(new Set(lookups)).toEqual(new Set(['INV-104482', 'SO-20931', 'JS-SHP-0031877']))
  })

  test('is one upload, named by type and number, found by the purchase order', () => {
    expect(result).toMatchObject({
      outcome: 'write',
      writes: [{ connection: 'sps', operation: 'send-invoice', reference: 'INInvoice-INV-104482' }],
      index: ['4500187734'],
      warnings: [],
    })
  })

  test('has the numbers of the order in its header, as the retailer sent them', () => {
    expect(rsx.Header?.InvoiceHeader).toMatchObject(header)
    expect([CarrierProNumber, BillOfLadingNumber, ShipDate].every(Boolean)).toBe(true)
    expect(rsx.Header?.InvoiceHeader).not.toHaveProperty('CarrierProNumber')
    expect(rsx.Meta).toEqual(example.Meta)
    expect(rsx.Header?.References).toEqual(example.Header?.References)
  })

  test('has the terms of the order with the dates and money of this invoice', () => {
    expect(rsx.Header?.PaymentTerms).toEqual(example.Header?.PaymentTerms)
  })

  test('names bill-to, remit-to and ship-to with the numbers the order had', () => {
    expect(rsx.Header?.Address).toEqual(example.Header?.Address)
  })

  test('has the document discount as an allowance and the sum of quantities', () => {
    expect(rsx.Header?.ChargesAllowances).toEqual(example.Header?.ChargesAllowances)
    expect(rsx.Header?.QuantityTotals).toEqual(example.Header?.QuantityTotals)
  })

  test("answers each line under the buyer's line number, numbers and unit", () => {
    const ofShipment = ['ShipQty', 'ShipQtyUOM', 'QtyLeftToReceive', 'QtyLeftToReceiveStatus']
    const lines = example.LineItem?.map(({ InvoiceLine }) =>
      Object.fromEntries(Object.entries(InvoiceLine ?? {}).filter(([field]) => !ofShipment.includes(field))),
    )
    expect(rsx.LineItem?.map((l) => l.InvoiceLine)).toEqual(lines?.map((line) => expect.objectContaining(line)))
    expect(rsx.LineItem?.map((l) => l.ProductOrItemDescription)).toEqual(
      example.LineItem?.map((l) => l.ProductOrItemDescription),
    )
  })

  test('comes to the totals of the example, to the cent', () => {
    const { TotalCartonCount, ...summary } = example.Summary as Record<string, unknown>
    expect(TotalCartonCount).toBe(2)
    expect(rsx.Summary).toEqual(summary)
  })

  test('says why: rules O3, I3 and I4 and every table row are in the decisions', () => {
    const rules = result.decisions.map((d) => d.rule)
    expect(rules).toEqual(expect.arrayContaining(['O3', 'S3.unit', 'I3', 'I4', 'S8']))
  })
})

describe('an invoice of an order from before the ledger', () => {
  test('takes the purchase order from our reference on the ERP order and leaves out what nobody knows', () => {
    const rsx = rsxOf(bill(harborInvoice()).result)
    expect(rsx.Header?.InvoiceHeader).toMatchObject({
      TradingPartnerId: '3F1HARBORPINE',
      PurchaseOrderNumber: '4500187734',
      PurchaseOrderDate: '2026-10-05',
      Vendor: '40127',
    })
    expect(rsx.Header?.InvoiceHeader).not.toHaveProperty('Department')
    expect(rsx.Header).not.toHaveProperty('PaymentTerms')
    expect(rsx.LineItem?.map((l) => [l.InvoiceLine?.LineSequenceNumber, l.InvoiceLine?.InvoiceQtyUOM])).toEqual([
      ['1', 'EA'],
      ['2', 'EA'],
      ['3', 'CA'],
    ])
    expect(JSON.stringify(rsx)).not.toMatch(/null|""|\[\]|\{\}/)
  })

  test('takes its own reference, not the CustomerOrder that a person may have changed', () => {
    const file = changedFields(harborInvoice(), {
      'salesInvoices.0.CustomerOrder': 'typed by hand',
      'salesOrders.0.CustomerOrder': 'typed by hand',
    })
    expect(rsxOf(bill(file).result).Header?.InvoiceHeader?.PurchaseOrderNumber).toBe('4500187734')
  })
})

describe('an invoice with line discount, freight and tax', () => {
  const { result } = bill(freightInvoice())
  const rsx = rsxOf(result)

  test('has the discount at its line, the price before it, freight as a charge and tax by the table', () => {
    expect(rsx.LineItem?.[0]).toMatchObject({
      InvoiceLine: { InvoiceQty: 48, PurchasePrice: 4.25, ExtendedItemTotal: 204 },
      ChargesAllowances: [{ AllowChrgIndicator: 'A', AllowChrgCode: 'C310', AllowChrgAmt: 10.2 }],
    })
    expect(rsx.LineItem?.[1]).not.toHaveProperty('ChargesAllowances')
    expect(rsx.Header?.ChargesAllowances).toEqual([
      { AllowChrgIndicator: 'C', AllowChrgCode: 'D240', AllowChrgAmt: 42.5, AllowChrgHandlingCode: '06' },
    ])
    expect(rsx.Header?.Taxes).toEqual([{ TaxTypeCode: 'ST', TaxAmount: 19.18, TaxID: 'WISTATE' }])
  })

  test('comes to its amount, whatever was paid already', () => {
    expect(rsx.Summary).toEqual({
      TotalAmount: 340.68,
      TotalSalesAmount: 289.2,
      TotalTaxesAndCharges: 51.48,
      TotalAllowancesAmount: 10.2,
      TotalChargesAmount: 42.5,
      TotalFreightCharges: 42.5,
      TotalLineItemNumber: 2,
    })
  })

  test('calls a tax TX where no table knows it', () => {
    const file = changedFields(freightInvoice(), { 'salesInvoices.0.TaxDetails.0.TaxID': 'ELSEWHERE' })
    expect(rsxOf(bill(file).result).Header?.Taxes?.[0]).toMatchObject({ TaxTypeCode: 'TX', TaxID: 'ELSEWHERE' })
  })

  test("uses the partner's own codes for discounts and freight, named discounts included, and says from which row", () => {
    const codes = [
      { kind: 'allowance', tradingPartner: '3F1HARBORPINE', code: 'DISCOUNT', value: 'F800' },
      { kind: 'charge', tradingPartner: '3F1HARBORPINE', code: 'FREIGHT', value: 'D500' },
    ]
    const tables = tablesWith({ codes })
    const freight = bill(freightInvoice(), { tables })
    expect(rsxOf(freight.result).Header?.ChargesAllowances?.[0]?.AllowChrgCode).toBe('D500')
    expect(rsxOf(freight.result).LineItem?.[0]?.ChargesAllowances?.[0]?.AllowChrgCode).toBe('F800')
    const named = bill(harborInvoice(), { tables })
    expect(rsxOf(named.result).Header?.ChargesAllowances?.[0]).toMatchObject({
      AllowChrgCode: 'F800',
      AllowChrgHandlingDescription: 'New store discount',
    })
    expect(named.result.decisions.find((d) => d.rule === 'I3')?.table).toMatchObject({ name: 'codes' })
  })
})

describe('a credit memo', () => {
  const { result, lookups } = bill(harborCredit(), { history: [harborOrder()] })

  test("answers under the original invoice's order, positive, and refers to that invoice (I5)", () => {
    const rsx = rsxOf(result)
    const { Meta, Header, LineItem, Summary } = expected('credit-note-810')
    expect(lookups).toContain('SO-20931')
    expect(rsx.Meta).toEqual(Meta)
    expect(rsx.Header?.InvoiceHeader).toMatchObject({ ...Header?.InvoiceHeader })
    expect(rsx.Header?.References).toEqual(expect.arrayContaining([...(Header?.References ?? [])]))
    expect(rsx.LineItem?.map((l) => l.InvoiceLine)).toEqual(LineItem?.map((l) => l.InvoiceLine))
    expect(rsx.Summary).toEqual(Summary)
    expect(rsx.Header).not.toHaveProperty('PaymentTerms')
    expect(result).toMatchObject({ writes: [{ reference: 'INCreditMemo-CM-00771' }], index: ['4500187734'] })
  })

  test('stays positive where Acumatica writes its amounts negative', () => {
    const file = changedFields(harborCredit(), {
      'salesInvoices.0.Amount': -12.75,
      'salesInvoices.0.Details.0.Qty': -3,
      'salesInvoices.0.Details.0.Amount': -12.75,
    })
    expect(rsxOf(bill(file, { history: [harborOrder()] }).result).Summary).toMatchObject({ TotalAmount: 12.75 })
  })

  test('is skipped where the partner takes none, even where its original cannot be read', () => {
    const tables = tablesWith({ partner: { acceptsCredits: '' } })
    for (const file of [harborCredit(), { ...harborCredit(), originals: [] }]) {
      const { result } = bill(file, { tables, history: [harborOrder()] })
      expect([result.outcome, codesOf(result)]).toEqual(['skipped', ['CREDIT_NOT_WANTED']])
    }
  })

  test('is held, not skipped, where the cell that would say so is mistyped', () => {
    const tables = tablesWith({ partner: { acceptsCredits: 'Yes' } })
    const { result } = bill(harborCredit(), { tables, history: [harborOrder()] })
    expect([result.outcome, codesOf(result)]).toEqual(['held', ['TABLE_VALUE_INVALID']])
  })

  test('is held where the invoice it credits cannot be read', () => {
    const { result } = bill({ ...harborCredit(), originals: [] }, { history: [harborOrder()] })
    expect(result.outcome).toBe('held')
    expect(codesOf(result)).toContain('ORIGINAL_UNKNOWN')
  })
})
