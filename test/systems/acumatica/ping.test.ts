import type { PingLine } from '../../../lib/core/ping.ts'
import { ping } from '../../../lib/systems/acumatica/ping.ts'
import { closeAll, connect, startInstance } from './instance.ts'

afterEach(closeAll)

async function linesOf(context: Parameters<typeof ping>[0], keepsTokens = true): Promise<PingLine[]> {
  const lines: PingLine[] = []
  for await (const line of ping(context, { reads: ['ship-notice'], writes: ['purchase-order'], keepsTokens }))
    lines.push(line)
  return lines
}

const told = (lines: readonly PingLine[]) => lines.map(({ check, level }) => `${level} ${check}`)

test('passes where all is right, and only reads', async () => {
  const instance = await startInstance()
  expect(told(await linesOf(connect(instance)))).toEqual([
    'pass sign-in',
    'pass endpoint',
    'pass read: Shipment',
    'pass read: SalesOrder',
    'pass read: StockItem',
    'pass fields: StockItem',
    'pass read: CustomerLocation',
    'pass fields: CustomerLocation',
    'pass clock',
  ])
  expect(instance.requests.filter(({ method, path }) => method !== 'GET' && !path.endsWith('/token'))).toEqual([])
})

test('a wrong endpoint version is told with those the instance offers', async () => {
  const instance = await startInstance()
  const lines = await linesOf(connect(instance, { endpoint: { version: '17.200.001' } }))
  expect(told(lines)).toEqual(['pass sign-in', 'fail endpoint'])
  expect(lines[1]?.message).toContain('this instance offers Default')
})

test('an entity that the user may not read fails alone', async () => {
  const instance = await startInstance()
  instance.faults.add({ match: { path: /StockItem/ }, fault: { kind: 'status', status: 403 } })
  const failed = (await linesOf(connect(instance))).filter(({ level }) => level === 'fail')
  expect(failed).toEqual([
    expect.objectContaining({ check: 'read: StockItem', message: expect.stringContaining('access to that screen') }),
  ])
})

test('a branch in which nothing is to be seen is a warning: it may be one the user may not see', async () => {
  const instance = await startInstance()
  instance.faults.add({ match: { path: /Shipment$/ }, fault: { kind: 'status', status: 200, body: [] } })
  const lines = await linesOf(connect(instance, { branch: 'SOUTH' }))
  expect(lines).toContainEqual(expect.objectContaining({ check: 'read: Shipment', level: 'warn' }))
})

test('a refresh token for one use is not spent where the new one could not be kept', async () => {
  const instance = await startInstance()
  expect(told(await linesOf(connect(instance), false))).toEqual(['warn sign-in'])
  expect(instance.requests).toEqual([])
})

test('a consent that has ended is the only line', async () => {
  const instance = await startInstance()
  const { clientId, clientSecret } = instance.credentials
  const secret = { clientId, clientSecret, refreshToken: 'ended-long-ago' }
  const lines = await linesOf(connect(instance, {}, { secrets: { credentials: async () => secret } }))
  expect(told(lines)).toEqual(['fail sign-in'])
  expect(JSON.stringify(lines)).not.toContain('ended-long-ago')
})
