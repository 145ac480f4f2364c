import { createDesk, type Raw, rsx, told } from './desk.ts'
import { tablesOf, withPartner, withRows } from './tables.ts'

const harbor = (wishes: Record<string, string>) => withPartner('3F1HARBORPINE', wishes)
const order = (edit?: (raw: Raw) => void): Raw => rsx('order-850', edit)
const take = (raw: Raw, options: Parameters<typeof createDesk>[0] = {}) => createDesk(options).receive(raw)
/** The order with its first line alone, changed. */
const oneLine = (line: Raw, header: Raw = {}, rest: Raw = {}): Raw =>
  order((o) => {
    Object.assign(o.Header.OrderHeader, header)
    o.LineItem = [{ OrderLine: { ...o.LineItem[0].OrderLine, ...line }, ...rest }]
    delete o.Header.ChargesAllowances
    delete o.Summary
  })
const noNumbers = {
  BuyerPartNumber: undefined,
  VendorPartNumber: undefined,
  ConsumerPackageCode: undefined,
  GTIN: undefined,
  UPCCaseCode: undefined,
}

describe('an 850 of a customer', () => {
  test('becomes the sales order, field by field and nothing else', async () => {
    const { record, writes, warnings } = await take(order())
    expect(writes.map((w) => [w.connection, w.operation, w.reference])).toEqual([
      ['odoo', 'create-order', 'SPS:3F1HARBORPINE:4500187734'],
    ])
    expect(record).toEqual({
      model: 'sale.order',
      partner: { partner: 'HARBORPINE' },
      shipTo: { partner: 'HP-DC-0417' },
      theirReference: '4500187734',
      origin: 'SPS:3F1HARBORPINE:4500187734',
      date: '2026-10-05',
      plannedDate: '2026-10-23',
      currency: 'USD',
      note: 'Floor-loaded trailers are refused; use GMA pallets above 20 cartons.',
      carrier: 'Old Dominion',
      confirm: true,
      totalTolerance: '0',
      lines: [
        {
          line: '1',
          product: { item: 'JS-MUG-12' },
          quantity: 24,
          unit: 'Units',
          price: 4.25,
          description: 'Stoneware mug 12 oz, slate',
        },
        {
          line: '2',
          product: { item: 'JS-BWL-06' },
          quantity: 12,
          unit: 'Units',
          price: 7.9,
          description: 'Soup bowl 6 in, set of 1, slate',
        },
        // Two cases of six at 85.20 a case: 12 pieces at 14.20.
        {
          line: '3',
          product: { item: 'JS-TRY-LG' },
          quantity: 12,
          unit: 'Units',
          price: 14.2,
          description: 'Acacia serving tray, large',
        },
      ],
    })
    expect(warnings).toEqual(['CHARGE_NOT_HELD'])
  })

  test('is not acknowledged before it is confirmed in Odoo, and at once where the settings say so', async () => {
    expect((await take(order())).writes.map((w) => w.operation)).toEqual(['create-order'])
    const { writes } = await take(order(), { settings: { acknowledge: 'created' } })
    expect(writes.map((w) => w.operation)).toEqual(['create-order', 'send-acknowledgement'])
    expect(writes[1]?.record).toMatchObject({ Header: { OrderHeader: { AcknowledgementType: 'AD' } } })
  })
})

