import { createDesk, type Raw, rsx, told } from './desk.ts'
import { bowls, placed } from './purchase.ts'
import { receipt, type Taken } from './receipts.ts'
import { bowl, mug, one, quarantine, received } from './received.ts'
import { tablesOf, withRows } from './tables.ts'

describe('a 944 of a warehouse', () => {
  test('books the goods on the order’s transfer', async () => {
    const raw = receipt([[bowl, [[118, 'EA', '07']]]], { ShipmentIdentification: 'PM-SHP-77' })
    const { outcome, writes, record, warnings } = await received(raw)
    expect([outcome, warnings, writes.map((w) => [w.connection, w.operation, w.reference])]).toEqual([
      'write',
      [],
      [['odoo', 'receive-goods', '944:3F1COLDQUAY3PL:CQ-RCV-77120']],
    ])
    expect(record).toEqual({
      order: 'P00015',
      mode: 'validate',
      note: 'Warehouse receipt (944) CQ-RCV-77120 of shipment PM-SHP-77',
      date: '2026-12-06',
      lines: [
        {
          orderLine: '10',
          product: { item: 'JS-BWL-06' },
          quantity: 118,
          unit: 'Units',
          path: 'OrderLevel.LineItem[0].DetailResponse[0]',
        },
      ],
    })
  })

  test('as the fact sheet has it: good goods, damaged ones apart, what is short not at all, lots', async () => {
    const tables = tablesOf(() => ({ partners: [{ tradingPartner: '3F1COLDQUAY3PL', customer: 'COLDQUAY' }] }))
    const desk = createDesk({ tables, settings: quarantine })
    const { record } = await desk.receive(rsx('warehouse-receipt-944'), 'warehouse-receipt')
    expect([record.order, record.quarantine, record.date]).toEqual(['TO-3390', 'WH/Quarantine', '2026-10-14'])
    expect(record.lines.map((l: Raw) => [l.product.item, l.quantity, l.unit, l.lot, l.held])).toEqual([
      ['JS-MUG-12', 234, 'Units', 'LOT-2610', undefined],
      ['JS-MUG-12', 4, 'Units', 'LOT-2610', true],
      ['JS-TRY-LG', 60, 'Units', 'LOT-2610', undefined],
    ])
  })

  test('counts its own lines: it is the item that says which line of the order is meant', async () => {
    // Bowls are line 2 of the order, and line 1 of the receipt.
    const { record } = await received(
      receipt([
        [bowl, [[5, 'EA', '07']]],
        [mug, [[3, 'EA', '07']]],
      ]),
    )
    expect(record.lines.map((l: Raw) => [l.orderLine, l.product.item])).toEqual([
      ['10', 'JS-BWL-06'],
      ['9', 'JS-MUG-12'],
    ])
  })

  test('of an item that stands on two lines of the order: by its number among them, else Odoo fills one after the other', async () => {
    const desk = createDesk()
    await placed(desk, {
      lines: [
        { ...bowls, id: 21 },
        { ...bowls, id: 22 },
      ],
    })
    const { record } = await desk.receive(
      receipt([
        [mug, [[1, 'EA', '07']]],
        [bowl, [[5, 'EA', '07']]],
      ]),
      'warehouse-receipt',
    )
    expect(record.lines.map((l: Raw) => l.orderLine)).toEqual([undefined, '22'])
  })
})

