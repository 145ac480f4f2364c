import { errors } from '../../cli/commands/errors.ts'
import { redrive } from '../../cli/commands/redrive.ts'
import { replay } from '../../cli/commands/replay.ts'
import { trace } from '../../cli/commands/trace.ts'
import { collectingTerminal } from '../../cli/terminal.ts'
import type { DocumentEntry, Ledger } from '../../lib/pipeline/ledger/ledger.ts'
import { type Call, captured, memoryDeployment, settle } from './memory-deployment.ts'

/** Messages sent, over all batches. */
const entriesOf = ({ calls }: { calls: Call[] }) =>
  calls.flatMap((c) => c.input.Entries as { MessageBody: string; MessageDeduplicationId: string }[])

const why = { why: 'price corrected' }

/** An order that became one in the ERP and was acknowledged. */
async function delivered(ledger: Ledger, number: string, order: string): Promise<DocumentEntry> {
  const entry = await captured(ledger, { number })
  const at = '2026-03-02T09:01:00.000Z'
  await ledger.saveMapping({
    entry,
    generation: 1,
    final: true,
    writes: [{ connection: 'acumatica', operation: 'create-order', reference: number, record: { Qty: { value: 4 } } }],
    decisions: [
      {
        field: 'CustomerID',
        rule: '850.partner',
        input: 'TradingPartnerId=3F1',
        value: 'C0017',
        table: { name: 'partners', row: '3F1', version: 'abcd1234' },
      },
    ],
    warnings: [],
    tables: { partners: 'abcd1234' },
    at,
  })
  await ledger.claim(entry, '1.0', 'worker', Date.parse(at))
  await ledger.link(entry, order)
  await ledger.wrote(entry, {
    target: {
      operation: 'create-order',
      connection: 'acumatica',
      targetId: `SO/${order}`,
      numbers: [order],
      adopted: false,
      result: { status: 'Open' },
      at,
    },
    warnings: [],
    next: '2.0',
    done: true,
    attempt: { at, stage: 'push', outcome: 'written', step: '1.0' },
  })
  return entry
}

describe('trace', () => {
  test('finds a document from either side and says who decided what', async () => {
    const deployment = memoryDeployment()
    await delivered(deployment.ledger, '4500187801', 'SO-20931')
    for (const id of ['4500187801', 'SO-20931', 'sps:purchase-order:4500187801#1']) {
      const terminal = collectingTerminal()
      expect(await trace(id, deployment, {}, terminal)).toBe(0)
      expect(terminal.printed()).toContain('850 4500187801 → order SO-20931')
      expect(terminal.printed()).toMatch(/CustomerID +C0017 +850\.partner +TradingPartnerId=3F1 +partners 3F1@abcd1234/)
    }
  })

  test('puts the whole thread on one line, in the order of events', async () => {
    const deployment = memoryDeployment()
    await delivered(deployment.ledger, '4500187801', 'SO-20931')
    const shipment = await captured(deployment.ledger, {
      number: 'JS-SHP-1',
      type: 'ship-notice',
      connection: 'acumatica',
      capturedAt: '2026-03-02T11:00:00.000Z',
    })
    await deployment.ledger.saveMapping({
      entry: shipment,
      generation: 1,
      final: true,
      writes: [],
      decisions: [],
      warnings: [],
      tables: {},
      at: shipment.capturedAt,
      index: ['SO-20931', 'item/JS-MUG-12'],
    })
    await deployment.ledger.link(shipment, 'SO-20931')
    for (const id of ['4500187801', 'JS-SHP-1']) {
      const terminal = collectingTerminal()
      await trace(id, deployment, {}, terminal)
      expect(terminal.printed().split('\n')[0]).toBe('850 4500187801 → order SO-20931 → shipment JS-SHP-1 (in flight)')
    }
  })

  test('of a held document names the problem and the command that comes next', async () => {
    const deployment = memoryDeployment()
    await captured(deployment.ledger, { number: '4711' }, { state: 'held', code: 'PARTNER_UNKNOWN' })
    const terminal = collectingTerminal()
    expect(await trace('4711', deployment, {}, terminal)).toBe(1)
    expect(terminal.printed()).toContain('PARTNER_UNKNOWN PARTNER_UNKNOWN in words')
    expect(terminal.printed()).toContain("npm run cli -- redrive --document 'sps:purchase-order:4711#1'")
  })

  test('of a part of a number offers the whole ones', async () => {
    const deployment = memoryDeployment()
    await captured(deployment.ledger, { number: '4500187801' })
    const terminal = collectingTerminal()
    expect(await trace('1878', deployment, {}, terminal)).toBe(1)
    expect(terminal.printed()).toContain('There is 4500187801.')
  })

  test('as JSON holds everything the ledger knows', async () => {
    const deployment = memoryDeployment()
    await delivered(deployment.ledger, '4500187801', 'SO-20931')
    const terminal = collectingTerminal()
    await trace('SO-20931', deployment, { json: true }, terminal)
    const [document] = JSON.parse(terminal.printed()).documents
    expect(document.raw).toEqual({ from: 'the retailer', number: '4500187801' })
    expect(document.mappings[0].writes[0].record).toEqual({ Qty: { value: 4 } })
    expect(document.progress.targets[0].result).toEqual({ status: 'Open' })
  })
})

