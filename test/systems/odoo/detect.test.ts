import { ConfigurationError, Failure } from '../../../lib/core/failures.ts'
import { createClient } from '../../../lib/systems/odoo/client.ts'
import { type Settings, settings as schema } from '../../../lib/systems/odoo/settings.ts'
import { start } from '../../../sandbox/systems/odoo/index.ts'
import { memoryConnection } from '../../support/connection.ts'
import {
  type Answer,
  type Asked,
  closeServers,
  connectionOf,
  letIn,
  recordedAnswer,
  secret,
  serverOf,
} from './recorded-server.ts'

afterEach(closeServers)

const openWith = (url: string, over: Partial<Settings> = {}, credentials: Record<string, string> = secret) => {
  const connection = memoryConnection(connectionOf(url, over).settings, credentials)
  return createClient(connection).open()
}
const problemOf = async (promise: Promise<unknown>) => {
  const error = await promise.then(
    () => undefined,
    (e: unknown) => e,
  )
  if (error instanceof ConfigurationError) return error.problems[0]
  if (error instanceof Failure) return { code: error.code, message: error.message, path: undefined }
  throw error ?? new Error('it was let in')
}
const page = (status: number, headers = {}): Answer => ({
  status,
  headers: { 'content-type': 'text/html', ...headers },
  body: '<html>',
})

describe('auto', () => {
  it.each([
    [19, secret, 'json-2', '19.0'],
    [19, { login: 'connector', password: secret.password }, 'json-rpc', '19.0'],
    [18, secret, 'json-rpc', '18.0+e-20241005'],
  ] as const)('of Odoo %s with %j speaks %s', async (version, credentials, protocol, release) => {
    const { url } = await serverOf((asked) => letIn(version, asked) ?? page(404))
    const odoo = await openWith(url, {}, credentials)
    expect([odoo.version, odoo.protocol, odoo.release, odoo.uid]).toEqual([version, protocol, release, 2])
  })

  it('never asks for JSON-2 on 18, so that no redirect to the login page can be taken for an answer', async () => {
    const { url, requests } = await serverOf((asked) => letIn(18, asked) ?? recordedAnswer(18, 'json2', 'json2-absent'))
    await openWith(url)
    expect(requests.map(({ path }) => path)).toEqual(['/web/version', '/jsonrpc', '/jsonrpc'])
  })

  it.each([
    [{ version_info: ['saas~18.2', 2, 0, 'final', 0, ''], version: 'saas~18.2' }, 18],
    [{ version_info: [20, 0, 0, 'alpha', 1, ''], version: '20.0a1' }, 20],
  ])('reads the major version of a hosted release: %j', async (info, version) => {
    const body = JSON.stringify(info)
    const told: Answer = { status: 200, headers: { 'content-type': 'application/json' }, body }
    const { url } = await serverOf((asked) => (asked.path === '/web/version' ? told : (letIn(19, asked) ?? page(404))))
    expect((await openWith(url)).version).toBe(version)
  })

  it('finds a server of which a proxy lets nothing through but XML-RPC', async () => {
    const only = (asked: Asked) =>
      asked.path.startsWith('/xmlrpc/') ? (letIn(18, asked) ?? page(404)) : page(403, { server: 'proxy' })
    const { url } = await serverOf(only)
    const odoo = await openWith(url, { protocol: 'xml-rpc' })
    expect([odoo.version, odoo.protocol]).toEqual([18, 'xml-rpc'])
  })
})

