import fc from 'fast-check'
import { createDesk, type DeskOptions, type Raw, rsx, told } from './desk.ts'
import { bowls, mugs, placed } from './purchase.ts'
import { receipt, shipment, type Taken } from './receipts.ts'
import { tablesOf, withRows } from './tables.ts'

const quarantine = { receipts: { quarantine: 'WH/Quarantine' } }
const bowl = { VendorPartNumber: 'JS-BWL-06', ConsumerPackageCode: '614141001385' }
const mug = { VendorPartNumber: 'JS-MUG-12' }

/** The order is with the supplier; then this comes from the warehouse. */
async function received(raw: Raw, options: DeskOptions = {}) {
  const desk = createDesk(options)
  await placed(desk)
  return desk.receive(raw, 'warehouse-receipt')
}
const one = (...parts: Taken[1]) => receipt([[bowl, parts]])

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

describe('a 944 that comes again', () => {
  test.each([
    ['with the same content', one([10, 'EA', '07']), 'skipped DUPLICATE'],
    ['with other content: nothing is booked twice', one([9, 'EA', '07']), 'held RECEIPT_CHANGED'],
  ])('%s', async (_, raw, expected) => {
    const desk = createDesk()
    await placed(desk)
    await desk.receive(one([10, 'EA', '07']), 'warehouse-receipt')
    expect(told(await desk.receive(raw, 'warehouse-receipt'))).toBe(expected)
  })
})

describe('a 944 where it is not the one that books', () => {
  const notice = shipment({
    P00015: [
      ['1', 6, 'CA'],
      ['2', 100, 'EA'],
    ],
  })
  const same = receipt(
    [
      [bowl, [[100, 'EA', '07']]],
      [mug, [[6, 'CA', '07']]],
    ],
    { ShipmentIdentification: 'PM-SHP-77' },
  )
  const less = receipt(
    [
      [bowl, [[98, 'EA', '07']]],
      [mug, [[6, 'CA', '07']]],
    ],
    { ShipmentIdentification: 'PM-SHP-77' },
  )
  const tables = withRows({
    units: [{ x12: 'CA', unit: 'Case of 12', eaches: '12', item: 'JS-MUG-12', tradingPartner: '3F1COLDQUAY3PL' }],
  })

  test.each(['ship-notice', 'nobody'])(
    '(%s): nothing is told twice, and a difference is for a person',
    async (validatedBy) => {
      const desk = createDesk({ tables, settings: { receipts: { validatedBy } } })
      await placed(desk)
      await desk.receive(notice, 'advance-ship-notice')
      expect(told(await desk.receive(less, 'warehouse-receipt'))).toBe('held RECEIPT_UNCLEAR')
      const again = structuredClone(same)
      again.Header.HeaderDetail.WarehouseReceiptId = 'CQ-RCV-77121'
      expect(told(await desk.receive(again, 'warehouse-receipt'))).toBe('skipped RECEIPT_KNOWN')
    },
  )

  test('announces the goods of an order of which no notice came', async () => {
    const { record } = await received(one([10, 'EA', '07']), { settings: { receipts: { validatedBy: 'ship-notice' } } })
    expect(record.mode).toBe('announce')
  })

  test('and where it books, it books after the notice announced', async () => {
    const desk = createDesk({ tables })
    await placed(desk)
    await desk.receive(notice, 'advance-ship-notice')
    expect((await desk.receive(less, 'warehouse-receipt')).record.mode).toBe('validate')
  })
})

describe('whatever a warehouse tells', () => {
  const part = fc.tuple(
    fc.integer({ min: 0, max: 50 }),
    fc.constantFrom('EA', 'CA'),
    fc.constantFrom('07', '01', '02', '03', '09'),
  )
  const told = fc.array(fc.tuple(fc.constantFrom(bowl, mug), fc.array(part, { minLength: 1, maxLength: 4 })), {
    minLength: 1,
    maxLength: 5,
  })
  /** Mugs were ordered in cases of twelve, a unit of Odoo; a case of bowls is twelve pieces by the table. */
  const pieces = (quantity: number, unit: string) => quantity * (unit === 'EA' ? 1 : 12)
  const sum = (numbers: number[]) => numbers.reduce((a, b) => a + b, 0)

  test('as many pieces are received as came, good ones and held ones apart', async () => {
    await fc.assert(
      fc.asyncProperty(told, async (lines) => {
        const { record } = await received(receipt(lines as Taken[]), { settings: quarantine })
        const taken = (held: boolean) =>
          sum(
            (record?.lines ?? [])
              .filter((l: Raw) => (l.held ?? false) === held)
              .map((l: Raw) => l.quantity * (l.unit === 'Case of 12' ? 12 : 1)),
          )
        const came = (...conditions: string[]) =>
          sum(
            lines.flatMap(([, parts]) =>
              parts.filter(([, , c]) => conditions.includes(c)).map(([q, u]) => pieces(q, u)),
            ),
          )
        expect([taken(false), taken(true)]).toEqual([came('07', '03'), came('01', '09')])
      }),
      { numRuns: 100 },
    )
  })
})

describe('whatever a supplier ships', () => {
  const shipped = fc.array(
    fc.record({
      order: fc.constantFrom('P00015', 'P00016'),
      line: fc.constantFrom('1', '2'),
      quantity: fc.integer({ min: 0, max: 40 }),
      lots: fc.integer({ min: 0, max: 3 }),
    }),
    { minLength: 1, maxLength: 8 },
  )

  test('every piece of it is on the transfer of its order, on its line', async () => {
    await fc.assert(
      fc.asyncProperty(shipped, async (lines) => {
        const desk = createDesk()
        await placed(desk)
        await placed(desk, {
          number: 'P00016',
          lines: [
            { ...mugs, id: 31 },
            { ...bowls, id: 32 },
          ],
        })
        const raw = shipment({ P00015: [], P00016: [] })
        for (const { order, line, quantity, lots } of lines)
          raw.OrderLevel[order === 'P00015' ? 0 : 1].ItemLevel.push({
            ShipmentLine: { LineSequenceNumber: line, ShipQty: quantity, ShipQtyUOM: line === '1' ? 'CA' : 'EA' },
            References: lots === 1 ? [{ ReferenceQual: 'LT', ReferenceID: `L${quantity}` }] : [],
          })
        const { writes } = await desk.receive(raw, 'advance-ship-notice')
        const ids: Record<string, string> = { 'P00015/1': '9', 'P00015/2': '10', 'P00016/1': '31', 'P00016/2': '32' }
        const count = (rows: [string, number][]) => {
          const sums = new Map<string, number>()
          for (const [key, quantity] of rows) if (quantity > 0) sums.set(key, (sums.get(key) ?? 0) + quantity)
          return [...sums].toSorted()
        }
        const booked = writes.flatMap(({ record }) => (record as Raw).lines.map((l: Raw) => [l.orderLine, l.quantity]))
        expect(count(booked)).toEqual(count(lines.map((l) => [ids[`${l.order}/${l.line}`] ?? '', l.quantity])))
      }),
      { numRuns: 60 },
    )
  })
})
