import fc from 'fast-check'
import type { Fault } from '../../../sandbox/systems/shared/faults.ts'
import { bill, booksOf, cost, key } from './billing.ts'
import { at, back, deliveredOf, notesOf, returned, scrapOf, shipped, transfersOf } from './returning.ts'
import { closeCompanies, Pusher, startCompany } from './writing.ts'

afterEach(closeCompanies)

/** Everything that can happen to a request; a drop or half an answer after the server's work is a lost answer. */
const kinds: Fault[] = [
  { kind: 'drop-before' },
  { kind: 'drop-after' },
  { kind: 'truncate' },
  { kind: 'status', status: 502 },
]

const worlds = fc.record({
  version: fc.constantFrom(18 as const, 19 as const),
  protocol: fc.constantFrom('auto' as const, 'xml-rpc' as const),
  seed: fc.nat(),
  probability: fc.constantFrom(0.03, 0.08, 0.15),
})

describe('whatever happens to requests, however often an attempt dies, and whatever comes again', () => {
  /** How far two returns of one shipment are when they are told, in any order and more than once. */
  const returning = fc.array(
    fc.record({ id: fc.constantFrom('return:1', 'return:2'), at: fc.integer({ min: 1, max: 3 }) }),
    { minLength: 1, maxLength: 5 },
  )

  test('exactly what came back stands in Odoo, where it was put, and nothing is left open', async () => {
    await fc.assert(
      fc.asyncProperty(worlds, returning, async ({ version, protocol, seed, probability }, told) => {
        try {
          const { company, push, west, apart } = await shipped(version, { protocol })
          const { widget, cream } = company.products
          const lost = at(company, scrapOf(company), widget)
          company.faults.random(seed, probability, kinds)
          const reached = new Map<string, number>()
          for (const { id, at: step } of told) {
            const so = Math.max(reached.get(id) ?? 0, step)
            reached.set(id, so)
            const lines = [
              ...(so > 0 ? [back('WIDGET', 1, 'restock', { destination: west })] : []),
              ...(so > 1 ? [back('WIDGET', 1, 'scrap'), back('CREAM', 1, 'quarantine', { destination: apart })] : []),
            ]
            expect(await push.insist('book-return', returned(lines), id)).toMatchObject({ outcome: 'delivered' })
          }
          company.faults.clear()
          const count = (from: number) => [...reached.values()].filter((so) => so >= from).length
          expect({
            restocked: at(company, west, widget),
            scrapped: at(company, scrapOf(company), widget) - lost,
            apart: at(company, apart, cream),
            delivered: deliveredOf(company),
            open: transfersOf(company).filter((one) => !/ (done|cancel)$/.test(one)),
            signs: notesOf(company).filter(
              (note, i) => note.includes('[ml-p') && transfersOf(company)[i]?.endsWith('done'),
            ),
          }).toEqual({
            restocked: 5 + count(1),
            scrapped: count(2),
            apart: count(2),
            delivered: [5 - count(1) - count(2), 3 - count(2)],
            open: [],
            signs: [],
          })
        } finally {
          await closeCompanies()
        }
      }),
      { numRuns: 8, endOnFailure: true },
    )
  }, 60_000)

  test('every bill stands once, with its accounts, to the cent', async () => {
    const amounts = fc.array(fc.integer({ min: -5000, max: 100_000 }), { minLength: 1, maxLength: 4 })
    await fc.assert(
      fc.asyncProperty(worlds, fc.array(amounts, { minLength: 1, maxLength: 3 }), async (world, bills) => {
        try {
          const company = await startCompany(world.version)
          const push = new Pusher(company, { protocol: world.protocol })
          company.faults.random(world.seed, world.probability, kinds)
          const money = (cents: number) => (cents / 100).toFixed(2)
          const told = bills.map((lines, i) => {
            const net = lines.reduce((sum, one) => sum + one, 0)
            const sign = net < 0 ? -1 : 1
            return {
              number: String(i),
              sign,
              net,
              record: bill(
                lines.map((one) => cost(money(one * sign))),
                money(net * sign),
                { kind: net < 0 ? 'refund' : 'bill', number: String(i) },
              ),
            }
          })
          for (const { record, number } of [...told, ...told])
            expect(await push.insist('create-bill', record, key(number))).toMatchObject({ outcome: 'delivered' })
          company.faults.clear()
          expect(company.records('account.move')).toHaveLength(bills.length)
          const costs = booksOf(company, 'posted').filter((line) => line.startsWith('600000'))
          expect(costs.map((line) => Math.round(Number(line.split(' ')[2]) * 100))).toEqual(bills.flat())
        } finally {
          await closeCompanies()
        }
      }),
      { numRuns: 6, endOnFailure: true },
    )
  }, 60_000)
})
