import { createDesk, type DeskOptions, type Raw, told } from './desk.ts'
import { bowls, linesOf, mugs, placed, purchaseOrder } from './purchase.ts'
import { tablesOf, withPartner, withRows } from './tables.ts'

/** An 855 of the supplier to order P00015. */
const answer = (lines: Raw[], header: Raw = {}, sections: Raw = {}): Raw => ({
  Header: {
    OrderHeader: {
      TradingPartnerId: '3F1PINEMILL',
      PurchaseOrderNumber: 'P00015',
      TsetPurposeCode: '00',
      AcknowledgementType: 'AC',
      AcknowledgementDate: '2026-11-22',
      InternalOrderNumber: 'PM-SO-881',
      ...header,
    },
    ...sections,
  },
  LineItem: lines,
})
/** A line with one outcome or more: status, quantity, unit and the rest of it. */
const line = (number: string | undefined, ...outcomes: [string, number?, string?, Raw?][]): Raw => ({
  OrderLine: { LineSequenceNumber: number },
  LineItemAcknowledgement: outcomes.map(([ItemStatusCode, ItemScheduleQty, ItemScheduleUOM, rest]) => ({
    ItemStatusCode,
    ItemScheduleQty,
    ItemScheduleUOM,
    ...rest,
  })),
})
const on = (date: string, ItemScheduleQualifier = '067') => ({ ItemScheduleQualifier, ItemScheduleDate: date })
const all = { answers: { dates: 'write', prices: 'write', quantities: 'write' } }

async function answered(raw: Raw, options: DeskOptions = {}) {
  const desk = createDesk(options)
  await placed(desk)
  return desk.receive(raw, 'acknowledgement')
}

describe('an 855 of a supplier', () => {
  test('is told in the order’s history, with the supplier’s number, and moves the promised days', async () => {
    const raw = answer([
      line('1', ['IA', 10, 'CA', on('2026-12-05')]),
      line('0002', ['DR', 120, 'EA', on('2026-12-11')]),
    ])
    const { outcome, writes, record, warnings } = await answered(raw)
    expect([outcome, warnings, writes.map((w) => [w.connection, w.operation])]).toEqual([
      'write',
      [],
      [['odoo', 'annotate-order']],
    ])
    expect(record).toEqual({
      number: 'P00015',
      theirReference: 'PM-SO-881',
      summary: [
        "Supplier's answer (855) of 2026-11-22: Accepted with changes.",
        "Supplier's order PM-SO-881.",
        'Line 1: 10 CA accepted on 2026-12-05',
        'Line 0002: 120 EA accepted, date moved on 2026-12-11',
      ].join('\n'),
      lines: [{ line: '10', plannedDate: '2026-12-11' }],
    })
  })

  test.each<[string, Raw, string]>([
    ['IA', {}, 'accepted'],
    ['IQ', {}, 'accepted, quantity changed'],
    ['IP', { PurchasePrice: 40 }, 'accepted, price changed at 40'],
    ['DR', {}, 'accepted, date moved'],
    ['IS', { VendorPartNumber: 'PM-9' }, 'accepted, another item is sent instead: PM-9'],
    ['UM', {}, 'accepted, unit changed'],
    ['IC', {}, 'accepted with changes'],
    ['IB', {}, 'on backorder'],
    ['BP', {}, 'partly shipped, the rest on backorder'],
    ['AC', {}, 'accepted and shipped'],
    ['AR', {}, 'accepted, released to ship'],
    ['IE', {}, 'accepted, price open'],
    ['SP', {}, 'accepted, date open'],
    ['IH', {}, 'on hold'],
    ['ID', {}, 'deleted'],
    ['IR', {}, 'rejected'],
    ['ROS', {}, 'rejected, no stock'],
    ['R1', {}, 'rejected, not in the contract'],
    ['R2', {}, 'rejected, item unknown'],
    ['R3', {}, 'rejected, unit not valid'],
    ['R4', {}, 'rejected, not available'],
    ['CC', {}, 'cancelled by the customer'],
    ['QX', {}, 'status QX'],
  ])('with status %s tells it in words', async (status, rest, text) => {
    const { record } = await answered(answer([line('1', [status, 10, 'CA', rest])]))
    expect(record.summary.split('\n').at(-1)).toBe(`Line 1: 10 CA ${text}`)
  })

  test.each<[string, string]>([
    ['AK', 'Accepted as ordered'],
    ['AD', 'Accepted as ordered'],
    ['AC', 'Accepted with changes'],
    ['AE', 'Accepted but for the lines named'],
    ['AH', 'Held, not yet decided'],
    ['AP', 'Accepted for replenishment'],
    ['RD', 'Rejected'],
    ['RF', 'Rejected, exceptions named'],
    ['RJ', 'Rejected'],
    ['RO', 'Rejected with a counter-offer'],
  ])('of type %s says: %s', async (type, text) => {
    const { record } = await answered(answer([], { AcknowledgementType: type }))
    expect(record.summary.split('\n')[0]).toBe(`Supplier's answer (855) of 2026-11-22: ${text}.`)
  })
})

