import { createDesk, type Raw, records, told } from './desk.ts'
import { bowls, linesOf, mugs, type Order, purchaseOrder } from './purchase.ts'
import { tablesOf, withPartner, withRows } from './tables.ts'

const supplier = (wishes: Record<string, string>) => withPartner('3F1PINEMILL', wishes)
const both = { lines: [mugs, bowls] }

describe.each([
  // 18 rounds a price to cents, 19 does not.
  ['18', 2, 951.4],
  ['19', 1.999, 951.35],
])('a purchase order as live Odoo %s has it', (version, plate, total) => {
  test('goes to the supplier as an 850', async () => {
    const { outcome, record, writes, warnings } = await createDesk().order(records(`purchase-order-${version}`))
    expect([outcome, warnings]).toEqual(['write', []])
    expect(writes.map((w) => [w.connection, w.operation, w.reference])).toEqual([
      ['sps', 'send-purchase-order', 'PO3F1PINEMILL-P00015'],
    ])
    expect(record.Header.OrderHeader).toEqual({
      TradingPartnerId: '3F1PINEMILL',
      PurchaseOrderNumber: 'P00015',
      TsetPurposeCode: '00',
      PrimaryPOTypeCode: 'SA',
      PurchaseOrderDate: '2026-11-21',
      BuyersCurrency: 'USD',
    })
    // The last line of the evening of 7 December in Chicago is 8 December in UTC; bowls have 5 % off 4.10.
    expect(linesOf(record)).toEqual([
      ['1', 'JS-MUG-12', 10, 'CA', 38.4, '2026-12-05'],
      ['2', 'JS-BWL-06', 120, 'EA', 3.895, '2026-12-07'],
      ['3', 'JS-PLT-10', 50, 'EA', plate, '2026-12-01'],
    ])
    expect(record.LineItem[0].OrderLine).toMatchObject({
      VendorPartNumber: 'PM-1001',
      ConsumerPackageCode: '614141001217',
      ExtendedItemTotal: 384,
    })
    expect(record.Header.Dates).toEqual([{ DateTimeQualifier: '002', Date: '2026-12-07' }])
    expect(record.Header.References).toEqual([{ ReferenceQual: 'VN', ReferenceID: 'PM-SO-881' }])
    expect(record.Header.Notes.map((n: Raw) => n.Note)).toEqual([
      'Please deliver to dock 3.\nNo pallets',
      'Stoneware',
      'Labels in English',
    ])
    expect(record.Header.Address[0]).toMatchObject({
      AddressTypeCode: 'ST',
      LocationCodeQualifier: '91',
      AddressLocationNumber: 'JS-W1',
      Address1: '14 Kiln Street',
    })
    // 384.00 + 467.40 + 100.00, or 99.95.
    expect(record.Summary).toEqual({ TotalAmount: total, TotalLineItemNumber: 3 })
  })
})

