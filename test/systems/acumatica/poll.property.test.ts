import fc from 'fast-check'
import { createReader } from '../../../lib/systems/acumatica/reader.ts'
import { arrivalOf } from '../../../lib/systems/acumatica/source-document.ts'
import { closeAll, connect, startInstance } from './instance.ts'
import { Poller, smallShipment } from './polling.ts'

afterEach(closeAll)

const minute = 60_000
/** Overlap and lag of the connection: how late a row may become visible at most. */
const latestCommit = 5 * minute + 30_000

/** What happens at the instance, and what the poller does, in any order. */
const step = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('save' as const),
      nbr: fc.integer({ min: 0, max: 20 }),
      status: fc.constantFrom('Open', 'Confirmed', 'Confirmed', 'Invoiced'),
      commitsAfter: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: latestCommit })),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ kind: fc.constant('wait' as const), ms: fc.integer({ min: 0, max: 4 * minute }) }),
  },
  { weight: 3, arbitrary: fc.constant({ kind: 'page' as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'crash' as const }) },
  { weight: 1, arbitrary: fc.constant({ kind: 'poll' as const }) },
)

describe('a poll', () => {
  it.each([
    // A page of two rows may ascend by chance: on a site that does not sort, pages must be larger to notice.
    [true, 1],
    [false, 8],
  ])(
    'misses no eligible row, whatever commits late, shares a stamp or crashes (site sorted: %s)',
    async (sorted, leastPage) => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(step, { minLength: 5, maxLength: 40 }),
          fc.integer({ min: leastPage, max: leastPage + 3 }),
          fc.integer({ min: 1, max: 3 }),
          async (steps, pageSize, documentsPerPage) => {
            const sandbox = await startInstance({ sorted })
            const reader = createReader(connect(sandbox, { pageSize, documentsPerPage, sweepDays: 0 }))
            const poller = new Poller(reader, 'shipments')
            await poller.poll()
            for (const one of steps) {
              if (one.kind === 'wait') sandbox.clock.advance(one.ms)
              else if (one.kind === 'page') await poller.page()
              else if (one.kind === 'crash') await poller.crash()
              else if (one.kind === 'poll') await poller.poll()
              else
                sandbox.save('Shipment', smallShipment(`S-${String(one.nbr).padStart(2, '0')}`, one.status), {
                  visibleInMs: one.commitsAfter,
                })
            }
            sandbox.clock.advance(latestCommit)
            await poller.poll()
            await poller.poll()
            const captured = new Set(poller.documents.map((document) => document.arrival))
            const missed = sandbox
              .all('Shipment')
              .filter((record) => (record.Status as { value: string }).value !== 'Open')
              .filter((record) => !captured.has(arrivalOf(record)))
            expect(missed.map((record) => record.ShipmentNbr)).toEqual([])
            await closeAll()
          },
        ),
        { numRuns: 100, endOnFailure: true },
      )
    },
    60_000,
  )
})
