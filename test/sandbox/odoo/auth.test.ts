import type { SandboxOdoo } from '../../../sandbox/systems/odoo/index.ts'
import { ask, closeAll, startOdoo } from './client.ts'

afterEach(closeAll)

const post = (sandbox: SandboxOdoo, path: string, params: object, headers: Record<string, string> = {}) =>
  fetch(`${sandbox.url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ jsonrpc: '2.0', method: 'call', id: 7, params }),
  })

/** uid or false by common.authenticate. */
async function uidOf(sandbox: SandboxOdoo, login: string, secret: string): Promise<unknown> {
  const args = [sandbox.database, login, secret, {}]
  const answer = await post(sandbox, '/jsonrpc', { service: 'common', method: 'authenticate', args })
  return ((await answer.json()) as { result: unknown }).result
}

describe.each([18, 19] as const)('Odoo %i lets in', (version) => {
  it('by password and by key, and says false to anything else', async () => {
    const sandbox = await startOdoo(version)
    const { login, password, apiKey, uid } = sandbox.credentials
    expect(await uidOf(sandbox, login, password)).toBe(uid)
    expect(await uidOf(sandbox, login, apiKey)).toBe(uid)
    expect(await uidOf(sandbox, login, 'wrong')).toBe(false)
    expect(await uidOf(sandbox, 'nobody', password)).toBe(false)
    expect(await uidOf(sandbox, '__system__', '')).toBe(false)
  })

  it('by keys for RPC only, until they expire by the clock of the sandbox', async () => {
    const sandbox = await startOdoo(version)
    const { uid } = sandbox.credentials
    sandbox.addKey(uid, { name: 'soon', key: 'key-soon', expires: '2026-11-21 03:00:00' })
    sandbox.addKey(uid, { name: 'other', key: 'key-other', scope: 'odoo.plugin' })
    const call = (secret: string) => ask(sandbox, 'res.users', 'context_get', [], {}, { uid, secret })
    const denied = { error: { name: 'odoo.exceptions.AccessDenied', message: 'Access Denied' } }
    expect(await call('key-soon')).toEqual({ result: { lang: 'en_US', tz: 'UTC', uid } })
    expect(await call('key-other')).toEqual(denied)
    sandbox.clock.advance(3_600_000)
    expect(await call('key-soon')).toEqual(denied)
    expect(sandbox.records('res.users.apikeys').every((key) => !Object.values(key).includes('key-soon'))).toBe(true)
  })

  it('by cookie, for whoever gave the password, until the session is gone', async () => {
    const sandbox = await startOdoo(version)
    const { login, password, apiKey } = sandbox.credentials
    const signIn = (secret: string) =>
      post(sandbox, '/web/session/authenticate', { db: sandbox.database, login, password: secret })
    expect(await (await signIn(apiKey)).json()).toMatchObject({
      error: { data: { name: 'odoo.exceptions.AccessDenied' } },
    })
    const cookie = (await signIn(password)).headers.get('set-cookie')?.split(';')[0] ?? ''
    const call = async () =>
      (
        await post(
          sandbox,
          '/web/dataset/call_kw/res.partner/search_count',
          { model: 'res.partner', method: 'search_count', args: [[]], kwargs: {} },
          { cookie },
        )
      ).json()
    expect(await call()).toMatchObject({ id: 7, result: expect.any(Number) })
    sandbox.expireSessions()
    expect(await call()).toMatchObject({ id: null, error: { code: 100, message: 'Odoo Session Expired' } })
  })

  it('nobody to models whose keys are made in the preferences or that are switched off, not even an administrator', async () => {
    const sandbox = await startOdoo(version)
    const { adminUid: uid, adminKey: secret } = sandbox.credentials
    const message = async (model: string, method: string, args: object[]) => {
      const answer = await ask(sandbox, model, method, args as never[], {}, { uid, secret })
      return 'error' in answer ? answer.error.message : undefined
    }
    expect(await message('account.analytic.plan', 'search', [[]])).toMatch(
      /^You are not allowed to access 'Analytic Plans' \(account\.analytic\.plan\) records\./,
    )
    expect(await message('res.users.apikeys', 'create', [{ name: 'x' }])).toContain(
      'No group currently allows this operation.',
    )
  })
})

it('a fault of the sandbox strikes before or after the work, or cuts the answer', async () => {
  const sandbox = await startOdoo(19)
  const make = (name: string) => ask(sandbox, 'res.partner', 'create', [{ name }])
  const count = (name: string) => sandbox.records('res.partner', [['name', '=', name]]).length
  for (const [name, kind, made] of [
    ['before', 'drop-before', 0],
    ['after', 'drop-after', 1],
    ['cut', 'truncate', 1],
  ] as const) {
    sandbox.faults.add({ match: { path: /jsonrpc/ }, times: 1, fault: { kind } })
    await expect(make(name)).rejects.toThrow()
    expect([name, count(name)]).toEqual([name, made])
  }
  sandbox.faults.add({ match: {}, times: 1, fault: { kind: 'status', status: 502, body: 'Bad Gateway' } })
  await expect(make('gateway')).rejects.toThrow()
  expect(count('gateway')).toBe(0)
})
