import { begin, closeAll, count, failureOf, pairs, partners, rotate } from './client-support.ts'

afterEach(closeAll)

describe.each(pairs)('Odoo %s over %s', (version, protocol) => {
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
