import type { Json } from '../../../lib/core/exchange.ts'
import { Failure, Refusal } from '../../../lib/core/failures.ts'
import { createHttp, type HttpRequest } from '../../../lib/core/http.ts'
import { createClient } from '../../../lib/systems/odoo/client.ts'
import { type ProtocolName, type Settings, settings as schema } from '../../../lib/systems/odoo/settings.ts'
import { type SandboxOdoo, start } from '../../../sandbox/systems/odoo/index.ts'
import { secrets } from '../../../sandbox/systems/odoo/orm/base/users.ts'
import type { Environment } from '../../../sandbox/systems/odoo/orm/env.ts'
import { decodeCall } from '../../../sandbox/systems/odoo/wire/xml.ts'
import { memoryConnection } from '../../support/connection.ts'

/** Every protocol of every version in the sandbox. */
const pairs: [18 | 19, ProtocolName][] = [
  [18, 'json-rpc'],
  [18, 'session'],
  [18, 'xml-rpc'],
  [19, 'json-2'],
  [19, 'json-rpc'],
  [19, 'session'],
  [19, 'xml-rpc'],
]

const open: SandboxOdoo[] = []
afterEach(async () => {
  for (const odoo of open.splice(0)) await odoo.close()
})

async function begin(version: 18 | 19, protocol: ProtocolName, over: Partial<Settings> = {}) {
  const odoo = await start({ version })
  open.push(odoo)
  const { login, apiKey, password } = odoo.credentials
  const secret = { login, apiKey, password }
  const settings = { ...schema.parse({ baseUrl: odoo.url, database: odoo.database, protocol }), ...over }
  const logged: string[] = []
  const log = (message: string, fields?: object) => void logged.push(`${message} ${JSON.stringify(fields)}`)
  let reads = 0
  const http = createHttp({ allowHosts: ['127.0.0.1'] })
  const sent: HttpRequest[] = []
  const connection = memoryConnection(settings, secret, {
    log: { info: log, warn: log, error: log },
    http: {
      send: (request) => {
        sent.push(request)
        return http.send(request)
      },
    },
    secrets: {
      credentials: async () => {
        reads += 1
        return { ...secret }
      },
    },
  })
  const asked = () => odoo.requests.map(({ path }) => path)
  return {
    odoo,
    secret,
    settings,
    connection,
    client: createClient(connection),
    logged,
    secretReads: () => reads,
    asked,
    sent,
  }
}

/** The connector's key and password become these; a changed password ends the user's cookies. */
function rotate(odoo: SandboxOdoo, { apiKey, password }: { apiKey: string; password: string }): void {
  const { uid } = odoo.credentials
  odoo.unlink(
    'res.users.apikeys',
    odoo.records('res.users.apikeys', [['user_id', '=', uid]]).map(({ id }) => id),
  )
  odoo.addKey(uid, { name: 'new', key: apiKey, scope: 'rpc' })
  odoo.sudo((env) => {
    const { transaction } = env as Environment
    const row = transaction.row('res.users', uid)
    if (row) transaction.put('res.users', { ...row, [secrets.password]: password })
  })
  odoo.expireSessions()
}

/** The context of a request, in whichever protocol. */
function contextOf({ body }: HttpRequest): Json {
  const text = String(body)
  if (text.startsWith('<')) return (decodeCall(text).params[6] as { context: Json }).context
  const call = JSON.parse(text)
  return call.context ?? call.params.kwargs?.context ?? call.params.args[6].context
}

const failureOf = async (promise: Promise<unknown>): Promise<Failure> => {
  const error = await promise.then(
    () => undefined,
    (e: unknown) => e,
  )
  if (error instanceof Failure) return error
  throw new Error(`no Failure, but ${String(error)}`)
}
const partners = (name: string) => ({
  model: 'res.partner',
  method: 'create',
  args: { vals_list: [{ name, ref: name }] },
  writes: true,
})
const count = { model: 'res.partner', method: 'search_count', args: { domain: [] }, writes: false }

