import { announced, byNotice, lineOf, one } from './announced.ts'
import { createDesk, type Raw, rsx, told } from './desk.ts'
import { bowls, mugs, placed } from './purchase.ts'
import { type Shipped, shipment } from './receipts.ts'
import { tablesOf, withRows } from './tables.ts'

describe('an 856 of a supplier', () => {
  test('announces the goods on the order’s transfer: lines by our numbers, in Odoo’s units', async () => {
    const raw = shipment(
      {
        P00015: [
          ['1', 6, 'CA'],
          ['0002', 100, 'EA'],
        ],
      },
      { CarrierProNumber: '44018820391', CurrentScheduledDeliveryDate: '2026-12-06' },
    )
    const { outcome, writes, record, warnings } = await announced(raw)
    expect([outcome, warnings, writes.map((w) => [w.connection, w.operation, w.reference])]).toEqual([
      'write',
      [],
      [['odoo', 'receive-goods', '856:3F1PINEMILL:PM-SHP-77:P00015']],
    ])
    expect(record).toEqual({
      order: 'P00015',
      mode: 'announce',
      tracking: '44018820391',
      note: 'Ship notice (856) PM-SHP-77 of 2026-12-03',
      date: '2026-12-06',
      lines: [
        {
          orderLine: '9',
          product: { item: 'JS-MUG-12' },
          quantity: 6,
          unit: 'Case of 12',
          path: 'OrderLevel[0].ItemLevel[0]',
        },
        {
          orderLine: '10',
          product: { item: 'JS-BWL-06' },
          quantity: 100,
          unit: 'Units',
          path: 'OrderLevel[0].ItemLevel[1]',
        },
      ],
    })
  })

  test.each([
    ['by default', {}, 'announce'],
    ['where the ship notice books', byNotice, 'validate'],
    ['where nobody books', { receipts: { validatedBy: 'nobody' } }, 'announce'],
  ])('%s: %s', async (_, settings, mode) => {
    expect((await announced(one('1', 6, 'CA'), { settings })).record.mode).toBe(mode)
  })

  test('of several orders is one receipt for each, also where an order stands in it twice', async () => {
    const raw = shipment({ P00015: [['1', 6, 'CA']], P00016: [['1', 5, 'EA', { BuyerPartNumber: 'JS-BWL-06' }]] })
    const again = {
      ...raw.OrderLevel[0],
      ItemLevel: [{ ShipmentLine: { LineSequenceNumber: '2', ShipQty: 7, ShipQtyUOM: 'EA' } }],
    }
    again.OrderHeader = { PurchaseOrderNumber: 'P00015', ReleaseNumber: '2' }
    raw.OrderLevel.push(again)
    const { writes } = await announced(raw)
    expect(
      writes.map(({ reference, record }) => [
        reference,
        (record as Raw).lines.map((l: Raw) => [l.orderLine, l.quantity]),
      ]),
    ).toEqual([
      [
        '856:3F1PINEMILL:PM-SHP-77:P00015',
        [
          ['9', 6],
          ['10', 7],
        ],
      ],
      ['856:3F1PINEMILL:PM-SHP-77:P00016', [[undefined, 5]]],
    ])
  })

  test('as the fact sheet has it: what is in which carton, and the lines as they were told', async () => {
    const tables = tablesOf((rows) => ({
      partners: [...(rows.partners ?? []), { tradingPartner: '3F1HARBORPINE', customer: 'H' }],
    }))
    const raw = rsx('shipment-856')
    const { record } = await createDesk({ tables }).receive(raw, 'advance-ship-notice')
    expect(record.note).toBe('Ship notice (856) JS-SHP-0031877 of 2026-10-21, ODFL Old Dominion LTL')
    expect(record.lines.map((l: Raw) => [l.product, l.quantity, l.unit, l.pack])).toEqual([
      [{ item: 'JS-MUG-12' }, 24, 'Units', '00006141410003187703'],
      [{ item: 'JS-BWL-06' }, 8, 'Units', '00006141410003187703'],
      // Two cases of six.
      [{ item: 'JS-TRY-LG' }, 12, 'Units', '00006141410003187710'],
    ])
  })
})

