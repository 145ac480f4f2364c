import type { PingLine, PingWanted } from '../../../lib/core/ping.ts'
import { ping } from '../../../lib/systems/shipbob/ping.ts'
import { describe as describeMark } from '../../../lib/systems/shipbob/standing.ts'
import { topicsFor } from '../../../lib/systems/shipbob/topics.ts'
import { closeAll, connect, fixture, type Reply, type Seen, serve } from './server.ts'

afterEach(closeAll)

const now = Date.parse('2026-11-10T09:00:00Z')
const reads = ['shipment', 'receiving-progress', 'customer-return', 'service-invoice']
const description = describeMark({ deployment: 'acme-prod', connection: 'test', key: '1a2b3c4d' })
const subscription = {
  id: 's1',
  url: 'https://hooks.example.com',
  enabled: true,
  topics: topicsFor(reads),
  description,
}

/** An account where all is right; replies by the last part of the path may differ. */
const account = (over: Record<string, Reply> = {}) =>
  serve(({ url }: Seen): Reply => {
    const name = new URL(url, 'http://localhost').pathname.split('/').at(-1) ?? ''
    const usual: Record<string, Reply> = {
      channel: { body: fixture('rest/channels.json').response.body },
      'fulfillment-center': { body: fixture('rest/fulfillment-centers.json').response.body },
      webhook: { body: { items: [subscription], next: null } },
    }
    const headers = { 'x-remaining-calls': '146', date: new Date(now).toUTCString() }
    return { headers, ...(over[name] ?? usual[name]) }
  })

async function linesOf(
  over: Record<string, Reply> = {},
  settings: Record<string, unknown> = {},
  wanted: Partial<PingWanted> = {},
): Promise<{ lines: PingLine[]; seen: Seen[] }> {
  const { url, seen } = await account(over)
  const given = { channelId: 318204, channels: [318204, 127733], ...settings }
  const context = connect(url, given, { clock: { now: () => now } })
  const lines: PingLine[] = []
  const rowsOf = async () => [{ centre: '10' }, { centre: '211' }]
  for await (const line of ping(context, {
    reads,
    writes: ['product', 'inbound-order'],
    keepsTokens: true,
    rowsOf,
    ...wanted,
  }))
    lines.push(line)
  return { lines, seen }
}

const told = (lines: readonly PingLine[]) => lines.map(({ check, level }) => `${level} ${check}`)
const bad = async (...given: Parameters<typeof linesOf>) =>
  (await linesOf(...given)).lines.filter(({ level }) => level !== 'pass')

test('passes where all is right, and only reads', async () => {
  const { lines, seen } = await linesOf()
  expect(told(lines)).toEqual(
    ['version', 'token', 'channel', 'channels', 'scopes', 'centres', 'webhook', 'requests', 'clock'].map(
      (check) => `pass ${check}`,
    ),
  )
  expect(lines.find(({ check }) => check === 'requests')?.message).toContain('146')
  expect(seen.every(({ method }) => method === 'GET')).toBe(true)
})

test('a refused token ends it, with what to do', async () => {
  const { lines } = await linesOf({ channel: { status: 401 } })
  expect(told(lines)).toEqual(['pass version', 'fail token'])
  expect(lines[1]?.remedy).toContain('personal access token')
})

test('a consent is not spent where its token could not be kept', async () => {
  const { lines, seen } = await linesOf({}, { grant: 'oauth' }, { keepsTokens: false })
  expect([told(lines), seen]).toEqual([['warn token'], []])
})

test.each([
  ['2026-01', 'warn', '81 days are left'],
  ['2025-07', 'warn', 'may have ended'],
  ['2027-01', 'warn', 'is spoken as 2026-07'],
])('version %s: %s, %s', async (apiVersion, level, message) => {
  const [line] = await bad({}, { apiVersion })
  expect(line).toMatchObject({ check: 'version', level, message: expect.stringContaining(message) })
})

test('channels of the settings that are none are told with those there are', async () => {
  expect(await bad({}, { channelId: 999, channels: [318204, 555] })).toEqual([
    expect.objectContaining({ check: 'channel', level: 'fail', message: expect.stringContaining('318204') }),
    expect.objectContaining({ check: 'channels', level: 'fail', message: expect.stringContaining('555') }),
  ])
})

test('a list of no channels takes all of them, which a person should know', async () => {
  const [line] = await bad({}, { channels: [] })
  expect(line).toMatchObject({ check: 'channels', level: 'warn', message: expect.stringContaining('127733') })
})

test('scopes that the token lacks are named, of those that the flows need', async () => {
  const { items } = fixture('rest/channels.json').response.body
  items[0].scopes = items[0].scopes.filter(
    (scope: string) => !/^(billing_read|returns_write|receiving_write)$/.test(scope),
  )
  const [line] = await bad({ channel: { body: { items } } })
  expect(line).toMatchObject({ check: 'scopes', message: 'the token lacks billing_read, receiving_write' })
})

test('centres of the table that are none fail; centres without a row are a warning', async () => {
  const only = (centre: string) => ({ rowsOf: async () => [{ centre }] })
  expect(await bad({}, {}, only('77'))).toEqual([expect.objectContaining({ check: 'centres', level: 'fail' })])
  const [line] = await bad({}, {}, only('10'))
  expect(line).toMatchObject({ check: 'centres', level: 'warn', message: expect.stringContaining('211 (Fairburn') })
})

describe('the webhook', () => {
  const listed = (...items: object[]) => ({ webhook: { body: { items, next: null } } })
  const webhook = async (over: Record<string, Reply>, settings = {}) =>
    (await bad(over, settings)).filter(({ check }) => check === 'webhook').map(({ message }) => message)

  test('that does not exist, or is switched off, or lacks a topic, is a warning with its remedy', async () => {
    expect(await webhook(listed({ ...subscription, description: 'of somebody' }))).toEqual([
      expect.stringContaining('no subscription'),
    ])
    expect(await webhook(listed({ ...subscription, enabled: false }))).toContainEqual(
      expect.stringContaining('switched off https://hooks.example.com'),
    )
    expect(await webhook(listed({ ...subscription, topics: subscription.topics.slice(1) }))).toEqual([
      'nobody tells of order.shipped',
    ])
  })

  test('lacks nothing where the version does not have the topic', async () => {
    const topics = subscription.topics.filter(
      (topic) => !topic.startsWith('wro.') && !/tracking|line_item|shipping|order.delivered/.test(topic),
    )
    expect(await webhook(listed({ ...subscription, topics }), { apiVersion: '2026-01' })).toEqual([])
  })
})

test('a clock that differs is told, since deliveries carry their time', async () => {
  const date = new Date(now + 600_000).toUTCString()
  const { lines } = await linesOf({ webhook: { body: { items: [subscription], next: null }, headers: { date } } })
  expect(lines.at(-1)).toMatchObject({ check: 'clock', level: 'warn', message: expect.stringContaining('600 s ahead') })
})