describe.each(pairs)('Odoo %s over %s', (version, protocol) => {
  it('sends language and companies with every call, and what the call adds', async () => {
    const { client, sent } = await begin(version, protocol, { language: 'en_US' })
    const session = await client.open()
    const before = sent.length
    await session.searchRead('res.partner', [['id', '>', 0]], {
      fields: ['name'],
      order: 'id asc',
      limit: 2,
      context: { active_test: false },
    })
    await session.search('res.partner', [])
    await session.searchCount('res.partner', [])
    await session.read('res.partner', [1], ['name'])
    await session.fields('res.partner')
    const [id] = (await session.call(partners('Wick & Co'))) as number[]
    await session.call({
      model: 'res.partner',
      method: 'write',
      ids: [id ?? 0],
      args: { vals: { ref: 'W' } },
      writes: true,
    })
    const contexts = sent.slice(before).map(contextOf)
    expect(contexts).toHaveLength(7)
    for (const context of contexts) expect(context).toMatchObject({ lang: 'en_US', allowed_company_ids: [1] })
    expect(contexts[0]).toMatchObject({ active_test: false })
  })

  it('leaves values as Odoo gives them: pairs, false for nothing, numbers, umlauts, line breaks', async () => {
    const { odoo, client } = await begin(version, protocol)
    const text = 'Müller & Søn <b>"ë"</b>\n\u{1f4a1} 日本'
    const id = odoo.create('res.partner', { name: text, is_company: true, country_id: odoo.ref('base.us')?.id ?? 0 })
    const session = await client.open()
    const [row] = await session.searchRead('res.partner', [['id', '=', id]], {
      fields: ['name', 'ref', 'is_company', 'country_id', 'parent_id', 'child_ids', 'write_date'],
      order: 'id asc',
    })
    expect(row).toEqual({
      id,
      name: text,
      ref: false,
      is_company: true,
      country_id: [233, 'United States'],
      parent_id: false,
      child_ids: [],
      write_date: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/),
    })
  })

  it('gives ids for created records, and null for a method that returns nothing', async () => {
    const { client } = await begin(version, protocol)
    const session = await client.open()
    expect(await session.call(partners('One'))).toEqual([expect.any(Number)])
    const one = { model: 'res.partner', method: 'create', args: { vals_list: { name: 'Two' } }, writes: true }
    expect(await session.call(one)).toEqual([expect.any(Number)])
    const [id] = (await session.call(partners('Three'))) as number[]
    const archive = { model: 'res.partner', method: 'action_archive', ids: [id ?? 0], writes: true }
    expect(await session.call(archive)).toBeNull()
  })

  it('reads a secret that was changed meanwhile anew once, and repeats the call once', async () => {
    const { odoo, secret, client, secretReads } = await begin(version, protocol)
    const session = await client.open()
    await session.call(count)
    const used = protocol === 'session' ? 'password' : 'apiKey'
    secret[used] = `another-${secret[used]}`
    rotate(odoo, secret)
    const before = secretReads()
    const calls = await Promise.all([session.call(count), session.call(count), session.call(partners('After'))])
    expect(calls.slice(0, 2).every((n) => typeof n === 'number')).toBe(true)
    expect(secretReads() - before).toBe(1)
    expect(odoo.records('res.partner', [['ref', '=', 'After']])).toHaveLength(1)
  })

  it('stops with what to do where the new secret is refused too', async () => {
    const { odoo, secret, client, secretReads } = await begin(version, protocol)
    const session = await client.open()
    rotate(odoo, { ...secret, apiKey: 'unknown-to-us', password: 'unknown-to-us' })
    const before = secretReads()
    const error = await failureOf(session.call(partners('Never')))
    expect([error.class, error.code]).toEqual(['unauthorised', 'ODOO_UNAUTHORISED'])
    expect(secretReads() - before).toBe(1)
    expect(odoo.records('res.partner', [['ref', '=', 'Never']])).toHaveLength(0)
  })

  it('takes a lost answer of a read for a matter of trying again, and of a write for an open question', async () => {
    const { odoo, client } = await begin(version, protocol, { lostAnswerWaitSeconds: 20 })
    const session = await client.open()
    odoo.faults.add({ match: {}, times: 1, fault: { kind: 'drop-after' } })
    expect((await failureOf(session.call(count))).class).toBe('transient')
    odoo.faults.add({ match: {}, times: 1, fault: { kind: 'drop-after' } })
    const write = await failureOf(session.call(partners('Open')))
    expect([write.class, write.retryAfterMs]).toEqual(['ambiguous', 20_000])
    // It was written: nobody but the writer may decide whether it is written again.
    expect(odoo.records('res.partner', [['ref', '=', 'Open']])).toHaveLength(1)
    odoo.faults.add({ match: {}, times: 1, fault: { kind: 'truncate' } })
    expect((await failureOf(session.call(partners('Cut')))).class).toBe('ambiguous')
    expect(odoo.records('res.partner', [['ref', '=', 'Cut']])).toHaveLength(1)
  })

  it('slows the whole connection down where a proxy asks for it', async () => {
    const { odoo, client, connection } = await begin(version, protocol)
    const session = await client.open()
    const times = odoo.requests.length
    odoo.faults.add({ match: {}, times: 1, fault: { kind: 'status', status: 429, headers: { 'retry-after': '7' } } })
    const refused = await failureOf(session.call(partners('Later')))
    expect([refused.class, refused.retryAfterMs]).toEqual(['rate-limited', 7_000])
    expect(connection.stored.pausedUntil).toBeGreaterThan(Date.now())
    // Nothing is sent before that time is over, by any worker.
    expect((await failureOf(session.call(count))).class).toBe('rate-limited')
    expect((await failureOf(createClient(connection).open())).class).toBe('rate-limited')
    expect(odoo.requests.length).toBe(times + 1)
  })

  it('a 503 that names a time is a pause too, one that names none is tried again', async () => {
    const { odoo, client, connection } = await begin(version, protocol)
    const session = await client.open()
    odoo.faults.add({ match: {}, times: 1, fault: { kind: 'status', status: 503 } })
    expect((await failureOf(session.call(count))).code).toBe('ODOO_UNAVAILABLE')
    expect(connection.stored.pausedUntil).toBe(0)
    odoo.faults.add({ match: {}, times: 1, fault: { kind: 'status', status: 503, headers: { 'retry-after': '30' } } })
    expect((await failureOf(session.call(count))).retryAfterMs).toBe(30_000)
  })

  it('begins nothing for which no time is left', async () => {
    const { odoo, client } = await begin(version, protocol)
    await client.open()
    const session = await client.open(Date.now() + 3_000)
    // Enough for a read, not for a write: one that is cut short is of unknown outcome.
    await session.call(count)
    const before = odoo.requests.length
    const error = await failureOf(session.call(partners('Late')))
    expect([error.class, error.code]).toEqual(['transient', 'ODOO_NO_TIME'])
    const over = await client.open(Date.now() - 1)
    expect((await failureOf(over.call(count))).code).toBe('ODOO_NO_TIME')
    expect(odoo.requests.length).toBe(before)
  })

  it('asks for the fields of a model once', async () => {
    const { odoo, client } = await begin(version, protocol)
    const session = await client.open()
    await Promise.all([session.fields('res.partner'), session.fields('res.partner'), session.hasModel('res.partner')])
    expect(odoo.calls.filter(({ method }) => method === 'fields_get')).toHaveLength(1)
    expect(await session.hasModel('no.such.model')).toBe(false)
    expect((await session.fields('res.partner')).country_id).toMatchObject({
      type: 'many2one',
      relation: 'res.country',
    })
  })

  it('asks nothing for no ids', async () => {
    const { odoo, client } = await begin(version, protocol)
    const session = await client.open()
    const before = odoo.requests.length
    expect(await session.read('res.partner', [], ['name'])).toEqual([])
    expect(odoo.requests.length).toBe(before)
  })

  it('writes no secret to the log, to an error or to the address of a request', async () => {
    const { odoo, secret, client, logged } = await begin(version, protocol)
    const session = await client.open()
    const told: unknown[] = []
    const note = (error: Error) =>
      void told.push(error.message, error.stack, JSON.stringify(error), String(error.cause))
    await session.call({ ...partners(''), args: { vals_list: [{ name: false }] } }).catch(note)
    await session.call({ model: 'no.such', method: 'search', args: { domain: [] }, writes: false }).catch(note)
    await session.call({ ...count, args: { domain: [['nope', '=', 1]] } }).catch(note)
    odoo.faults.add({ match: {}, times: 1, fault: { kind: 'drop-after' } })
    await session.call(partners('Lost')).catch(note)
    rotate(odoo, { ...secret, apiKey: 'x', password: 'x' })
    await session.call(count).catch(note)
    expect(told.length).toBe(20)
    const all = `${told.join('\n')}${logged.join('\n')}${odoo.requests.map(({ path }) => path).join('\n')}`
    for (const value of [secret.apiKey, secret.password]) expect(all).not.toContain(value)
    expect(all).not.toMatch(/Traceback|File "/)
  })
})

