import type { Bundle } from '../../../lib/systems/acumatica/bundle.ts'
import { documentsOf } from '../../../lib/systems/acumatica/preview.ts'
import type { ApiRecord } from '../../../lib/systems/acumatica/records.ts'
import { fixture, shipmentBundle } from './fixtures.ts'

const file = () => ({
  ...shipmentBundle(),
  salesInvoices: [fixture('sales-invoice'), fixture('sales-invoice-freight-tax')],
  creditMemos: [fixture('credit-memo')],
})
const raw = (document: { raw: unknown } | undefined) => document?.raw as Bundle
const numbers = (records: ApiRecord[] | undefined, field: string) =>
  records?.map((r) => (r[field] as { value: string }).value)

describe('a preview file', () => {
  it('gives a shipment with just the records it refers to', () => {
    const [document, ...others] = documentsOf(['ship-notice'], file())
    expect(others).toEqual([])
    expect(document).toMatchObject({
      type: 'ship-notice',
      key: 'JS-SHP-0031877',
      number: 'JS-SHP-0031877',
      group: 'shipment/JS-SHP-0031877',
      version: '2026-10-21T20:36:41.313Z',
      arrival: '0',
    })
    expect(numbers(raw(document).salesOrders, 'OrderNbr')).toEqual(['SO-20931'])
    expect(numbers(raw(document).stockItems, 'InventoryID')).toEqual(['JS-MUG-12', 'JS-BWL-06', 'JS-TRY-LG'])
    expect(numbers(raw(document).customerLocations, 'LocationID')).toEqual(['DC0417'])
  })

  it('gives a credit memo its original invoice and that invoice’s order', () => {
    const documents = documentsOf(['invoice'], file())
    expect(documents.map((d) => [d.key, d.number, d.group, d.arrival])).toEqual([
      ['Invoice/INV-104482', 'INV-104482', 'invoice/Invoice/INV-104482', '0'],
      ['Invoice/INV-104519', 'INV-104519', 'invoice/Invoice/INV-104519', '1'],
      ['Credit Memo/CM-00771', 'CM-00771', 'invoice/Credit Memo/CM-00771', '2'],
    ])
    expect(numbers(raw(documents[2]).originals, 'ReferenceNbr')).toEqual(['INV-104482'])
    expect(numbers(raw(documents[2]).salesOrders, 'OrderNbr')).toEqual(['SO-20931'])
    expect(raw(documents[0]).originals).toEqual([])
  })

  it('may be one record, an array of records, or an array of bundles', () => {
    const shipment = fixture('shipment-two-packages')
    expect(documentsOf(['ship-notice'], shipment).map((d) => d.key)).toEqual(['JS-SHP-0031877'])
    expect(documentsOf(['ship-notice'], [shipment, shipment]).map((d) => d.arrival)).toEqual(['0', '1'])
    expect(documentsOf(['ship-notice'], [file(), file()])).toHaveLength(2)
    expect(raw(documentsOf(['ship-notice'], shipment)[0])).toEqual({
      shipments: [shipment],
      salesOrders: [],
      stockItems: [],
      customerLocations: [],
    })
  })

  it('with an entity missing has none of it, and nothing of another flow', () => {
    expect(documentsOf(['invoice'], shipmentBundle())).toEqual([])
    expect(documentsOf(['purchase-order'], file())).toEqual([])
  })

  it('that holds no records still gives a document, which parsing then refuses', () => {
    expect(documentsOf(['ship-notice'], [null, 'text'])).toHaveLength(2)
  })
})

describe('the content hash', () => {
  const hash = (change: object) => {
    const bundle = shipmentBundle()
    Object.assign(bundle.shipments[0] as object, change)
    return documentsOf(['ship-notice'], bundle)[0]?.hash
  }

  it('stays the same when the shipment is invoiced later', () => {
    expect(hash({ Status: { value: 'Invoiced' }, LastModifiedDateTime: { value: '2026-10-23T08:00:00+00:00' } })).toBe(
      hash({}),
    )
  })

  it('changes with what the ship notice says', () => {
    expect(hash({ ShipVia: { value: 'UPSGROUND' } })).not.toBe(hash({}))
  })
})
