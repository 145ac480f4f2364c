import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { backfill } from '../../../cli/commands/backfill.ts'
import { gaps } from '../../../cli/commands/gaps.ts'
import { type AuditedConnection, auditedConnection } from '../../../cli/deployment/connection.ts'
import { collectingTerminal } from '../../../cli/terminal.ts'
import { readBackfill } from '../../../lib/core/backfill.ts'
import type { StateStore, StoredCursor } from '../../../lib/pipeline/state.ts'
import { auditorOf } from '../../../lib/systems/odoo/auditor.ts'
import { readBackfillPage } from '../../../lib/systems/odoo/read/backfill.ts'
import { isSweepDue, sweepDeletions } from '../../../lib/systems/odoo/read/deletions.ts'
import { toSourceDocument } from '../../../lib/systems/odoo/source-document.ts'
import { captured, memoryDeployment } from '../../cli/memory-deployment.ts'
import { closeAll, startCompany } from './polling.ts'
import { morning, orders, ordersAt, Poller, settingsFor, workOn } from './reading.ts'
import { WriteDateServer } from './write-date-server.ts'

const hour = 3_600_000

/** Cursors in a map, under their revisions. */
function memoryCursors(): Pick<StateStore, 'cursor' | 'moveCursor' | 'cursors'> {
  const stored = new Map<string, StoredCursor>()
  return {
    cursor: async (connection, stream) => stored.get(`${connection}/${stream}`),
    cursors: async (connection, streams) =>
      Object.fromEntries(
        streams.flatMap((stream) => {
          const found = stored.get(`${connection}/${stream}`)
          return found ? [[stream, found]] : []
        }),
      ),
    moveCursor: async (connection, stream, next, expected) => {
      const key = `${connection}/${stream}`
      if ((stored.get(key)?.revision ?? 0) !== expected) return false
      stored.set(key, { ...next, revision: expected + 1 })
      return true
    },
  }
}

/** Thirty orders, all but three of them in the ledger, and one that was changed a moment ago. */
async function world() {
  const odoo = new WriteDateServer(19, morning - hour)
  odoo.plan(0, { takes: 0, writes: ordersAt(1, 30) })
  odoo.advance(hour)
  odoo.plan(0, { takes: 0, writes: ordersAt(31, 1) })
  odoo.advance(1000)
  const deployment = { ...memoryDeployment(), state: memoryCursors() as StateStore }
  for (const { id, values } of ordersAt(1, 30))
    if (![4, 17, 30].includes(id)) {
      const number = String(values.name)
      const documentId = `odoo:order:order/${id}#1`
      await captured(deployment.ledger, { documentId, connection: 'odoo', type: 'order', key: `order/${id}`, number })
    }
  const connection: AuditedConnection = {
    name: 'odoo',
    auditor: auditorOf(async () => odoo, [orders], 7),
    streams: ['orders'],
  }
  const poller = () => new Poller((cursor) => readBackfillPage(workOn(odoo), cursor))
  const cursor = async (stream: string) => (await deployment.state.cursor('odoo', stream))?.cursor
  return { odoo, deployment, connection, poller, cursor, now: odoo.now }
}

