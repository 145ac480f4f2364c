import type { ErpPurchaseOrder } from '../../../lib/documents/erp-purchase-order.ts'
import { changed, fixture, parsed, problemsOf } from './documents.ts'

const order = (name: string) => parsed<ErpPurchaseOrder>('erp-purchase-order', fixture(name))

describe.each(['18', '19'])('a purchase order of Odoo %s', (version) => {
  const document = order(`purchase-order-${version}`)

  it('names vendor, dates and terms', () => {
    expect(document).toMatchObject({
      number: 'P00015',
      state: 'placed',
      vendor: 'PINEMILL',
      vendorName: 'Pinewood Mills',
      vendorReference: 'PM-SO-881',
      company: 'Live Test Co',
      warehouse: 'WH',
      date: '2026-11-21',
      currency: 'USD',
    })
    expect(document.externalRef).toBeUndefined()
  })

  it('has its lines with Odoo’s ids, the vendor’s own numbers and units as they are named', () => {
    expect(document.lines).toHaveLength(3)
    expect(document.lines[0]).toEqual({
      line: '9',
      item: 'JS-MUG-12',
      vendorPart: 'PM-1001',
      barcode: '614141001217',
      description: 'Stoneware mug',
      quantity: '10',
      received: '0',
      unit: 'Case of 12',
      unitPrice: '38.4',
      discount: '0',
      plannedDate: '2026-12-05',
    })
    expect(document.lines[1]).toMatchObject({ item: 'JS-BWL-06', vendorPart: 'PM-1002', discount: '5' })
    expect(document.lines[2]?.vendorPart).toBeUndefined()
  })

  it('tells days in the zone of the connection, the latest of its lines for the order', () => {
    // 2026-12-08 03:00 UTC is the evening before in Chicago.
    expect(document.lines[1]?.plannedDate).toBe('2026-12-07')
    expect(document.plannedDate).toBe('2026-12-07')
  })

  it('has sections, remarks and its HTML note as notes of plain text', () => {
    expect(document.notes.map((n) => n.text)).toEqual([
      'Please deliver to dock 3.\nNo pallets',
      'Stoneware',
      'Labels in English',
    ])
  })

  it('has vendor, buyer, bill-to and ship-to with codes of country and state', () => {
    expect(document.parties.map((p) => p.role)).toEqual(['VN', 'BY', 'BT', 'ST'])
    expect(document.parties[0]).toEqual({
      role: 'VN',
      code: 'PINEMILL',
      codeQualifier: '92',
      name: 'Pinewood Mills',
      address: ['77 Mill Lane'],
      city: 'Green Bay',
      state: 'WI',
      postalCode: '54301',
      country: 'US',
    })
  })

  it('knows how units of an item are told in one another', () => {
    const mug = document.items.find((i) => i.item === 'JS-MUG-12')
    expect(mug).toMatchObject({
      baseUnit: 'Units',
      kit: false,
      conversions: [{ from: 'Case of 12', to: 'Units', operation: 'multiply', factor: '12' }],
    })
    expect(mug?.crossReferences).toEqual([
      { id: '614141001217', kind: 'GTIN/EAN/UPC/ISBN', unit: 'Units' },
      { id: 'PM-1001', kind: 'Vendor Part Number', party: 'PINEMILL' },
    ])
  })
})

describe('what a purchase order may look like', () => {
  const raw = fixture('purchase-order-19')

  it.each([
    ['draft', 'draft'],
    ['sent', 'draft'],
    ['to approve', 'draft'],
    ['purchase', 'placed'],
    ['done', 'placed'],
    ['cancel', 'cancelled'],
  ])('in state "%s" it is %s', (state, expected) => {
    const document = parsed<ErpPurchaseOrder>(
      'erp-purchase-order',
      changed(raw, 'purchase.order', () => ({ state })),
    )
    expect(document.state).toBe(expected)
  })

  it('gone from Odoo it is deleted, and needs nothing but its number', () => {
    const gone = { 'purchase.order': [{ id: 22, name: 'P00015', state: 'deleted' }] }
    expect(parsed('erp-purchase-order', gone)).toMatchObject({ number: 'P00015', state: 'deleted', lines: [] })
  })

  it('with a dropship address it goes there', () => {
    const dropship = changed(raw, 'purchase.order', () => ({ dest_address_id: [29, 'Pinewood Mills'] }))
    const { parties } = parsed<ErpPurchaseOrder>('erp-purchase-order', dropship)
    expect(parties.find((p) => p.role === 'ST')).toMatchObject({ code: 'PINEMILL', city: 'Green Bay' })
  })

  it('without related records it is told by display names and ids', () => {
    const bare = {
      'purchase.order': raw['purchase.order'] ?? [],
      'purchase.order.line': raw['purchase.order.line'] ?? [],
    }
    const document = parsed<ErpPurchaseOrder>('erp-purchase-order', bare)
    expect(document).toMatchObject({ vendor: '29', vendorName: 'Pinewood Mills', items: [] })
    expect(document.lines[0]).toMatchObject({ item: 'JS-MUG-12', unit: 'Case of 12' })
    expect(document.parties.map((p) => [p.role, p.name])).toEqual([
      ['VN', 'Pinewood Mills'],
      ['BY', 'Live Test Co'],
      ['BT', 'Live Test Co'],
      ['ST', 'Live Test Co'],
    ])
  })

  it('names every problem at once, with record and field', () => {
    const broken = changed(
      changed(raw, 'purchase.order', () => ({ partner_id: false, date_order: 'yesterday' })),
      'purchase.order.line',
      (line) => (line.id === 9 ? { product_qty: 'ten' } : line.id === 10 ? { price_unit: false } : {}),
    )
    expect(problemsOf('erp-purchase-order', broken)).toEqual([
      {
        code: 'ODOO_VALUE_INVALID',
        message: 'purchase.order.line 9: product_qty is "ten", no number.',
        path: 'purchase.order.line[1].product_qty',
      },
      {
        code: 'ODOO_FIELD_MISSING',
        message: 'purchase.order.line 10: price_unit is empty in Odoo.',
        path: 'purchase.order.line[2].price_unit',
      },
      {
        code: 'ODOO_FIELD_MISSING',
        message: 'purchase.order 22: partner_id is empty in Odoo.',
        path: 'purchase.order[0].partner_id',
      },
      {
        code: 'ODOO_VALUE_INVALID',
        message: 'purchase.order 22: date_order is "yesterday", no date.',
        path: 'purchase.order[0].date_order',
      },
    ])
  })

  it('of a kind Odoo has not, or without a record, is no document', () => {
    expect(problemsOf('purchase-order', raw)[0]?.code).toBe('ODOO_BUNDLE_INVALID')
    expect(problemsOf('erp-purchase-order', {})[0]?.message).toBe(
      'A document "erp-purchase-order" is made from a record of purchase.order; there is none.',
    )
  })
})
