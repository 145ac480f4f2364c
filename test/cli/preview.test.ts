import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { main } from '../../cli/program.ts'
import { collectingTerminal } from '../../cli/terminal.ts'

let directory: string
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'ml-connector-preview-'))
})
afterAll(() => rmSync(directory, { recursive: true, force: true }))

const sample = (flow: string) => resolve('events/documents/acumatica-sps-commerce', `${flow}.json`)
const read = (path: string) => JSON.parse(readFileSync(path, 'utf8'))
const page = (content: unknown): string => {
  const path = join(directory, 'page.json')
  writeFileSync(path, JSON.stringify(content))
  return path
}

interface Document {
  key: string
  type: string
  outcome: string
  problems: { code: string; message: string; path: string }[]
  warnings: object[]
  decisions: { table?: { name: string; version: string } }[]
  document: object | null
  writes: { connection: string; operation: string; record: object }[]
}

async function preview(flow: string, path: string): Promise<{ code: number; documents: Document[] }> {
  const terminal = collectingTerminal()
  const args = ['preview', 'acumatica-sps-commerce', flow, path, '--tables', resolve('events/tables'), '--json']
  const code = await main(args, terminal)
  return { code, ...JSON.parse(terminal.printed()) }
}

const operations = ({ writes }: Document) => writes.map((w) => `${w.operation} at ${w.connection}`)

describe('preview of the sample documents', () => {
  test.each([
    ['purchase-order', ['create-order at acumatica', 'send-acknowledgement at sps']],
    ['ship-notice', ['send-ship-notice at sps']],
    ['invoice', ['send-invoice at sps']],
  ])('%s shows the records that would be written', async (flow, expected) => {
    const { code, documents } = await preview(flow, sample(flow))
    expect(documents.map((d) => [d.outcome, d.problems])).toEqual(documents.map(() => ['write', []]))
    expect(code).toBe(0)
    expect(documents.length).toBeGreaterThan(0)
    expect(documents.map(operations)).toContainEqual(expected)
  })

  test.each(['product-activity', 'inventory-advice'])(
    '%s is kept, and written nowhere without a field',
    async (flow) => {
      const { code, documents } = await preview(flow, sample(flow))
      expect(documents.map((d) => [d.outcome, d.writes])).toEqual(documents.map(() => ['write', []]))
      expect(code).toBe(0)
    },
  )

  test('has the form that is documented, with the version of every table that decided', async () => {
    const { documents } = await preview('purchase-order', sample('purchase-order'))
    const [document] = documents
    expect(Object.keys(document ?? {})).toEqual([
      'key',
      'type',
      'outcome',
      'problems',
      'warnings',
      'decisions',
      'document',
      'writes',
    ])
    const tables = document?.decisions.flatMap((d) => d.table ?? []) ?? []
    expect(new Set(tables.map((t) => t.name))).toEqual(new Set(['partners', 'locations', 'items', 'units', 'carriers']))
    for (const { version } of tables) expect(version).toMatch(/^[0-9a-f]{8}$/)
  })
})

describe('preview of a page', () => {
  const order = () => read(sample('purchase-order'))[0]

  test('shows the duplicate in it', async () => {
    const { code, documents } = await preview('purchase-order', page([order(), order()]))
    expect(documents.map((d) => [d.outcome, d.problems.map((p) => p.code)])).toEqual([
      ['write', []],
      ['skipped', ['DUPLICATE']],
    ])
    expect(code).toBe(0)
  })

  test('with a cancellation after the order cancels what the order before it made', async () => {
    const cancellation = order()
    cancellation.Header.OrderHeader.TsetPurposeCode = '01'
    const { documents } = await preview('purchase-order', page([order(), cancellation]))
    expect(documents.map((d) => d.writes[0]?.operation)).toEqual(['create-order', 'cancel-order'])
  })

  test('with an order and its change sends each to its own flow', async () => {
    const { documents } = await preview('purchase-order', sample('purchase-order-change'))
    expect(documents.map((d) => [d.type, d.writes[0]?.operation])).toEqual([
      ['purchase-order', 'create-order'],
      ['purchase-order-change', 'change-order'],
    ])
  })

  test('with an unknown partner and an unknown item names both, and ends with 1', async () => {
    const stranger = order()
    stranger.Header.OrderHeader.TradingPartnerId = '9ZZSTRANGER'
    const { code, documents } = await preview('purchase-order', page([stranger, order()]))
    expect(code).toBe(1)
    expect(documents.map((d) => d.outcome)).toEqual(['held', 'write'])
    expect(documents[0]?.writes).toEqual([])
    expect(documents[0]?.problems.map((p) => p.code)).toContain('PARTNER_UNKNOWN')
  })
})
