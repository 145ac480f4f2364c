import { trace } from '../../cli/commands/trace.ts'
import { undo } from '../../cli/commands/undo.ts'
import { WrongUse } from '../../cli/exit.ts'
import { countsOf } from '../../cli/run/counts.ts'
import { collectingTerminal } from '../../cli/terminal.ts'
import type { Config } from '../../lib/config/config.ts'
import type { Write } from '../../lib/core/exchange.ts'
import { captured, delivered, memoryDeployment } from './memory-deployment.ts'

const now = Date.parse('2026-03-02T10:00:00Z')
type Memory = ReturnType<typeof memoryDeployment>

const order: Write = {
  connection: 'acumatica',
  operation: 'create-order',
  reference: 'SPS:3F1HARBORPINE:4711',
  record: { OrderType: { value: 'SO' }, CustomerID: { value: 'HARBORPINE' } },
}
const answer: Write = { connection: 'sps', operation: 'send-acknowledgement', reference: 'PR4711', record: {} }

const deploymentWithSps = () => {
  const deployment = memoryDeployment()
  const [one] = Object.values(deployment.connections)
  if (!one) throw new Error('no connection')
  return { ...deployment, connections: { ...deployment.connections, sps: { ...one, system: 'sps-commerce' } } }
}

const asked = (deployment: Memory) => deployment.calls.filter((call) => call.operation.startsWith('SendMessage'))

test('a preview names what would be done, the newest write first, and asks nothing of anybody', async () => {
  const deployment = deploymentWithSps()
  await delivered(deployment.ledger, '4711', [
    [order, 'SO-1'],
    [answer, '4711'],
  ])
  const terminal = collectingTerminal()
  expect(await undo('4711', deployment, { preview: true }, terminal)).toBe(1)
  expect(terminal.printed()).toContain('acumatica: cancels order SO-1, as long as nothing of it is on a shipment')
  expect(terminal.printed()).toContain('by hand: Tell the retailer that the acknowledgement of 4711 does not hold.')
  expect(terminal.printed()).toContain('Nothing was done yet.')
  expect(deployment.calls).toEqual([])
})

test('an undo asks the mapper, with who and why', async () => {
  const deployment = memoryDeployment()
  const { documentId } = await delivered(deployment.ledger, '4711', [[order, 'SO-1']])
  expect(await undo('4711', deployment, { why: 'ordered twice' }, collectingTerminal(), 'dana', now)).toBe(1)
  expect(JSON.stringify(asked(deployment).map((call) => call.input))).toContain(
    JSON.stringify(JSON.stringify({ documentId, number: '4711', task: 'undo', by: 'dana: ordered twice' })).slice(
      1,
      -1,
    ),
  )
})

test('without a reason nothing is done', async () => {
  const deployment = memoryDeployment()
  await delivered(deployment.ledger, '4711', [[order, 'SO-1']])
  await expect(undo('4711', deployment, { why: ' ' }, collectingTerminal())).rejects.toThrow(WrongUse)
  expect(deployment.calls).toEqual([])
})

test('what is on its way, and what was never written, is refused', async () => {
  const deployment = memoryDeployment()
  await captured(deployment.ledger, { number: '4711' })
  await captured(deployment.ledger, { number: '4712' }, { state: 'held', code: 'PARTNER_UNKNOWN' })
  const why = { why: 'ordered twice' }
  await expect(undo('4711', deployment, why, collectingTerminal())).rejects.toThrow(/on its way/)
  await expect(undo('4712', deployment, why, collectingTerminal())).rejects.toThrow(/Nothing was written/)
  expect(deployment.calls).toEqual([])
})

test('where only a person can undo it, that person is told what to do, and nothing is sent', async () => {
  const deployment = deploymentWithSps()
  const notice: Write = { ...answer, operation: 'send-invoice' }
  await delivered(deployment.ledger, 'INV-7', [[notice, 'INV-7']])
  const terminal = collectingTerminal()
  expect(await undo('INV-7', deployment, { why: 'wrong price' }, terminal)).toBe(1)
  expect(terminal.printed()).toContain('Make a credit memo for invoice INV-7')
  expect(deployment.calls).toEqual([])
})

describe('an undone document', () => {
  const undone = async () => {
    const deployment = memoryDeployment()
    const { ledger } = deployment
    const entry = await delivered(deployment.ledger, '4711', [[order, 'SO-1']])
    const progress = await ledger.progress(entry)
    if (!progress) throw new Error('no progress')
    const word = { at: new Date(now).toISOString(), by: 'dana', text: 'ordered twice' }
    expect(await ledger.beginUndo(entry, progress, 3, word)).toBe(true)
    await ledger.claim(entry, '3.0', 'a worker', now)
    await ledger.wrote(entry, {
      target: {
        operation: 'cancel-order',
        connection: 'acumatica',
        targetId: 'SO-1',
        numbers: ['SO-1'],
        adopted: false,
        result: {},
        at: word.at,
      },
      warnings: [],
      next: '4.0',
      done: true,
      attempt: { at: word.at, stage: 'push', outcome: 'written', step: '3.0', by: 'dana: ordered twice' },
    })
    return deployment
  }

  test('is left alone, and that is no failure', async () => {
    const deployment = await undone()
    const terminal = collectingTerminal()
    expect(await undo('4711', deployment, { why: 'again' }, terminal)).toBe(0)
    expect(terminal.printed()).toMatch(/It is undone since .*, by dana/)
    expect(deployment.calls).toEqual([])
  })

  test('reads as undone in its trace, with the whole chain and who wanted it', async () => {
    const terminal = collectingTerminal()
    await trace('4711', await undone(), {}, terminal)
    expect(terminal.printed()).toContain('850 4711 (undone) → order SO-1 → order cancelled SO-1')
    expect(terminal.printed()).toMatch(/undo {7}dana, 2026-03-02 10:00:00 UTC: ordered twice/)
  })

  test('is counted once, as skipped', async () => {
    const { flows } = await countsOf((await undone()).ledger, {
      integrations: {},
      connections: {},
    } as unknown as Config)
    expect(flows).toMatchObject([{ captured: 1, delivered: 0, skipped: 1, inFlight: 0 }])
  })
})
