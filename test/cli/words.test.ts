import { errors } from '../../cli/commands/errors.ts'
import { sayWord } from '../../cli/commands/hold.ts'
import { note } from '../../cli/commands/note.ts'
import { redrive } from '../../cli/commands/redrive.ts'
import { trace } from '../../cli/commands/trace.ts'
import { collectingTerminal } from '../../cli/terminal.ts'
import type { Problem } from '../../lib/core/problems.ts'
import { type Call, captured, memoryDeployment } from './memory-deployment.ts'

const now = Date.parse('2026-03-02T10:00:00Z')
const held = { state: 'held', code: 'PARTNER_UNKNOWN' } as const

const missing = (tradingPartner: string): Problem => ({
  code: 'PARTNER_UNKNOWN',
  message: `Trading partner ${tradingPartner} is not in the partners table.`,
  row: { table: 'partners', cells: { tradingPartner } },
})

async function waiting(deployment: ReturnType<typeof memoryDeployment>, number: string, problems: Problem[]) {
  const entry = await captured(deployment.ledger, { number })
  await deployment.ledger.settle(entry, {
    state: 'held',
    step: '1.0',
    problems,
    warnings: [],
    attempt: { at: entry.capturedAt, stage: 'map', outcome: 'held', code: problems[0]?.code ?? '' },
  })
}

const causesIn = async (deployment: ReturnType<typeof memoryDeployment>) => {
  const terminal = collectingTerminal()
  await errors(deployment, { json: true }, terminal)
  return JSON.parse(terminal.printed()) as { documents: number; causes: { cause: string; documents: number }[] }
}

describe('errors', () => {
  test('five hundred failures of two causes are two rows', async () => {
    const deployment = memoryDeployment()
    for (let i = 0; i < 500; i += 1)
      await waiting(deployment, `PO-${1000 + i}`, [missing(i % 2 === 0 ? '3F1ACME' : '3F1ZENITH')])
    const { documents, causes } = await causesIn(deployment)
    expect(documents).toBe(500)
    expect(causes.map((c) => c.documents)).toEqual([250, 250])
  })

  test('what a target said of its own numbers is one cause; another reason, or another place, is another one', async () => {
    const deployment = memoryDeployment()
    const said = (message: string, path = 'Details[0].Qty'): Problem[] => [
      { code: 'ACUMATICA_REJECTED', message, path },
    ]
    await waiting(deployment, 'PO-1', said('Order PO-1: quantity 12 is more than 7 on hand.'))
    await waiting(deployment, 'PO-22', said('Order PO-22: quantity 40 is more than 3 on hand.', 'Details[6].Qty'))
    await waiting(deployment, 'PO-333', said('Order PO-333: the customer is on credit hold.'))
    await waiting(deployment, 'PO-4444', said('Order PO-4444: the customer is on credit hold.', 'CustomerID'))
    expect((await causesIn(deployment)).causes.map((c) => c.documents)).toEqual([2, 1, 1])
  })

  test('a document with several problems stands under each', async () => {
    const deployment = memoryDeployment()
    await waiting(deployment, 'PO-1', [missing('3F1ACME'), { code: 'SHIP_DATE_MISSING', message: 'no date' }])
    expect((await causesIn(deployment)).causes).toHaveLength(2)
  })
})