describe('what of an answer is written', () => {
  const price = answer([line('1', ['IP', 10, 'CA', { PurchasePrice: 40 }])])
  const quantity = answer([line('1', ['IQ', 8, 'CA'], ['IR', 2, 'CA'])])
  const date = answer([line('1', ['DR', 10, 'CA', on('2026-12-11')])])

  test.each<[string, Raw, Raw, string, Raw[] | undefined]>([
    ['a day, by default', date, {}, 'write', [{ line: '9', plannedDate: '2026-12-11' }]],
    ['a day, told only', date, { dates: 'note' }, 'write', []],
    ['a day, held', date, { dates: 'hold' }, 'held ANSWER_DIFFERS', undefined],
    ['a price, told by default', price, {}, 'write', []],
    ['a price', price, { prices: 'write' }, 'write', [{ line: '9', price: 40 }]],
    ['a price, held', price, { prices: 'hold' }, 'held ANSWER_DIFFERS', undefined],
    ['a quantity, told by default', quantity, {}, 'write', []],
    ['a quantity', quantity, { quantities: 'write' }, 'write', [{ line: '9', quantity: 8 }]],
    ['a quantity, held', quantity, { quantities: 'hold' }, 'held ANSWER_DIFFERS', undefined],
  ])('%s', async (_, raw, answers, outcome, lines) => {
    const result = await answered(raw, { settings: { answers } })
    expect([told(result), result.record?.lines]).toEqual([outcome, lines])
  })

  test('what comes later counts with what comes now, and the last day is the day of the line', async () => {
    const raw = answer([
      line('2', ['IQ', 80, 'EA', on('2026-12-07')], ['IB', 30, 'EA', on('2027-01-04')], ['IR', 10, 'EA']),
    ])
    const { record } = await answered(raw, { settings: all })
    expect(record.lines).toEqual([{ line: '10', plannedDate: '2027-01-04', quantity: 110 }])
  })

  test('a day of arrival counts before a day on which goods leave; days of the order where lines have none', async () => {
    const both = line('2', ['IA', 120, 'EA', on('2026-12-09', '068')], ['IA', 0, 'EA', on('2026-12-12', '067')])
    expect((await answered(answer([both]))).record.lines).toEqual([{ line: '10', plannedDate: '2026-12-12' }])
    const Dates = [
      { DateTimeQualifier: '002', Date: '2026-12-01' },
      { DateTimeQualifier: '067', Date: '2026-12-14' },
    ]
    const { record } = await answered(
      answer([line('1', ['IA', 10, 'CA']), line('2', ['IR', 120, 'EA'])], {}, { Dates }),
    )
    expect(record.lines).toEqual([{ line: '9', plannedDate: '2026-12-14' }])
  })

  test('a price takes the place of the discount: it would be taken off once more', async () => {
    const desk = createDesk({ settings: all })
    await placed(desk, { lines: [{ ...bowls, discount: 5 }] })
    const raw = answer([line('1', ['IP', 120, 'EA', { PurchasePrice: 3.8 }])])
    expect((await desk.receive(raw, 'acknowledgement')).record.lines).toEqual([{ line: '10', price: 3.8, discount: 0 }])
  })

  test('a price that the line repeats is no other price, whatever discount Odoo has', async () => {
    const desk = createDesk({ settings: { answers: { prices: 'hold' } } })
    await placed(desk, { lines: [{ ...bowls, discount: 5 }] })
    const raw = answer([
      { ...line('1', ['IA', 120, 'EA']), OrderLine: { LineSequenceNumber: '1', PurchasePrice: 3.895 } },
    ])
    expect(told(await desk.receive(raw, 'acknowledgement'))).toBe('write')
  })

  test.each<[string, Raw]>([
    ['a price per another unit', line('2', ['IP', 120, 'EA', { PurchasePrice: 49.2, PurchasePriceBasis: 'PD' }])],
    ['a price of pieces for an answer in cases', line('2', ['UM', 10, 'CA', { PurchasePrice: 49.2 }])],
    ['two prices', line('2', ['IA', 60, 'EA', { PurchasePrice: 4.1 }], ['IB', 60, 'EA', { PurchasePrice: 4.4 }])],
    ['a quantity in another unit', line('2', ['UM', 10, 'CA'])],
    ['a changed quantity without a figure', line('2', ['IQ'])],
  ])('%s cannot be compared: it is held where it would be written, and told where it is only told', async (_, item) => {
    const held = await answered(answer([item]), { settings: all })
    expect(new Set(held.codes)).toEqual(new Set(['ANSWER_DIFFERS']))
    expect((await answered(answer([item]))).record.lines).toEqual([])
  })

  test('another item is told and warned about; its price and quantity are no figures of the line', async () => {
    const raw = answer([line('2', ['IS', 120, 'EA', { VendorPartNumber: 'PM-9', PurchasePrice: 9 }])])
    const { warned, record } = await answered(raw)
    expect(warned.map((w) => w.message)).toEqual(['Line 2: the supplier sends PM-9 instead.'])
    expect(record.lines).toEqual([])
    expect(told(await answered(raw, { settings: all }))).toBe('held ANSWER_DIFFERS')
  })

  test('what was written comes back from Odoo as no change of ours; what was only told stays as it was ordered', async () => {
    const desk = createDesk({ settings: { answers: { prices: 'write', quantities: 'note' } } })
    await placed(desk)
    const raw = answer([line('1', ['IQ', 8, 'CA', { ...on('2026-12-11'), PurchasePrice: 40 }])])
    await desk.receive(raw, 'acknowledgement')
    const written = { ...mugs, price: 40, date: '2026-12-11' }
    expect(told(await desk.order(purchaseOrder({ lines: [written, bowls], revision: 2 })))).toBe('skipped NO_CHANGE')
    const { record } = await desk.order(purchaseOrder({ lines: [{ ...written, quantity: 8 }, bowls], revision: 3 }))
    expect(linesOf(record)[0]).toEqual(['1', 'JS-MUG-12', 8, 'CA', 40, '2026-12-11'])
  })
})