describe.each([18, 19] as const)('a cookie of Odoo %s', (version) => {
  it('that ended is exchanged for a new one, once for all calls', async () => {
    const { odoo, client, asked } = await begin(version, 'session')
    const session = await client.open()
    odoo.expireSessions()
    const before = asked().length
    await Promise.all([session.call(count), session.call(count), session.call(partners('Again'))])
    const paths = asked().slice(before)
    expect(paths.filter((path) => path === '/web/session/authenticate')).toHaveLength(1)
    expect(odoo.records('res.partner', [['ref', '=', 'Again']])).toHaveLength(1)
  })

  it('is not given for an API key', async () => {
    const { odoo, secret, client } = await begin(version, 'session')
    secret.password = odoo.credentials.apiKey
    expect((await failureOf(client.open())).code).toBe('ODOO_UNAUTHORISED')
  })
})

describe.each(pairs.filter(([, protocol]) => protocol !== 'session'))(
  'an expired key of Odoo %s over %s',
  (version, protocol) => {
    it('is refused like a wrong one', async () => {
      const { odoo, secret, client } = await begin(version, protocol)
      odoo.addKey(odoo.credentials.uid, {
        name: 'old',
        key: 'expired-key',
        scope: 'rpc',
        expires: '2020-01-01 00:00:00',
      })
      secret.apiKey = 'expired-key'
      const error = await failureOf(client.open())
      expect([error.class, error.code]).toEqual(['unauthorised', 'ODOO_UNAUTHORISED'])
    })
  },
)

