import { createDesk, type Raw, rsx, told } from './desk.ts'
import { tablesOf, withPartner } from './tables.ts'

const order = () => rsx('order-850')
/** An 860 of the order with these lines. */
const change = (lines: Raw[], header: Raw = {}, sections: Raw = {}): Raw => ({
  Header: {
    OrderHeader: {
      TradingPartnerId: '3F1HARBORPINE',
      PurchaseOrderNumber: '4500187734',
      TsetPurposeCode: '04',
      ChangeOrderSeqNumber: '1',
      POChangeDate: '2026-10-07',
      Vendor: '40127',
      ...header,
    },
    ...sections,
  },
  LineItem: lines.map((OrderLine) => ({ OrderLine })),
})
const line = (number: string, code: string, rest: Raw = {}): Raw => ({
  LineSequenceNumber: number,
  LineChangeCode: code,
  ...rest,
})
const changed = async (raw: Raw, desk = createDesk()) => {
  await desk.receive(order())
  return desk.receive(raw, 'purchase-order-change')
}

const mug = {
  line: '1',
  product: { item: 'JS-MUG-12' },
  unit: 'Units',
  description: 'Stoneware mug 12 oz, slate',
}

describe('an 860', () => {
  test.each([
    [
      'more of a line: the quantity is the new one, not a difference',
      [line('1', 'QI', { OrderQty: 36, OrderQtyUOM: 'EA', PreviousOrderQty: 24, VarianceQty: 12 })],
      [{ ...mug, quantity: 36, price: 4.25 }],
    ],
    ['less of a line', [line('1', 'QD', { OrderQty: 12, OrderQtyUOM: 'EA' })], [{ ...mug, quantity: 12, price: 4.25 }]],
    ['another price', [line('1', 'PC', { PurchasePrice: 4.1 })], [{ ...mug, quantity: 24, price: 4.1 }]],
    [
      'cases instead of pieces, at the price of the piece',
      [line('1', 'CA', { OrderQty: 2, OrderQtyUOM: 'CA' })],
      [{ ...mug, quantity: 48, price: 4.25 }],
    ],
    ['a line less', [line('2', 'DI')], [{ line: '2', remove: true }]],
    [
      'a new line',
      [
        line('4', 'AI', {
          ConsumerPackageCode: '614141009992',
          OrderQty: 6,
          OrderQtyUOM: 'EA',
          PurchasePrice: 3,
        }),
      ],
      [{ line: '4', product: { barcodes: ['614141009992'] }, quantity: 6, unit: 'Units', price: 3 }],
    ],
    [
      'all of that at once',
      [line('1', 'QD', { OrderQty: 12, OrderQtyUOM: 'EA' }), line('3', 'DI')],
      [
        { ...mug, quantity: 12, price: 4.25 },
        { line: '3', remove: true },
      ],
    ],
  ])('%s', async (_, lines, expected) => {
    const { outcome, writes, record } = await changed(change(lines))
    expect([outcome, ...writes.map((w) => [w.operation, w.reference])]).toEqual([
      'write',
      ['change-order', 'SPS:3F1HARBORPINE:4500187734'],
    ])
    expect(record).toEqual({ model: 'sale.order', totalTolerance: '0', lines: expected })
  })

  test('moves the date and the place of the whole order', async () => {
    const sections = {
      Dates: [{ DateTimeQualifier: '002', Date: '2026-10-30' }],
      Address: [{ AddressTypeCode: 'ST', LocationCodeQualifier: '92', AddressLocationNumber: '0931' }],
    }
    const { record } = await changed(change([], {}, sections))
    expect(record).toEqual({
      model: 'sale.order',
      plannedDate: '2026-10-30',
      shipTo: { partner: '0931' },
      totalTolerance: '0',
      lines: [],
    })
  })

  test('with another place for a purchase order is for a person: our warehouse is not the retailer’s to move', async () => {
    const desk = createDesk({ tables: withPartner('3F1HARBORPINE', { role: 'vendor' }) })
    const Address = [{ AddressTypeCode: 'ST', LocationCodeQualifier: '92', AddressLocationNumber: '0931' }]
    expect(told(await changed(change([], {}, { Address }), desk))).toBe('held CHANGE_NOT_APPLIED')
  })

  test.each([
    ['changes a line that is not there', [line('9', 'QI', { OrderQty: 1 })], {}, 'held LINE_UNKNOWN'],
    ['adds a line that is there', [line('1', 'AI', { OrderQty: 1 })], {}, 'held LINE_NUMBER_TWICE'],
    ['says what the order says', [line('1', 'QI', { OrderQty: 24, OrderQtyUOM: 'EA' })], {}, 'skipped NO_CHANGE'],
    ['takes every line out', ['1', '2', '3'].map((n) => line(n, 'DI')), {}, 'held ORDER_WITHOUT_LINES'],
    ['is a confirmation', [line('1', 'QI', { OrderQty: 36 })], { TsetPurposeCode: '06' }, 'skipped CONFIRMATION'],
  ])('that %s', async (_, lines, header, expected) => {
    expect(told(await changed(change(lines, header)))).toBe(expected)
  })

  test('cancels the order', async () => {
    const { writes, record } = await changed(change([], { TsetPurposeCode: '01' }))
    expect([writes.map((w) => w.operation), record]).toEqual([['cancel-order'], { model: 'sale.order' }])
  })

  test('replaces the order as a whole', async () => {
    const raw = change([{ ...order().LineItem[1].OrderLine, OrderQty: 6 }], { TsetPurposeCode: '05' })
    const { writes, record } = await changed(raw)
    expect(writes.map((w) => w.operation)).toEqual(['replace-order'])
    expect(record.lines.map((l: Raw) => [l.line, l.quantity])).toEqual([['2', 6]])
  })

  test('changes are applied one on the other, and an older one that comes late is not', async () => {
    const desk = createDesk()
    await desk.receive(order())
    const sent = async (sequence: string, lines: Raw[]) =>
      desk.receive(change(lines, { ChangeOrderSeqNumber: sequence }), 'purchase-order-change')
    expect(told(await sent('2', [line('1', 'QI', { OrderQty: 36 })]))).toBe('write')
    expect(told(await sent('1', [line('1', 'QD', { OrderQty: 6 })]))).toBe('skipped STALE_CHANGE')
    expect(told(await sent('3', [line('1', 'QI', { OrderQty: 36 })]))).toBe('skipped NO_CHANGE')
    expect((await sent('4', [line('1', 'PC', { PurchasePrice: 4 })])).record.lines).toEqual([
      { ...mug, quantity: 36, price: 4 },
    ])
  })

  test('that comes before its order waits for it, and is applied once the order is there', async () => {
    const desk = createDesk()
    const first = await desk.receive(change([line('1', 'QI', { OrderQty: 36 })]), 'purchase-order-change')
    expect(told(first)).toBe('held ORDER_UNKNOWN')
    await desk.receive(order())
    const again = await desk.redrive(first)
    expect([told(again), again.record.lines[0].quantity]).toEqual(['write', 36])
  })

  test('changes the model that the order became, although the row says another by now', async () => {
    const desk = createDesk()
    await desk.receive(order())
    desk.use(withPartner('3F1HARBORPINE', { role: 'vendor' }))
    const { record } = await desk.receive(change([line('1', 'QI', { OrderQty: 36 })]), 'purchase-order-change')
    expect(record.model).toBe('sale.order')
  })

  test('of an order of several stores is for a person', async () => {
    const desk = createDesk({ tables: tablesOf() })
    await desk.receive(rsx('order-850-multistore'))
    const raw = change([line('1', 'QI', { OrderQty: 60 })], { PurchaseOrderNumber: '4500187801' })
    expect(told(await desk.receive(raw, 'purchase-order-change'))).toBe('held STORES_DIFFER')
  })
})
