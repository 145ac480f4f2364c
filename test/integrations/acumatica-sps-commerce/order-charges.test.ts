import { order, plain, type Raw, receiveOne, withPartner } from './order-world.ts'

/** The order with these charges: 24 mugs at 4.25, 12 bowls at 7.90, 2 cases of trays at 85.20 = 367.20. */
const charged = (header: Raw[], line: Raw[] = [], total?: number) =>
  order((o) => {
    o.Header.ChargesAllowances = header
    o.Header.Notes = []
    o.LineItem[0].ChargesAllowances = line
    o.Summary = { TotalAmount: total }
  })
const allowance = (fields: Raw) => ({ AllowChrgIndicator: 'A', AllowChrgCode: 'C310', ...fields })
const charge = (fields: Raw) => ({ AllowChrgIndicator: 'C', AllowChrgCode: 'D240', ...fields })
const differs = async (header: Raw[], total: number, line: Raw[] = []) =>
  (await receiveOne(charged(header, line, total))).warnings.includes('TOTAL_DIFFERS')

describe('charges and allowances (sps-commerce.md 7.8)', () => {
  test.each([
    [
      'an amount beats percent and rate',
      [allowance({ AllowChrgAmt: 7.34, AllowChrgPercent: 50, AllowChrgRate: 1 })],
      359.86,
    ],
    ['a percentage is of the gross', [allowance({ AllowChrgPercent: 2, AllowChrgPercentQual: '6' })], 359.86],
    ['percent beats rate', [allowance({ AllowChrgPercent: 2, AllowChrgRate: 5, AllowChrgQty: 5 })], 359.86],
    ['a rate is times its quantity', [charge({ AllowChrgRate: 1.5, AllowChrgQty: 4, AllowChrgQtyUOM: 'EA' })], 373.2],
    ['handling 02 changes the total', [allowance({ AllowChrgAmt: 7.34, AllowChrgHandlingCode: '02' })], 359.86],
    ['handling 06 adds', [charge({ AllowChrgAmt: 10, AllowChrgHandlingCode: '06' })], 377.2],
    ['a bill-back (01) leaves it alone', [allowance({ AllowChrgAmt: 10, AllowChrgHandlingCode: '01' })], 367.2],
    [
      'so do 03, 13 and 15',
      ['03', '13', '15'].map((c) => allowance({ AllowChrgAmt: 9, AllowChrgHandlingCode: c })),
      367.2,
    ],
    ['N never does', [{ AllowChrgIndicator: 'N', AllowChrgCode: 'C310', AllowChrgAmt: 99 }], 367.2],
    [
      'percent 7 is of what earlier steps left, lowest sequence first',
      [
        allowance({ AllowChrgPercent: 10, AllowChrgPercentQual: '7', CalculationSequence: 2 }),
        allowance({ AllowChrgAmt: 67.2, CalculationSequence: 1 }),
      ],
      270,
    ],
    // 5 % of 367.20 is 18.36, 2.125 % of it is 7.803.
    [
      'each entry is rounded to cents',
      [allowance({ AllowChrgPercent: 2.125 }), allowance({ AllowChrgPercent: 2.125 })],
      351.6,
    ],
  ])('%s', async (_, header, total) => {
    expect(await differs(header, total)).toBe(false)
    expect(await differs(header, total + 0.01)).toBe(true)
  })

  test('of a line count for the line', async () => {
    // 2 % of 102.00.
    expect(await differs([], 365.16, [allowance({ AllowChrgPercent: 2 })])).toBe(false)
    // 0.25 for each of 24.
    expect(await differs([], 373.2, [charge({ AllowChrgRate: 0.25 })])).toBe(false)
  })

  const both = () =>
    charged(
      [allowance({ AllowChrgAmt: 7.34 }), charge({ AllowChrgAmt: 12.5 })],
      [allowance({ AllowChrgAmt: 5 }), charge({ AllowChrgCode: 'G760', AllowChrgAmt: 1.2 })],
    )

  test('are only recorded where nothing else is wished, each with a warning', async () => {
    const { record, warnings } = await receiveOne(both())
    expect(plain(record).note).toBeUndefined()
    expect(warnings.filter((w) => w === 'CHARGE_NOT_HELD')).toHaveLength(4)
  })

  test('are in the note, those of lines too, where the partner wants that', async () => {
    const { record, warnings } = await receiveOne(both(), { tables: withPartner({ charges: 'note' }) })
    expect(plain(record).note.split('\n')).toEqual([
      'allowance C310 7.34',
      'charge D240 12.5',
      'Line 1: allowance C310 5',
      'Line 1: charge G760 1.2',
    ])
    expect(warnings).not.toContain('CHARGE_NOT_HELD')
  })

  test('are applied where the partner wants that: discount of the line, freight, the rest as note', async () => {
    const { record } = await receiveOne(both(), { tables: withPartner({ charges: 'apply' }) })
    expect(plain(record)).toMatchObject({
      note: 'allowance C310 7.34\nLine 1: charge G760 1.2',
      ShippingSettings: { FreightPrice: 12.5, OverrideFreightPrice: true, ShipVia: 'ODFL' },
      Details: [{ DiscountAmount: 5, ManualDiscount: true }, {}, {}],
    })
  })
})

describe('prices against what was agreed', () => {
  const at = (PurchasePrice: number) =>
    order((o) => {
      o.LineItem[0].OrderLine.PurchasePrice = PurchasePrice
    })
  const with_ = async (price: number, wishes: Record<string, string>) => {
    const { outcome, codes, warnings, record } = await receiveOne(at(price), { tables: withPartner(wishes) })
    return {
      outcome,
      codes,
      warned: warnings.includes('PRICE_DIFFERS'),
      price: record && plain(record).Details[0].UnitPrice,
    }
  }

  test('the order’s price stands; a difference is a warning', async () => {
    expect(await with_(4.3, { priceTolerance: '0.01' })).toMatchObject({ outcome: 'write', warned: true, price: 4.3 })
    expect(await with_(4.26, { priceTolerance: '0.01' })).toMatchObject({
      outcome: 'write',
      warned: false,
      price: 4.26,
    })
  })

  test('beyond the tolerance it is held where the partner’s prices are checked', async () => {
    const check = (priceTolerance: string) => ({ pricePolicy: 'check', priceTolerance })
    expect(await with_(4.3, check('0.01'))).toMatchObject({ outcome: 'held', codes: ['PRICE_DIFFERS'] })
    expect(await with_(4.335, check('2%'))).toMatchObject({ outcome: 'write' })
    expect(await with_(4.3351, check('2%'))).toMatchObject({ outcome: 'held' })
    expect(await with_(4.24, check('0.01'))).toMatchObject({ outcome: 'write' })
  })

  test('Acumatica prices the lines where the partner’s row says so', async () => {
    expect(await with_(4.3, { pricePolicy: 'erp' })).toMatchObject({ outcome: 'write', price: undefined })
  })
})