describe('companies', () => {
  it('are the configured ones, the first the current one', async () => {
    const { odoo, connection, settings, sent } = await begin(19, 'json-2')
    const second = odoo.sudo((env) => env.model('res.company').create({ name: 'Second', currency_id: 1 }).id)
    odoo.write('res.users', [odoo.credentials.uid], { company_ids: [[4, second]] })
    const session = await createClient({ ...connection, settings: { ...settings, companies: [second, 1] } }).open()
    await session.call(count)
    expect(sent.slice(-1).map(contextOf)[0]).toMatchObject({ allowed_company_ids: [second, 1] })
  })

  it('that the user has not are a matter of the settings', async () => {
    const { connection, settings } = await begin(19, 'json-2')
    const session = await createClient({ ...connection, settings: { ...settings, companies: [1, 77] } }).open()
    await expect(session.call(count)).rejects.toMatchObject({ problems: [{ code: 'ODOO_COMPANY_UNKNOWN' }] })
  })
})

it('a rule of Odoo is a refusal in its own words', async () => {
  const { client } = await begin(19, 'json-2')
  const session = await client.open()
  const error = await session.call({ ...partners(''), args: { vals_list: [{ name: false }] } }).catch((e: unknown) => e)
  expect(error).toBeInstanceOf(Refusal)
  expect((error as Refusal).problems[0]?.message).toContain('Contacts require a name')
})

it('does not wait longer for an answer than there is time', async () => {
  const { odoo, client } = await begin(19, 'json-2')
  await client.open()
  const session = await client.open(Date.now() + 1_200)
  odoo.faults.add({ match: {}, times: 1, fault: { kind: 'delay', ms: 1_500 } })
  expect((await failureOf(session.call(count))).class).toBe('transient')
})