describe('an order that is sent for the first time', () => {
  const line = async (change: Raw, tables = tablesOf()) => {
    const outcome = await createDesk({ tables }).order(purchaseOrder({ lines: [{ ...bowls, ...change }] }))
    return { ...outcome, line: outcome.record?.LineItem[0].OrderLine }
  }

  test.each([
    ['a UPC', '614141001385', { ConsumerPackageCode: '614141001385' }],
    ['an EAN-13', '4006381333931', { EAN: '4006381333931' }],
    ['an EAN-8', '40170725', { EAN: '40170725' }],
    ['a GTIN-14', '10614141001214', { GTIN: '10614141001214' }],
  ])('names %s as what it is', async (_, barcode, expected) => {
    expect((await line({ barcode })).line).toMatchObject(expected)
  })

  test('leaves out a barcode that is none, and says so', async () => {
    const sent = await line({ barcode: 'SHELF-7' })
    expect([sent.warnings, sent.line.ConsumerPackageCode]).toEqual([['GTIN_INVALID'], undefined])
  })

  test('names the supplier’s own number: of its price list, else of the table', async () => {
    expect((await line({ vendorPart: 'PM-1002' })).line.VendorPartNumber).toBe('PM-1002')
    const listed = withRows({ items: [{ tradingPartner: '3F1PINEMILL', buyerPart: 'PM-BOWL', item: 'JS-BWL-06' }] })
    expect((await line({}, listed)).line.VendorPartNumber).toBe('PM-BOWL')
  })

  test('never shows a database id: a product without any number holds the order', async () => {
    expect(told(await line({ item: undefined }))).toBe('held ITEM_UNKNOWN')
    const named = await line({ item: undefined, vendorPart: 'PM-1002' })
    expect([told(named), named.line.BuyerPartNumber]).toEqual(['write', undefined])
  })

  test.each([
    ['Units', 'EA'],
    ['Dozens', 'DZ'],
    ['Case of 12', undefined],
  ])('in %s goes as %s', async (unit, x12) => {
    const sent = await line({ unit })
    expect([told(sent), sent.line?.OrderQtyUOM]).toEqual(x12 ? ['write', x12] : ['held UNIT_UNKNOWN', undefined])
  })

  test('tells the price after the discount, and the sum of rounded lines', async () => {
    const { record } = await createDesk().order(
      purchaseOrder({
        lines: [
          { ...bowls, quantity: 7, price: 3.335, discount: 2.5 },
          { ...bowls, id: 11, quantity: 3, price: 1.115 },
        ],
      }),
    )
    // 3.335 less 2.5 % is 3.251625; seven of them 22.761375. Three at 1.115 are 3.345.
    expect(record.LineItem.map((l: Raw) => [l.OrderLine.PurchasePrice, l.OrderLine.ExtendedItemTotal])).toEqual([
      [3.251625, 22.76],
      [1.115, 3.35],
    ])
    expect(record.Summary.TotalAmount).toBe(26.11)
  })

  test('whose prices include the tax tells them without it', async () => {
    const { record } = await createDesk().order(
      (() => {
        const raw = purchaseOrder({ lines: [{ ...bowls, quantity: 10, price: 11.5 }] })
        Object.assign(raw['purchase.order.line'][0], { price_subtotal: 100, price_total: 115 })
        return raw
      })(),
    )
    expect(record.LineItem[0].OrderLine.PurchasePrice).toBe(10)
  })

  test.each<[string, Partial<Order>, string]>([
    ['is a draft', { state: 'draft' }, 'skipped NOT_ELIGIBLE'],
    ['was only asked for', { state: 'sent' }, 'skipped NOT_ELIGIBLE'],
    ['waits for approval', { state: 'to approve' }, 'skipped NOT_ELIGIBLE'],
    ['is locked', { state: 'done' }, 'write'],
    ['is of a vendor that is no trading partner', { vendor: 'SOMEBODY' }, 'skipped VENDOR_NOT_EDI'],
    ['is of a customer', { vendor: 'HARBORPINE' }, 'skipped VENDOR_NOT_EDI'],
    ['was cancelled before', { state: 'cancel' }, 'skipped NOT_ELIGIBLE'],
    ['has no lines', { lines: [] }, 'held ORDER_WITHOUT_LINES'],
    ['has nothing in its lines', { lines: [{ ...bowls, quantity: 0 }] }, 'held ORDER_WITHOUT_LINES'],
    ['takes goods back', { lines: [{ ...bowls, quantity: -2 }] }, 'held QUANTITY_INVALID'],
  ])('and %s', async (_, change, expected) => {
    expect(told(await createDesk().order(purchaseOrder({ ...both, ...change })))).toBe(expected)
  })

  test('goes to the partner that is named by the vendor’s database id', async () => {
    const tables = supplier({ customer: '29' })
    expect(told(await createDesk({ tables }).order(purchaseOrder(both)))).toBe('write')
    expect(told(await createDesk({ tables }).order(purchaseOrder({ ...both, vendor: false })))).toBe('write')
  })

  test('of a vendor that is several partners goes to the one for the warehouse, else a person is asked', async () => {
    const partners = (first: string, second: string) =>
      tablesOf(() => ({
        partners: [
          { tradingPartner: '3F1PINEEAST', customer: 'PINEMILL', role: 'vendor', shipTo: first },
          { tradingPartner: '3F1PINEWEST', customer: 'PINEMILL', role: 'vendor', shipTo: second },
        ],
      }))
    const sent = async (first: string, second: string) => {
      const outcome = await createDesk({ tables: partners(first, second) }).order(purchaseOrder({ lines: [bowls] }))
      return [told(outcome), outcome.record?.Header.OrderHeader.TradingPartnerId]
    }
    expect(await sent('WH', 'SOUTH')).toEqual(['write', '3F1PINEEAST'])
    expect(await sent('SOUTH', 'JS-W1')).toEqual(['write', '3F1PINEWEST'])
    expect(await sent('', 'WH')).toEqual(['write', '3F1PINEWEST'])
    expect(await sent('', '')).toEqual(['held PARTNER_AMBIGUOUS', undefined])
  })
})
