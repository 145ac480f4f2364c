import { createDesk, order, receiveOne, withPartner } from './order-world.ts'

const at = '2026-10-05T11:19:00Z'
const hours = (wishes: Record<string, string>) => withPartner({ acknowledge: 'yes', ...wishes })

describe('the deadlines of a trading partner', () => {
  test('that sets none are not watched', async () => {
    expect((await receiveOne(order())).expected).toEqual([])
  })

  test('count from the order’s arrival for its acknowledgement', async () => {
    const { expected } = await receiveOne(order(), { tables: hours({ acknowledgeWithinHours: '24' }), at })
    expect(expected).toEqual([
      {
        what: 'acknowledgement',
        by: '2026-10-06T11:20:00.000Z',
        met: ['send-acknowledgement', 'cancel-order'],
      },
    ])
  })

  test.each([
    { shipNoticeBy: 'ship', by: '2026-10-20T12:00:00.000Z' },
    { shipNoticeBy: 'delivery', by: '2026-10-24T12:00:00.000Z' },
    { shipNoticeBy: 'cancel', by: '2026-10-27T12:00:00.000Z' },
  ])('are the end of the $shipNoticeBy date, wherever the retailer is', async ({ shipNoticeBy, by }) => {
    const { expected } = await receiveOne(order(), { tables: hours({ shipNoticeBy }) })
    expect(expected).toEqual([{ what: 'ship notice', by, met: ['send-ship-notice', 'cancel-order'] }])
  })

  test('run for an order that waits for a person as well', async () => {
    const tables = hours({ acknowledgeWithinHours: '24', currency: 'JPY' })
    const { outcome, expected } = await receiveOne(order(), { tables })
    expect([outcome, expected.length]).toEqual(['held', 1])
  })

  test('do not run for an order that comes twice, nor for a cancellation', async () => {
    const desk = createDesk({ tables: hours({ acknowledgeWithinHours: '24' }) })
    await desk.receive(order())
    const [again] = await desk.receive(order())
    const [cancelled] = await desk.receive(
      order((o) => {
        o.Header.OrderHeader.TsetPurposeCode = '01'
      }),
    )
    expect([again?.expected, cancelled?.expected]).toEqual([[], []])
  })

  test.each(['soon', '0', '-3', '2.5'])('that are no hours ("%s") hold the order, naming the cell', async (cell) => {
    const { codes, problems } = await receiveOne(order(), { tables: hours({ acknowledgeWithinHours: cell }) })
    expect(codes).toContain('TABLE_VALUE_INVALID')
    expect(problems.map((p) => p.message).join()).toContain('acknowledgeWithinHours')
  })
})
