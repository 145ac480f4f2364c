import fc from 'fast-check'
import type { Fault } from '../../../sandbox/systems/shared/faults.ts'
import {
  closeCompanies,
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

/** Everything that can happen to a request; a drop or half an answer after the server's work is a lost answer. */
const kinds: Fault[] = [
  { kind: 'drop-before' },
  { kind: 'drop-after' },
  { kind: 'truncate' },
  { kind: 'status', status: 500 },
  { kind: 'status', status: 502 },
]

const worlds = fc.record({
  version: fc.constantFrom(18 as const, 19 as const),
  protocol: fc.constantFrom('auto' as const, 'xml-rpc' as const),
  seed: fc.nat(),
  probability: fc.constantFrom(0.03, 0.08, 0.15),
})

async function withFaults(
  world: { version: 18 | 19; protocol: string; seed: number; probability: number },
  work: (push: Pusher, company: TestCompany) => Promise<void>,
): Promise<void> {
  const company = await startCompany(world.version)
  try {
    const push = new Pusher(company, { protocol: world.protocol })
    company.faults.random(world.seed, world.probability, kinds)
    await work(push, company)
  } finally {
    await closeCompanies()
  }
}

describe('whatever happens to requests, and however often an attempt dies', () => {
  test('one order with exactly its lines, then as it was changed, then cancelled', async () => {
    await fc.assert(
      fc.asyncProperty(worlds, async (world) => {
        await withFaults(world, async (push, company) => {
          const address = {
            code: '0077',
            name: 'Store 77',
            street: '7 Main St',
            city: 'Madison',
            state: 'WI',
            country: 'US',
          }
          const lines = [line('1', 'WIDGET', 24, 4.25), line('2', 'GADGET', 3), line('3', 'WIDGET', 5, 4.5)]
          expect(await push.insist('create-order', orderRecord({ shipTo: address, lines }))).toMatchObject({
            outcome: 'delivered',
            result: { state: 'sale' },
          })
          expect(linesOf(company, 'sale.order').sort()).toEqual([
            'GADGET 3 Units 5',
            'WIDGET 24 Units 4.25',
            'WIDGET 5 Units 4.5',
          ])
          const change = {
            model: 'sale.order',
            lines: [line('1', 'WIDGET', 20, 4.25), { line: '2', remove: true }, line('4', 'GADGET', 9, 6)],
          }
          expect(await push.insist('change-order', change)).toMatchObject({ outcome: 'delivered' })
          expect(linesOf(company, 'sale.order').sort()).toEqual([
            'GADGET 0 Units 5',
            'GADGET 9 Units 6',
            'WIDGET 20 Units 4.25',
            'WIDGET 5 Units 4.5',
          ])
          expect(await push.insist('cancel-order', { model: 'sale.order' })).toMatchObject({ outcome: 'delivered' })
          expect(company.one('sale.order', [])).toMatchObject({ state: 'cancel', origin: reference })
          expect(company.records('res.partner', [['ref', '=', '0077']])).toHaveLength(1)
        })
      }),
      { numRuns: 10, endOnFailure: true },
    )
  }, 60_000)

  test('a supplier’s order is answered once, announced once and booked once', async () => {
    await fc.assert(
      fc.asyncProperty(worlds, async (world) => {
        await withFaults(world, async (push, company) => {
          const lines = [line('1', 'WIDGET', 10, 4), line('2', 'CREAM', 12, 3), line('3', 'GADGET', 6, 2)]
          const order = await push.insist('create-order', purchase({ lines }))
          const number = order.outcome === 'delivered' ? String(order.result.number) : ''
          const answer = {
            number,
            summary: 'Supplier accepts, later',
            lines: [{ product: { item: 'WIDGET' }, quantity: 8, plannedDate: '2026-12-09' }],
          }
          await push.insist('annotate-order', answer, '855:1')
          const notice = receipt(number, 'announce', [
            goods('WIDGET', 5),
            goods('CREAM', 7, { lot: 'L-1', pack: '0099' }),
          ])
          await push.insist('receive-goods', notice, '856:1')
          await push.insist('receive-goods', receipt(number, 'announce', [goods('WIDGET', 2)]), '856:2')
          const first = receipt(number, 'validate', [
            goods('WIDGET', 5),
            goods('CREAM', 7, { lot: 'L-1', pack: '0099' }),
          ])
          expect(await push.insist('receive-goods', first, '944:1')).toMatchObject({ outcome: 'delivered' })
          const second = receipt(number, 'validate', [goods('WIDGET', 2), goods('CREAM', 1, { lot: 'L-2' })])
          expect(await push.insist('receive-goods', second, '944:2')).toMatchObject({ outcome: 'delivered' })
          expect(await push.insist('receive-goods', first, '944:1')).toMatchObject({ adopted: true })

          company.faults.clear()
          expect(company.onHand(company.products.widget)).toBe(7)
          expect(company.onHand(company.products.cream)).toBe(8)
          const done = company.records('stock.picking', [['state', '=', 'done']])
          expect(done).toHaveLength(2)
          expect(company.records('stock.picking')).toHaveLength(3)
          expect(company.records('stock.lot').map(({ name }) => name)).toEqual(['L-1', 'L-2'])
          const told = company.records('mail.message').filter(({ body }) => String(body).includes('Supplier accepts'))
          expect(told).toHaveLength(1)
        })
      }),
      { numRuns: 10, endOnFailure: true },
    )
  }, 60_000)
})
