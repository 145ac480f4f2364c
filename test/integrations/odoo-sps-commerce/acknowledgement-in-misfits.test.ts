import { answer, answered, line, on } from './answer-in.ts'
import { createDesk, type Raw, told } from './desk.ts'
import { placed } from './purchase.ts'
import { tablesOf, withPartner, withRows } from './tables.ts'

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
