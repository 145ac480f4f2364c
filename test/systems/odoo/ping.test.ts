import type { PingLine, PingWanted } from '../../../lib/core/ping.ts'
import { createClient } from '../../../lib/systems/odoo/client.ts'
import { fieldLines } from '../../../lib/systems/odoo/ping/fields.ts'
import { needsOf } from '../../../lib/systems/odoo/ping/needs.ts'
import { ping } from '../../../lib/systems/odoo/ping.ts'
import { createReader } from '../../../lib/systems/odoo/reader.ts'
import { settings as schema } from '../../../lib/systems/odoo/settings.ts'
import { type SandboxOdoo, start } from '../../../sandbox/systems/odoo/index.ts'
import { createSandboxClock } from '../../../sandbox/systems/shared/clock.ts'
import { memoryConnection } from '../../support/connection.ts'

const now = Date.parse('2026-11-21T09:00:00Z')
const both: PingWanted = {
  reads: ['erp-purchase-order', 'received-order', 'ship-notice', 'invoice', 'stock-report'],
  writes: ['purchase-order', 'acknowledgement', 'warehouse-receipt'],
  keepsTokens: true,
}

const open: SandboxOdoo[] = []
afterEach(async () => {
  for (const odoo of open.splice(0)) await odoo.close()
})

async function begin(version: 18 | 19, ahead = 0): Promise<SandboxOdoo> {
  const odoo = await start({ version, clock: createSandboxClock(undefined, now + ahead), languages: ['fr_FR'] })
  open.push(odoo)
  return odoo
}

interface Given {
  secret?: Record<string, string>
  settings?: object
  wanted?: PingWanted
}

function contextOf(odoo: SandboxOdoo, { secret, settings = {} }: Given = {}) {
  const { login, apiKey } = odoo.credentials
  const required = { baseUrl: odoo.url, database: odoo.database, timeZone: 'America/Chicago' }
  const parsed = schema.parse({ ...required, ...settings })
  return memoryConnection(parsed, secret ?? { login, apiKey }, { clock: { now: () => now } })
}

async function linesOf(odoo: SandboxOdoo, { wanted = both, ...given }: Given = {}): Promise<PingLine[]> {
  const context = contextOf(odoo, given)
  const lines: PingLine[] = []
  for await (const line of ping(context, wanted)) lines.push(line)
  return lines
}

const named = (lines: readonly PingLine[], check: string) => lines.find((line) => line.check === check)
const levels = (lines: readonly PingLine[], level: PingLine['level']) =>
  lines.filter((line) => line.level === level).map(({ check }) => check)