describe('errors', () => {
  test('groups what waits by cause, with the first example and where to read more', async () => {
    const { ledger, ...deployment } = memoryDeployment()
    await captured(ledger, { number: '1' }, { state: 'held', code: 'GAVE_UP' })
    await captured(ledger, { number: '2' }, { state: 'rejected', code: 'GAVE_UP' })
    await captured(ledger, { number: '3' }, { state: 'held', code: 'UNREACHABLE' })
    await captured(ledger, { number: '4' }, { state: 'skipped', code: 'DUPLICATE' })
    const terminal = collectingTerminal()
    expect(await errors({ ledger, ...deployment }, { json: true }, terminal)).toBe(1)
    const found = JSON.parse(terminal.printed())
    expect(found.documents).toBe(3)
    expect(found.causes.map((g: { code: string; documents: number }) => [g.code, g.documents])).toEqual([
      ['GAVE_UP', 2],
      ['UNREACHABLE', 1],
    ])
    expect(found.causes[0]).toMatchObject({
      runbook: 'docs/runbook.md#gave_up',
      remedy: expect.stringContaining('redrive'),
    })
  })

  test('ends with 0 where nothing waits', async () => {
    const terminal = collectingTerminal()
    expect(await errors(memoryDeployment(), {}, terminal)).toBe(0)
    expect(terminal.printed()).toBe('No document in the run in memory waits for a person.')
  })
})

