import { setImmediate as turn } from 'node:timers/promises'
import { overtaken } from './overtaken.ts'
import { addCentre, moved, progress, sent, shipment, soldOrder, stowed } from './shipping.ts'
import { closeCompanies, confirmedOrder, line, Pusher, purchase, startCompany } from './writing.ts'

afterEach(closeCompanies)

const calls = [
  { model: 'stock.picking', method: 'write' },
  { model: 'stock.picking', method: 'button_validate' },
]

describe.each([18, 19] as const)('an attempt that goes on at Odoo %i while the next one runs', (version) => {
  const key = 'WRO:1'

  test.each(calls)('the same totals are booked once, held in the call of $model $method', async (call) => {
    const company = await startCompany(version)
    const number = await confirmedOrder(new Pusher(company))
    const record = progress(number, [stowed('WIDGET', 4), stowed('GADGET', 1)])
    await overtaken(company, call, (push) => push.write('book-receipt', record, key))
    expect(await new Pusher(company).insist('book-receipt', record, key)).toMatchObject({ outcome: 'delivered' })
    expect(company.onHand(company.products.widget)).toBe(4)
    expect(company.onHand(company.products.gadget)).toBe(1)
  })

  test.each(calls)(
    'totals that have grown meanwhile are the end of it, held in the call of $model $method',
    async (call) => {
      const company = await startCompany(version)
      const number = await confirmedOrder(new Pusher(company))
      const [before, after] = [progress(number, [stowed('WIDGET', 4)]), progress(number, [stowed('WIDGET', 9)])]
      const book = (record: object) => (push: Pusher) => push.write('book-receipt', record, key)
      await overtaken(company, call, book(before), book(after))
      expect(await new Pusher(company).insist('book-receipt', after, key)).toMatchObject({ outcome: 'delivered' })
      expect(company.onHand(company.products.widget)).toBe(9)
    },
  )

  test.each([
    { model: 'stock.picking', method: 'load' },
    { model: 'stock.picking', method: 'action_confirm' },
    ...calls,
  ])('what came beyond the order is booked once, held in the call of $model $method', async (call) => {
    const company = await startCompany(version)
    const push = new Pusher(company)
    const number = await confirmedOrder(push, purchase({ lines: [line('1', 'WIDGET', 10, 4)] }))
    await push.write('book-receipt', progress(number, [stowed('WIDGET', 10)]), key)
    const record = progress(number, [stowed('WIDGET', 13)])
    await overtaken(company, call, (one) => one.write('book-receipt', record, key))
    expect(await new Pusher(company).insist('book-receipt', record, key)).toMatchObject({ outcome: 'delivered' })
    expect(company.onHand(company.products.widget)).toBe(13)
    expect(company.records('stock.picking').filter(({ state }) => state !== 'done')).toEqual([])
  })

  test.each(calls)('a shipment leaves once, held in the call of $model $method', async (call) => {
    const company = await startCompany(version)
    const push = new Pusher(company)
    const source = addCentre(company, 'West')
    const number = await soldOrder(push, [line('1', 'WIDGET', 10, 4)])
    const record = shipment(number, [sent('WIDGET', 3)], { source, tracking: '1Z' })
    await overtaken(company, call, (one) => one.write('book-delivery', record, 'shipment:1'))
    expect(await push.insist('book-delivery', record, 'shipment:1')).toMatchObject({ outcome: 'delivered' })
    expect(moved(company, 'outgoing')).toEqual(['WIDGET 3 from WH/West'])
  })

  test('a receipt over several transfers that died between them is booked whole', async () => {
    const company = await startCompany(version)
    const push = new Pusher(company)
    const number = await confirmedOrder(push)
    const [transfer] = company.records('stock.picking')
    // Somebody split the receipt: the gadgets come on a transfer of their own.
    const [gadgets] = company.records('stock.move', [['product_id', '=', company.products.gadget]])
    const second = company.create('stock.picking', {
      picking_type_id: Number(transfer?.picking_type_id),
      purchase_id: Number(transfer?.purchase_id),
      origin: number,
    })
    company.write('stock.move', gadgets?.id ?? 0, { picking_id: second })
    const lines = company.records('stock.move.line', [['move_id', '=', gadgets?.id ?? 0]])
    for (const { id } of lines) company.write('stock.move.line', id, { picking_id: second })
    const slow = company.slow({ model: 'stock.picking', method: 'write', times: 2 })
    const record = progress(number, [stowed('WIDGET', 4), stowed('GADGET', 6)])
    const attempt = new Pusher(company).write('book-receipt', record, key).catch(() => undefined)
    while (slow.held() === 0) await turn()
    slow.release()
    await attempt
    expect(await push.insist('book-receipt', record, key)).toMatchObject({ outcome: 'delivered' })
    expect(company.onHand(company.products.widget)).toBe(4)
    expect(company.onHand(company.products.gadget)).toBe(6)
  })
})
