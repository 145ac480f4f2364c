import fc from 'fast-check'
import { verifyAudit } from '../../cli/audit/verify.ts'
import { trouble, troubles } from '../pipeline/trouble.ts'
import { createWorld } from '../pipeline/world.ts'

const orders = fc.array(
  fc.record({
    number: fc.constantFrom('PO1', 'PO2', 'PO3', 'PO4'),
    revision: fc.integer({ min: 1, max: 3 }),
    bad: fc.boolean(),
  }),
  { minLength: 1, maxLength: 8 },
)

test('whatever dies and whatever fails, in the end every revision of every item is attested, and nothing else is found', async () => {
  await fc.assert(
    fc.asyncProperty(orders, troubles, async (arrivals, { kills, faults }) => {
      const w = createWorld({ audited: true })
      Object.assign(w.world, trouble(kills, faults))
      w.source.push(...arrivals)
      await w.settle()
      w.world.step = () => {}
      w.documents.redrive()
      w.pushes.redrive()
      await w.settle()
      const now = w.clock.now() + 86_400_000
      const { findings, pending, documents } = await verifyAudit(
        { audit: w.audit, ledger: w.newLedger() },
        { youngMs: 0, now },
      )
      expect({ findings, pending }).toEqual({ findings: [], pending: [] })
      expect(documents).toBe(arrivals.length)
    }),
    { numRuns: 50 },
  )
})

test.each([true, false])(
  'a worker that dies over a newer state of a held document leaves nothing in doubt (held as well: %s)',
  async (bad) => {
    let replaced = 0
    for (let kill = 1; kill <= 80; kill += 1) {
      const w = createWorld({ audited: true })
      w.source.push({ number: 'PO1', revision: 1, bad: true })
      await w.settle()
      w.world.step = trouble([kill], []).step
      w.source.push({ number: 'PO1', revision: 2, bad })
      await w.settle()
      for await (const { progress } of w.newLedger().all())
        if (progress?.problems.some((p) => p.code === 'SUPERSEDED')) replaced += 1
      const now = w.clock.now() + 86_400_000
      const { findings, pending } = await verifyAudit({ audit: w.audit, ledger: w.newLedger() }, { youngMs: 0, now })
      expect({ kill, findings, pending }).toEqual({ kill, findings: [], pending: [] })
    }
    expect(replaced).toBeGreaterThan(60)
  },
)