describe('what an 850 becomes', () => {
  test.each([
    ['nothing said: the purchase order of the requirement', {}, {}, 'purchase.order', false],
    ['by the setting', {}, { orderModel: 'purchase.requisition' }, 'purchase.requisition', false],
    ['by the role customer', { role: 'customer' }, {}, 'sale.order', true],
    ['by the role vendor', { role: 'vendor' }, { orderModel: 'sale.order' }, 'purchase.order', false],
    ['by the role agreement', { role: 'agreement' }, {}, 'purchase.requisition', false],
    ['by the order type of the row', { orderType: 'sale.order' }, {}, 'sale.order', true],
    ['confirmed by the row', { role: 'vendor', confirm: 'yes' }, {}, 'purchase.order', true],
    ['left to a person by the row', { role: 'customer', confirm: 'no' }, {}, 'sale.order', false],
    ['confirmed by the settings', {}, { confirm: ['purchase.order'] }, 'purchase.order', true],
  ])('%s', async (_, wishes, settings, model, confirm) => {
    const { record } = await take(order(), { tables: harbor({ role: '', ...wishes }), settings })
    expect([record.model, record.confirm]).toEqual([model, confirm])
  })

  test('by the codes table: everything of the record follows from that model', async () => {
    const codes = [{ kind: 'orderType', code: 'SA', value: 'sale.order' }]
    const { record } = await take(order(), {
      tables: tablesOf((rows) => ({
        partners: [{ tradingPartner: '3F1HARBORPINE', customer: 'HARBORPINE' }],
        codes: [...(rows.codes ?? []), ...codes],
      })),
    })
    expect([record.model, record.shipTo, record.confirm]).toEqual(['sale.order', { partner: 'HP-DC-0417' }, true])
  })

  test('a value that is none of the allowed ones is held, with its cell', async () => {
    const role = await take(order(), { tables: harbor({ role: 'retailer' }) })
    expect(role.problems[0]?.message).toBe(
      'Table partners, row 3F1HARBORPINE/40127/: role is "retailer"; use one of customer, vendor, agreement, or leave it blank.',
    )
    const type = await take(order(), { tables: harbor({ orderType: 'SO' }) })
    expect(told(type)).toBe('held ORDER_TYPE_UNKNOWN')
  })
})

describe('the product of a line', () => {
  const product = async (numbers: Raw, options: Parameters<typeof createDesk>[0] = {}) =>
    (await take(oneLine({ ...noNumbers, ...numbers }), options)).record.lines[0].product
  const agreement = harbor({ role: '' })

  test.each([
    ['the partner’s part number, by table', { BuyerPartNumber: '771209' }, { item: 'JS-BWL-06' }],
    ['a UPC, by table', { ConsumerPackageCode: '614141001521' }, { item: 'JS-TRY-LG' }],
    ['a GTIN of the unit, by table', { GTIN: '00614141001217' }, { item: 'JS-MUG-12' }],
    ['a case code, by table', { UPCCaseCode: '10614141001214' }, { item: 'JS-MUG-12' }],
    ['our own number, by table', { VendorPartNumber: 'JS-TRY-LG' }, { item: 'JS-TRY-LG' }],
    ['a UPC that no table knows', { ConsumerPackageCode: '614141009992' }, { barcodes: ['614141009992'] }],
    ['an EAN that no table knows', { EAN: '4006381333931' }, { barcodes: ['4006381333931'] }],
    ['our number that no table knows', { VendorPartNumber: 'JS-NEW-01' }, { item: 'JS-NEW-01' }],
    [
      'all numbers that no table knows, for Odoo to try in their order',
      {
        BuyerPartNumber: 'X1',
        VendorPartNumber: 'JS-NEW-01',
        ConsumerPackageCode: '614141009992',
        GTIN: '00614141009992',
      },
      { item: 'JS-NEW-01', barcodes: ['614141009992', '00614141009992'] },
    ],
  ])('%s', async (_, numbers, expected) => {
    expect(await product(numbers)).toEqual(expected)
  })

  test('of a purchase order may go by either side’s number, since nobody knows whose is ours', async () => {
    const numbers = { BuyerPartNumber: 'X1', VendorPartNumber: 'JS-NEW-01' }
    expect(await product(numbers, { tables: agreement })).toEqual({
      item: 'X1',
      vendorPart: 'JS-NEW-01',
      otherItem: 'JS-NEW-01',
    })
  })

  test('without any number at all is held', async () => {
    expect(told(await take(oneLine(noNumbers)))).toBe('held ITEM_UNKNOWN')
  })
})