describe('the gap audit', () => {
  it('names what the source has and the ledger has not; what is too young is left to the polls', async () => {
    const { deployment, connection, now } = await world()
    const terminal = collectingTerminal()
    expect(await gaps(connection, deployment, { json: true }, terminal, now)).toBe(1)
    const [stream] = JSON.parse(terminal.printed()).streams
    expect(stream).toMatchObject({ stream: 'orders', total: 31, known: 27, young: 1 })
    expect(stream.missing.map((one: { number: string; id: number }) => [one.number, one.id])).toEqual([
      ['PO00004', 4],
      ['PO00017', 17],
      ['PO00030', 30],
    ])
    expect(stream.missing[0].changedAt).toBe('2026-10-05T10:20:00Z')
  })

  it('has the missing ones read by the next polls, and then misses nothing', async () => {
    const { deployment, connection, poller, cursor, now } = await world()
    const terminal = collectingTerminal()
    expect(await gaps(connection, deployment, { fetch: true }, terminal, now)).toBe(0)
    expect(terminal.printed()).toMatch(/PO00017 +17 +orders/)
    expect(terminal.printed()).toContain('3 documents will be read by the next polls')
    const one = poller()
    one.cursor = await cursor('orders:backfill')
    await one.poll()
    expect(one.numbers).toEqual(['PO00004', 'PO00017', 'PO00030'])
    for (const { key, number, type } of one.documents)
      await captured(deployment.ledger, { documentId: `odoo:${type}:${key}#1`, connection: 'odoo', type, key, number })
    expect(await gaps(connection, deployment, {}, terminal, now)).toBe(0)
    expect(terminal.printed()).toContain('Nothing is missing.')
  })

  it('does not miss what looks like a document by its header and is none', async () => {
    const { odoo, deployment, connection, now } = await world()
    const full = {
      ...orders,
      readFull: (...[, ids]: Parameters<typeof orders.readFull>) =>
        orders.readFull(
          odoo,
          ids.filter((id) => id !== 17),
        ),
    }
    const auditor = auditorOf(async () => odoo, [full], 7)
    const terminal = collectingTerminal()
    await gaps({ ...connection, auditor }, deployment, { json: true }, terminal, now)
    const [stream] = JSON.parse(terminal.printed()).streams
    expect(stream).toMatchObject({ total: 30, known: 27, young: 1, missing: [{ id: 4 }, { id: 30 }] })
  })

  it('looks at the window that is asked for', async () => {
    const { deployment, connection, now } = await world()
    const terminal = collectingTerminal()
    const window = { from: '2026-10-02', to: '2026-10-04', json: true }
    expect(await gaps(connection, deployment, window, terminal, now)).toBe(0)
    expect(JSON.parse(terminal.printed()).streams).toMatchObject([{ total: 0 }])
    await expect(gaps(connection, deployment, { from: '2026-10-04', to: '2026-10-02' }, terminal, now)).rejects.toThrow(
      'is not before',
    )
  })

  it('knows a record by what its document is called', async () => {
    const odoo = new WriteDateServer(18, morning)
    odoo.plan(0, { takes: 0, writes: ordersAt(5, 1) })
    odoo.advance(1000)
    const stream = { ...orders, types: ['erp-purchase-order'], model: 'purchase.order' }
    odoo.plan(0, { takes: 0, writes: ordersAt(5, 1).map((one) => ({ ...one, model: 'purchase.order' })) })
    odoo.advance(1000)
    const listed = await Array.fromAsync(
      auditorOf(async () => odoo, [stream], 10).list('orders', '2026-09-01T00:00:00Z', '2026-11-01T00:00:00Z'),
    )
    const document = toSourceDocument('erp-purchase-order', { 'purchase.order': odoo.rows('purchase.order') })
    const { type, key, number } = document
    expect(listed).toMatchObject([{ type, key, number, id: 5 }])
  })
})

