import type { Problem } from '../../../../core/problems.ts'
import type { Odoo } from '../../rpc.ts'
import { findLocations } from '../resolve/location.ts'
import { problem, textOf } from '../work.ts'
import type { Wanted } from './wanted.ts'

/** Where goods go by what was done with them; undefined where the return's own destination is meant. */
export type Places = (wanted: Wanted) => number | undefined

/** The places of everything that came back; problems for those that Odoo does not have. */
export async function resolvePlaces(
  odoo: Odoo,
  wanted: readonly Wanted[],
  companyId: number,
): Promise<{ places: Places; problems: Problem[] }> {
  const problems: Problem[] = []
  const found = new Map<string, number>()
  const key = ({ action, line }: Wanted) => `${action === 'scrap'}/${line.destination?.trim() ?? ''}`
  for (const one of wanted) {
    const { action, line } = one
    const name = line.destination?.trim()
    if (found.has(key(one)) || (action === 'restock' && name === undefined)) continue
    const ids =
      action === 'scrap'
        ? await scrapLocations(odoo, name, companyId)
        : name === undefined
          ? []
          : await findLocations(odoo, name, companyId)
    const [id] = ids
    if (id !== undefined && ids.length === 1) found.set(key(one), id)
    else if (name === undefined)
      problems.push(
        action === 'scrap'
          ? problem(
              'ODOO_SCRAP_LOCATION_MISSING',
              'Odoo has no location for scrapped goods, and none is named.',
              line.path,
            )
          : problem(
              'ODOO_LOCATION_NOT_FOUND',
              'Goods are to be kept apart, and no location for them is named.',
              line.path,
            ),
      )
    else {
      const how = ids.length === 0 ? 'not' : 'more than once'
      const message = `The location "${name}" for goods to ${action} is ${how} in Odoo.`
      problems.push(problem('ODOO_LOCATION_NOT_FOUND', message, line.path))
    }
  }
  return { places: (one) => found.get(key(one)), problems }
}

/**
 * A location outside the stock by its name, else the one that Odoo's own scrap orders take: the first that is marked as one
 * up to 18, the company's first location of inventory losses from 19 on (seen in both).
 */
async function scrapLocations(odoo: Odoo, name: string | undefined, companyId: number): Promise<number[]> {
  const known = await odoo.fields('stock.location')
  if (name === undefined) {
    const marked = known.scrap_location ? ['scrap_location', '=', true] : ['usage', '=', 'inventory']
    const own = await odoo.search('stock.location', [marked, ['company_id', '=', companyId]], { limit: 1 })
    return own.length > 0 ? own : odoo.search('stock.location', [marked, ['company_id', '=', false]], { limit: 1 })
  }
  const rows = await odoo.searchRead(
    'stock.location',
    [
      ['usage', '=', 'inventory'],
      ['company_id', 'in', [false, companyId]],
      '|',
      '|',
      ['barcode', '=', name],
      ['complete_name', '=', name],
      ['name', '=', name],
    ],
    { fields: ['complete_name', 'barcode'], order: 'id' },
  )
  const exact = rows.filter((row) => textOf(row.complete_name) === name || textOf(row.barcode) === name)
  return (exact.length > 0 ? exact : rows).map(({ id }) => id)
}
