import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { SandboxOdoo } from '../../../sandbox/systems/odoo/index.ts'
import { ask, closeAll, get, refusal, startOdoo } from './client.ts'
import { recorded, type Step } from './recordings.ts'

afterEach(closeAll)

const read = (sandbox: SandboxOdoo, id: number) => sandbox.records('res.partner', [['id', '=', id]])[0] ?? { id: 0 }

describe.each([18, 19] as const)('records of Odoo %i', (version) => {
  it('empty a many2one that is written as a name, as text or as the pair it is read as', async () => {
    const sandbox = await startOdoo(version)
    const us = sandbox.ref('base.us')?.id ?? 0
    const id = sandbox.create('res.partner', { name: 'X' })
    for (const wrong of ['France', String(us), [us, 'United States']]) {
      sandbox.write('res.partner', id, { country_id: us })
      expect(await get(sandbox, 'res.partner', 'write', [[id], { country_id: wrong }])).toBe(true)
      expect(read(sandbox, id).country_id).toBe(false)
    }
    expect(await refusal(sandbox, 'res.partner', 'write', [[id], { country_id: 9999 }])).toBe(
      `odoo.exceptions.MissingError: Record does not exist or has been deleted.\n(Record: res.country(9999,), User: ${sandbox.credentials.uid})`,
    )
  })

  it('coerce text, numbers and booleans, and refuse what does not fit', async () => {
    const sandbox = await startOdoo(version)
    const id = sandbox.create('res.partner', { name: 'X' })
    await get(sandbox, 'res.partner', 'write', [
      [id],
      { name: 123, is_company: 'false', partner_latitude: '1.5', comment: '<p>a</p><script>b</script>' },
    ])
    expect(read(sandbox, id)).toMatchObject({
      name: '123',
      is_company: true,
      partner_latitude: 1.5,
      comment: '<p>a</p>',
    })
    expect(await refusal(sandbox, 'res.partner', 'write', [[id], { type: 'zzz' }])).toBe(
      "builtins.ValueError: Wrong value for res.partner.type: 'zzz'",
    )
    expect(await refusal(sandbox, 'res.partner', 'write', [[id], { color: 'abc' }])).toBe(
      "builtins.ValueError: invalid literal for int() with base 10: 'abc'",
    )
    const vendor = { partner_id: id }
    for (const [date, said] of [
      ['2026-11-15T10:00:00', "time data '2026-11-15T10:00:00' does not match format '%Y-%m-%d %H:%M:%S'"],
      ['2026-11-15 10:00:00.123', 'unconverted data remains: .123'],
      ['junk', "time data 'junk' does not match format '%Y'"],
    ])
      expect(await refusal(sandbox, 'purchase.order', 'create', [{ ...vendor, date_order: date ?? '' }])).toBe(
        `builtins.ValueError: ${said}`,
      )
  })

  it('need what is required, in the words of the version', async () => {
    const sandbox = await startOdoo(version)
    expect(await refusal(sandbox, 'purchase.order', 'create', [{ partner_ref: 'x' }])).toBe(
      version === 19
        ? "odoo.exceptions.ValidationError: The operation cannot be completed: Missing required value for the field 'Vendor' (partner_id).\nModel: 'Purchase Order' (purchase.order)\n- create/update: a mandatory field is not set\n- delete: another model requires the record being deleted, you can archive it instead\n"
        : 'odoo.exceptions.ValidationError: The operation cannot be completed:\n- Create/update: a mandatory field is not set.\n- Delete: another model requires the record being deleted. If possible, archive it instead.\n\nModel: Purchase Order (purchase.order)\nField: Vendor (partner_id)\n',
    )
  })

  it('of a call with one bad item are not made at all', async () => {
    const sandbox = await startOdoo(version)
    await refusal(sandbox, 'res.partner', 'create', [[{ name: 'Good' }, { name: false }]])
    expect(sandbox.records('res.partner', [['name', '=', 'Good']])).toEqual([])
  })

  it('bump write_date where Odoo does: on an equal value, on children of a company, not on a message', async () => {
    const sandbox = await startOdoo(version)
    const parent = sandbox.create('res.partner', { name: 'P', is_company: true })
    const child = sandbox.create('res.partner', { name: 'C', parent_id: parent })
    const stamps = () => [parent, child].map((id) => String(read(sandbox, id).write_date).slice(17, 19))
    sandbox.clock.advance(1_000)
    await get(sandbox, 'res.partner', 'message_post', [[parent]], { body: 'a & b' })
    expect(stamps()).toEqual(['10', '10'])
    expect(sandbox.records('mail.message')[0]).toMatchObject({
      body: '<p>a &amp; b</p>',
      model: 'res.partner',
      res_id: parent,
    })
    sandbox.write('res.partner', child, { name: 'C' })
    expect(stamps()).toEqual(['10', '11'])
    sandbox.clock.advance(1_000)
    sandbox.write('res.partner', parent, { phone: '1' })
    expect(stamps()).toEqual(['12', '12'])
  })

  it('are shown and refused by the recorded rights of the connector', async () => {
    const sandbox = await startOdoo(version)
    for (const step of recorded<Step>(version, 'rights')) {
      const [method = ''] = step.call.split('.').slice(-1)
      const answer = await ask(sandbox, step.call.slice(0, -method.length - 1), method, step.args, step.kwargs ?? {})
      const said = 'error' in answer ? answer.error.message : answer.result
      expect([step.call, said]).toEqual([step.call, step.fault ? step.fault.faultString : step.result])
    }
  })

  it('of companies that the call did not ask for are hidden, and foreign companies are refused', async () => {
    const sandbox = await startOdoo(version)
    const other = sandbox.create('res.company', { name: 'Other' })
    sandbox.create('res.partner', { name: 'Theirs', company_id: other })
    expect(await refusal(sandbox, 'res.partner', 'search', [[]], { context: { allowed_company_ids: [other] } })).toBe(
      'odoo.exceptions.AccessError: Access to unauthorized or invalid companies.',
    )
    sandbox.write('res.users', sandbox.credentials.uid, { company_ids: [[4, other, 0]] })
    const seen = (companies: number[]) =>
      get(sandbox, 'res.partner', 'search_count', [[['name', '=', 'Theirs']]], {
        context: { allowed_company_ids: companies },
      })
    expect(await seen([1])).toBe(0)
    expect(await seen([1, other])).toBe(1)
    expect(await refusal(sandbox, 'res.partner', 'search', [[]], { context: { lang: 'xx_XX' } })).toBe(
      'odoo.exceptions.UserError: Invalid language code: xx_XX',
    )
  })

  it('survive the end of the process in the middle of an open transaction', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'odoo-'))
    const file = join(folder, 'odoo.db')
    const before = await startOdoo(version, { file })
    const id = before.create('res.partner', { name: 'Kept' })
    before.transaction().create('res.partner', { name: 'Lost' })
    const after = await startOdoo(version, { file })
    expect(after.records('res.partner', [['name', 'in', ['Kept', 'Lost']]]).map((row) => row.id)).toEqual([id])
    expect(after.records('res.country').length).toBe(before.records('res.country').length)
    await closeAll()
    rmSync(folder, { recursive: true })
  })
})

it('a webhook is told thirteen times of a create, after the commit, and nobody minds its answers', async () => {
  const bodies: string[] = []
  const receiver = createServer((request, response) => {
    request.on('data', (chunk) => bodies.push(String(chunk)))
    request.on('end', () => response.writeHead(500).end())
  })
  await new Promise<void>((done) => receiver.listen(0, '127.0.0.1', done))
  const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/hook`
  const sandbox = await startOdoo(18, { webhooks: [{ model: 'res.partner', url, fields: ['name', 'write_date'] }] })
  bodies.length = 0
  const id = await get(sandbox, 'res.partner', 'create', [{ name: 'Hooked' }])
  expect(bodies.length).toBe(13)
  expect(JSON.parse(bodies[0] ?? '')).toMatchObject({ _id: id, _model: 'res.partner', name: 'Hooked' })
  receiver.close()
})