describe('where the goods go', () => {
  const to = (code: string | undefined, edit: (shipTo: Raw) => void = () => undefined) =>
    order((o) => {
      o.Header.Address[1].AddressLocationNumber = code
      edit(o.Header.Address[1])
    })

  test('to the contact of the table, else to the contact that has the number', async () => {
    expect((await take(to('0417'))).record.shipTo).toEqual({ partner: 'HP-DC-0417' })
    expect((await take(to('0931'))).record.shipTo).toEqual({ partner: '0931' })
  })

  test('to the address of the order where the row says so and no table knows the place', async () => {
    const tables = harbor({ unmappedShipTo: 'address' })
    expect((await take(to('0931'), { tables })).record.shipTo).toEqual({
      code: '0931',
      name: 'Harbor & Pine DC 0417',
      street: '2150 Tannery Road',
      street2: 'Door 14-22',
      city: 'Superior',
      zip: '54880',
      state: 'WI',
      country: 'US',
    })
    expect((await take(to('0417'), { tables })).record.shipTo).toEqual({ partner: 'HP-DC-0417' })
  })

  test('without a number and without that wish the order is held', async () => {
    expect(told(await take(to(undefined)))).toBe('held LOCATION_UNKNOWN')
  })

  test('without a ship-to it goes to the place of the row; a buying office is no ship-to', async () => {
    const raw = order((o) => {
      o.Header.Address = [{ AddressTypeCode: 'BY', LocationCodeQualifier: '92', AddressLocationNumber: 'HQ' }]
    })
    const { record, warnings } = await take(raw, { tables: harbor({ location: 'HP-MAIN' }) })
    expect(record.shipTo).toEqual({ partner: 'HP-MAIN' })
    expect(warnings).toContain('SHIP_TO_MISSING')
  })

  test('to a consumer: name once, street, place, phone; the gift text is in the note', async () => {
    const { record } = await take(rsx('order-850-dropship'))
    expect(record.shipTo).toEqual({
      name: 'Ines Okafor',
      street: '905 Marrow Lane',
      street2: 'Apt 3B',
      city: 'Eau Claire',
      zip: '54701',
      state: 'WI',
      country: 'US',
      phone: '715-555-0188',
    })
    expect(record.note).toBe(
      'Congratulations on the new flat!\nCustomer order HPW-5561208\nThird-party freight account 1R77A4',
    )
  })

  test('of a purchase order: to our warehouse by table, else what the order says of the place is kept', async () => {
    const tables = harbor({ role: 'vendor', warehouse: 'MAIN' })
    const ours = await take(to('JS-W1'), { tables })
    expect([ours.record.warehouse, ours.record.shipTo]).toEqual(['WH', undefined])
    const theirs = await take(to('0417'), { tables })
    expect([theirs.record.warehouse, theirs.record.shipTo]).toMatchObject([
      'MAIN',
      { code: '0417', name: 'Harbor & Pine DC 0417', street: '2150 Tannery Road', country: 'US' },
    ])
  })
})