describe('replay', () => {
  test('sends the document to the mapper once more, with who asked and why', async () => {
    const deployment = memoryDeployment()
    await captured(deployment.ledger, { number: '4711' }, { state: 'held', code: 'GAVE_UP' })
    const terminal = collectingTerminal()
    expect(await replay('4711', deployment, why, terminal, 'ada')).toBe(1)
    const [entry] = entriesOf(deployment)
    expect(JSON.parse(entry?.MessageBody ?? '')).toEqual({
      documentId: 'sps:purchase-order:4711#1',
      number: '4711',
      task: 'map',
      by: 'ada: price corrected',
    })
    expect(deployment.settled).toBe(1)
  })

  test('twice is two messages: neither is swallowed as a duplicate', async () => {
    const deployment = memoryDeployment()
    await captured(deployment.ledger, { number: '4711' }, { state: 'held', code: 'GAVE_UP' })
    for (let i = 0; i < 2; i += 1) await replay('4711', deployment, why, collectingTerminal(), 'ada')
    const ids = entriesOf(deployment).map((e) => e.MessageDeduplicationId)
    expect(new Set(ids).size).toBe(2)
  })

  test('chooses by flow, time and code, and leaves alone what is on its way', async () => {
    const deployment = memoryDeployment()
    const { ledger } = deployment
    const held = { state: 'held', code: 'GAVE_UP' } as const
    await captured(ledger, { number: 'early', capturedAt: '2026-03-01T23:59:59.000Z' }, held)
    await captured(ledger, { number: 'in time', capturedAt: '2026-03-02T00:00:00.000Z' }, held)
    await captured(ledger, { number: 'under way' })
    await captured(ledger, { number: 'invoice', type: 'invoice' }, held)
    const terminal = collectingTerminal()
    await replay(undefined, deployment, { ...why, flow: 'purchase-order', from: '2026-03-02', json: true }, terminal)
    const result = JSON.parse(terminal.printed())
    expect(result.documents.map((d: { number: string }) => d.number)).toEqual(['in time'])
    expect(result.inFlight).toBe(1)
  })

  test.each([
    [undefined, why, 'name a document, or choose by'],
    [undefined, { ...why, from: 'yesterday' }, '--from yesterday is no time'],
    ['4711', { why: ' ' }, 'say why with --why'],
    ['0815', why, 'has no document "0815"'],
  ])('of %s with %o is refused with the way out', async (id, options, message) => {
    await expect(replay(id, memoryDeployment(), options, collectingTerminal())).rejects.toThrow(message)
  })

  test('of a number that means several documents asks which', async () => {
    const deployment = memoryDeployment()
    await captured(deployment.ledger, { number: '4711' })
    await captured(deployment.ledger, { number: '4711', type: 'purchase-order-change' })
    await expect(replay('4711', deployment, why, collectingTerminal())).rejects.toThrow('means 2 documents')
  })
})

describe('redrive', () => {
  const moves = { QueueArn: 'arn' }
  const answers = ({ operation }: { operation: string }) => {
    if (operation === 'GetQueueAttributes') return { Attributes: moves }
    if (operation === 'ListMessageMoveTasks')
      return { Results: [{ Status: 'COMPLETED', ApproximateNumberOfMessagesMoved: 2 }] }
    return {}
  }

  test('moves the dead letters of every queue by the queue service itself, and says what became of them', async () => {
    const deployment = memoryDeployment(answers)
    const held = { state: 'held', code: 'GAVE_UP' } as const
    const entry = await captured(deployment.ledger, { number: '4711' }, held)
    await captured(deployment.ledger, { number: 'its message is gone' }, held)
    deployment.settle = async () => {
      await settle(deployment.ledger, entry, held)
      return true
    }
    const terminal = collectingTerminal()
    expect(await redrive('all', deployment, {}, terminal)).toBe(1)
    expect(deployment.calls.filter((c) => c.operation === 'StartMessageMoveTask')).toHaveLength(2)
    expect(terminal.printed()).toContain('4 dead letters moved back to where they came from.')
    expect(terminal.printed()).toMatch(/850 4711 +held +GAVE_UP/)
    expect(terminal.printed()).not.toContain('its message is gone')
  })

  test('of one document moves its messages alone and gives the others back at once', async () => {
    let received = 0
    const message = (id: string) => ({
      MessageId: id,
      ReceiptHandle: id,
      Body: JSON.stringify({ documentId: id }),
      Attributes: { MessageGroupId: 'group' },
    })
    const deployment = memoryDeployment(({ operation }) => {
      if (operation !== 'ReceiveMessage') return {}
      received += 1
      return received === 1 ? { Messages: [message('other'), message('mine')] } : {}
    })
    await redrive('documents', deployment, { document: 'mine' }, collectingTerminal())
    expect(deployment.calls.map((c) => [c.operation, c.input.ReceiptHandle ?? c.input.MessageBody])).toEqual([
      ['ReceiveMessage', undefined],
      ['SendMessage', '{"documentId":"mine"}'],
      ['DeleteMessage', 'mine'],
      ['ReceiveMessage', undefined],
      ['ChangeMessageVisibility', 'other'],
    ])
  })

  test('of a queue there is not names those there are', async () => {
    await expect(redrive('acumatika', memoryDeployment(), {}, collectingTerminal())).rejects.toThrow(
      'there is no queue "acumatika"; did you mean "acumatica"?',
    )
  })
})
