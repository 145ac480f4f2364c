import type { SandboxOdoo } from '../../../sandbox/systems/odoo/index.ts'
import type { Value } from '../../../sandbox/systems/odoo/orm/model.ts'
import { admin, ask, closeAll, get, startOdoo, until } from './client.ts'
import { recorded, type Step, shapeOf } from './recordings.ts'

afterEach(closeAll)

const load = (sandbox: SandboxOdoo, model: string, fields: string[], data: Value[][]) =>
  get(sandbox, model, 'load', [fields, data])

describe.each([18, 19] as const)('load of Odoo %i', (version) => {
  it('answers every step of the recorded sequence, with its ids', async () => {
    const sandbox = await startOdoo(version)
    const vendor = version === 18 ? 15 : 10
    const widget = version === 18 ? 106 : 180
    sandbox.idsFrom('res.partner', vendor)
    sandbox.create('res.partner', { name: 'Vendor' })
    sandbox.idsFrom('product.product', widget)
    sandbox.load({ 'product.product': [{ name: 'RX widget' }, { name: 'RX gadget' }] })
    // External ids have ids of their own here.
    const found = new Map<number, number>()
    const sequences: { [model: string]: number } = { 'purchase.order.line': 34 }
    for (const step of recorded<Step>(version, 'load')) {
      const model = step.call.split('.').slice(0, -1).join('.')
      const method = step.call.split('.').at(-1) ?? ''
      const first = idIn(step.result)
      // The recorded server had used up other ids on the way.
      if (first !== undefined && !sandbox.records(model, [['id', '=', first]]).length) sandbox.idsFrom(model, first)
      for (const [line, id] of Object.entries(sequences))
        if (model === 'purchase.order' && !sandbox.records(line).length) sandbox.idsFrom(line, id)
      const args = JSON.parse(JSON.stringify(step.args), (_, value) => found.get(value) ?? value) as Value[]
      const answer = await ask(sandbox, model, method, args, step.kwargs ?? {}, admin(sandbox))
      if (method === 'search' && 'result' in answer)
        found.set((step.result as number[])[0] ?? 0, (answer.result as number[])[0] ?? 0)
      const told = 'error' in answer ? { faultString: answer.error.message } : (answer.result ?? null)
      const wanted = step.fault ? { faultString: cause(step.fault.faultString) } : (step.result ?? null)
      if (method !== 'get_external_id') expect([step.note, shapeOf(told)]).toEqual([step.note, shapeOf(wanted)])
      if (method === 'load' && step.result) expect(told).toMatchObject({ ids: (step.result as { ids: Value }).ids })
    }
  })

  it('leaves alone what it loaded with noupdate, where it loads as an update does', async () => {
    const sandbox = await startOdoo(version)
    const once = (name: string) =>
      get(sandbox, 'res.partner', 'load', [['id', 'name'], [['m.one', name]]], {
        context: { mode: 'update', noupdate: true },
      })
    const first = await once('Dock')
    expect(await once('Gate')).toEqual(first)
    expect(sandbox.records('res.partner', [['name', 'in', ['Dock', 'Gate']]]).map(({ name }) => name)).toEqual(['Dock'])
    await load(sandbox, 'res.partner', ['id', 'name'], [['m.one', 'Gate']])
    expect(sandbox.records('res.partner', [['name', 'in', ['Dock', 'Gate']]]).map(({ name }) => name)).toEqual(['Gate'])
  })

  it('gives each line its own external id, so that a repeat changes lines instead of adding them', async () => {
    const sandbox = await startOdoo(version)
    const load3 = (names: [string, string][]) =>
      load(
        sandbox,
        'res.partner',
        ['id', 'name', 'child_ids/id', 'child_ids/name', 'child_ids/type'],
        names.map(([id, name], i) => [i ? '' : 'm.parent', i ? '' : 'Parent', id, name, 'delivery']),
      )
    const first = await load3([
      ['m.parent__0001', 'Dock'],
      ['m.parent__0002', 'Gate'],
    ])
    expect(await load3([['m.parent__0002', 'Gate B']])).toEqual(first)
    const children = sandbox.records('res.partner', [['parent_id.name', '=', 'Parent']])
    expect(children.map((child) => child.name)).toEqual(['Dock', 'Gate B'])
    expect(sandbox.ref('m.parent__0002')?.id).toBe(children[1]?.id)
    const [meta] = (await get(sandbox, 'res.partner', 'get_metadata', [[children[0]?.id ?? 0]])) as { xmlid: string }[]
    expect(meta?.xmlid).toBe('m.parent__0001')
  })

  it('tells of errors in lines, and keeps nothing of the batch', async () => {
    const sandbox = await startOdoo(version)
    const answer = await load(
      sandbox,
      'res.partner',
      ['id', 'name', 'child_ids/id', 'child_ids/name', 'child_ids/color'],
      [
        ['m.good', 'Good', '', '', ''],
        ['m.bad', 'Bad', 'm.bad__1', 'Line', 'green'],
      ],
    )
    expect(answer).toEqual({
      ids: false,
      messages: [
        {
          rows: { from: 1, to: 1 },
          type: 'error',
          record: 1,
          field: 'child_ids',
          message: "'green' does not seem to be an integer for field 'Contact/Color Index'",
          field_name: 'Contact',
        },
      ],
      nextrow: 0,
    })
    expect(sandbox.ref('m.good')).toBeUndefined()
    expect(sandbox.records('res.partner', [['name', '=', 'Good']])).toEqual([])
  })

  it('of a new external id twice at the same time makes one record; the loser is told and may repeat', async () => {
    const sandbox = await startOdoo(version)
    const hold = sandbox.slow({ method: 'load', times: 1 })
    const winner = load(sandbox, 'res.partner', ['id', 'name'], [['m.race', 'First']])
    await until(() => hold.held() > 0)
    const losers = [1, 2].map((n) => load(sandbox, 'res.partner', ['id', 'name'], [['m.race', `Loser ${n}`]]))
    await until(() => sandbox.calls.length === 3)
    hold.release()
    const refused = {
      ids: false,
      messages: [
        {
          rows: { from: 0, to: 0 },
          record: 0,
          type: 'error',
          message: 'could not serialize access due to concurrent update',
        },
      ],
      nextrow: 0,
    }
    expect(await winner).toMatchObject({ messages: [] })
    expect(await Promise.all(losers)).toEqual([refused, refused])
    expect(sandbox.records('res.partner', [['name', '=like', 'Loser%']])).toEqual([])
    expect(await load(sandbox, 'res.partner', ['id', 'name'], [['m.race', 'Again']])).toEqual(await winner)
  })

  it('makes a new record where the old one was deleted', async () => {
    const sandbox = await startOdoo(version)
    const { ids: first } = (await load(sandbox, 'res.partner', ['id', 'name'], [['m.x', 'X']])) as { ids: number[] }
    sandbox.unlink('res.partner', first)
    const { ids: second } = (await load(sandbox, 'res.partner', ['id', 'name'], [['m.x', 'X']])) as { ids: number[] }
    expect(second).not.toEqual(first)
  })
})

const cause = (faultString: string) => faultString.replace(/^\w+Error: /, '')

function idIn(result: Value | undefined): number | undefined {
  if (typeof result === 'number') return result
  if (typeof result !== 'object' || result === null || Array.isArray(result)) return undefined
  const ids = result.ids
  return Array.isArray(ids) && typeof ids[0] === 'number' ? ids[0] : undefined
}
