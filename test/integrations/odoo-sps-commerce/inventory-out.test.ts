import { createDesk, type DeskOptions, type Raw, records, told } from './desk.ts'
import { tablesOf, withPartner } from './tables.ts'

const product = (id: number, rest: Raw = {}): Raw => ({
  id,
  name: `Product ${id}`,
  default_code: `ITEM-${id}`,
  barcode: false,
  uom_id: [1, 'Units'],
  active: true,
  qty_available: 10,
  free_qty: 8,
  write_date: '2026-11-21 07:00:00',
  ...rest,
})
const report = (products: Raw[], at = '2026-11-21T08:00:00.000Z'): Raw => ({
  'product.product': products,
  'ml_connector.reading': [{ id: 1, at, timezone: 'America/Chicago' }],
})
const wants = (wishes: Record<string, string> = {}) => withPartner('3F1HARBORPINE', { inventory: 'yes', ...wishes })
const all = { stock: { items: 'all' } }
const sent = (products: Raw[], options: DeskOptions = {}) =>
  createDesk({ tables: wants(), settings: all, ...options }).stock(report(products))
/** Item, qualifier, quantity and unit of every line. */
const lines = (record: Raw) =>
  record.Structure[0].LineItem.map(({ InventoryLine: n, QuantitiesSchedulesLocations: [q] }: Raw) => [
    n.VendorPartNumber,
    q.QuantityQualifier,
    q.TotalQty,
    q.TotalQtyUOM,
  ])

describe.each(['18', '19'])('the stock of live Odoo %s', (version) => {
  test('goes as an 846 to the partner that wants it', async () => {
    const stock = records(`stock-${version}`)
    const desk = createDesk({ tables: wants(), settings: all })
    const { outcome, record, writes } = await desk.stock(stock)
    expect([outcome, writes.map((w) => [w.connection, w.operation, w.reference])]).toEqual([
      'write',
      [['sps', 'send-inventory', 'IB3F1HARBORPINE-WH-20261121080000']],
    ])
    expect(record.Header.HeaderReport).toEqual({
      TradingPartnerId: '3F1HARBORPINE',
      DocumentId: '3F1HARBORPINE-WH-20261121080000',
      TsetPurposeCode: '00',
      ReportTypeCode: 'MB',
      InventoryDate: '2026-11-21',
      InventoryTime: '08:00:00+00:00',
      Vendor: '40127',
    })
    expect(lines(record)).toEqual(stock['product.product'].map((p: Raw) => [p.default_code, '33', p.free_qty, 'EA']))
    expect(record.Structure[0].LineItem[0].InventoryLine.EAN).toBe('2000000000015')
    const total = stock['product.product'].map((p: Raw) => p.free_qty).reduce((a: number, b: number) => a + b, 0)
    expect(record.Summary).toEqual({ TotalLineItemNumber: stock['product.product'].length, TotalQuantity: total })
  })
})

describe('what an 846 says of an item', () => {
  test.each<[string, Raw, unknown, [string, number]]>([
    ['what is free', {}, all, ['33', 8]],
    ['what is on hand', {}, { stock: { items: 'all', quantity: 'on-hand' } }, ['QOH', 10]],
    ['nothing, which is said and never left out', { free_qty: 0 }, all, ['33', 0]],
    ['less than nothing as nothing', { free_qty: -4 }, all, ['33', 0]],
    [
      'less than nothing on hand as nothing',
      { qty_available: -4 },
      { stock: { items: 'all', quantity: 'on-hand' } },
      ['QOH', 0],
    ],
    ['parts of a unit', { free_qty: 2.5 }, all, ['33', 2.5]],
  ])('%s', async (_, rest, settings, [qualifier, quantity]) => {
    const { record } = await sent([product(1, rest)], { settings })
    expect(lines(record)).toEqual([['ITEM-1', qualifier, quantity, 'EA']])
    expect(record.Summary.TotalQuantity).toBe(quantity)
  })

  test.each([
    ['614141001217', { ConsumerPackageCode: '614141001217' }],
    ['10614141001214', { GTIN: '10614141001214' }],
    ['4006381333931', { EAN: '4006381333931' }],
    ['SHELF-7', {}],
  ])('its barcode %s as what it is', async (barcode, expected) => {
    const { record } = await sent([product(1, { barcode })])
    expect(record.Structure[0].LineItem[0].InventoryLine).toEqual({ VendorPartNumber: 'ITEM-1', ...expected })
  })

  test('never a database id: an item without any number is left out, and that is said', async () => {
    const { record, warned } = await sent([product(1, { default_code: false }), product(2)])
    expect([lines(record).length, warned.map((w) => w.path)]).toEqual([1, ['product.product[0].default_code']])
  })

  test.each([
    ['Units', 'EA'],
    ['Dozens', 'DZ'],
  ])('its quantity in %s as %s', async (unit, x12) => {
    const { record } = await sent([product(1, { uom_id: [2, unit] })])
    expect(lines(record)[0][3]).toBe(x12)
  })

  test('a unit that nobody knows holds the report once, however many items have it', async () => {
    const many = Array.from({ length: 40 }, (_, i) => product(i + 1, { uom_id: [9, 'Pallets'] }))
    const { codes, problems } = await sent(many)
    expect(codes).toEqual(['UNIT_UNKNOWN'])
    expect(problems[0]?.message).toBe(
      'Unit Pallets is not in the units table: ITEM-1, ITEM-2, ITEM-3, ITEM-4, ITEM-5 and 35 more items have it. Add a row with its X12 unit.',
    )
  })
})

