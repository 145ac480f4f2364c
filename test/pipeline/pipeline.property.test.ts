import fc from 'fast-check'
import { trouble, troubles } from './trouble.ts'
import { createWorld } from './world.ts'

const orders = fc.array(
  fc.record({
    number: fc.constantFrom('PO1', 'PO2', 'PO3', 'PO4', 'PO5'),
    revision: fc.integer({ min: 1, max: 3 }),
    bad: fc.boolean(),
  }),
  { minLength: 1, maxLength: 12 },
)

async function redriveUntilRecorded(w: ReturnType<typeof createWorld>): Promise<void> {
  for await (const { progress } of w.newLedger().all()) {
    if (progress && progress.state !== 'mapped' && progress.state !== 'pushing') continue
    w.documents.redrive()
    w.pushes.redrive()
    return w.settle()
  }
}

describe('whatever dies and whatever fails', () => {
  test('every document ends delivered, held or skipped, and the target holds each exactly once', async () => {
    await fc.assert(
      fc.asyncProperty(orders, troubles, async (arrivals, { kills, faults }) => {
        const w = createWorld()
        Object.assign(w.world, trouble(kills, faults))
        // The last word on a number is the same for all its arrivals: bad or not is a property of the order.
        const bad = new Set(arrivals.filter((a) => a.bad).map((a) => `${a.number}/${a.revision}`))
        w.source.push(...arrivals.map((a) => ({ ...a, bad: bad.has(`${a.number}/${a.revision}`) })))
        await w.settle()
        // A message whose worker died at every receive is a dead letter nobody could record: a redrive goes on with it.
        w.world.step = () => {}
        await redriveUntilRecorded(w)

        // Nothing twice.
        expect(w.target.writes.length).toBe(new Set(w.target.writes).size)
        // Nothing lost: one ledger entry an arrival, none of them still under way.
        const states: string[] = []
        const delivered: string[] = []
        for await (const { entry, progress } of w.newLedger().all()) {
          states.push(progress?.state ?? 'in flight')
          if (progress?.state === 'delivered') delivered.push(`${entry.number}/${Number(entry.version)}`)
        }
        expect(states.length).toBe(arrivals.length)
        expect(states.every((s) => ['delivered', 'held', 'skipped'].includes(s))).toBe(true)
        // Every delivered order has its acknowledgement too.
        const created = w.target.writes.filter((r) => !r.startsWith('ack '))
        for (const reference of delivered) {
          expect(created).toContain(reference)
          expect(w.target.writes).toContain(`ack ${reference}`)
        }
        // Never an acknowledgement of what does not stand.
        for (const reference of w.target.writes.filter((r) => r.startsWith('ack ')))
          expect(created).toContain(reference.slice(4))
        // A bad order was never written.
        for (const reference of created) expect(bad.has(reference)).toBe(false)
      }),
      { numRuns: 400 },
    )
  })

  test('what was held is delivered after the cause is mended and its dead letters are redriven', async () => {
    await fc.assert(
      fc.asyncProperty(orders, troubles, async (arrivals, { kills }) => {
        const w = createWorld()
        const numbers = new Set(arrivals.map((a) => a.number))
        for (const number of numbers) w.holds.add(number)
        w.source.push(...arrivals.map((a) => ({ ...a, bad: false })))
        await w.settle()
        expect(w.target.writes).toEqual([])

        w.holds.clear()
        Object.assign(w.world, trouble(kills, []))
        w.documents.redrive()
        w.pushes.redrive()
        await w.settle()
        // Killed at every receive, it is a dead letter once more; the next redrive meets no trouble.
        w.world.step = () => {}
        w.documents.redrive()
        w.pushes.redrive()
        await w.settle()
        const created = w.target.writes.filter((r) => !r.startsWith('ack '))
        expect(created.length).toBe(new Set(created).size)
        for (const number of numbers) expect(created.some((r) => r.startsWith(`${number}/`))).toBe(true)
      }),
      { numRuns: 100 },
    )
  })
})