describe('quantities and prices', () => {
  const lines = async (line: Raw, options: Parameters<typeof createDesk>[0] = {}) => {
    const outcome = await take(oneLine(line), options)
    const [written] = outcome.record?.lines ?? []
    return [told(outcome), written?.quantity, written?.unit, written?.price]
  }
  const ca = { OrderQtyUOM: 'CA', PurchasePriceBasis: undefined }

  test.each([
    ['eaches', { OrderQty: 24, PurchasePrice: 4.25 }, ['write', 24, 'Units', 4.25]],
    ['cases, priced by the case', { ...ca, OrderQty: 2, PurchasePrice: 102 }, ['write', 48, 'Units', 4.25]],
    [
      'cases, priced by the each',
      { ...ca, OrderQty: 2, PurchasePrice: 4.25, PurchasePriceBasis: 'PE' },
      ['write', 48, 'Units', 4.25],
    ],
    [
      'dozens, which need no row: they are a unit of Odoo',
      { OrderQty: 3, OrderQtyUOM: 'DZ', PurchasePrice: 51 },
      ['write', 3, 'Dozens', 51],
    ],
    [
      'a unit that nobody knows',
      { OrderQty: 3, OrderQtyUOM: 'BG' },
      ['held UNIT_UNKNOWN', undefined, undefined, undefined],
    ],
    ['no quantity', { OrderQty: undefined }, ['held QUANTITY_INVALID', undefined, undefined, undefined]],
    [
      'a price that does not end, to the cent',
      { ...ca, OrderQty: 1, PurchasePrice: 100 },
      ['write', 24, 'Units', 4.166667],
    ],
  ])('%s', async (_, line, expected) => {
    expect(await lines(line)).toEqual(expected)
  })

  test('a standard unit with a row for one item only stays what it is for the others', async () => {
    const units = [{ x12: 'EA', unit: 'Pieces', eaches: '1', item: 'JS-BWL-06' }]
    expect(await lines({ OrderQty: 24 }, { tables: tablesOf(() => ({ units })) })).toEqual(['write', 24, 'Units', 4.25])
  })

  const priced = withRows({ items: [{ item: 'JS-MUG-12', price: '4.10', tradingPartner: '3F1HARBORPINE' }] })
  const policy = (pricePolicy: string, priceTolerance = '') =>
    tablesOf(() => ({
      partners: [
        { tradingPartner: '3F1HARBORPINE', customer: 'HARBORPINE', role: 'customer', pricePolicy, priceTolerance },
      ],
      items: [...(priced.items?.rows ?? [])],
    }))

  test.each([
    ['order', '', 'write', 4.25],
    ['check', '', 'held PRICE_DIFFERS', undefined],
    ['check', '0.15', 'write', 4.25],
    ['check', '5%', 'write', 4.25],
    ['erp', '', 'write', undefined],
  ])('price policy %s with tolerance "%s"', async (wish, tolerance, outcome, price) => {
    expect(await lines({ OrderQty: 24 }, { tables: policy(wish, tolerance) })).toEqual([
      outcome,
      outcome === 'write' ? 24 : undefined,
      outcome === 'write' ? 'Units' : undefined,
      price,
    ])
  })
})

describe('charges and allowances', () => {
  const allowance = { AllowChrgIndicator: 'A', AllowChrgCode: 'C310', AllowChrgAmt: 10.2, AllowChrgHandlingCode: '02' }
  const freight = { AllowChrgIndicator: 'C', AllowChrgCode: 'D240', AllowChrgAmt: 18.5, AllowChrgHandlingCode: '06' }
  const charged = order((o) => {
    o.Header.ChargesAllowances = [freight]
    o.LineItem[0].ChargesAllowances = [allowance]
  })

  test('become a discount of the line in percent and a line of freight', async () => {
    const { record, warnings } = await take(charged, {
      tables: harbor({ charges: 'apply' }),
      settings: { freightItem: 'FREIGHT' },
    })
    // 10.20 of 24 at 4.25, which is 102.00.
    expect(record.lines[0]).toMatchObject({ price: 4.25, discount: 10 })
    expect(record.lines.at(-1)).toEqual({ line: 'freight', product: { item: 'FREIGHT' }, quantity: 1, price: 18.5 })
    expect(warnings).toEqual(['TOTAL_DIFFERS'])
  })

  test('without a product for freight it stands in the note: nothing is dropped in silence', async () => {
    const { record } = await take(charged, { tables: harbor({ charges: 'apply' }) })
    expect(record.note).toContain('Freight 18.5')
    expect(record.lines).toHaveLength(3)
  })

  test('that became a discount are accepted as ordered: the price in Odoo is after it', async () => {
    const { writes } = await take(charged, {
      tables: harbor({ charges: 'apply' }),
      settings: { acknowledge: 'created' },
    })
    const ack = writes[1]?.record as Raw
    expect(ack.Header.OrderHeader.AcknowledgementType).toBe('AD')
    expect(ack.LineItem[0].LineItemAcknowledgement).toEqual([
      {
        ItemStatusCode: 'IA',
        ItemScheduleQty: 24,
        ItemScheduleUOM: 'EA',
        ItemScheduleQualifier: '068',
        ItemScheduleDate: '2026-10-19',
      },
    ])
  })
})

