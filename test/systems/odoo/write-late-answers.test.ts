import { setImmediate as turn } from 'node:timers/promises'
import {
  closeCompanies,
  confirmedOrder,
  goods,
  line,
  linesOf,
  orderRecord,
  Pusher,
  purchase,
  receipt,
  startCompany,
  type TestCompany,
} from './writing.ts'

afterEach(closeCompanies)

/** An attempt whose call Odoo is still working on while the next attempt runs (odoo.md §6.1). */
async function overtaken(
  company: TestCompany,
  call: { model: string; method: string },
  attempt: (push: Pusher) => Promise<unknown>,
): Promise<void> {
  const slow = company.slow({ ...call, times: 1 })
  const first = attempt(new Pusher(company)).catch(() => undefined)
  while (slow.held() === 0) await turn()
  const second = attempt(new Pusher(company)).catch(() => undefined)
  for (let turns = 0; turns < 200; turns += 1) await turn()
  slow.release()
  await Promise.all([first, second])
}

describe.each([18, 19] as const)('an attempt that goes on at Odoo %i while the next one runs', (version) => {
  test.each([
    { model: 'sale.order', method: 'load' },
    { model: 'sale.order', method: 'action_confirm' },
  ])('one order, held in the call of $model $method', async (call) => {
    const company = await startCompany(version)
    await overtaken(company, call, (push) => push.write('create-order', orderRecord()))
    expect(await new Pusher(company).insist('create-order', orderRecord())).toMatchObject({ outcome: 'delivered' })
    expect(linesOf(company, 'sale.order')).toEqual(['WIDGET 24 Units 4.25', 'GADGET 2 Dozens 51'])
    expect(company.one('sale.order', []).state).toBe('sale')
    expect(company.records('stock.picking')).toHaveLength(1)
  })

  test.each([
    { model: 'stock.picking', method: 'write' },
    { model: 'stock.picking', method: 'button_validate' },
  ])('goods are booked once, held in the call of $model $method', async (call) => {
    const company = await startCompany(version)
    const number = await confirmedOrder(
      new Pusher(company),
      purchase({ lines: [line('1', 'WIDGET', 10, 4), line('2', 'CREAM', 12, 3)] }),
    )
    const lines = [goods('WIDGET', 6), goods('CREAM', 4, { lot: 'L-1' }), goods('CREAM', 3, { lot: 'L-2' })]
    const record = receipt(number, 'validate', lines)
    await overtaken(company, call, (push) => push.write('receive-goods', record, '944:1'))
    expect(await new Pusher(company).insist('receive-goods', record, '944:1')).toMatchObject({ outcome: 'delivered' })
    expect(company.onHand(company.products.widget)).toBe(6)
    expect(company.onHand(company.products.cream)).toBe(7)
    expect(company.records('stock.picking').map(({ state }) => state)).toEqual(['done', 'assigned'])
  })

  test('the supplier’s answer is told once, held in the call of mail.message load', async () => {
    const company = await startCompany(version)
    const number = await confirmedOrder(new Pusher(company))
    const answer = { number, summary: 'Supplier accepts', lines: [] }
    await overtaken(company, { model: 'mail.message', method: 'load' }, (push) =>
      push.write('annotate-order', answer, '855:1'),
    )
    expect(await new Pusher(company).insist('annotate-order', answer, '855:1')).toMatchObject({ adopted: true })
    expect(company.records('mail.message').filter(({ body }) => String(body).includes('Supplier'))).toHaveLength(1)
  })
})
