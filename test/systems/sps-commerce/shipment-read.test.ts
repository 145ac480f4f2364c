import { sourceDocuments } from '../../../lib/systems/sps-commerce/source-document.ts'
import { fixture, fixtureText, parsed, problemsOf } from './support.ts'

const read = (raw: unknown) => parsed('advance-ship-notice', raw)
const header = { ShipmentHeader: { TradingPartnerId: 'T', ShipmentIdentification: 'S-1' } }
const item = (line: string | undefined, quantity: unknown, over: object = {}) => ({
  ShipmentLine: { ...(line ? { LineSequenceNumber: line } : {}), VendorPartNumber: `V${line}`, ShipQty: quantity },
  ...over,
})
const order = (number: string | undefined, inside: object, over: object = {}) => ({
  OrderHeader: { ...(number ? { PurchaseOrderNumber: number } : {}), ...over },
  ...inside,
})
const shipment = (body: object) => ({ Header: header, ...body })
type Line = { line?: string; shipped: string; pack?: string; tracking?: string; path: string }
const linesOf = (raw: unknown): Line[] => read(raw).document.orders.flatMap((o: { lines: Line[] }) => o.lines)
const codes = (warnings: { code: string }[]) => warnings.map((w) => w.code)

describe('a ship notice from a supplier (856)', () => {
  it('is read with its header and every line of every carton', () => {
    const { document, warnings } = read(fixture('shipment-856.json'))
    expect(warnings).toEqual([])
    expect(document).toMatchObject({
      shipment: 'JS-SHP-0031877',
      purpose: 'original',
      vendor: '40127',
      shipDate: '2026-10-21',
      deliveryDate: '2026-10-23',
      billOfLading: '06141410000031877',
      carrier: { scac: 'ODFL', routing: 'Old Dominion LTL' },
    })
    expect(document.orders).toHaveLength(1)
    expect(document.orders[0].lines).toMatchObject([
      { line: '1', ordered: '24', shipped: '24', unit: 'EA', status: 'AC', pack: '00006141410003187703' },
      { line: '2', ordered: '12', shipped: '8', unit: 'EA', status: 'BP', pack: '00006141410003187703' },
      { line: '3', ordered: '2', shipped: '2', unit: 'CA', status: 'AC', pack: '00006141410003187710' },
    ])
  })

  it('says the same in XML', () => {
    expect(read(fixtureText('shipment-856.xml'))).toEqual(read(fixture('shipment-856.json')))
  })

  it('of several orders keeps them apart; goods on a pallet are in their carton', () => {
    const { orders } = read(fixture('shipment-856-pallet.json')).document
    expect(orders.map((o: { number: string }) => o.number)).toEqual(['4500187734', '4500187790'])
    expect(orders[0].lines.map((l: Line) => l.pack)).toEqual(['00006141410003190208', '00006141410003190215'])
    expect(orders[1].lines[0].path).toBe('OrderLevel[1].PackLevel[0].PackLevel[0].ItemLevel[0]')
  })

  it('goods directly on a pallet have the number of the pallet, those below a pack without one that of the next', () => {
    const pallet = { Pack: { PackLevelType: 'T', ShippingSerialID: '00306141410000005001' } }
    const body = {
      PackLevel: [
        {
          ...pallet,
          ItemLevel: [item('1', 5)],
          PackLevel: [{ Pack: { PackLevelType: 'P' }, ItemLevel: [item('2', 1)] }],
        },
      ],
    }
    expect(linesOf(shipment({ OrderLevel: [order('N', body)] })).map((l) => [l.line, l.pack])).toEqual([
      ['1', '00306141410000005001'],
      ['2', '00306141410000005001'],
    ])
  })

  it('without packs has its items at the order', () => {
    const [line] = linesOf(shipment({ OrderLevel: [order('N', { ItemLevel: [item('1', '3.50')] })] }))
    expect(line).toMatchObject({ line: '1', shipped: '3.5', path: 'OrderLevel[0].ItemLevel[0]' })
    expect(line?.pack).toBeUndefined()
  })

  it('an order that stands in it twice is one, one of another release is another', () => {
    const twice = shipment({
      OrderLevel: [
        order('N', { ItemLevel: [item('1', 1)] }),
        order('N', { ItemLevel: [item('2', 2)] }),
        order('N', { ItemLevel: [item('1', 4)] }, { ReleaseNumber: '02' }),
      ],
    })
    expect(
      read(twice).document.orders.map((o: { release?: string; lines: Line[] }) => [o.release, o.lines.length]),
    ).toEqual([
      [undefined, 2],
      ['02', 1],
    ])
  })

  it.each([
    [
      'the reference of an item',
      { ItemLevel: [item('1', 1, { References: [{ ReferenceQual: 'PO', ReferenceID: 'N' }] })] },
    ],
    [
      'the reference of a pack',
      { PackLevel: [{ Pack: {}, References: { ReferenceQual: 'AN', ReferenceID: 'N' }, ItemLevel: item('1', 1) }] },
    ],
    ['an order level inside the item', { ItemLevel: [item('1', 1, { OrderLevel: [order('N', {})] })] }],
    ['an order level in a container', { ContainerLevel: [{ OrderLevel: order('N', { ItemLevel: item('1', 1) }) }] }],
  ])('packs and items at the root: %s names the order', (_what, body) => {
    const { document } = read(shipment(body))
    expect(document.orders).toMatchObject([{ number: 'N', lines: [{ line: '1', shipped: '1' }] }])
  })

  it('items above their packs are in them where there is one each', () => {
    const packed = item('1', 6, { PackLevel: [{ Pack: { ShippingSerialID: '00006141410003187802' } }] })
    const shared = item('2', 6, { PackLevel: [{ Pack: {} }, { Pack: {} }] })
    expect(linesOf(shipment({ OrderLevel: [order('N', { ItemLevel: [packed, shared] })] })).map((l) => l.pack)).toEqual(
      ['00006141410003187802', undefined],
    )
  })

  it('everything missing is named at once: shipment, order numbers, quantities', () => {
    const raw = {
      Header: { ShipmentHeader: { TradingPartnerId: 'T' } },
      OrderLevel: [
        order(undefined, { ItemLevel: [item('1', 'many'), item('2', undefined), item('3', -1)] }),
        order('N', { PackLevel: [{ Pack: {}, ItemLevel: [item('4', 2)] }] }),
      ],
    }
    expect(problemsOf('advance-ship-notice', raw).map((p) => [p.code, p.path])).toEqual([
      ['SPS_IDENTIFIER_MISSING', 'OrderLevel[0].OrderHeader.PurchaseOrderNumber'],
      ['SPS_IDENTIFIER_MISSING', 'Header.ShipmentHeader.ShipmentIdentification'],
      ['SPS_VALUE_INVALID', 'OrderLevel[0].ItemLevel[0].ShipmentLine.ShipQty'],
      ['SPS_VALUE_INVALID', 'OrderLevel[0].ItemLevel[1].ShipmentLine.ShipQty'],
      ['SPS_VALUE_INVALID', 'OrderLevel[0].ItemLevel[2].ShipmentLine.ShipQty'],
    ])
  })

  it('goods of no order, goods of several orders and no goods at all are refused', () => {
    const only = (raw: unknown) => problemsOf('advance-ship-notice', raw).map((p) => [p.code, p.path])
    expect(only(shipment({ PackLevel: [{ Pack: {}, ItemLevel: [item('1', 1), item('2', 1)] }] }))).toEqual([
      ['SPS_IDENTIFIER_MISSING', 'OrderLevel'],
    ])
    expect(only(shipment({ ItemLevel: [item('1', 9, { OrderLevel: [order('A', {}), order('B', {})] })] }))).toEqual([
      ['SPS_VALUE_INVALID', 'ItemLevel[0]'],
    ])
    expect(only(shipment({ OrderLevel: [order('N', {})] }))).toEqual([['SPS_VALUE_INVALID', 'OrderLevel']])
  })

  it('a cancellation may consist of its header', () => {
    const raw = { Header: { ShipmentHeader: { ...header.ShipmentHeader, TsetPurposeCode: '01' } } }
    expect(read(raw).document).toMatchObject({ purpose: 'cancel', purposeCode: '01', orders: [] })
  })

  it('a line of which nothing was sent stays, with 0', () => {
    expect(linesOf(shipment({ OrderLevel: order('N', { ItemLevel: item('1', 0) }) }))).toMatchObject([{ shipped: '0' }])
  })

  it('a wrong check digit and a line without a number are warned about, each once, and read', () => {
    const pack = { Pack: { ShippingSerialID: '00006141410003187803' }, ItemLevel: [item(undefined, 1), item('2', 1)] }
    const { document, warnings } = read(shipment({ OrderLevel: [order('N', { PackLevel: [pack] })] }))
    expect(document.orders[0].lines[0].pack).toBe('00006141410003187803')
    expect(warnings).toMatchObject([
      { code: 'SPS_SSCC_DOUBTFUL', path: 'OrderLevel[0].PackLevel[0].Pack.ShippingSerialID' },
      { code: 'SPS_LINE_UNNUMBERED', path: 'OrderLevel[0].PackLevel[0].ItemLevel[0].ShipmentLine.LineSequenceNumber' },
    ])
  })

  it('18 digits are an SSCC as well; a carton without one has its own mark; parcels have a tracking number', () => {
    const parcel = (Pack: object, over: object = {}) => ({ Pack, ItemLevel: [item('1', 1)], ...over })
    const packs = [
      parcel({ ShippingSerialID: '006141410003187802', CarrierPackageID: '1Z999' }),
      parcel({}, { MarksAndNumbersCollection: [{ MarksAndNumbers1: 'CTN 7' }] }),
      parcel({}, { References: [{ ReferenceQual: '2I', ReferenceID: '0044' }] }),
    ]
    const { warnings } = read(shipment({ OrderLevel: [order('N', { PackLevel: packs })] }))
    expect(codes(warnings).filter((c) => c === 'SPS_SSCC_DOUBTFUL')).toEqual([])
    expect(
      linesOf(shipment({ OrderLevel: [order('N', { PackLevel: packs })] })).map((l) => [l.pack, l.tracking]),
    ).toEqual([
      ['006141410003187802', '1Z999'],
      ['CTN 7', undefined],
      [undefined, '0044'],
    ])
  })

  it('in older names, wrapped, with single objects where lists belong, is read', () => {
    const raw = {
      Shipments: {
        '@xmlns': 'http://www.spscommerce.com/RSX',
        Shipment: {
          Header: { ...header, Date: { DateTimeQualifier1: '017', Date1: '20261023' } },
          OrderLevel: {
            OrderHeader: { PurchaseOrderNumber: 21 },
            PackLevel: {
              Pack: { PackLevelType: 'P' },
              ItemLevel: { ShipmentLine: { LineSequenceNumber: 1, ShipQty: '2' } },
            },
          },
        },
      },
    }
    const [source] = sourceDocuments(raw)
    expect(source?.type).toBe('advance-ship-notice')
    const { document, warnings } = read(source?.raw)
    expect(document).toMatchObject({
      deliveryDate: '2026-10-23',
      orders: [{ number: '21', lines: [{ shipped: '2' }] }],
    })
    expect(codes(warnings)).toEqual(['SPS_OLDER_RSX'])
  })

  it('fields of the structure that nobody reads are known, others are named', () => {
    const raw = fixture('shipment-856-pallet.json')
    raw.OrderLevel[0].PackLevel[0].PackLevel[0].ItemLevel[0].ItemLoadInfo = [{ ItemLoad: { UnitsShipped: 24 } }]
    raw.OrderLevel[0].PackLevel[0].Forklift = 'yes'
    expect(read(raw).warnings).toEqual([
      { code: 'SPS_UNKNOWN_FIELDS', message: 'fields that are not read: OrderLevel.PackLevel.Forklift' },
    ])
  })
})
