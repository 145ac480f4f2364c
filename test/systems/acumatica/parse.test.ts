import type { Problem } from '../../../lib/core/problems.ts'
import type { Invoice } from '../../../lib/documents/invoice.ts'
import type { ShipNotice } from '../../../lib/documents/ship-notice.ts'
import { parse } from '../../../lib/systems/acumatica/parse.ts'
import { type ApiRecord, rows } from '../../../lib/systems/acumatica/records.ts'
import { fixture, shipmentBundle } from './fixtures.ts'

const document = <T>(type: string, raw: Parameters<typeof parse>[1]): T => {
  const parsed = parse(type, raw)
  if ('problems' in parsed) throw new Error(JSON.stringify(parsed.problems))
  return parsed.document as T
}
const problems = (type: string, raw: Parameters<typeof parse>[1]): Problem[] => {
  const parsed = parse(type, raw)
  return 'problems' in parsed ? parsed.problems : []
}
const first = (record: ApiRecord | undefined, detail: string): object => rows(record ?? {}, detail)?.[0] ?? {}
const invoiceBundle = (name: string, originals: string[] = []) => ({
  salesInvoices: [fixture(name)],
  originals: originals.map((one) => fixture(one)),
  salesOrders: [fixture('sales-order-after-shipping')],
  stockItems: [],
  customerLocations: [],
})

describe('a shipment', () => {
  it('becomes a ship notice with lines in the order line unit and contents in the base unit', () => {
    const notice = document<ShipNotice>('ship-notice', shipmentBundle())
    expect(notice).toMatchObject({
      number: 'JS-SHP-0031877',
      kind: 'Shipment',
      operation: 'Issue',
      status: 'Confirmed',
      customer: 'HARBORPINE',
      location: 'DC0417',
      shipDate: '2026-10-21',
      shipVia: 'ODFL',
    })
    expect(notice.lines.map((l) => [l.order, l.orderLine, l.item, l.shipped, l.ordered, l.open, l.unit])).toEqual([
      ['SO-20931', '1', 'JS-MUG-12', '24', '24', '0', 'EA'],
      ['SO-20931', '2', 'JS-BWL-06', '8', '12', '4', 'EA'],
      ['SO-20931', '3', 'JS-TRY-LG', '2', '2', '0', 'CASE'],
    ])
    expect(notice.lines[2]?.splits).toEqual([{ split: '3', item: 'JS-TRY-LG', quantity: '12', unit: 'EA' }])
    expect(notice.packages.map((p) => [p.references.CustomRefNbr1, p.tracking, p.weight, p.weightUnit])).toEqual([
      ['006141410003187703', '44018820391', '38', 'LB'],
      ['006141410003187710', '44018820391', '23.5', 'LB'],
    ])
    expect(notice.packages[0]?.contents).toEqual([
      { item: 'JS-MUG-12', quantity: '24', unit: 'EA', split: '1' },
      { item: 'JS-BWL-06', quantity: '8', unit: 'EA', split: '2' },
    ])
  })

  it('carries its order, items and ship-to places', () => {
    const notice = document<ShipNotice>('ship-notice', shipmentBundle())
    expect(notice.shipTo).toEqual({
      role: 'ST',
      name: 'Harbor & Pine DC 0417',
      address: ['2150 Tannery Road', 'Door 14-22'],
      city: 'Superior',
      state: 'WI',
      postalCode: '54880',
      country: 'US',
      contact: 'Receiving',
      phone: '715-555-0170',
    })
    const [order] = notice.orders
    expect(order).toMatchObject({
      orderType: 'SO',
      number: 'SO-20931',
      customerOrder: '4500187734',
      externalRef: 'SPS:3F1HARBORPINE:4500187734',
      date: '2026-10-05',
    })
    expect(order?.lines[2]).toEqual({
      line: '3',
      item: 'JS-TRY-LG',
      alternateId: '771233',
      externalRef: '3',
      quantity: '2',
      unit: 'CASE',
      unitPrice: '85.2',
      description: 'Acacia serving tray, large',
    })
    expect(notice.items[0]?.crossReferences[1]).toEqual({ id: '614141001217', kind: 'GTIN/EAN/UPC/ISBN', unit: 'EA' })
    expect(notice.items[0]?.conversions[0]).toEqual({ from: 'CASE', to: 'EA', operation: 'multiply', factor: '24' })
    expect(notice.locations.find((l) => l.location === 'DC0417')).toMatchObject({
      customer: 'HARBORPINE',
      externalRef: '0417',
    })
  })

  it('keeps every candidate for an SSCC: both reference fields and custom fields', () => {
    const bundle = shipmentBundle()
    Object.assign(first(bundle.shipments[0], 'Packages'), {
      CustomRefNbr2: { value: 'DOOR 14' },
      custom: { Packages: { UsrSSCC: { type: 'CustomStringField', value: '006141410003187703' } } },
    })
    expect(document<ShipNotice>('ship-notice', bundle).packages[0]?.references).toEqual({
      CustomRefNbr1: '006141410003187703',
      CustomRefNbr2: 'DOOR 14',
      UsrSSCC: '006141410003187703',
    })
  })

  it('never moves a date by a time zone', () => {
    const bundle = shipmentBundle()
    Object.assign(bundle.shipments[0] as object, { ShipmentDate: { value: '2026-10-21T00:00:00+13:00' } })
    expect(document<ShipNotice>('ship-notice', bundle).shipDate).toBe('2026-10-21')
  })

  it('takes contents that are empty, not contents that were not read', () => {
    const bundle = shipmentBundle()
    const packages = bundle.shipments[0]?.Packages as { PackageContents?: unknown[] }[]
    Object.assign(packages[0] as object, { PackageContents: [] })
    expect(document<ShipNotice>('ship-notice', bundle).packages[0]?.contents).toEqual([])
    delete packages[0]?.PackageContents
    expect(problems('ship-notice', bundle)).toEqual([
      expect.objectContaining({
        code: 'ACUMATICA_DETAIL_NOT_READ',
        path: 'shipments[0].Packages[0].PackageContents',
      }),
    ])
  })

  it('names every problem at once, each with its path', () => {
    const bundle = shipmentBundle()
    const shipment = bundle.shipments[0] as Record<string, unknown>
    const lines = shipment.Details as Record<string, unknown>[]
    Object.assign(shipment, { ShipmentNbr: {}, ShipmentDate: { value: 'soon' } })
    Object.assign(lines[1] as object, { ShippedQty: { value: 'eight' } })
    delete (bundle.salesOrders[0] as Record<string, unknown>).Details
    expect(problems('ship-notice', bundle).map((p) => [p.code, p.path])).toEqual(
      expect.arrayContaining([
        ['ACUMATICA_FIELD_MISSING', 'shipments[0].ShipmentNbr'],
        ['ACUMATICA_VALUE_INVALID', 'shipments[0].ShipmentDate'],
        ['ACUMATICA_VALUE_INVALID', 'shipments[0].Details[1].ShippedQty'],
        ['ACUMATICA_DETAIL_NOT_READ', 'salesOrders[0].Details'],
      ]),
    )
    expect(problems('ship-notice', bundle)).toHaveLength(4)
  })

  it.each([[null], [[]], ['text'], [{}], [{ shipments: [] }], [{ shipments: [{}, {}] }], [{ shipments: ['no'] }]])(
    'is not made from %j',
    (raw) => {
      expect(problems('ship-notice', raw)).toEqual([expect.objectContaining({ code: 'ACUMATICA_BUNDLE_INVALID' })])
    },
  )
})

