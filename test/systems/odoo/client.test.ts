import { Refusal } from '../../../lib/core/failures.ts'
import { createClient } from '../../../lib/systems/odoo/client.ts'
import { begin, closeAll, contextOf, count, pairs, partners, rotate } from './client-support.ts'

afterEach(closeAll)

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