describe('what a warehouse has of a line', () => {
  test.each<[string, Taken[1], unknown, string, Raw[]]>([
    ['good', [[10, 'EA', '07']], {}, 'write', [[10, undefined]]],
    [
      'damaged, with a place for it',
      [
        [8, 'EA', '07'],
        [2, 'EA', '01'],
      ],
      quarantine,
      'write',
      [
        [8, undefined],
        [2, true],
      ],
    ],
    [
      'damaged, without one',
      [
        [8, 'EA', '07'],
        [2, 'EA', '01'],
      ],
      {},
      'held RECEIPT_UNCLEAR',
      [],
    ],
    ['on hold, with a place for it', [[10, 'EA', '09']], quarantine, 'write', [[10, true]]],
    ['on hold, without one', [[10, 'EA', '09']], {}, 'held RECEIPT_UNCLEAR', []],
    [
      'short: it never came',
      [
        [8, 'EA', '07'],
        [2, 'EA', '02'],
      ],
      {},
      'write',
      [[8, undefined]],
    ],
    [
      'over: received all the same',
      [
        [120, 'EA', '07'],
        [3, 'EA', '03'],
      ],
      {},
      'write',
      [
        [120, undefined],
        [3, undefined],
      ],
    ],
    [
      'a wrong product: for a person',
      [
        [8, 'EA', '07'],
        [2, 'EA', '05'],
      ],
      quarantine,
      'held RECEIPT_UNCLEAR',
      [],
    ],
    ['nothing at all', [[10, 'EA', '02']], {}, 'skipped RECEIPT_WITHOUT_GOODS', []],
    [
      'nothing of it',
      [
        [0, 'EA', '07'],
        [5, 'EA', '07'],
      ],
      {},
      'write',
      [[5, undefined]],
    ],
  ])('%s', async (_, parts, settings, expected, lines) => {
    const outcome = await received(one(...parts), { settings })
    const written = outcome.record?.lines ?? []
    expect([told(outcome), written.map((l: Raw) => [l.quantity, l.held])]).toEqual([expected, lines])
  })

  test('names the place for damaged goods only where some are', async () => {
    const without = await received(one([10, 'EA', '07']), { settings: quarantine })
    expect(without.record.quarantine).toBeUndefined()
    const withSome = await received(one([10, 'EA', '01']), { settings: quarantine })
    expect(withSome.record.quarantine).toBe('WH/Quarantine')
  })

  test.each<[string, Taken, Raw]>([
    ['in cases', [bowl, [[10, 'CA', '07']]], { quantity: 120, unit: 'Units' }],
    [
      'with lot and expiry',
      [
        bowl,
        [[5, 'EA', '07']],
        {
          References: [{ ReferenceQual: 'LT', ReferenceID: 'L-1' }],
          Dates: [{ DateTimeQualifier: '036', Date: '2028-01-31' }],
        },
      ],
      { lot: 'L-1', expires: '2028-01-31' },
    ],
    [
      'with a serial number',
      [bowl, [[1, 'EA', '07']], { References: [{ ReferenceQual: 'SE', ReferenceID: 'SN-1' }] }],
      { lot: 'SN-1' },
    ],
    [
      'by a barcode that no table knows',
      [{ EAN: '4006381333931' }, [[5, 'EA', '07']]],
      { product: { barcodes: ['4006381333931'] } },
    ],
  ])('%s', async (_, line, expected) => {
    expect((await received(receipt([line]))).record.lines[0]).toMatchObject(expected)
  })

  test('everything that is wrong is named at once', async () => {
    const raw = receipt(
      [
        [{}, [[5, 'EA', '07']]],
        [
          bowl,
          [
            [5, 'BG', '07'],
            [1, 'EA', '05'],
          ],
        ],
      ],
      { DepositorOrderNumber: undefined, TradingPartnerId: '3F1NOBODY' },
    )
    const { codes } = await received(raw)
    expect(codes.toSorted()).toEqual([
      'ITEM_UNKNOWN',
      'PARTNER_UNKNOWN',
      'RECEIPT_UNCLEAR',
      'RECEIPT_WITHOUT_ORDER',
      'UNIT_UNKNOWN',
    ])
  })

  test('of an item that is ambiguous in the table is held with the rows', async () => {
    const tables = withRows({ items: [{ item: 'JS-OTHER', upc: '614141001385' }] })
    const { codes, problems } = await received(
      receipt([[{ ConsumerPackageCode: '614141001385' }, [[5, 'EA', '07']]]]),
      { tables },
    )
    expect([codes, problems[0]?.message]).toEqual([
      ['ITEM_AMBIGUOUS'],
      'Line 1: several items fit: JS-BWL-06 (row ///JS-BWL-06), JS-OTHER (row ///JS-OTHER).',
    ])
  })
})