describe('a shipped line', () => {
  const lot = (ReferenceQual: string, ReferenceID: string, rest: Raw = {}) => ({
    References: [{ ReferenceQual, ReferenceID }],
    ...rest,
  })

  test.each<[string, Raw, Raw]>([
    ['in the unit of the order', one('1', 6, 'CA'), { orderLine: '9', quantity: 6, unit: 'Case of 12' }],
    ['without a unit: that of the order', one('1', 6), { orderLine: '9', quantity: 6, unit: 'Case of 12' }],
    ['in pieces of an order in cases', one('1', 72, 'EA'), { orderLine: '9', quantity: 72, unit: 'Units' }],
    ['in cases of an order in pieces', one('2', 10, 'CA'), { orderLine: '10', quantity: 120, unit: 'Units' }],
    ['more than ordered', one('1', 60, 'CA'), { orderLine: '9', quantity: 60 }],
    [
      'with its lot and the day of expiry',
      one('1', 6, 'CA', {}, lot('LT', 'L-2611', { Dates: [{ DateTimeQualifier: '036', Date: '2028-01-31' }] })),
      { lot: 'L-2611', expires: '2028-01-31' },
    ],
    ['with its serial number: a lot of one piece in Odoo', one('2', 1, 'EA', {}, lot('SE', 'SN-1')), { lot: 'SN-1' }],
  ])('%s', async (_, raw, expected) => {
    expect((await lineOf(raw)).line).toMatchObject(expected)
  })

  test('of a unit that nobody knows is held; so is a case of unknown size', async () => {
    expect((await lineOf(one('2', 3, 'BG'))).told).toBe('held UNIT_UNKNOWN')
    const unsized = tablesOf((rows) => ({ items: (rows.items ?? []).filter((r) => r.item !== 'JS-BWL-06') }))
    expect((await lineOf(one('2', 3, 'CA'), { tables: unsized })).told).toBe('held UNIT_SIZE_UNKNOWN')
  })

  test.each<[string, Shipped, Raw]>([
    ['by our number', [undefined, 5, 'EA', { BuyerPartNumber: 'JS-BWL-06' }], { orderLine: '10' }],
    ['by its own number, in the table', [undefined, 5, 'EA', { VendorPartNumber: 'PM-BOWL' }], { orderLine: '10' }],
    ['by a barcode, in the table', [undefined, 5, 'EA', { ConsumerPackageCode: '614141001385' }], { orderLine: '10' }],
  ])('without a line number is found %s', async (_, line, expected) => {
    const tables = withRows({ items: [{ tradingPartner: '3F1PINEMILL', buyerPart: 'PM-BOWL', item: 'JS-BWL-06' }] })
    const { line: found, warnings } = await lineOf(one(...line), { tables })
    expect([found, warnings.filter((w) => w !== 'SPS_LINE_UNNUMBERED')]).toMatchObject([expected, []])
  })

  test('that the order has not is found by its product, with a warning', async () => {
    const known = await lineOf(one('7', 5, 'EA', { BuyerPartNumber: 'JS-BWL-06' }))
    expect([known.line.product, known.line.orderLine, known.warnings]).toEqual([
      { item: 'JS-BWL-06' },
      undefined,
      ['ANSWER_LINE_UNKNOWN'],
    ])
    const numbers = { BuyerPartNumber: 'JS-NEW', VendorPartNumber: 'PM-NEW', EAN: '4006381333931' }
    expect((await lineOf(one('7', 5, 'EA', numbers))).line.product).toEqual({
      item: 'JS-NEW',
      barcodes: ['4006381333931'],
      vendorPart: 'PM-NEW',
    })
    expect((await lineOf(one('7', 5, 'EA'))).told).toBe('held ITEM_UNKNOWN')
  })

  test('whose number says one item and whose item says another is held: nothing is booked on the wrong one', async () => {
    const { told: outcome } = await lineOf(one('1', 5, 'EA', { BuyerPartNumber: 'JS-BWL-06' }))
    expect(outcome).toBe('held RECEIPT_UNCLEAR')
  })

  test('of which nothing was shipped is left out, whatever is unknown of it', async () => {
    const raw = shipment({
      P00015: [
        ['1', 6, 'CA'],
        ['7', 0, 'BG'],
      ],
    })
    expect((await announced(raw)).record.lines).toHaveLength(1)
    expect(told(await announced(shipment({ P00015: [['1', 0, 'CA']] })))).toBe('skipped RECEIPT_WITHOUT_GOODS')
  })
})

test('of a partner that no table knows it is held, with everything else that is wrong', async () => {
  const desk = createDesk({ tables: tablesOf(() => ({ partners: [], units: [] })) })
  const { codes } = await desk.receive(one('1', 6, 'CA', { BuyerPartNumber: 'JS-MUG-12' }), 'advance-ship-notice')
  expect(codes).toEqual(['PARTNER_UNKNOWN', 'UNIT_UNKNOWN'])
})

test('two orders on one notice keep their lines apart although both begin with line 1', async () => {
  const desk = createDesk()
  await placed(desk)
  await placed(desk, {
    number: 'P00016',
    lines: [
      { ...bowls, id: 21 },
      { ...mugs, id: 22 },
    ],
  })
  const raw = shipment({ P00015: [['1', 6, 'CA']], P00016: [['1', 7, 'EA']] })
  const { writes } = await desk.receive(raw, 'advance-ship-notice')
  expect(writes.map(({ record }) => (record as Raw).lines.map((l: Raw) => [l.orderLine, l.product.item]))).toEqual([
    [['9', 'JS-MUG-12']],
    [['21', 'JS-BWL-06']],
  ])
})
