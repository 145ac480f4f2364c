import { createDesk, type Raw, told } from './desk.ts'
import { harbor, noNumbers, order, take } from './order-in.ts'
import { tablesOf } from './tables.ts'

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
