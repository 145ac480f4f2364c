import { createDesk, type Raw, records, told } from './desk.ts'
import { liveOrder, liveTables, versions } from './live.ts'
import { cartons, items, packageModel } from './notices.ts'

describe.each(versions)('a delivery of Odoo %s', (version, number) => {
  const delivery = (edit?: (bundle: Raw) => void) => records(`delivery-${version}`, edit)
  const desk = (wishes: Record<string, string> = {}, settings: unknown = {}) =>
    createDesk({ tables: liveTables(wishes), first: number, settings })
  const noticed = async (bundle: Raw, at = desk(), raw: Raw | null = liveOrder()) => {
    if (raw) await at.receive(raw)
    return at.deliver(bundle)
  }
  const unpacked = (edit: (b: Raw) => void = () => undefined) =>
    delivery((b) => {
      for (const line of b['stock.move.line']) line.result_package_id = false
      delete b[packageModel(b)]
      edit(b)
    })

  test('is announced carton by carton, in the units of the order, kits as kits, lots of a line as one', async () => {
    const { outcome, record, warnings, writes } = await noticed(delivery())
    expect([outcome, warnings, writes.map((w) => w.operation)]).toEqual(['write', [], ['send-ship-notice']])
    expect(cartons(record)).toEqual([
      ['00006141410000007318', ['0001', 2, 'CA'], ['0002', 10, 'EA'], ['0003', 2, 'EA']],
      ['00006141410000007325', ['0001', 1, 'CA'], ['0002', 15, 'EA'], ['0003', 3, 'EA']],
    ])
    expect(record.Header.ShipmentHeader).toEqual({
      TradingPartnerId: '3F1HARBORPINE',
      ShipmentIdentification: 'WH/OUT/00004',
      ShipDate: '2026-11-21',
      TsetPurposeCode: '00',
      ShipNoticeDate: '2026-10-05',
      ASNStructureCode: '0001',
    })
    expect(record.Header.QuantityAndWeight).toEqual([
      { PackingMedium: 'CTN', LadingQuantity: 2, WeightQualifier: 'G', Weight: 30.75, WeightUOM: 'KG' },
    ])
    expect(record.OrderLevel[0].OrderHeader).toEqual({
      InternalOrderNumber: number,
      PurchaseOrderNumber: '4500187734',
      PurchaseOrderDate: '2026-10-05',
      Department: '062',
      Vendor: '40127',
      Division: '01',
    })
  })

  test('tells what is still to come, and a part of an order as a part', async () => {
    const { record } = await noticed(delivery())
    const [first] = record.OrderLevel[0].PackLevel
    expect(first.ItemLevel.map((i: Raw) => [i.ShipmentLine.ItemStatusCode, i.ShipmentLine.QtyLeftToReceive])).toEqual([
      ['BP', 1],
      ['BP', 5],
      ['AC', undefined],
    ])
    expect(record.Header.CarrierInformation).toEqual([
      { StatusCode: 'PR', CarrierTransMethodCode: 'M', CarrierAlphaCode: 'UPSN' },
    ])
  })

  test('names the places: from our warehouse by table, to the retailer’s number as it came', async () => {
    const { record } = await noticed(delivery())
    expect(
      record.Header.Address.map((a: Raw) => [a.AddressTypeCode, a.LocationCodeQualifier, a.AddressLocationNumber]),
    ).toEqual([
      ['SF', '91', 'JS-W1'],
      ['ST', '92', '0417'],
    ])
  })

  test('without packages is held, or goes without packs where the partner takes that', async () => {
    const held = await noticed(unpacked())
    expect([told(held), held.problems[0]?.path]).toEqual(['held PACK_CONTENTS_MISSING', 'stock.package'])
    const { record } = await noticed(unpacked(), desk({ packContentsMissing: 'items' }))
    expect([record.Header.ShipmentHeader.ASNStructureCode, items(record)]).toEqual([
      '0004',
      [
        ['0001', 3, 'CA'],
        ['0002', 25, 'EA'],
        ['0003', 5, 'EA'],
      ],
    ])
  })

  test('of which some is in no package is held, with the lines', async () => {
    const half = delivery((b) => {
      for (const line of b['stock.move.line']) if (line.result_package_id[0] === 2) line.result_package_id = false
    })
    const { codes, problems } = await noticed(half)
    expect([...new Set(codes)]).toEqual(['PACKED_DIFFERS'])
    expect(problems[0]?.message).toBe('Line 0001: 3 CA shipped, but 2 in the packages.')
  })

  test.each<[string, (b: Raw) => void, Record<string, string>, string]>([
    [
      'no SSCC as its name',
      (b) => {
        b[packageModel(b)][0].name = 'PACK0000012'
      },
      {},
      'held SSCC_MISSING',
    ],
    [
      'no SSCC, which the partner does not ask for',
      (b) => {
        b[packageModel(b)][0].name = 'PACK0000012'
      },
      { sscc: 'optional' },
      'write',
    ],
    [
      'an SSCC with a wrong check digit',
      (b) => {
        b[packageModel(b)][0].name = '006141410000007311'
      },
      { sscc: 'optional' },
      'held SSCC_INVALID',
    ],
    [
      'an SSCC in a field of its own',
      (b) => {
        for (const p of b[packageModel(b)]) Object.assign(p, { x_sscc: p.name, name: `P${p.id}` })
      },
      { ssccField: 'x_sscc' },
      'write',
    ],
  ])('whose packages have %s', async (_, edit, wishes, expected) => {
    expect(told(await noticed(delivery(edit), desk(wishes)))).toBe(expected)
  })

  describe('tells its tracking numbers', () => {
    const tracked = (text: string) => (b: Raw) => Object.assign(b['stock.picking'][0], { carrier_tracking_ref: text })

    test('at each carton of a parcel carrier', async () => {
      const { record } = await noticed(delivery())
      expect(record.OrderLevel[0].PackLevel.map((p: Raw) => p.Pack.CarrierPackageID)).toEqual([
        '1Z999AA10123456784',
        '1Z999AA10123456784',
      ])
    })

    test('of the whole shipment where nobody says which carton has which', async () => {
      const { record, warnings } = await noticed(delivery(tracked('1Z999AA10123456784, 1Z999AA10123456793')))
      expect(record.Header.References).toEqual([
        { ReferenceQual: '2I', ReferenceID: '1Z999AA10123456784' },
        { ReferenceQual: '2I', ReferenceID: '1Z999AA10123456793' },
      ])
      expect(warnings).toEqual(['TRACKING_SEVERAL'])
    })

    test('as the number of the load where there are no packages, or the carrier takes loads', async () => {
      const loose = await noticed(unpacked(tracked('44018820391')), desk({ packContentsMissing: 'items' }))
      expect(loose.record.Header.ShipmentHeader.CarrierProNumber).toBe('44018820391')
      const freight = (b: Raw) => {
        tracked('44018820391')(b)
        b['stock.picking'][0].carrier_id = [3, 'Old Dominion']
      }
      const { record } = await noticed(delivery(freight))
      expect(record.Header.ShipmentHeader.CarrierProNumber).toBe('44018820391')
      expect(record.OrderLevel[0].PackLevel[0].Pack.CarrierPackageID).toBeUndefined()
    })
  })
})
