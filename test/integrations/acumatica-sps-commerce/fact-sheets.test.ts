import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { preview } from '../../../cli/commands/preview.ts'

type Json = ReturnType<typeof JSON.parse>
const fixture = (path: string): Json => JSON.parse(readFileSync(resolve('test/fixtures', path), 'utf8'))

/** What the command prints for a file of these documents. */
async function previewed(flow: string, raw: unknown): Promise<Json[]> {
  const directory = mkdtempSync(join(tmpdir(), 'ml-connector-'))
  try {
    const file = join(directory, 'documents.json')
    writeFileSync(file, typeof raw === 'string' ? raw : JSON.stringify(raw))
    const printed: string[] = []
    const terminal = {
      print: (text = '') => void printed.push(text),
      note: () => undefined,
      live: false,
      width: 100,
      style: (_: string, text: string) => text,
    }
    await preview(
      { integration: 'acumatica-sps-commerce', flow, file, tables: 'events/tables', json: true },
      terminal as never,
    )
    return JSON.parse(printed.join('\n')).documents
  } finally {
    rmSync(directory, { recursive: true, force: true })
  }
}

const order = () => fixture('sps-commerce/order-850.json')
const change = () => fixture('sps-commerce/order-change-860.json')
const outcomes = (documents: Json[]) => documents.map((d) => [d.outcome, ...d.problems.map((p: Json) => p.code)])

describe('an 850', () => {
  test('becomes exactly the sales order of the fact sheet', async () => {
    const [document] = await previewed('purchase-order', order())
    expect(document.writes[0]).toMatchObject({ connection: 'acumatica', operation: 'create-order' })
    expect(document.writes[0].record).toEqual(fixture('acumatica/sales-order-put-request.json'))
  })

  test('in XML becomes the same', async () => {
    const [document] = await previewed(
      'purchase-order',
      readFileSync(resolve('test/fixtures/sps-commerce/order-850.xml'), 'utf8'),
    )
    expect(document.writes[0].record).toEqual(fixture('acumatica/sales-order-put-request.json'))
  })

  test('is acknowledged with the buyer’s own line numbers, in the units of the order', async () => {
    const [document] = await previewed('purchase-order', order())
    const { operation, record } = document.writes[1]
    expect(operation).toBe('send-acknowledgement')
    expect(record.Header.OrderHeader).toMatchObject({
      PurchaseOrderNumber: '4500187734',
      AcknowledgementType: 'AD',
      Vendor: '40127',
      Department: '062',
    })
    expect(
      record.LineItem.map((l: Json) => [
        l.OrderLine.LineSequenceNumber,
        ...l.LineItemAcknowledgement.map((a: Json) => [a.ItemStatusCode, a.ItemScheduleQty, a.ItemScheduleUOM]),
      ]),
    ).toEqual([
      ['1', ['IA', 24, 'EA']],
      ['2', ['IA', 12, 'EA']],
      ['3', ['IA', 2, 'CA']],
    ])
  })

  test('for several stores becomes one order for each, and every piece is in one of them', async () => {
    const [document] = await previewed('purchase-order', fixture('sps-commerce/order-850-multistore.json'))
    const creates = document.writes.filter((w: Json) => w.operation === 'create-order')
    expect(
      creates.map((w: Json) => [
        w.record.LocationID.value,
        ...w.record.Details.map((d: Json) => [d.InventoryID.value, d.OrderQty.value]),
      ]),
    ).toEqual([
      ['ST0012', ['JS-MUG-12', 12], ['JS-BWL-06', 6]],
      ['ST0031', ['JS-MUG-12', 24], ['JS-BWL-06', 12]],
      ['ST0107', ['JS-MUG-12', 12], ['JS-BWL-06', 6]],
    ])
  })

  test('to a consumer takes the consumer’s address', async () => {
    const [document] = await previewed('purchase-order', fixture('sps-commerce/order-850-dropship.json'))
    expect(document.writes[0].record).toMatchObject({
      ShipToAddress: { AddressLine1: { value: '905 Marrow Lane' }, Country: { value: 'US' } },
      ShipToAddressOverride: { value: true },
    })
  })

  test('names every problem at once', async () => {
    const raw = order()
    raw.LineItem[0].OrderLine = {
      ...raw.LineItem[0].OrderLine,
      BuyerPartNumber: 'X',
      VendorPartNumber: 'X',
      ConsumerPackageCode: '1',
      GTIN: '2',
      UPCCaseCode: '3',
    }
    raw.LineItem[1].OrderLine.OrderQtyUOM = 'BG'
    raw.Header.Address[1].AddressLocationNumber = '9999'
    expect(outcomes(await previewed('purchase-order', raw))).toEqual([
      ['held', 'ITEM_UNKNOWN', 'UNIT_UNKNOWN', 'LOCATION_UNKNOWN'],
    ])
  })
})

