import { all, answer, answered, line, on } from './answer-in.ts'
import { type Raw, told } from './desk.ts'

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
