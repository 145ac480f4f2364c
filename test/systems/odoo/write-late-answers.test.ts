import { setImmediate as turn } from 'node:timers/promises'
import { createClient } from '../../../lib/systems/odoo/client.ts'
import { nameOfLine, nameOfReference, qualified } from '../../../lib/systems/odoo/write/external-id.ts'
import { load } from '../../../lib/systems/odoo/write/load.ts'
import {
  closeCompanies,
  confirmedOrder,
  connect,
  goods,
  line,
  linesOf,
  orderRecord,
  Pusher,
  purchase,
  receipt,
  reference,
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

  test('a change of a draft, held in the call of sale.order write', async () => {
    const company = await startCompany(version)
    await new Pusher(company).write('create-order', orderRecord({ confirm: false }))
    const change = {
      model: 'sale.order',
      lines: [line('1', 'WIDGET', 7, 4.25), { line: '2', remove: true }, line('3', 'GADGET', 1, 2)],
    }
    await overtaken(company, { model: 'sale.order', method: 'write' }, (push) => push.write('change-order', change))
    expect(await new Pusher(company).insist('change-order', change)).toMatchObject({ outcome: 'delivered' })
    expect(linesOf(company, 'sale.order')).toEqual(['WIDGET 7 Units 4.25', 'GADGET 1 Units 2'])
  })

  test('a load that arrives after everything changes nothing any more', async () => {
    const company = await startCompany(version)
    const push = new Pusher(company)
    await push.write('create-order', orderRecord({ confirm: false }))
    const { id } = company.one('sale.order', [])
    const [first] = company.records('sale.order.line')
    company.write('sale.order.line', first?.id ?? 0, { price_unit: 4 })
    company.call('sale.order', 'action_confirm', [id])
    // The first attempt's request, as it stood in a queue of the server or a proxy.
    const odoo = await createClient(connect(company)).open()
    const name = nameOfReference(reference)
    const rows = {
      columns: ['id', 'partner_id/.id', 'order_line/id', 'order_line/product_id/.id', 'order_line/price_unit'],
      rows: [
        [
          qualified(name),
          String(company.customer),
          qualified(nameOfLine(name, '1')),
          String(company.products.widget),
          '9',
        ],
      ],
    }
    expect(await load(odoo, 'sale.order', rows)).toEqual({ ids: [id] })
    expect(linesOf(company, 'sale.order')).toEqual(['WIDGET 24 Units 4', 'GADGET 2 Dozens 51'])
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
