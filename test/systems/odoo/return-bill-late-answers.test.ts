import { bill, cost, key as keyOfBill } from './billing.ts'
import { overtaken } from './overtaken.ts'
import { at, back, deliveredOf, returned, scrapOf, shipped, transfersOf } from './returning.ts'
import { closeCompanies, Pusher, startCompany } from './writing.ts'

afterEach(closeCompanies)

const steps = ['load', 'button_validate'].map((method) => ({
  model: 'stock.picking',
  method,
}))

describe.each([18, 19] as const)('an attempt that goes on at Odoo %i while the next one runs', (version) => {
  const key = 'return:2933435'

  test.each(steps)('what came back is booked once, held in the call of $model $method', async (call) => {
    const { company, push, west } = await shipped(version)
    const lost = at(company, scrapOf(company), company.products.widget)
    const record = returned([back('WIDGET', 2, 'restock', { destination: west }), back('WIDGET', 1, 'scrap')])
    await overtaken(company, call, (one) => one.write('book-return', record, key))
    expect(await push.insist('book-return', record, key)).toMatchObject({ outcome: 'delivered' })
    expect(deliveredOf(company)).toEqual([2, 3])
    expect(at(company, west, company.products.widget)).toBe(7)
    expect(at(company, scrapOf(company), company.products.widget) - lost).toBe(1)
    expect(transfersOf(company).filter((one) => !/ (done|cancel)$/.test(one))).toEqual([])
  })

  test.each(steps)('what has grown meanwhile is the end of it, held in the call of $model $method', async (call) => {
    const { company, push, west } = await shipped(version)
    const [before, after] = [1, 4].map((count) => returned([back('WIDGET', count, 'restock', { destination: west })]))
    const book = (record: object | undefined) => (one: Pusher) => one.write('book-return', record ?? {}, key)
    await overtaken(company, call, book(before), book(after))
    expect(await push.insist('book-return', after ?? {}, key)).toMatchObject({ outcome: 'delivered' })
    expect(deliveredOf(company)).toEqual([1, 3])
    expect(transfersOf(company).filter((one) => !/ (done|cancel)$/.test(one))).toEqual([])
  })

  test.each(['load', 'action_post'])('a bill is made and posted once, held in the call of %s', async (method) => {
    const company = await startCompany(version)
    const record = bill([cost('10')], '10')
    await overtaken(company, { model: 'account.move', method }, (one) => one.write('create-bill', record, keyOfBill()))
    expect(await new Pusher(company).insist('create-bill', record, keyOfBill())).toMatchObject({
      outcome: 'delivered',
      result: { state: 'posted' },
    })
    expect(company.records('account.move')).toHaveLength(1)
  })
})
