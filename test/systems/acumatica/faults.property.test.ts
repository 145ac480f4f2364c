import fc from 'fast-check'
import type { ApiRecord } from '../../../lib/systems/acumatica/records.ts'
import type { SandboxAcumatica } from '../../../sandbox/systems/acumatica/index.ts'
import type { Fault } from '../../../sandbox/systems/shared/faults.ts'
import { closeAll, orderRecord, startInstance } from './instance.ts'
import { changeRecord, linesOf, Pusher, sampleLines, stateOf } from './writing.ts'

afterEach(closeAll)

/** Everything that can go wrong between us and the instance, before and after it did its work. */
const kinds: Fault[] = [
  { kind: 'drop-before' },
  { kind: 'drop-after' },
  { kind: 'drop-after' },
  { kind: 'truncate' },
  { kind: 'status', status: 409 },
  { kind: 'status', status: 429 },
  { kind: 'status', status: 500, body: { exceptionType: 'PX.Data.PXException', exceptionMessage: 'Deadlock.' } },
  { kind: 'status', status: 503 },
]

/** Faults strike the API; a lost sign-in is a matter of auth.test.ts, a read on a busy screen waits in real time. */
function strikeApi(sandbox: SandboxAcumatica, seed: number, probability: number): void {
  sandbox.faults.random(seed, probability, kinds)
  const { strike } = sandbox.faults
  sandbox.faults.strike = (method, path) => {
    const fault = path.includes('/identity/') ? undefined : strike(method, path)
    return method === 'GET' && fault?.kind === 'status' && fault.status === 409 ? undefined : fault
  }
}

const replaced = (): ApiRecord => {
  const record = orderRecord()
  const [first, second] = record.Details as ApiRecord[]
  return { ...record, Details: [{ ...first, OrderQty: { value: 48 } }, second ?? {}] }
}

describe('whatever fails, and however often it is tried', () => {
  it('a purchase order becomes exactly one sales order, as sent and off hold', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.integer({ min: 1, max: 3 }), async (seed, linesPerRequest) => {
        const sandbox = await startInstance()
        strikeApi(sandbox, seed, 0.35)
        const pusher = new Pusher(sandbox, { linesPerRequest })
        const { outcome } = await pusher.insist('create-order', orderRecord())
        await pusher.insist('create-order', orderRecord())
        expect(outcome).toMatchObject({ outcome: 'delivered', warnings: [] })
        expect(sandbox.orders()).toHaveLength(1)
        expect(linesOf(sandbox.orders()[0])).toEqual(sampleLines)
        expect(stateOf(sandbox.orders()[0])).toBe('Open')
        await closeAll()
      }),
      { numRuns: 60, endOnFailure: true },
    )
  }, 60_000)

  it('a replacement and a cancellation happen, once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), async (seed) => {
        const sandbox = await startInstance({ actionPolls: 0 })
        strikeApi(sandbox, seed, 0.3)
        const pusher = new Pusher(sandbox)
        await pusher.insist('create-order', orderRecord())
        const { outcome } = await pusher.insist('replace-order', replaced())
        expect(outcome).toMatchObject({ outcome: 'delivered' })
        expect(linesOf(sandbox.orders()[0])).toEqual(['1 JS-MUG-12 48 EA 4.25', '2 JS-BWL-06 12 EA 7.9'])
        expect(stateOf(sandbox.orders()[0])).toBe('Open')
        const cancelled = await pusher.insist('cancel-order', changeRecord([]))
        expect(cancelled.outcome).toMatchObject({ outcome: 'delivered', result: { status: 'Canceled' } })
        expect(sandbox.orders()).toHaveLength(1)
        await closeAll()
      }),
      { numRuns: 40, endOnFailure: true },
    )
  }, 60_000)
})
