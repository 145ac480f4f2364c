import fc from 'fast-check'
import type { Fault } from '../../../sandbox/systems/shared/faults.ts'
import { addCentre, moved, progress, sent, shipment, soldOrder, stock, stowed } from './shipping.ts'
import { closeCompanies, confirmedOrder, line, Pusher, purchase, startCompany, type TestCompany } from './writing.ts'

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

async function withFaults(
  world: { version: 18 | 19; protocol: string; seed: number; probability: number },
  work: (push: Pusher, company: TestCompany, begin: () => void) => Promise<void>,
): Promise<void> {
  const company = await startCompany(world.version)
  try {
    const push = new Pusher(company, { protocol: world.protocol })
    await work(push, company, () => company.faults.random(world.seed, world.probability, kinds))
  } finally {
    await closeCompanies()
  }
}

const sum = (rows: readonly { [field: string]: unknown }[]) => rows.reduce((a, row) => a + Number(row.quantity), 0)

describe('whatever happens to requests, however often an attempt dies, and whatever comes again', () => {
  /** Totals of two receiving orders as they grow, told in any order and more than once. */
  const stowing = fc.array(fc.record({ wro: fc.constantFrom('WRO:1', 'WRO:2'), at: fc.integer({ min: 1, max: 5 }) }), {
    minLength: 2,
    maxLength: 7,
  })
  const totals = (wro: string, at: number) => (wro === 'WRO:1' ? [at, at * 2, at] : [at * 2, at, 0])

  test('exactly what is stowed stands in Odoo, of each lot and each receiving order', async () => {
    await fc.assert(
      fc.asyncProperty(worlds, stowing, async (world, states) => {
        await withFaults(world, async (push, company, begin) => {
          const lines = [line('1', 'WIDGET', 10, 4), line('2', 'CREAM', 12, 3)]
          const number = await confirmedOrder(push, purchase({ lines }))
          begin()
          const reached = new Map<string, number>()
          for (const { wro, at } of states) {
            reached.set(wro, Math.max(reached.get(wro) ?? 0, at))
            const [plain = 0, a = 0, b = 0] = totals(wro, at)
            const record = progress(
              number,
              [stowed('WIDGET', plain), stowed('CREAM', a, { lot: 'A' }), stowed('CREAM', b, { lot: 'B' })],
              { at: `2026-09-11T14:00:0${at}Z` },
            )
            expect(await push.insist('book-receipt', record, wro)).toMatchObject({ outcome: 'delivered' })
          }
          company.faults.clear()
          const wanted = [...reached].map(([wro, at]) => totals(wro, at))
          const booked = (lot?: string) =>
            sum(
              company.records('stock.quant', [
                ['location_id.usage', '=', 'internal'],
                ['product_id', '=', lot === undefined ? company.products.widget : company.products.cream],
                ...(lot === undefined ? [] : ([['lot_id.name', '=', lot]] as [string, string, string][])),
              ]),
            )
          expect([booked(), booked('A'), booked('B')]).toEqual(
            [0, 1, 2].map((i) => wanted.reduce((all, one) => all + (one[i] ?? 0), 0)),
          )
        })
      }),
      { numRuns: 8, endOnFailure: true },
    )
  }, 60_000)

  /** Shipments of one order by their numbers, told in any order and more than once; each leaves a widget of its place. */
  const shipping = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 2, maxLength: 7 })

  test('every shipment leaves once, from its own place, with its own lot', async () => {
    await fc.assert(
      fc.asyncProperty(worlds, shipping, async (world, told) => {
        await withFaults(world, async (push, company, begin) => {
          const places = ['West', 'East'].map((name) => addCentre(company, name))
          stock(company, company.products.widget, 'WH/Stock', 7)
          stock(company, company.products.cream, places[0] ?? '', 50, 'A')
          const number = await soldOrder(push, [line('1', 'WIDGET', 10, 4), line('2', 'CREAM', 8, 3)])
          begin()
          const place = (id: number) => places[id % 2] ?? ''
          for (const id of told) {
            const record = shipment(number, [sent('WIDGET', id), sent('CREAM', 1, { lot: 'A' })], {
              shipment: String(id),
              source: place(id),
              tracking: `1Z${id}`,
            })
            expect(await push.insist('book-delivery', record, `shipment:${id}`)).toMatchObject({ outcome: 'delivered' })
            const note = {
              order: number,
              shipment: String(id),
              text: `T${id}.`,
              attention: id === 2,
              tracking: `2Z${id}`,
            }
            expect(await push.insist('annotate-delivery', note, `note:${id}`)).toMatchObject({ outcome: 'delivered' })
          }
          company.faults.clear()
          const ids = [...new Set(told)]
          expect(moved(company, 'outgoing')).toEqual(
            ids.flatMap((id) => [`CREAM 1 from ${place(id)}, A`, `WIDGET ${id} from ${place(id)}`]).sort(),
          )
          const done = company.records('stock.picking', [['state', '=', 'done']])
          expect(done.map((row) => row.carrier_tracking_ref).sort()).toEqual(ids.map((id) => `2Z${id}`).sort())
          const notes = company.records('mail.message').filter(({ body }) => /T\d\./.test(String(body)))
          expect(notes).toHaveLength(ids.length)
          expect(company.records('mail.activity')).toHaveLength(ids.includes(2) ? 1 : 0)
        })
      }),
      { numRuns: 8, endOnFailure: true },
    )
  }, 60_000)
})
