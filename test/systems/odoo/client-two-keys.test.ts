import { begin, closeAll, count, failureOf, pairs } from './client-support.ts'

afterEach(closeAll)

const byKey = pairs.filter(([, protocol]) => protocol !== 'session')

describe.each(byKey)('two keys of Odoo %s over %s', (version, protocol) => {
  const withNew = async () => {
    const begun = await begin(version, protocol)
    const { odoo } = begun
    const { uid, apiKey: old } = odoo.credentials
    odoo.addKey(uid, { name: 'new', key: 'the-new-key', scope: 'rpc' })
    /** The user deletes the old key in his preferences. */
    const endOld = () => {
      const keys = odoo.records('res.users.apikeys', [['user_id', '=', uid]])
      odoo.unlink(
        'res.users.apikeys',
        keys.filter(({ name }) => name !== 'new').map(({ id }) => id),
      )
    }
    return { ...begun, endOld, old }
  }

  it('the newer one is used', async () => {
    const { secret, client, logged, old } = await withNew()
    Object.assign(secret, { apiKey: 'the-new-key', previousApiKey: old })
    expect(typeof (await (await client.open()).call(count))).toBe('number')
    expect(logged).toEqual([])
  })

  it('the one before is used where the newer one is refused, and that is said without either', async () => {
    const { secret, client, logged, old } = await withNew()
    Object.assign(secret, { apiKey: 'mistyped-key', previousApiKey: old })
    expect(typeof (await (await client.open()).call(count))).toBe('number')
    expect(logged.join()).toContain('the one before is used')
    expect(logged.join()).not.toMatch(/mistyped-key|sandbox-connector-key/)
  })

  it('a worker that signed in with the old one goes on when it is deleted', async () => {
    const { secret, client, endOld, old } = await withNew()
    const session = await client.open()
    await session.call(count)
    Object.assign(secret, { apiKey: 'the-new-key', previousApiKey: old })
    endOld()
    expect(typeof (await session.call(count))).toBe('number')
  })

  it('both refused is for a person', async () => {
    const { secret, client } = await withNew()
    Object.assign(secret, { apiKey: 'mistyped-key', previousApiKey: 'mistyped-too' })
    expect(await failureOf(client.open())).toMatchObject({ class: 'unauthorised', code: 'ODOO_UNAUTHORISED' })
  })
})
