import { createDesk, type Raw, records, told } from './desk.ts'
import { lineIn, liveOrder, liveTables, versions } from './live.ts'

const lines = (record: Raw) =>
  record.LineItem.map(({ InvoiceLine: l, ChargesAllowances: c }: Raw) => [
    l.LineSequenceNumber,
    l.InvoiceQty,
    l.InvoiceQtyUOM,
    l.PurchasePrice,
    l.ExtendedItemTotal,
    ...(c ?? []).map((a: Raw) => [a.AllowChrgIndicator, a.AllowChrgCode, a.AllowChrgAmt]),
  ])

describe.each(versions)('an invoice of Odoo %s', (version, number) => {
  const invoice = (edit?: (bundle: Raw) => void) => records(`invoice-${version}`, edit)
  const desk = (wishes: Record<string, string> = {}, settings: unknown = {}) =>
    createDesk({ tables: liveTables(wishes), first: number, settings })
  const billed = async (bundle: Raw, at = desk(), raw: Raw | null = liveOrder()) => {
    if (raw) await at.receive(raw)
    return at.bill(bundle)
  }

  test('bills the order’s lines in its units, with discount, freight and tax of their own, to the cent', async () => {
    const { outcome, record, writes } = await billed(invoice())
    expect([outcome, writes.map((w) => w.operation)]).toEqual(['write', ['send-invoice']])
    expect(lines(record)).toEqual([
      ['0001', 4, 'CA', 93.6, 374.4],
      ['0002', 30, 'EA', 11.25, 337.5, ['A', 'C310', 33.75]],
      ['0003', 5, 'EA', 39.5, 197.5],
    ])
    expect(record.Header.ChargesAllowances).toEqual([
      { AllowChrgIndicator: 'C', AllowChrgCode: 'D240', AllowChrgAmt: 25, AllowChrgHandlingCode: '06' },
    ])
    const tax = record.Header.Taxes.map((t: Raw) => [t.TaxTypeCode, t.TaxID])
    expect(tax).toEqual([['TX', '15%']])
    // 374.40 + 337.50 + 197.50 = 909.40; less 33.75, plus 25.00 and the tax, is what Odoo says.
    const total = invoice()['account.move'][0].amount_total
    expect(record.Summary).toEqual({
      TotalAmount: total,
      TotalSalesAmount: 909.4,
      TotalTaxesAndCharges: Math.round((total - 909.4) * 100) / 100,
      TotalTermsDiscountAmount: expect.any(Number),
      TotalAllowancesAmount: 33.75,
      TotalChargesAmount: 25,
      TotalFreightCharges: 25,
      TotalLineItemNumber: 3,
      InvoiceAmtDueByTermsDate: expect.any(Number),
    })
    const { TotalTermsDiscountAmount: off, InvoiceAmtDueByTermsDate: due } = record.Summary
    expect(Math.round((off + due) * 100) / 100).toBe(total)
  })

  test('has the header that the order asked for', async () => {
    const { record } = await billed(invoice())
    expect(record.Header.InvoiceHeader).toEqual({
      TradingPartnerId: '3F1HARBORPINE',
      InvoiceNumber: 'INV/2026/00001',
      InvoiceDate: '2026-11-21',
      PurchaseOrderDate: '2026-10-05',
      PurchaseOrderNumber: '4500187734',
      InvoiceTypeCode: 'DR',
      TsetPurposeCode: '00',
      BuyersCurrency: 'USD',
      InternalOrderNumber: number,
      Department: '062',
      Vendor: '40127',
      Division: '01',
    })
    expect(
      record.Header.Address.map((a: Raw) => [a.AddressTypeCode, a.LocationCodeQualifier, a.AddressLocationNumber]),
    ).toEqual([
      ['BT', '92', 'HP-HQ'],
      ['RI', '91', 'JS-AR'],
      ['ST', '92', '0417'],
    ])
    expect(record.Header.PaymentTerms[0]).toMatchObject({ TermsDiscountPercentage: 2, TermsNetDueDays: 30 })
  })

  test('tells what was shipped of it, and is held above that', async () => {
    const at = desk()
    await at.receive(liveOrder())
    await at.deliver(records(`delivery-${version}`))
    const { codes, problems } = await at.bill(invoice())
    expect(codes).toEqual(['INVOICED_ABOVE_SHIPPED', 'INVOICED_ABOVE_SHIPPED'])
    expect(problems[0]).toMatchObject({
      message: 'Line 0001: 4 CA invoiced of shipment WH/OUT/00004, shipped are 3.',
      path: 'invoice_line_ids[0].quantity',
    })
  })

  test.each<[string, (b: Raw) => void, string]>([
    ['is a draft', (b) => Object.assign(b['account.move'][0], { state: 'draft' }), 'skipped NOT_ELIGIBLE'],
    ['was cancelled', (b) => Object.assign(b['account.move'][0], { state: 'cancel' }), 'skipped NOT_ELIGIBLE'],
    ['is paid', (b) => Object.assign(b['account.move'][0], { payment_state: 'paid' }), 'write'],
    ['does not add up', (b) => Object.assign(b['account.move'][0], { amount_total: 1 }), 'rejected ODOO_TOTALS_DIFFER'],
    ['bills more than was ordered', (b) => more(b), 'held INVOICED_ABOVE_ORDERED'],
  ])('that %s', async (_, edit, expected) => {
    expect(told(await billed(invoice(edit)))).toBe(expected)
  })

  /** One more set: 39.50 and its tax. */
  const more = (b: Raw) => {
    const row = b['account.move.line'].find((l: Raw) => l.product_id?.[1]?.includes('JS-SET-4'))
    Object.assign(row, { quantity: 6, price_subtotal: 237, amount_currency: -237 })
    Object.assign(b['account.move'][0], {
      amount_total: Math.round((b['account.move'][0].amount_total + 39.5) * 100) / 100,
    })
  }

  test('is sent once', async () => {
    const at = desk()
    await billed(invoice(), at)
    const paid = invoice((b) => {
      Object.assign(b['account.move'][0], { payment_state: 'paid', write_date: '2026-12-01 07:00:00' })
    })
    expect(told(await at.bill(paid))).toBe('skipped ALREADY_SENT')
  })

  test('waits for the ship notice where the partner wants that first', async () => {
    const at = desk({ invoiceAfterShipNotice: 'yes' })
    expect((await billed(invoice(), at)).codes).toContain('SHIP_NOTICE_MISSING')
  })

  describe('of an order that a person entered', () => {
    const byHand = () =>
      invoice((b) => {
        Object.assign(b['sale.order'][0], { origin: false })
        delete b['ir.model.data']
      })

    test('goes out with counted lines and the numbers of the tables', async () => {
      const { outcome, record } = await billed(byHand(), desk(), null)
      expect([outcome, record.Header.InvoiceHeader.PurchaseOrderNumber]).toEqual(['write', '4500187734'])
      expect(lines(record).map(([line]: Raw) => line)).toEqual(['1', '2', '3'])
      expect(record.LineItem[0].InvoiceLine.BuyerPartNumber).toBe('771204')
      expect(record.Header.InvoiceHeader.Vendor).toBe('40127')
    })

    test('does not where the settings say so', async () => {
      expect(told(await billed(byHand(), desk({}, { ordersByHand: 'skip' }), null))).toBe('skipped NOT_EDI')
    })
  })

  test('with a line of nobody’s order is held: the retailer gets its own part only', async () => {
    const mixed = invoice((b) => {
      const row = b['account.move.line'].find((l: Raw) => l.product_id?.[1]?.includes('JS-SET-4'))
      row.sale_line_ids = []
    })
    const { codes, problems } = await billed(mixed)
    expect([codes, problems[0]?.path]).toEqual([['EDI_MIXED'], 'invoice_line_ids'])
  })

  describe('that credits goods', () => {
    const credit = (edit?: (bundle: Raw) => void) => records(`credit-note-${version}`, edit)

    test('goes out with positive amounts and names the invoice', async () => {
      const { outcome, record } = await billed(credit())
      expect([outcome, record.Header.InvoiceHeader.InvoiceTypeCode]).toEqual(['write', 'CR'])
      expect(lines(record)).toEqual([['0002', 3, 'EA', 11.25, 33.75, ['A', 'C310', 3.37]]])
      expect(record.Header.References).toContainEqual({ ReferenceQual: 'INV', ReferenceID: 'INV/2026/00001' })
      // 33.75 less 3.37, plus 4.56 of tax.
      expect(record.Summary).toMatchObject({ TotalAmount: 34.94, TotalSalesAmount: 33.75, TotalTaxesAndCharges: 1.19 })
      expect(record.Header.PaymentTerms).toBeUndefined()
    })

    test('does not where the partner takes none', async () => {
      expect(told(await billed(credit(), desk({ acceptsCredits: 'no' })))).toBe('skipped CREDIT_NOT_WANTED')
    })

    test('without the invoice it credits goes by its own order line', async () => {
      const alone = credit((b) => {
        b['account.move'] = b['account.move'].slice(0, 1)
        b['account.move'][0].reversed_entry_id = false
      })
      expect(told(await billed(alone))).toBe('write')
    })
  })

  test('with a line that a person entered anew in the order goes under the retailer’s number of that item', async () => {
    const anew = invoice((b) => {
      b['ir.model.data'] = b['ir.model.data'].filter((r: Raw) => r.res_id !== lineIn(b, '0002').id)
    })
    expect(lines((await billed(anew)).record).map(([line]: Raw) => line)).toEqual(['0001', '0002', '0003'])
  })
})
