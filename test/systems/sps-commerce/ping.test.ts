import type { PingLine, PingWanted } from '../../../lib/core/ping.ts'
import { ping } from '../../../lib/systems/sps-commerce/ping.ts'
import { type SpsSandbox, startSps, styles } from './support.ts'

const wanted: PingWanted = {
  reads: ['purchase-order', 'purchase-order-change', 'inventory-advice'],
  writes: ['ship-notice', 'invoice'],
  keepsTokens: true,
}

let sps: SpsSandbox | undefined
afterEach(() => sps?.close())

async function begin(style: 'fulfillment' | 'transactions', given: Record<string, unknown> = {}) {
  const started = await startSps(style, given)
  sps = started.sps
  return started
}

async function linesOf(context: Parameters<typeof ping>[0], over: Partial<PingWanted> = {}): Promise<PingLine[]> {
  const lines: PingLine[] = []
  for await (const line of ping(context, { ...wanted, ...over })) lines.push(line)
  return lines
}

const told = (lines: readonly PingLine[]) => lines.map(({ check, level }) => `${level} ${check}`)

test.each(styles)('%s: passes where all is right, and only reads', async (style) => {
  const { sps: at, connection } = await begin(style)
  const lines = await linesOf(connection)
  expect(told(lines)).toEqual(
    style === 'fulfillment'
      ? ['pass token', 'pass read: purchase-orders', 'pass read: order-changes', 'pass read: inventory', 'pass clock']
      : ['pass token', 'pass sign-in', 'pass read: files', 'pass send: files', 'pass clock'],
  )
  expect(at.requests.filter(({ method, path }) => method !== 'GET' && !/token$/.test(path))).toEqual([])
})

test.each(styles)('%s: keys that are refused are the only line, and are not told', async (style) => {
  const { connection } = await begin(style)
  const secrets = { credentials: async () => ({ clientId: 'wrong', clientSecret: 'quite-wrong' }) }
  const lines = await linesOf({ ...connection, secrets })
  expect(told(lines)).toEqual(['fail token'])
  expect(JSON.stringify(lines)).not.toContain('quite-wrong')
})

test('a collection the account does not have fails alone, with what to do', async () => {
  const { connection } = await begin('fulfillment', { paths: { inventory: '/no-such-collection' } })
  const lines = await linesOf(connection)
  expect(lines.filter(({ level }) => level !== 'pass')).toEqual([
    expect.objectContaining({ check: 'read: inventory', level: 'fail', message: expect.stringContaining('404') }),
  ])
})

test('a collection that is left out although a flow takes it is a warning', async () => {
  const { connection } = await begin('fulfillment', { streams: ['purchase-orders', 'order-changes'] })
  const [line] = (await linesOf(connection)).filter(({ level }) => level !== 'pass')
  expect(line).toMatchObject({ check: 'read: inventory', level: 'warn' })
})

test('a missing directory is told with those that are there', async () => {
  const { connection } = await begin('transactions', { directories: { out: 'elsewhere/', in: 'in/' } })
  const [line] = (await linesOf(connection)).filter(({ level }) => level !== 'pass')
  expect(line).toMatchObject({ check: 'read: files', level: 'fail', message: expect.stringContaining('it has ') })
})

test('a clock that is off is a warning', async () => {
  const { connection, clock } = await begin('fulfillment')
  const lines = await linesOf({ ...connection, clock: { now: () => clock.now() - 300_000 } })
  expect(lines.at(-1)).toMatchObject({ check: 'clock', level: 'warn' })
})

test("a sample's clock is compared with the sample's own time", async () => {
  const { connection, clock } = await begin('fulfillment')
  const context = { ...connection, clock: { now: () => clock.now() - 300_000 } }
  const lines = await linesOf(context, { time: clock })
  expect(lines.at(-1)).toMatchObject({ check: 'clock', level: 'pass' })
})