describe('an order for several stores', () => {
  test('is one sales order for each, and every piece is in one of them', async () => {
    const { writes } = await take(rsx('order-850-multistore'))
    expect(
      writes.map(({ reference, record }) => [
        reference,
        (record as Raw).shipTo.partner,
        ...(record as Raw).lines.map((l: Raw) => [l.product.item, l.quantity]),
      ]),
    ).toEqual([
      ['SPS:3F1HARBORPINE:4500187801#0012', '0012', ['JS-MUG-12', 12], ['JS-BWL-06', 6]],
      ['SPS:3F1HARBORPINE:4500187801#0031', '0031', ['JS-MUG-12', 24], ['JS-BWL-06', 12]],
      ['SPS:3F1HARBORPINE:4500187801#0107', '0107', ['JS-MUG-12', 12], ['JS-BWL-06', 6]],
    ])
  })

  test('is one order with the split in its note where the row says so', async () => {
    const { writes, record } = await take(rsx('order-850-multistore'), {
      tables: harbor({ multiStore: 'keep', location: 'HP-MAIN' }),
    })
    expect(writes).toHaveLength(1)
    expect(record.note).toContain('Line 1: 0012 12 EA, 0031 24 EA, 0107 12 EA')
  })
})

test('everything that is wrong is named at once', async () => {
  const raw = order((o) => {
    o.Header.OrderHeader.BuyersCurrency = 'CAD'
    o.Header.Address[1].AddressLocationNumber = undefined
    o.LineItem[0].OrderLine = { ...o.LineItem[0].OrderLine, ...noNumbers }
    o.LineItem[1].OrderLine.OrderQtyUOM = 'BG'
    o.LineItem[2].OrderLine.OrderQty = 0
  })
  const { codes } = await take(raw, { tables: harbor({ currency: 'USD' }) })
  expect(codes.toSorted()).toEqual([
    'CURRENCY_DIFFERS',
    'ITEM_UNKNOWN',
    'LOCATION_UNKNOWN',
    'QUANTITY_INVALID',
    'UNIT_UNKNOWN',
  ])
})

test('a partner that no table knows is held; a row is all it takes', async () => {
  const desk = createDesk({ tables: tablesOf(() => ({ partners: [] })) })
  const first = await desk.receive(order())
  expect(told(first)).toBe('held PARTNER_UNKNOWN')
  expect(told(await desk.redrive(first, tablesOf()))).toBe('write')
})

describe('an order that comes again', () => {
  const again = (purpose: string, edit: (o: Raw) => void = () => undefined) =>
    order((o) => {
      o.Header.OrderHeader.TsetPurposeCode = purpose
      edit(o)
    })
  const less = (o: Raw) => {
    o.LineItem[0].OrderLine.OrderQty = 12
  }

  test.each([
    ['with the same content', again('00'), 'skipped DUPLICATE', []],
    ['marked as a repeat', again('07', less), 'skipped DUPLICATE', []],
    ['as a confirmation', again('06', less), 'skipped CONFIRMATION', []],
    ['with other content', again('00', less), 'held ORDER_DIFFERS', []],
    ['as a replacement', again('05', less), 'write', ['replace-order']],
    ['as a cancellation', again('01'), 'write', ['cancel-order']],
  ])('%s', async (_, raw, outcome, operations) => {
    const desk = createDesk()
    await desk.receive(order())
    const second = await desk.receive(raw)
    expect([told(second), second.writes.map((w) => w.operation)]).toEqual([outcome, operations])
    expect(second.writes.every((w) => w.reference === 'SPS:3F1HARBORPINE:4500187734')).toBe(true)
  })

  test('is replaced without being asked about where the retailer revises so', async () => {
    const desk = createDesk({ tables: harbor({ revisesByOriginal: 'yes' }) })
    await desk.receive(order())
    const second = await desk.receive(again('00', less))
    expect([told(second), second.record.lines[0].quantity]).toEqual(['write', 12])
  })

  test('a cancellation names the model that was made, whatever the row says by now', async () => {
    const desk = createDesk()
    await desk.receive(order())
    desk.use(harbor({ role: 'vendor' }))
    expect((await desk.receive(again('01'))).record).toEqual({ model: 'sale.order' })
  })
})