describe('a page of documents of one order', () => {
  const again = (edit: (o: Json) => void) => {
    const raw = order()
    edit(raw)
    return raw
  }
  test('knows a duplicate, a repeat, other content, a replacement and a cancellation', async () => {
    const page = [
      order(),
      order(),
      again((o) => {
        o.Header.OrderHeader.TsetPurposeCode = '07'
      }),
      again((o) => {
        o.LineItem[0].OrderLine.OrderQty = 36
      }),
    ]
    expect(outcomes(await previewed('purchase-order', page))).toEqual([
      ['write'],
      ['skipped', 'DUPLICATE'],
      ['skipped', 'DUPLICATE'],
      ['held', 'ORDER_DIFFERS'],
    ])
    const replaced = again((o) => {
      o.Header.OrderHeader.TsetPurposeCode = '05'
      o.LineItem[0].OrderLine.OrderQty = 36
    })
    const cancelled = again((o) => {
      o.Header.OrderHeader.TsetPurposeCode = '01'
    })
    const [, second, third] = await previewed('purchase-order', [order(), replaced, cancelled])
    expect(second.writes[0]).toMatchObject({
      operation: 'replace-order',
      record: { Details: expect.arrayContaining([expect.objectContaining({ OrderQty: { value: 36 } })]) },
    })
    expect(third.writes[0].operation).toBe('cancel-order')
  })

  test('applies a change to the lines it names and to no other', async () => {
    const [, changed] = await previewed('purchase-order-change', [order(), change()])
    expect(changed.outcome).toBe('write')
    expect(changed.writes[0]).toMatchObject({ connection: 'acumatica', operation: 'change-order' })
    const { Details } = changed.writes[0].record
    expect(Details).toHaveLength(2)
    expect(Details[0]).toMatchObject({ ExternalRef: { value: '1' }, OrderQty: { value: 48 } })
    expect(Details[1]).toMatchObject({ ExternalRef: { value: '3' }, delete: true })
  })

  test('holds a change whose order never came', async () => {
    expect(outcomes(await previewed('purchase-order-change', change()))).toEqual([['held', 'ORDER_UNKNOWN']])
  })
})

describe('a shipment', () => {
  const bundle = () => ({
    shipments: [fixture('acumatica/shipment-two-packages.json')],
    salesOrders: [fixture('acumatica/sales-order-after-shipping.json')],
    stockItems: fixture('acumatica/stock-items.json'),
    customerLocations: fixture('acumatica/customer-locations.json'),
  })

  test('becomes the ship notice of the fact sheet, as far as Acumatica holds it', async () => {
    const [document] = await previewed('ship-notice', bundle())
    const expected = fixture('sps-commerce/shipment-856.json')
    const { record } = document.writes[0]
    expect(record.Header.ShipmentHeader).toMatchObject({
      TradingPartnerId: '3F1HARBORPINE',
      ShipmentIdentification: 'JS-SHP-0031877',
      ShipDate: '2026-10-21',
      ASNStructureCode: '0001',
      CarrierProNumber: '44018820391',
    })
    expect(record.Header.Address).toEqual(expected.Header.Address)
    expect(record.Header.CarrierInformation).toEqual(expected.Header.CarrierInformation)
    expect(record.Header.QuantityAndWeight[0]).toMatchObject({ LadingQuantity: 2, Weight: 61.5, WeightUOM: 'LB' })
    const packs = (shipment: Json) =>
      shipment.OrderLevel[0].PackLevel.map((p: Json) => [
        p.Pack.ShippingSerialID,
        ...p.ItemLevel.map((i: Json) => i.ShipmentLine),
      ])
    expect(packs(record)).toEqual(packs(expected))
  })

  test('is held where a package says less than was shipped, and where an SSCC is wrong', async () => {
    const short = bundle()
    short.shipments[0].Packages[0].PackageContents[0].Quantity.value = 23
    expect(outcomes(await previewed('ship-notice', short))).toEqual([['held', 'PACKED_DIFFERS']])
    const wrong = bundle()
    wrong.shipments[0].Packages[0].CustomRefNbr1.value = '006141410003187704'
    expect(outcomes(await previewed('ship-notice', wrong))).toEqual([['held', 'SSCC_INVALID']])
  })

  test('without contents goes only where one package holds everything', async () => {
    const none = bundle()
    for (const p of none.shipments[0].Packages) p.PackageContents = []
    expect(outcomes(await previewed('ship-notice', none))).toEqual([['held', 'PACK_CONTENTS_MISSING']])
    none.shipments[0].Packages.pop()
    const [one] = await previewed('ship-notice', none)
    expect(one.writes[0].record.OrderLevel[0].PackLevel[0].ItemLevel).toHaveLength(3)
  })

  test('of a customer who is no trading partner is recorded and not sent', async () => {
    const other = bundle()
    other.shipments[0].CustomerID.value = 'LAKEFOODS'
    expect(outcomes(await previewed('ship-notice', other))).toEqual([['skipped', 'NOT_EDI']])
  })
})
