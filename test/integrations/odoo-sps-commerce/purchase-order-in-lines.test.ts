import { type createDesk, type Raw, told } from './desk.ts'
import { harbor, noNumbers, oneLine, order, take } from './order-in.ts'
import { tablesOf, withRows } from './tables.ts'

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