describe('a wrong setting is told with its path', () => {
  it.each([
    ['a redirect is not followed', page(303, { location: '/web/login' }), 'ODOO_REDIRECTED', 'settings.baseUrl'],
    ['http that should be https', page(301, { location: 'https://x.example' }), 'ODOO_REDIRECTED', 'settings.baseUrl'],
    ['another web server', page(404), 'ODOO_NOT_FOUND', 'settings.baseUrl'],
    ['a web page at every address', page(200), 'ODOO_NOT_FOUND', 'settings.baseUrl'],
    ['a server that is starting', page(502), 'ODOO_UNAVAILABLE', undefined],
  ] as const)('%s', async (_, answer, code, path) => {
    const { url, requests } = await serverOf(() => answer)
    const found = await problemOf(openWith(url))
    expect([found?.code, found?.path]).toEqual([code, path])
    expect(requests.every((asked) => asked.path !== '/web/login')).toBe(true)
    // Nobody who is not Odoo gets to see a secret.
    expect(JSON.stringify(requests)).not.toMatch(/nobody-may-see/)
  })

  it.each([
    ['json-2', { ...secret, apiKey: '' }, 'credentials.apiKey'],
    ['json-2', { login: 'connector', password: 'a password' }, 'credentials.apiKey'],
    ['json-rpc', { apiKey: 'a key' }, 'credentials.login'],
    ['xml-rpc', { apiKey: 'a key' }, 'credentials.login'],
    ['session', { login: 'connector', apiKey: 'a key' }, 'credentials.password'],
    ['auto', { login: 'connector' }, 'credentials.apiKey'],
  ] as const)('%s without what it signs in with: %j', async (protocol, credentials, path) => {
    const { url } = await serverOf((asked) => letIn(19, asked) ?? page(404))
    const found = await problemOf(openWith(url, { protocol }, credentials))
    expect([found?.code, found?.path]).toEqual(['ODOO_CREDENTIALS_INCOMPLETE', path])
  })

  it('JSON-2 of a version that has none', async () => {
    const { url } = await serverOf((asked) => letIn(18, asked) ?? page(404))
    const found = await problemOf(openWith(url, { protocol: 'json-2' }))
    expect([found?.code, found?.path]).toEqual(['ODOO_PROTOCOL_ABSENT', 'settings.protocol'])
    expect(found?.message).toContain('begins with 19')
  })

  it.each([
    [18, 'json-rpc'],
    [18, 'session'],
    [18, 'xml-rpc'],
    [19, 'json-2'],
    [19, 'json-rpc'],
    [19, 'session'],
    [19, 'xml-rpc'],
  ] as const)('a database that Odoo %s does not have, over %s', async (version, protocol) => {
    const odoo = await start({ version })
    try {
      const settings = { ...schema.parse({ baseUrl: odoo.url, database: 'nodb' }), protocol }
      const { login, apiKey, password } = odoo.credentials
      const connection = memoryConnection(settings, { login, apiKey, password })
      const found = await problemOf(createClient(connection).open())
      expect([found?.code, found?.path]).toEqual(['ODOO_DATABASE_UNKNOWN', 'settings.database'])
    } finally {
      await odoo.close()
    }
  })

  it('an unknown database as a live 19 told it over JSON-2', async () => {
    const { url } = await serverOf((asked) =>
      asked.path.startsWith('/json/2/')
        ? recordedAnswer(19, 'json2', '24-err-unknown-db')
        : (letIn(19, asked) ?? page(404)),
    )
    expect((await problemOf(openWith(url)))?.code).toBe('ODOO_DATABASE_UNKNOWN')
  })
})

describe('a server that comes back', () => {
  it('is asked again, since a failed look is not kept', async () => {
    let up = false
    const { url } = await serverOf((asked) => (up ? (letIn(19, asked) ?? page(404)) : page(502)))
    const client = createClient(connectionOf(url))
    expect((await problemOf(client.open()))?.code).toBe('ODOO_UNAVAILABLE')
    up = true
    expect((await client.open()).version).toBe(19)
  })
})

describe('the server’s clock', () => {
  it('is the Date of a cheap call made now', async () => {
    let at = Date.parse('2026-11-21T02:14:10Z')
    const dated = (asked: Asked): Answer => {
      const answer = letIn(19, asked) ?? page(404)
      return { ...answer, headers: { ...answer.headers, date: new Date(at).toUTCString() } }
    }
    const { url } = await serverOf(dated)
    const odoo = await openWith(url)
    at += 61_000
    expect(await odoo.serverNow()).toBe(at)
  })

  it('that a proxy takes away is told, and not replaced by ours', async () => {
    const { url } = await serverOf((asked) => {
      const answer = letIn(19, asked) ?? page(404)
      return { ...answer, headers: { ...answer.headers, date: '' } }
    })
    const odoo = await openWith(url)
    expect((await problemOf(odoo.serverNow()))?.code).toBe('ODOO_CLOCK_UNKNOWN')
  })
})