describe('redrive --cause', () => {
  const letter = (number: string) => ({
    MessageId: `m-${number}`,
    ReceiptHandle: `r-${number}`,
    Body: JSON.stringify({ documentId: `sps:purchase-order:${number}#1`, number, task: 'map' }),
    Attributes: { MessageGroupId: `order/${number}` },
  })

  test('moves the dead letters of that cause and gives the others back', async () => {
    let looked = false
    const deployment = memoryDeployment(({ operation, input }: Call) => {
      if (operation !== 'ReceiveMessage' || input.QueueUrl !== 'documents-dead' || looked) return {}
      looked = true
      return { Messages: ['1', '2', '3'].map(letter) }
    })
    for (const [number, partner] of [
      ['1', 'A'],
      ['2', 'B'],
      ['3', 'A'],
    ] as const)
      await waiting(deployment, number, [missing(partner)])
    const { causes } = await causesIn(deployment)
    const terminal = collectingTerminal()
    await redrive('all', deployment, { cause: causes[0]?.cause ?? '' }, terminal)
    const sent = deployment.calls.filter((c) => c.operation === 'SendMessage').map((c) => c.input.MessageGroupId)
    expect(sent).toEqual(['order/1', 'order/3'])
    const back = deployment.calls.filter((c) => c.operation === 'ChangeMessageVisibility')
    expect(back.map((c) => c.input.ReceiptHandle)).toEqual(['r-2'])
    expect(terminal.printed()).toContain('2 dead letters moved back')
  })

  test('of a cause nobody waits for names those that there are', async () => {
    const deployment = memoryDeployment()
    await waiting(deployment, '1', [missing('A')])
    const wrong = redrive('all', deployment, { cause: 'PARTNER_UNKNOWN-000000' }, collectingTerminal())
    await expect(wrong).rejects.toThrow('did you mean "PARTNER_UNKNOWN-')
  })
})

describe('a word on a document', () => {
  test('settles it without sending: the exception is closed, with who and why, and its dead letter is gone', async () => {
    let looked = false
    const deployment = memoryDeployment(({ operation, input }: Call) => {
      if (operation !== 'ReceiveMessage' || input.QueueUrl !== 'documents-dead' || looked) return {}
      looked = true
      const Body = JSON.stringify({ documentId: 'sps:purchase-order:4711#1' })
      return { Messages: [{ MessageId: 'm', ReceiptHandle: 'r', Body }] }
    })
    await captured(deployment.ledger, { number: '4711' }, held)
    await sayWord('resolve', '4711', deployment, { why: 'entered by hand' }, collectingTerminal(), 'dana', now)
    expect((await causesIn(deployment)).documents).toBe(0)
    expect(deployment.calls.map((c) => c.operation)).toContain('DeleteMessage')
    const terminal = collectingTerminal()
    await trace('4711', deployment, {}, terminal)
    expect(terminal.printed()).toContain('dana settled it without sending: entered by hand')
  })

  test('releases only what somebody holds, and has it mapped again', async () => {
    const deployment = memoryDeployment()
    await captured(deployment.ledger, { number: '4711' }, held)
    const release = () => sayWord('release', '4711', deployment, { why: 'agreed' }, collectingTerminal(), 'dana', now)
    await expect(release()).rejects.toThrow('nobody holds')
    await sayWord('hold', '4711', deployment, { why: 'price' }, collectingTerminal(), 'dana', now)
    await release()
    const [sent] = deployment.calls.flatMap((c) => (c.input.Entries ?? []) as { MessageBody: string }[])
    expect(JSON.parse(sent?.MessageBody ?? '')).toMatchObject({ task: 'map', by: 'dana: agreed' })
  })

  test('needs a reason', async () => {
    const deployment = memoryDeployment()
    await captured(deployment.ledger, { number: '4711' }, held)
    const silent = sayWord('hold', '4711', deployment, { why: ' ' }, collectingTerminal(), 'dana', now)
    await expect(silent).rejects.toThrow('--why needs a reason')
  })

  test('is kept as a note, with who sees to it', async () => {
    const deployment = memoryDeployment()
    await captured(deployment.ledger, { number: '4711' }, held)
    await note('4711', 'asked the buyer', deployment, { assign: 'sam' }, collectingTerminal(), 'dana', now)
    const terminal = collectingTerminal()
    await trace('4711', deployment, {}, terminal)
    expect(terminal.printed()).toContain('assigned   to sam')
    expect(terminal.printed()).toContain('2026-03-02 10:00:00 UTC, dana: asked the buyer')
  })
})