describe('a supplier that rejects', () => {
  const lines = [line('1', ['IR', 10, 'CA']), line('2', ['R4', 120, 'EA'])]
  const some = [line('1', ['IR', 10, 'CA']), line('2', ['IA', 120, 'EA'])]

  test.each<[string, Raw, string, string, string | undefined]>([
    ['the order, by its lines', answer(lines), 'note', 'write', undefined],
    ['the order, by its header', answer([], { AcknowledgementType: 'RJ' }), 'note', 'write', undefined],
    ['the order: it is cancelled', answer(lines), 'cancel', 'write', 'cancel'],
    [
      'the order by its header: it is cancelled',
      answer([], { AcknowledgementType: 'RD' }),
      'cancel',
      'write',
      'cancel',
    ],
    ['the order: a person decides', answer(lines), 'hold', 'held ANSWER_DIFFERS', undefined],
    ['lines of it: the order stands', answer(some), 'cancel', 'write', undefined],
    ['lines of it: a person decides', answer(some), 'hold', 'held ANSWER_DIFFERS', undefined],
  ])('%s', async (_, raw, rejected, outcome, action) => {
    const result = await answered(raw, { settings: { answers: { rejected } } })
    expect([told(result), result.record?.action]).toEqual([outcome, action])
    if (outcome === 'write') expect(result.warnings).toEqual(['ANSWER_REJECTED'])
  })

  test('with a counter-offer has nothing of the offer written', async () => {
    const raw = answer([line('1', ['IQ', 5, 'CA', { PurchasePrice: 99, ...on('2027-02-01') }])], {
      AcknowledgementType: 'RO',
    })
    expect((await answered(raw, { settings: all })).record.lines).toEqual([])
  })
})

describe('a draft that is confirmed once it was accepted as ordered', () => {
  const settings = { answers: { confirmAccepted: true } }
  const accepted = [line('1', ['IA', 10, 'CA']), line('2', ['IA', 120, 'EA'])]

  test.each<[string, Raw, string | undefined]>([
    ['every line as ordered', answer(accepted, { AcknowledgementType: 'AD' }), 'confirm'],
    ['as a whole, without lines', answer([], { AcknowledgementType: 'AK' }), 'confirm'],
    ['a line changed', answer([line('1', ['IQ', 8, 'CA'])]), undefined],
    ['another price on an accepted line', answer([line('1', ['IA', 10, 'CA', { PurchasePrice: 40 }])]), undefined],
    ['held, not decided', answer(accepted, { AcknowledgementType: 'AH' }), undefined],
    ['with changes, without lines', answer([], { AcknowledgementType: 'AC' }), undefined],
    ['rejected', answer([], { AcknowledgementType: 'RD' }), undefined],
  ])('%s', async (_, raw, action) => {
    expect((await answered(raw, { settings })).record.action).toBe(action)
  })
})

