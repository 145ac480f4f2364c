import { fixture, fixtureText, parsed, problemsOf } from './support.ts'

describe('an order (850)', () => {
  it('comes out as the retailer wrote it', () => {
    const { document, warnings } = parsed('purchase-order', fixture('order-850.json'))
    expect(warnings).toEqual([])
    expect(document).toMatchObject({
      tradingPartner: '3F1HARBORPINE',
      number: '4500187734',
      purpose: 'original',
      orderType: 'SA',
      date: '2026-10-05',
      currency: 'USD',
      department: '062',
      division: '01',
      vendor: '40127',
      shipComplete: 'N',
      fulfilment: 'bulk',
      dates: [
        { qualifier: '010', date: '2026-10-19' },
        { qualifier: '002', date: '2026-10-23' },
        { qualifier: '001', date: '2026-10-26' },
      ],
      terms: { type: '08', basis: '3', discountPercent: '2', discountDays: 10, netDays: 30 },
      carrier: { method: 'M', scac: 'ODFL', routing: 'Old Dominion LTL' },
      fob: { pay: 'CC', qualifier: 'OR', description: 'Red Wing, MN' },
      references: [
        { qualifier: 'CT', id: 'HP-2026-TT', description: 'Tabletop contract' },
        { qualifier: 'MR', id: '0073' },
      ],
      charges: [{ indicator: 'A', code: 'C310', amount: '7.34', percent: '2', percentQualifier: '6', handling: '02' }],
      totals: { amount: '359.86', lines: 3 },
      envelope: { sender: 'HARBORPINE', receiver: 'JUNIPERSLATE', controlNumber: '000018841' },
    })
    expect(document.parties[1]).toEqual({
      role: 'ST',
      code: '0417',
      codeQualifier: '92',
      name: 'Harbor & Pine DC 0417',
      address: ['2150 Tannery Road', 'Door 14-22'],
      city: 'Superior',
      state: 'WI',
      postalCode: '54880',
      country: 'USA',
    })
    expect(document.lines[2]).toMatchObject({
      line: '3',
      numbers: {
        buyerPart: '771233',
        vendorPart: 'JS-TRY-LG',
        upc: '614141001521',
        gtin: '00614141001521',
        caseUpc: '10614141001528',
      },
      description: 'Acacia serving tray, large',
      quantity: '2',
      unit: 'CA',
      price: '85.2',
      priceBasis: 'CA',
      packSize: '6',
      notes: [{ code: 'GEN', text: 'Ship in original case packs only.' }],
    })
  })

  it('says the same in XML', () => {
    expect(parsed('purchase-order', fixtureText('order-850.xml'))).toEqual(
      parsed('purchase-order', fixture('order-850.json')),
    )
  })

  it('needs nothing but its identifiers and a line', () => {
    const { document } = parsed('purchase-order', fixture('order-850-minimal.json'))
    expect(document).toMatchObject({ number: '4500187735', purpose: 'original', fulfilment: 'bulk', parties: [] })
    expect(document.lines).toHaveLength(1)
  })

  it('for several stores keeps the split of every line', () => {
    const { document } = parsed('purchase-order', fixture('order-850-multistore.json'))
    expect(document.fulfilment).toBe('multi-store')
    expect(document.lines[0].split).toEqual([
      { location: '0012', quantity: '12', unit: 'EA' },
      { location: '0031', quantity: '24', unit: 'EA' },
      { location: '0107', quantity: '12', unit: 'EA' },
    ])
  })

  it('to a consumer keeps the gift note, the tax exemption and the freight account', () => {
    const { document } = parsed('purchase-order', fixture('order-850-dropship.json'))
    expect(document).toMatchObject({
      fulfilment: 'drop-ship',
      customerOrder: 'HPW-5561208',
      notes: [{ code: 'GFT', text: 'Congratulations on the new flat!' }],
      references: [{ qualifier: 'TPF', id: '1R77A4', description: 'Bill freight to retailer account' }],
    })
    expect(document.parties[1]).toMatchObject({ role: 'ST', contact: 'Ines Okafor', phone: '715-555-0188' })
    expect(document.lines[0].taxes).toEqual([{ code: 'ST', amount: '0', percent: '0', exempt: '3' }])
  })
})

describe('an order change (860)', () => {
  it('carries sequence, date, and the new quantities', () => {
    const { document } = parsed('purchase-order-change', fixture('order-change-860.json'))
    expect(document).toMatchObject({
      type: 'purchase-order-change',
      purpose: 'change',
      sequence: '1',
      changeDate: '2026-10-08',
      dates: [{ qualifier: '001', date: '2026-10-30' }],
    })
    expect(
      document.lines.map((l: { line: string; change: string; quantity: string }) => [l.line, l.change, l.quantity]),
    ).toEqual([
      ['1', 'QI', '48'],
      ['3', 'DI', '0'],
    ])
  })

  it('is minimal without a date', () => {
    expect(parsed('purchase-order-change', fixture('order-change-860-minimal.json')).document).toMatchObject({
      sequence: '1',
      lines: [{ change: 'QD', quantity: '12' }],
    })
  })
})