describe('which items go to which partner', () => {
  const listed = tablesOf((rows) => ({
    partners: [
      ...(rows.partners ?? []).map((row) => ({
        ...row,
        inventory: row.tradingPartner === '3F1HARBORPINE' ? 'yes' : 'no',
      })),
      { tradingPartner: '3F1KORN', customer: 'KORN', inventory: 'yes' },
    ],
    items: [
      { tradingPartner: '3F1HARBORPINE', buyerPart: '9001', item: 'ITEM-1' },
      { tradingPartner: '3F1HARBORPINE', buyerPart: '9002', item: 'ITEM-2' },
      { tradingPartner: '3F1KORN', buyerPart: 'K-1', item: 'ITEM-1' },
    ],
  }))
  const products = [product(1), product(2, { active: false, free_qty: 7 }), product(3), product(4, { active: false })]
  const byPartner = (writes: { record: Raw }[]) =>
    Object.fromEntries(
      writes.map(({ record }) => [
        record.Header.HeaderReport.TradingPartnerId,
        record.Structure[0].LineItem.map(({ InventoryLine: n, QuantitiesSchedulesLocations: [q] }: Raw) => [
          n.BuyerPartNumber,
          n.VendorPartNumber,
          q.TotalQty,
        ]),
      ]),
    )

  test('those of its rows, under its own numbers; what is sold no more is told as nothing', async () => {
    const { writes } = await createDesk({ tables: listed }).stock(report(products))
    expect(byPartner(writes)).toEqual({
      '3F1HARBORPINE': [
        ['9001', 'ITEM-1', 8],
        ['9002', 'ITEM-2', 0],
      ],
      '3F1KORN': [['K-1', 'ITEM-1', 8]],
    })
  })

  test('all that are sold, where the settings say so', async () => {
    const { writes } = await createDesk({ tables: listed, settings: all }).stock(report(products))
    expect(byPartner(writes)['3F1KORN']).toEqual([
      ['K-1', 'ITEM-1', 8],
      [undefined, 'ITEM-3', 8],
    ])
  })

  test('a partner with several rows gets one report', async () => {
    const tables = tablesOf((rows) => ({
      partners: (rows.partners ?? [])
        .filter((row) => row.tradingPartner === '3F1HARBORPINE')
        .flatMap((row) => [
          { ...row, inventory: 'yes' },
          { ...row, inventory: 'yes', vendor: '999' },
        ]),
    }))
    expect((await createDesk({ tables, settings: all }).stock(report(products))).writes).toHaveLength(1)
  })

  test('nobody wants it, or no item is listed: it is skipped', async () => {
    expect(told(await createDesk().stock(report(products)))).toBe('skipped NOT_EDI')
    expect(told(await createDesk({ tables: wants() }).stock(report(products)))).toBe('skipped NOT_EDI')
  })

  test('a wish that is none of the allowed ones is held', async () => {
    expect(told(await createDesk({ tables: wants({ inventory: 'maybe' }) }).stock(report(products)))).toBe(
      'held TABLE_VALUE_INVALID',
    )
  })
})

test('every report has a name of its own', async () => {
  const desk = createDesk({ tables: wants(), settings: all })
  const first = await desk.stock(report([product(1)], '2026-11-21T08:00:00.000Z'))
  const second = await desk.stock(report([product(1, { free_qty: 3 })], '2026-11-21T08:15:00.000Z'))
  expect([first, second].map((o) => o.writes[0]?.reference)).toEqual([
    'IB3F1HARBORPINE-all-20261121080000',
    'IB3F1HARBORPINE-all-20261121081500',
  ])
})

test('fifty thousand items are one report, with every quantity in its sum', async () => {
  const many = Array.from({ length: 50_000 }, (_, i) => product(i + 1, { free_qty: i % 7 }))
  const { record } = await sent(many)
  const total = many.reduce((sum, p) => sum + p.free_qty, 0)
  expect(record.Summary).toEqual({ TotalLineItemNumber: 50_000, TotalQuantity: total })
})
