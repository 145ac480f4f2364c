import { parse } from 'csv-parse/sync'
import { exportAudit } from '../../cli/commands/audit.ts'
import { collectingTerminal } from '../../cli/terminal.ts'
import { captured, delivered, memoryDeployment } from './memory-deployment.ts'

const write = { connection: 'acumatica', operation: 'create-order', reference: 'SPS:A', record: {} }

async function exported(format: 'csv' | 'jsonl', window: { from?: string; to?: string } = {}) {
  const deployment = memoryDeployment()
  await delivered(deployment.ledger, 'A', [[write, 'SO-1']])
  const held = await captured(deployment.ledger, { number: 'B' }, { state: 'held', code: 'NO_ROW' })
  await deployment.ledger.remark(held, { note: { at: '2026-03-02T10:00:00.000Z', by: 'kim', text: 'asked, "soon"' } })
  await captured(deployment.ledger, { number: 'C', capturedAt: '2026-03-05T09:00:00.000Z' })
  await deployment.ledger.attest()
  const terminal = collectingTerminal()
  await exportAudit(deployment, { format, ...window }, terminal)
  return terminal.printed()
}

test('every document is told from its capture to how it stands, with ids, codes, who and why', async () => {
  const events = (await exported('jsonl')).split('\n').map((line) => JSON.parse(line))
  const of = (number: string) => events.filter((e) => e.number === number)
  expect(of('A').map((e) => e.event)).toEqual(['captured', 'mapped', 'attempted', 'delivered', 'stands'])
  expect(of('A')[3]).toMatchObject({ target: 'acumatica', operation: 'create-order', targetId: 'SO-1' })
  expect(of('A').at(-1)).toMatchObject({ outcome: 'delivered' })
  expect(of('B')).toEqual([
    expect.objectContaining({ event: 'captured' }),
    expect.objectContaining({ event: 'attempted', outcome: 'held', code: 'NO_ROW' }),
    expect.objectContaining({ event: 'problem', code: 'NO_ROW', text: 'NO_ROW in words' }),
    expect.objectContaining({ event: 'said', by: 'kim', text: 'asked, "soon"' }),
    expect.objectContaining({ event: 'stands', outcome: 'held' }),
  ])
})

test('CSV has one header, and reads back to the same events', async () => {
  const rows = parse(await exported('csv'), { columns: true }) as Record<string, string>[]
  const lines = (await exported('jsonl')).split('\n').map((line) => JSON.parse(line))
  expect(rows.map((row) => Object.fromEntries(Object.entries(row).filter(([, v]) => v !== '')))).toEqual(lines)
})

test('a window leaves out what was captured before or after it', async () => {
  const numbers = async (window: { from?: string; to?: string }) =>
    new Set((await exported('jsonl', window)).split('\n').map((line) => JSON.parse(line).number))
  expect(await numbers({ from: '2026-03-03' })).toEqual(new Set(['C']))
  expect(await numbers({ to: '2026-03-03' })).toEqual(new Set(['A', 'B']))
})