describe('reports', () => {
  it('852: one Dates object in an activity, quantities by store, prices', () => {
    const { document, warnings } = parsed('product-activity', fixture('product-activity-852.json'))
    expect(warnings).toEqual([])
    expect(document).toMatchObject({ startDate: '2026-10-11', endDate: '2026-10-17', handling: 'H', department: '062' })
    expect(document.lines[0].activities[2]).toEqual({
      code: 'QP',
      quantity: '24',
      unit: 'EA',
      date: '2026-10-26',
      locations: [],
    })
    expect(document.lines[0].activities[0].locations[0]).toEqual({
      location: '0012',
      quantity: '14',
      unit: 'EA',
      price: '9.99',
      currency: 'USD',
    })
  })

  it('846: every quantity with its qualifier, zero included, expected stock with its date', () => {
    const { document, warnings } = parsed('inventory-advice', fixture('inventory-846.json'))
    expect(warnings).toEqual([])
    expect(document).toMatchObject({ documentId: 'IB-20261019-0600', date: '2026-10-19', reportType: 'MB' })
    expect(document.lines[1].quantities).toEqual([
      { qualifier: '33', quantity: '0', unit: 'EA' },
      { qualifier: 'QOH', quantity: '4', unit: 'EA' },
      { qualifier: '29', quantity: '240', unit: 'EA', date: '2026-11-02' },
    ])
  })

  it('the minimal forms of both are enough', () => {
    expect(parsed('inventory-advice', fixture('inventory-846-minimal.json')).document.lines).toHaveLength(1)
    expect(parsed('product-activity', fixture('product-activity-852-minimal.json')).document.lines).toHaveLength(1)
  })

  it('a negative quantity of an 852 is read as it is', () => {
    const report = fixture('product-activity-852-minimal.json')
    report.LineItem[0].ProductActivityReporting[0].TotalQty = -3
    expect(parsed('product-activity', report).document.lines[0].activities[0].quantity).toBe('-3')
  })

  it('an entry of the Inventory API is a stock report about one item at one place', () => {
    const entry = fixture('http/inventory-items.json').results[0]
    expect(parsed('inventory-advice', entry).document).toEqual({
      type: 'inventory-advice',
      tradingPartner: 'HARBORPINE',
      documentId: 'JS-MUG-12@JS-W1',
      date: '2026-10-19',
      parties: [],
      lines: [
        {
          numbers: { vendorPart: 'JS-MUG-12' },
          quantities: [
            { qualifier: '33', quantity: '1840', date: '2026-10-19', location: 'JS-W1' },
            { qualifier: '29', quantity: '240', date: '2026-11-02', location: 'JS-W1' },
          ],
        },
      ],
    })
  })
})

describe('a document is refused with every reason at once', () => {
  it('where identifiers are missing and values are no numbers', () => {
    const order = fixture('order-850.json')
    order.Header.OrderHeader = { TradingPartnerId: ' ', PurchaseOrderNumber: null }
    order.LineItem[0].OrderLine.OrderQty = 'two dozen'
    order.LineItem[1].OrderLine.PurchasePrice = '7,90'
    expect(problemsOf('purchase-order', order).map((p) => [p.code, p.path])).toEqual([
      ['SPS_IDENTIFIER_MISSING', 'Header.OrderHeader.TradingPartnerId'],
      ['SPS_IDENTIFIER_MISSING', 'Header.OrderHeader.PurchaseOrderNumber'],
      ['SPS_VALUE_INVALID', 'LineItem[0].OrderLine.OrderQty'],
      ['SPS_VALUE_INVALID', 'LineItem[1].OrderLine.PurchasePrice'],
    ])
  })

  it('where a store of the split has no quantity', () => {
    const order = fixture('order-850-multistore.json')
    delete order.LineItem[0].QuantitiesSchedulesLocations[0].LocationQuantity[1].Qty
    expect(problemsOf('purchase-order', order)).toEqual([
      expect.objectContaining({
        code: 'SPS_VALUE_INVALID',
        path: 'LineItem[0].QuantitiesSchedulesLocations[0].LocationQuantity[1].Qty',
      }),
    ])
  })

  it.each([
    ['', 'it is empty'],
    ['<Orders><Order>', 'not valid XML'],
    ['{"Header": {', 'not valid JSON'],
    ['ISA*00*          *00*', 'begins neither'],
    ['<!DOCTYPE x [<!ENTITY a "b">]><Orders><Order/></Orders>', 'document type declaration'],
    ['<Orders/>', 'no document'],
  ])('where the content is %j', (text, reason) => {
    expect(problemsOf('purchase-order', text)).toEqual([
      { code: 'SPS_UNREADABLE', message: expect.stringContaining(reason) },
    ])
  })

  it('where an 852 begins on no day of the calendar', () => {
    const report = fixture('product-activity-852-minimal.json')
    report.Header.ReportHeader.ReportStartDate = '2026-02-30'
    expect(problemsOf('product-activity', report)[0]?.path).toBe('Header.ReportHeader.ReportStartDate')
  })

  it('where two documents stand where one belongs', () => {
    const order = fixture('order-850-minimal.json')
    expect(problemsOf('purchase-order', [order, order])[0]?.code).toBe('SPS_NOT_ONE_DOCUMENT')
  })
})
