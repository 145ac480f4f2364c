import type { SandboxOdoo } from '../../../sandbox/systems/odoo/index.ts'
import type { Domain } from '../../../sandbox/systems/odoo/orm/model.ts'
import { closeAll, get, refusal, startOdoo } from './client.ts'

afterAll(closeAll)

describe.each([18, 19] as const)('domains of Odoo %i', (version) => {
  let sandbox: SandboxOdoo
  const names = async (domain: Domain, named = {}): Promise<string[]> => {
    const whole = [['ref', '=like', 'D-%'], ...domain]
    const rows = await get(sandbox, 'res.partner', 'search_read', [whole], { fields: ['name'], order: 'id', ...named })
    return (rows as { name: string }[]).map((row) => row.name)
  }
  beforeAll(async () => {
    sandbox = await startOdoo(version)
    const us = sandbox.ref('base.us')?.id ?? 0
    const fr = sandbox.ref('base.fr')?.id ?? 0
    const [anna = 0] = sandbox.load({
      'res.partner': [
        { ref: 'D-1', name: 'Anna', country_id: us, color: 3, email: 'Anna@Shop.example', is_company: true },
        { ref: 'D-2', name: 'bert', country_id: fr, color: 1 },
        { ref: 'D-3', name: 'Carla', color: 2, active: false },
      ],
    })['res.partner'] as number[]
    sandbox.create('res.partner', { ref: 'D-4', name: 'Dora', parent_id: anna, type: 'delivery', city: '100%' })
  })

  it('compare with =, !=, in and not in, nothing being false', async () => {
    expect(await names([['name', '=', 'Anna']])).toEqual(['Anna'])
    expect(await names([['name', '=', 'anna']])).toEqual([])
    expect(await names([['country_id', '=', false]])).toEqual(['Dora'])
    expect(await names([['country_id', '!=', false]])).toEqual(['Anna', 'bert'])
    expect(await names([['name', 'in', ['Anna', 'Dora', 'Nobody']]])).toEqual(['Anna', 'Dora'])
    expect(await names([['name', 'not in', ['Anna', 'Dora']]])).toEqual(['bert'])
    expect(await names([['is_company', '=', true]])).toEqual(['Anna'])
    expect(await names([['is_company', '!=', true]])).toEqual(['bert', 'Dora'])
  })

  it('compare numbers by size', async () => {
    expect(await names([['color', '>', 1]])).toEqual(['Anna'])
    expect(await names([['color', '>=', 1]])).toEqual(['Anna', 'bert'])
    expect(await names([['color', '<', 3]])).toEqual(['bert', 'Dora'])
    expect(await names([['color', '<=', 0]])).toEqual(['Dora'])
  })

  it('look for parts of text, with and without regard to case', async () => {
    expect(await names([['name', 'ilike', 'AN']])).toEqual(['Anna'])
    expect(await names([['name', 'like', 'AN']])).toEqual([])
    expect(await names([['name', '=ilike', 'BERT']])).toEqual(['bert'])
    expect(await names([['name', '=like', 'A%a']])).toEqual(['Anna'])
    expect(await names([['name', 'not ilike', 'r']])).toEqual(['Anna'])
    expect(await names([['email_normalized', '=', 'anna@shop.example']])).toEqual(['Anna'])
  })

  it('join conditions with &, | and ! before them, and with "and" where nothing stands', async () => {
    const either: Domain = ['|', ['name', '=', 'Anna'], ['name', '=', 'bert']]
    expect(await names(either)).toEqual(['Anna', 'bert'])
    expect(await names(['!', ...either])).toEqual(['Dora'])
    expect(await names(['&', ...either, ['color', '=', 1]])).toEqual(['bert'])
    expect(
      await names([
        ['color', '>', 0],
        ['is_company', '=', false],
      ]),
    ).toEqual(['bert'])
  })

  it('follow paths, find children, and find a relation by its name', async () => {
    expect(await names([['country_id.code', '=', 'FR']])).toEqual(['bert'])
    expect(await names([['parent_id.country_id.code', '=', 'US']])).toEqual(['Dora'])
    expect(
      await names([['parent_id', 'child_of', sandbox.records('res.partner', [['ref', '=', 'D-1']])[0]?.id ?? 0]]),
    ).toEqual(['Dora'])
    expect(await names([['child_ids.name', '=', 'Dora']])).toEqual(['Anna'])
    expect(await names([['country_id', 'ilike', 'united st']])).toEqual(['Anna'])
    expect(await names([['country_id', '=', 'France']])).toEqual(['bert'])
  })

  it('hide what is archived, unless the context or the domain asks for it', async () => {
    expect(await names([['color', '=', 2]])).toEqual([])
    expect(await names([['color', '=', 2]], { context: { active_test: false } })).toEqual(['Carla'])
    expect(await names([['active', '=', false]])).toEqual(['Carla'])
  })

  it('are refused in the words of the version', async () => {
    const where = version === 19 ? 'condition' : 'leaf'
    expect(await refusal(sandbox, 'res.partner', 'search', [[['nope', '=', 1]]])).toBe(
      `builtins.ValueError: Invalid field res.partner.nope in ${where} ('nope', '=', 1)`,
    )
    expect(await refusal(sandbox, 'res.partner', 'search', [[['country_id.nope', '=', 'x']]])).toBe(
      `builtins.ValueError: Invalid field res.country.nope in ${where} ('nope', '=', 'x')`,
    )
    expect(await refusal(sandbox, 'res.partner', 'search', [['|', ['name', '=', 'x']]])).toBe(
      version === 19
        ? "builtins.ValueError: Domain() malformed domain ['|', ['name', '=', 'x']]"
        : "builtins.ValueError: Domain ['|', ['name', '=', 'x']] is syntactically not correct.",
    )
    expect(await refusal(sandbox, 'res.partner', 'search', [[['name', '~~', 'x']]])).toBe(
      version === 19
        ? "builtins.ValueError: Invalid operator in condition ('name', '~~', 'x')"
        : "builtins.ValueError: Invalid leaf ('name', '~~', 'x')",
    )
  })

  it('sort by stored fields only', async () => {
    const order = async (order: string) => names([], { order })
    expect(await order('color desc, id')).toEqual(['Anna', 'bert', 'Dora'])
    expect(await order('country_id, id')).toEqual(['bert', 'Anna', 'Dora'])
    expect(await refusal(sandbox, 'product.product', 'search', [[]], { order: 'qty_available desc' })).toBe(
      'builtins.ValueError: Cannot convert product.product.qty_available to SQL because it is not stored',
    )
    expect(await refusal(sandbox, 'res.partner', 'search', [[]], { order: 'name foo' })).toMatch(
      /^odoo\.exceptions\.UserError: Invalid "order" specified \(name foo\)/,
    )
  })
})