describe.each([18, 19] as const)('ping of Odoo %s', (version) => {
  test('passes where all is right, and says what it found', async () => {
    const odoo = await begin(version)
    const lines = await linesOf(odoo)
    expect(levels(lines, 'fail')).toEqual([])
    expect(levels(lines, 'warn')).toEqual([])
    expect(named(lines, 'server')?.message).toContain(`Odoo ${version}`)
    expect(named(lines, 'sign-in')?.message).toContain(odoo.credentials.login)
    expect(named(lines, 'company')?.message).toContain('Sandbox Company')
    expect(named(lines, 'rights: sale.order')?.message).toBe('read, create, write')
    expect(named(lines, 'rights: account.move')?.message).toBe('read')
  })

  test('changes nothing and tells no secret', async () => {
    const odoo = await begin(version)
    const lines = await linesOf(odoo)
    const reading = new Set(['search_read', 'read', 'fields_get', 'has_access', 'has_group', 'context_get'])
    expect(odoo.calls.map(({ method }) => method).filter((method) => !reading.has(method))).toEqual([])
    expect(JSON.stringify(lines)).not.toContain(odoo.credentials.apiKey)
  })

  test.each([
    ['2026-11-26 09:30:00', 'warn', /ends on 2026-11-26, in 5 days; the user has 2 keys/],
    ['2027-01-20 00:00:00', 'pass', /ends on 2027-01-20, in 59 days/],
    // One that has ended is not the one in use.
    ['2026-11-20 00:00:00', 'pass', /has no end/],
  ] as const)('looks when the first key of the user ends: %s', async (expires, level, message) => {
    const odoo = await begin(version)
    odoo.addKey(odoo.credentials.uid, { name: 'connector', key: 'a-key-in-use', scope: 'rpc', expires })
    odoo.addKey(odoo.credentials.adminUid, { name: 'other', key: 'somebody-else', expires: '2026-11-22 00:00:00' })
    const line = named(await linesOf(odoo), 'API key')
    expect(line?.level).toBe(level)
    expect(line?.message).toMatch(message)
    expect(line?.remedy?.includes('Make a new key') ?? false).toBe(level === 'warn')
  })

  test('what ping warns of, the poller tells by itself: a key that ends in five days', async () => {
    const odoo = await begin(version)
    const concerns = () => createReader(contextOf(odoo)).concerns?.()
    expect(await concerns()).toEqual([])
    odoo.addKey(odoo.credentials.uid, { name: 'connector', key: 'a-key', scope: 'rpc', expires: '2026-11-26 09:30:00' })
    expect(await concerns()).toMatchObject([{ kind: 'KeyExpiring', id: 'API key' }])
    expect((await concerns())?.[0]?.message).toMatch(/ends on 2026-11-26, in 5 days.* Make a new key/)
  })

  test('has a line for the fields of each model, and names what an upgrade took away or renamed', async () => {
    const odoo = await begin(version)
    const fields = (lines: readonly PingLine[]) => lines.filter(({ check }) => check.startsWith('fields: '))
    const all = fields(await linesOf(odoo))
    expect(all.length).toBeGreaterThan(12)
    expect(all.filter(({ level }) => level !== 'pass')).toEqual([])

    const client = await createClient(contextOf(odoo)).open()
    const upgraded = {
      ...client,
      fields: async (model: string) => {
        const { client_order_ref: _, name: __, ...rest } = await client.fields(model)
        return model === 'sale.order' ? rest : client.fields(model)
      },
    }
    const failed = (await fieldLines(upgraded, needsOf(both))).filter(({ level }) => level === 'fail')
    expect(failed).toMatchObject([
      { check: 'fields: sale.order', message: 'name, client_order_ref: not there, or hidden from this user' },
    ])
  })

  test('names each model that the user may not use, and the app whose rights are missing', async () => {
    const odoo = await begin(version)
    odoo.addUser({ login: 'plain', password: 'plain-secret', groups: ['base.group_user'] })
    const lines = await linesOf(odoo, { secret: { login: 'plain', password: 'plain-secret' } })
    expect(levels(lines, 'fail')).toEqual(
      expect.arrayContaining(['rights: stock.picking', 'rights: account.move', 'rights: purchase.order', 'rights']),
    )
    expect(named(lines, 'rights: stock.picking')).toMatchObject({
      message: 'the user may not read, write',
      remedy: 'Give the integration user the rights of Inventory in Odoo (Settings, Users).',
    })
    expect(named(lines, 'API key')?.message).toContain('signed in with a password')
  })

  test('asks for bills of materials where products are read: without them a kit would be told as goods', async () => {
    const odoo = await begin(version)
    const wanted: PingWanted = { reads: ['product', 'inbound-order'], writes: [], keepsTokens: true }
    const all = await linesOf(odoo, { wanted })
    expect(levels(all, 'fail')).toEqual([])
    expect(named(all, 'rights: mrp.bom.line')?.message).toBe('read')
    odoo.addUser({ login: 'plain', password: 'plain-secret', groups: ['base.group_user'] })
    const lines = await linesOf(odoo, { wanted, secret: { login: 'plain', password: 'plain-secret' } })
    expect(named(lines, 'rights: mrp.bom')).toMatchObject({
      level: 'fail',
      remedy: 'Give the integration user the rights of Manufacturing in Odoo (Settings, Users).',
    })
  })

  test('warns of a salesman who sees his own documents only', async () => {
    const odoo = await begin(version)
    const groups = ['base.group_user', 'sales_team.group_sale_salesman', 'stock.group_stock_user']
    odoo.addUser({ login: 'own', password: 'own-secret', groups })
    const lines = await linesOf(odoo, { secret: { login: 'own', password: 'own-secret' } })
    expect(named(lines, 'rights: sales')?.level).toBe('warn')
  })

  test('ends with the sign-in where nobody gets in', async () => {
    const odoo = await begin(version)
    const [line, ...more] = await linesOf(odoo, { secret: { login: 'connector', apiKey: 'no-such-key' } })
    expect(line).toMatchObject({ check: 'sign-in', level: 'fail', remedy: expect.stringContaining('creds set') })
    expect(more).toEqual([])
    expect(JSON.stringify(line)).not.toContain('no-such-key')
  })

  test.each([
    [{ database: 'elsewhere' }, 'database', /settings\.database: There is no database "elsewhere"/],
    [{ companies: [77] }, 'company', /the user has no company 77; he has Sandbox Company \(1\)/],
    [{ language: 'de_DE' }, 'language', /de_DE is not installed; there is en_US, fr_FR/],
    [{ timeZone: 'Chicago' }, 'time zone', /"Chicago" is no time zone/],
    [{ stockWarehouses: ['WH', 'EAST'] }, 'warehouses', /EAST of stockWarehouses is not in Odoo; there is WH/],
  ])('tells a wrong setting with what is there: %j', async (settings, check, message) => {
    const odoo = await begin(version)
    const lines = await linesOf(odoo, { settings })
    const [failed, ...more] = lines.filter(({ level }) => level === 'fail')
    expect(failed?.check).toBe(check)
    expect(failed?.message).toMatch(message)
    expect(more).toEqual([])
  })

  test('warns of another language and of a clock that is off', async () => {
    const odoo = await begin(version, 600_000)
    const lines = await linesOf(odoo, { settings: { language: 'fr_FR' } })
    expect(levels(lines, 'warn')).toEqual(['language', 'clock'])
    expect(named(lines, 'clock')?.message).toContain('600 s ahead of ours')
  })

  test('warns where nothing says in whose days date-times are to be told', async () => {
    const odoo = await begin(version)
    const settings = { timeZone: undefined }
    expect(named(await linesOf(odoo, { settings }), 'time zone')?.level).toBe('warn')
    const [company] = odoo.records('res.company')
    odoo.write('res.partner', Number(company?.partner_id), { tz: 'Europe/Berlin' })
    expect(named(await linesOf(odoo, { settings }), 'time zone')).toMatchObject({
      level: 'pass',
      message: "Europe/Berlin, the company's",
    })
  })

  test('names the companies of the user that are left out', async () => {
    const odoo = await begin(version)
    const second = odoo.create('res.company', { name: 'Second Company', currency_id: odoo.ref('base.USD')?.id ?? 0 })
    odoo.write('res.users', odoo.credentials.uid, { company_ids: [[4, second]] })
    expect(named(await linesOf(odoo), 'company')).toMatchObject({
      level: 'warn',
      message: expect.stringContaining(`neither read nor written: Second Company (${second})`),
    })
    const both = await linesOf(odoo, { settings: { companies: [1, second] } })
    expect(named(both, 'company')).toMatchObject({
      level: 'pass',
      message: `Sandbox Company (1), the current one; Second Company (${second})`,
    })
  })

  test('asks for no rights that no document needs', async () => {
    const odoo = await begin(version)
    const lines = await linesOf(odoo, { wanted: { reads: ['stock-report'], writes: [], keepsTokens: true } })
    expect(lines.map(({ check }) => check).filter((check) => check.startsWith('rights'))).toEqual([
      'rights: product.product',
      'rights: uom.uom',
      'rights: stock.warehouse',
      'rights: stock.quant',
    ])
  })
})

test('a server that is not there is one line', async () => {
  const odoo = await begin(19)
  const baseUrl = odoo.url
  await odoo.close()
  open.length = 0
  const [line, ...more] = await linesOf({ ...odoo, url: baseUrl })
  expect(line).toMatchObject({ check: 'server', level: 'fail' })
  expect(more).toEqual([])
})