describe('a connection of a deployment', () => {
  const directory = mkdtempSync(join(tmpdir(), 'ml-connector-gaps-'))
  afterAll(() => rmSync(directory, { recursive: true, force: true }))
  afterEach(closeAll)

  it('is asked with the settings of the configuration and the credentials it stores', async () => {
    const { odoo, order } = await startCompany(19)
    order()
    odoo.clock.advance(hour)
    const { login, apiKey } = odoo.credentials
    const config = join(directory, 'config.json')
    const connections = {
      odoo: {
        system: 'odoo',
        allowHosts: ['127.0.0.1'],
        settings: { baseUrl: odoo.url, database: odoo.database },
      },
      sps: { system: 'sps-commerce' },
    }
    const integrations = { 'odoo-sps-commerce': { connections: { odoo: 'odoo', 'sps-commerce': 'sps' } } }
    writeFileSync(config, JSON.stringify({ stage: 'dev', customer: 'acme', connections, integrations }))
    const deployment = memoryDeployment(() => ({ SecretString: JSON.stringify({ login, apiKey }) }))
    deployment.state = { ...memoryCursors(), pausedUntil: async () => 0 } as unknown as StateStore
    deployment.connections = {
      ...deployment.connections,
      odoo: { system: 'odoo', eventSourceMapping: 'mapping', secretArn: 'secret-odoo', url: '', deadLettersUrl: '' },
    }
    const connection = auditedConnection('odoo', deployment, { config })
    expect(connection.streams).toContain('purchase-orders')
    const terminal = collectingTerminal()
    expect(await gaps(connection, deployment, { json: true }, terminal, odoo.clock.now())).toBe(1)
    const found = JSON.parse(terminal.printed()).streams
    expect(found.find((one: { stream: string }) => one.stream === 'purchase-orders')).toMatchObject({
      total: 1,
      missing: [{ number: 'P00001', type: 'erp-purchase-order' }],
    })
    expect(() => auditedConnection('oddo', deployment, { config })).toThrow('did you mean "odoo"?')
    expect(() => auditedConnection('odoo', deployment, { config, stream: 'orders' })).toThrow('has no stream "orders"')
    expect(() => auditedConnection('acumatica', deployment, { config })).toThrow('no connection "acumatica"')
  })
})

describe('the backfill command', () => {
  it('asks the streams of a connection for a range, shows how far it is, and stops it', async () => {
    const { deployment, connection, poller, cursor, now } = await world()
    const terminal = collectingTerminal()
    const run = (options: object) => backfill(connection, deployment, options, terminal, now)
    expect(await run({ from: '2026-09-01', to: '2026-10-02' })).toBe(0)
    expect(terminal.printed()).toMatch(/orders +2026-09-01 to 2026-10-02 +waiting +0 +\? +0 %/)
    const one = poller()
    one.cursor = await cursor('orders:backfill')
    await one.page()
    const stored = await deployment.state.cursor('odoo', 'orders:backfill')
    await deployment.state.moveCursor('odoo', 'orders:backfill', { ...stored, cursor: one.cursor } as StoredCursor, 1)
    await run({})
    expect(terminal.printed()).toMatch(/orders +2026-09-01 to 2026-10-02 +finished +31 +31 +100 %/)
    await run({ from: '2026-09-01', to: '2026-10-02' })
    await run({ stop: true })
    expect(readBackfill(await cursor('orders:backfill')).requests).toEqual([])
  })

  it.each([
    [{ to: '2026-09-01' }, '--to needs --from'],
    [{ from: '2026-09-01', stop: true }, 'name one of them'],
    [{ from: 'soon' }, 'is no time'],
    [{ from: '2030-01-01' }, 'is not before now'],
  ])('refuses %j', async (options, message) => {
    const { deployment, connection, now } = await world()
    await expect(backfill(connection, deployment, options, collectingTerminal(), now)).rejects.toThrow(message)
  })
})

describe('deletions that wait for a word', () => {
  it('are passed on once the command accepts them', async () => {
    const { odoo, deployment, connection, cursor } = await world()
    const work = workOn(odoo)
    const poller = new Poller((stored) => sweepDeletions(work, stored))
    await poller.poll()
    odoo.plan(0, { takes: 0, writes: [], deletes: ordersAt(1, 20) })
    odoo.advance(6 * hour)
    await expect(poller.poll()).rejects.toMatchObject({ code: 'ODOO_TOO_MANY_DELETED' })
    const polledAt = new Date(morning).toISOString()
    const told = { cursor: poller.cursor ?? null, revision: 0, polledAt }
    await deployment.state.moveCursor('odoo', 'orders:deletions', told, 0)
    const terminal = collectingTerminal()
    expect(await gaps(connection, deployment, { acceptDeletions: true }, terminal, odoo.now)).toBe(0)
    expect(terminal.printed()).toContain('20 deletions of orders accepted')
    poller.cursor = await cursor('orders:deletions')
    expect(isSweepDue(poller.cursor, odoo.now, settingsFor())).toBe(true)
    expect(await poller.poll()).toHaveLength(20)
    await gaps(connection, deployment, { acceptDeletions: true }, terminal, odoo.now)
  })
})
