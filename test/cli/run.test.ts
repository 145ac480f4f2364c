import { type ExecFileException, execFile } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { jest } from '@jest/globals'
import type { FlowCount } from '../../cli/run/counts.ts'
import { integrations } from '../../lib/config/register.ts'
import { createStore } from '../../sandbox/systems/shared/store.ts'

jest.setTimeout(120_000)

const program = resolve('cli/main.ts')
let directory: string
let state: string
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'ml-connector-run-'))
  state = join(directory, 'state')
})
afterAll(() => rmSync(directory, { recursive: true, force: true }))

/** The command as a process, as a person runs it. */
async function command(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
  try {
    return { code: 0, ...(await promisify(execFile)(process.execPath, [program, ...args], { maxBuffer: 1e8 })) }
  } catch (error) {
    const { code, stdout = '', stderr = '' } = error as ExecFileException
    return { code: Number(code), stdout, stderr }
  }
}
const json = async (...args: string[]) => JSON.parse((await command(...args, '--json', '--state', state)).stdout)

/** What stands in the simulated systems in the end. */
function standing(): { orders: string[]; sent: string[] } {
  const [erp, sps] = ['acumatica', 'sps'].map((name) => createStore(join(state, 'sandbox', `${name}.db`)))
  const orders = erp?.list<{ record: { ExternalRef?: { value?: string } } }>('SalesOrder') ?? []
  const taken = sps?.list<{ type: string; document: object }>('taken') ?? []
  erp?.close()
  sps?.close()
  return {
    orders: orders.flatMap(({ value }) => value.record.ExternalRef?.value ?? []),
    sent: taken.map(({ value }) => JSON.stringify([value.type, value.document])),
  }
}

describe('a run', () => {
  test('accounts for every document of every flow, and writes nothing twice', async () => {
    const { code, stdout } = await command('run', '--json', '--state', state)
    const report = JSON.parse(stdout)
    expect([code, report.balanced, report.denied]).toEqual([0, true, []])
    const every = Object.entries(integrations).flatMap(([name, { flows }]) =>
      flows.map((flow) => `${name}/${flow.name}`),
    )
    expect(report.flows.map((f: FlowCount) => `${f.integration}/${f.flow}`).sort()).toEqual(every.sort())
    for (const flow of report.flows) {
      expect(flow.captured).toBe(flow.delivered + flow.held + flow.rejected + flow.skipped)
      expect(flow.delivered).toBeGreaterThan(0)
    }
    const { orders, sent } = standing()
    expect(orders.length).toBeGreaterThan(30)
    expect(new Set(orders).size).toBe(orders.length)
    expect(new Set(sent).size).toBe(sent.length)
  })

  test('started once more with the same state finds nothing to do', async () => {
    const before = standing()
    const report = await json('run')
    expect([report.balanced, report.continued]).toEqual([true, true])
    expect(standing()).toEqual(before)
  })
})

describe('after a run', () => {
  test('trace tells an order from the purchase order to the ship notice, from either side', async () => {
    const { stdout } = await command('trace', '4500187734', '--state', state)
    expect(stdout.split('\n')[0]).toMatch(/^850 4500187734 → order SO-\d+ → 855 → shipment JS-SHP-\d+ → 856/)
    const number = /SO-\d+/.exec(stdout)?.[0] ?? ''
    const { documents } = await json('trace', number)
    expect(documents.map((d: { entry: { number: string } }) => d.entry.number)).toContain('4500187734')
  })

  test('an item that was missing in the tables is added, and its order is redriven and comes through', async () => {
    const tables = join(directory, 'tables')
    expect((await command('tables', 'export', 'acumatica-sps-commerce', tables, '--state', state)).code).toBe(0)
    const file = join(tables, 'locations.csv')
    const [header = '', ...rows] = readFileSync(file, 'utf8').trimEnd().split('\n')
    const place: Record<string, string> = {
      kind: 'ship-to',
      tradingPartner: '3F1TIDEWATER',
      code: 'TW-FC9',
      location: 'MAIN',
    }
    const row = header
      .split(',')
      .map((column) => place[column] ?? '')
      .join(',')
    writeFileSync(file, [header, ...rows, row, ''].join('\n'))
    const imported = await json('tables', 'import', 'acumatica-sps-commerce', tables)
    expect(imported.tables.filter((t: { changed: boolean }) => t.changed).map((t: { name: string }) => t.name)).toEqual(
      ['locations'],
    )

    const { documents } = await json('trace', 'TWB-77004')
    const redriven = await json('redrive', '--document', documents[0].entry.documentId)
    expect(redriven).toMatchObject({ moved: 1, documents: [{ number: 'TWB-77004', state: 'delivered' }] })
  })

  test('a replay of what was delivered is noted and written nowhere', async () => {
    const before = standing()
    const { documents } = await json('replay', 'TWB-77004', '--why', 'to be sure')
    expect(documents[0].state).toBe('delivered')
    expect(standing()).toEqual(before)
    const story = await json('trace', 'TWB-77004')
    expect(story.documents[0].progress.attempts.at(-1).by).toMatch(/: to be sure$/)
  })

  test('a function is invoked with one event, and an unknown one is named', async () => {
    const polled = await json('invoke', 'poll/sps', resolve('events/poll.json'))
    expect(polled).toMatchObject({ function: 'poll/sps', payload: { captured: 0, failures: [] } })
    const { code, stderr } = await command('invoke', 'poll/spss', resolve('events/poll.json'), '--state', state)
    expect([code, stderr]).toEqual([2, expect.stringContaining('did you mean "poll/sps"?')])
  })

  test('errors groups what is left, each with its remedy', async () => {
    const { causes } = await json('errors')
    const codes = causes.map((cause: { code: string }) => cause.code)
    expect(codes).toEqual(expect.arrayContaining(['PARTNER_UNKNOWN', 'ITEM_UNKNOWN', 'PRICE_DIFFERS']))
    for (const { remedy } of causes) expect(remedy).not.toBe('')
  })
})

describe('a dry run', () => {
  test('reads and maps, and writes nothing', async () => {
    state = join(directory, 'dry')
    const { code, stdout } = await command('run', '--dry-run', '--json', '--state', state)
    const report = JSON.parse(stdout)
    expect([code, report.dryRun]).toEqual([0, true])
    expect(report.flows.find((f: { flow: string }) => f.flow === 'purchase-order').inFlight).toBeGreaterThan(30)
    expect(standing()).toEqual({ orders: [], sent: [] })
    const again = await command('run', '--state', state)
    expect([again.code, again.stderr]).toEqual([2, expect.stringContaining('holds a dry run, which must stay one')])
  })
})