describe('an answer that does not fit', () => {
  const mug = line('1', ['IA', 10, 'CA', on('2026-12-11')])

  test('names a line that the order has not: held', async () => {
    const { codes, problems } = await answered(answer([line('7', ['IA', 1, 'EA'])]))
    expect([codes, problems[0]?.path]).toEqual([['ANSWER_LINE_UNKNOWN'], 'LineItem[0]'])
  })

  test('names a line and another item: held, since nobody knows which is meant', async () => {
    const raw = answer([
      { ...line('1', ['IA', 10, 'CA']), OrderLine: { LineSequenceNumber: '1', BuyerPartNumber: 'JS-BWL-06' } },
    ])
    const { codes, problems } = await answered(raw)
    expect([codes, problems[0]?.message]).toEqual([
      ['ANSWER_LINE_UNKNOWN'],
      'Line 1 of order P00015 is JS-MUG-12, and JS-BWL-06 is answered as that line.',
    ])
  })

  test.each<[string, Raw]>([
    ['our number', { BuyerPartNumber: 'JS-BWL-06' }],
    ['its own number, by the table', { VendorPartNumber: 'PM-BOWL' }],
    ['a barcode, by the table', { ConsumerPackageCode: '614141001385' }],
  ])('has no line numbers: the item tells, by %s', async (_, numbers) => {
    const tables = withRows({ items: [{ tradingPartner: '3F1PINEMILL', buyerPart: 'PM-BOWL', item: 'JS-BWL-06' }] })
    const raw = answer([{ ...line(undefined, ['DR', 120, 'EA', on('2026-12-11')]), OrderLine: numbers }])
    const { record } = await answered(raw, { tables })
    expect(record.lines).toEqual([{ line: '10', plannedDate: '2026-12-11' }])
  })

  test('is of an order that was not sent from here: it is looked for in Odoo, lines by their product', async () => {
    const raw = answer([{ ...mug, OrderLine: { LineSequenceNumber: '1', BuyerPartNumber: 'JS-MUG-12' } }], {
      PurchaseOrderNumber: 'P00077',
    })
    const { record, warnings } = await answered(raw)
    expect([record.number, record.lines, warnings]).toEqual([
      'P00077',
      [{ product: { item: 'JS-MUG-12' }, plannedDate: '2026-12-11' }],
      ['ANSWER_UNKNOWN_ORDER'],
    ])
  })

  test('is of a partner that no table knows: held', async () => {
    const desk = createDesk({ tables: tablesOf(() => ({ partners: [] })) })
    expect(told(await desk.receive(answer([mug]), 'acknowledgement'))).toBe('held PARTNER_UNKNOWN')
  })

  test('is of a partner that is several vendors: the order tells, whichever row is meant', async () => {
    const desk = createDesk({
      tables: withRows({
        partners: [{ tradingPartner: '3F1PINEMILL', customer: 'PINEEAST', role: 'vendor', vendor: 'E' }],
      }),
    })
    await placed(desk)
    expect(told(await desk.receive(answer([mug]), 'acknowledgement'))).toBe('write')
  })
})

describe('an answer that comes again', () => {
  const first = answer([line('1', ['IA', 10, 'CA'])])
  const second = (purpose: string) => answer([line('1', ['IQ', 8, 'CA'])], { TsetPurposeCode: purpose })

  test.each([
    ['with the same content', first, 'skipped DUPLICATE'],
    ['marked as a repeat', second('07'), 'skipped DUPLICATE'],
    ['in place of the first', second('05'), 'write'],
    ['changed', second('04'), 'write'],
    ['and takes the first back', second('01'), 'held ANSWER_DIFFERS'],
  ])('%s', async (_, raw, expected) => {
    const desk = createDesk({ tables: withPartner('3F1PINEMILL', {}) })
    await placed(desk)
    const taken = await desk.receive(first, 'acknowledgement')
    const again = await desk.receive(raw, 'acknowledgement')
    expect(told(again)).toBe(expected)
    expect(again.writes.every((w) => w.reference !== taken.writes[0]?.reference)).toBe(true)
  })
})