describe('an invoice', () => {
  it('takes the amount, not the balance that payments reduced, and sums freight with its premium', () => {
    const found = document<Invoice>('invoice', invoiceBundle('sales-invoice-freight-tax'))
    expect(found).toMatchObject({
      kind: 'Invoice',
      number: 'INV-104519',
      status: 'Open',
      date: '2026-10-28',
      dueDate: '2026-11-27',
      customerOrder: '4500187902',
      currency: 'USD',
      amount: '340.68',
      discountTotal: '0',
      freightTotal: '42.5',
      taxTotal: '19.18',
      freight: [{ shipment: 'JS-SHP-0031904', amount: '42.5' }],
      taxes: [{ id: 'WISTATE', taxable: '279', amount: '19.18' }],
    })
    expect(found.lines[0]).toEqual({
      line: '1',
      orderType: 'SO',
      order: 'SO-20944',
      orderLine: '1',
      shipment: 'JS-SHP-0031904',
      item: 'JS-MUG-12',
      description: 'Stoneware mug 12 oz, slate',
      quantity: '48',
      unit: 'EA',
      unitPrice: '4.25',
      discountAmount: '10.2',
      amount: '193.8',
    })
    expect(found.billTo).toMatchObject({ role: 'BT', name: 'Harbor & Pine Stores', contact: 'Accounts Payable' })
  })

  it('carries document discounts', () => {
    expect(document<Invoice>('invoice', invoiceBundle('sales-invoice')).discounts).toEqual([
      { kind: 'Document', code: 'NEWSTORE', description: 'New store discount', percent: '2', amount: '6.71' },
    ])
  })

  it('that is a credit memo names the invoice line it credits and carries that invoice', () => {
    const memo = document<Invoice>('invoice', invoiceBundle('credit-memo', ['sales-invoice']))
    expect(memo.kind).toBe('Credit Memo')
    expect(memo.lines[0]?.original).toEqual({ kind: 'Invoice', number: 'INV-104482', line: '1' })
    expect(memo.originals.map((o) => [o.number, o.lines[0]?.order, o.lines[0]?.orderLine])).toEqual([
      ['INV-104482', 'SO-20931', '1'],
    ])
  })

  it('read from an endpoint before 24.200 has its bill-to in the billing settings', () => {
    const bundle = invoiceBundle('sales-invoice')
    const record = bundle.salesInvoices[0] as Record<string, unknown>
    record.BillingSettings = { BillToAddress: record.BillToAddress, BillToContact: record.BillToContact }
    for (const field of ['BillToAddress', 'BillToContact', 'ShipToAddress', 'ShipToContact']) delete record[field]
    const found = document<Invoice>('invoice', bundle)
    expect(found.billTo?.city).toBe('Duluth')
    expect(found.shipTo).toBeUndefined()
  })

  it('without its expanded rows is held, not sent as an empty one', () => {
    const bundle = invoiceBundle('sales-invoice')
    for (const detail of ['Details', 'FreightDetails', 'TaxDetails', 'DiscountDetails'])
      delete (bundle.salesInvoices[0] as Record<string, unknown>)[detail]
    expect(problems('invoice', bundle).map((p) => p.code)).toEqual(Array(4).fill('ACUMATICA_DETAIL_NOT_READ'))
  })
})

describe('a unit conversion', () => {
  it('that says neither multiply nor divide is a problem, not a guess', () => {
    const bundle = shipmentBundle()
    Object.assign(first(bundle.stockItems[0], 'UOMConversions'), { MultiplyOrDivide: { value: 'Multiplizieren' } })
    expect(problems('ship-notice', bundle)).toEqual([
      expect.objectContaining({
        code: 'ACUMATICA_VALUE_INVALID',
        path: 'stockItems[0].UOMConversions[0].MultiplyOrDivide',
      }),
    ])
  })
})
