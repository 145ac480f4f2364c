import type { SandboxOdoo } from '../../../sandbox/systems/odoo/index.ts'
import type { Domain, Value } from '../../../sandbox/systems/odoo/orm/model.ts'
import { ask, closeAll, get, refusal, startOdoo, until } from './client.ts'
import { contentOf, type Recording, recorded } from './recordings.ts'

afterEach(closeAll)

const second = '2026-11-21 02:14:10'

/** A contact whose write_date is 02:14:10 and some microseconds. */
async function withRow(
  version: 18 | 19,
): Promise<{ sandbox: SandboxOdoo; finds: (domain: Domain) => Promise<boolean>; stamp: string }> {
  const sandbox = await startOdoo(version)
  sandbox.clock.advance(449)
  const id = sandbox.create('res.partner', { name: 'Row' })
  const [row] = sandbox.records('res.partner', [['id', '=', id]], ['write_date'])
  const finds = async (domain: Domain) =>
    (await get(sandbox, 'res.partner', 'search_count', [[['id', '=', id], ...domain]])) === 1
  return { sandbox, finds, stamp: String(row?.write_date) }
}

describe.each([18, 19] as const)('write_date of Odoo %i', (version) => {
  it('is returned in whole seconds and kept in microseconds', async () => {
    const { sandbox, stamp } = await withRow(version)
    expect(stamp).toMatch(/^2026-11-21 02:14:10\.449\d{3}$/)
    const [row] = (await get(sandbox, 'res.partner', 'search_read', [[['name', '=', 'Row']]], {
      fields: ['write_date'],
    })) as { write_date: string }[]
    expect(row?.write_date).toBe(second)
  })

  it.each([
    ['>', second, version === 18],
    ['>=', second, true],
    ['=', second, version === 19],
    ['<=', second, version === 19],
    ['<', '2026-11-21 02:14:11', true],
    ['<', second, false],
    ['>=', '2026-11-21T02:14:10', true],
    ['>', '2026-11-21', false],
    ['>=', '2026-11-21', true],
  ])('%s %s finds the row: %s', async (operator, value, found) => {
    const { finds } = await withRow(version)
    expect(await finds([['write_date', operator, value]])).toBe(found)
  })

  it('with a fraction means what the version makes of fractions', async () => {
    const { finds, stamp } = await withRow(version)
    expect(await finds([['write_date', '>', stamp]])).toBe(false)
    expect(await finds([['write_date', '=', stamp]])).toBe(true)
    expect(await finds([['write_date', '>', `${second}.000001`]])).toBe(version === 18)
  })

  it('with a zone is refused by 19 and taken without it by 18', async () => {
    const { sandbox, finds } = await withRow(version)
    const domain = [['write_date', '>=', '2026-11-21T02:14:10Z']]
    if (version === 18) expect(await finds(domain)).toBe(true)
    else
      expect(await refusal(sandbox, 'res.partner', 'search', [domain])).toBe(
        "builtins.ValueError: expecting only datetimes with no timezone: '2026-11-21T02:14:10Z'",
      )
  })

  it('answers the recorded questions within one second as recorded', async () => {
    const { sandbox } = await withRow(version)
    const [, after] = recorded<Recording>(version, 'polling')
    const found = contentOf('text/xml', after?.response.body ?? '')
    const count = (await get(sandbox, 'res.partner', 'search', [
      [
        ['name', '=', 'Row'],
        ['write_date', '>', second],
      ],
    ])) as Value[]
    expect(count.length).toBe((found as Value[]).length)
  })

  it('is the start of the transaction, seen at its commit, below what was written meanwhile', async () => {
    const sandbox = await startOdoo(version)
    const slow = sandbox.transaction()
    const late = slow.create('res.partner', { name: 'Late' })
    sandbox.clock.advance(5_000)
    const quick = sandbox.create('res.partner', { name: 'Quick' })
    expect(await get(sandbox, 'res.partner', 'search', [[['name', 'in', ['Late', 'Quick']]]])).toEqual([quick])
    slow.commit()
    const rows = sandbox.records('res.partner', [['name', 'in', ['Late', 'Quick']]], ['write_date'])
    expect(rows.map((row) => row.id)).toEqual([late, quick])
    expect(String(rows[0]?.write_date).slice(0, 19)).toBe(second)
    expect(String(rows[1]?.write_date).slice(0, 19)).toBe('2026-11-21 02:14:15')
  })

  it('is one and the same for all rows of a call', async () => {
    const sandbox = await startOdoo(version)
    await get(sandbox, 'res.partner', 'create', [Array.from({ length: 5 }, (_, i) => ({ name: `Tie ${i}` }))])
    const stamps = sandbox
      .records('res.partner', [['name', '=like', 'Tie%']], ['write_date'])
      .map((row) => row.write_date)
    expect(new Set(stamps).size).toBe(1)
  })

  it('of a call from outside that is held back is late as well, and the answer comes after the commit', async () => {
    const sandbox = await startOdoo(version)
    const hold = sandbox.slow({ method: 'create', times: 1 })
    const held = get(sandbox, 'res.partner', 'create', [{ name: 'Held' }])
    await until(() => hold.held() > 0)
    sandbox.clock.advance(60_000)
    expect(await get(sandbox, 'res.partner', 'search_count', [[['name', '=', 'Held']]])).toBe(0)
    hold.release()
    await held
    const [row] = sandbox.records('res.partner', [['name', '=', 'Held']], ['write_date'])
    expect(String(row?.write_date).slice(0, 19)).toBe(second)
  })
})

it('a write to a row that another transaction holds waits for it and then goes through', async () => {
  const sandbox = await startOdoo(18)
  const id = sandbox.create('res.partner', { name: 'Row' })
  const other = sandbox.transaction()
  other.write('res.partner', id, { city: 'theirs' })
  const ours = ask(sandbox, 'res.partner', 'write', [[id], { zip: 'ours' }])
  await until(() => sandbox.calls.length > 0)
  other.commit()
  expect(await ours).toEqual({ result: true })
  expect(sandbox.records('res.partner', [['id', '=', id]])[0]).toMatchObject({ city: 'theirs', zip: 'ours' })
})
