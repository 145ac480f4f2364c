import { all, answer, answered, line, on } from './answer-in.ts'
import { createDesk, type Raw, told } from './desk.ts'
import { bowls, linesOf, mugs, placed, purchaseOrder } from './purchase.ts'

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
