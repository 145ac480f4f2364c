import type { Problem } from '../../../../core/problems.ts'
import type { Odoo } from '../../rpc.ts'
import { problem } from '../work.ts'

export interface Place {
  countryId: number | undefined
  stateId: number | undefined
}

/**
 * Country and state of an address. A state's code is unique within its country only (odoo.md §7), so a state without a
 * country is looked up in the fallback's.
 */
export async function resolvePlace(
  odoo: Odoo,
  { country, state }: { country?: string | undefined; state?: string | undefined },
  fallback: number | undefined,
  found: Problem[],
): Promise<Place> {
  const code = country?.trim().toUpperCase() ?? ''
  const countryId = code === '' ? fallback : (await odoo.search('res.country', [['code', '=', code]]))[0]
  if (code !== '' && countryId === undefined)
    found.push(
      problem('ODOO_PLACE_NOT_FOUND', `There is no country with the code "${code}" in Odoo.`, 'shipTo.country'),
    )
  const wanted = state?.trim() ?? ''
  if (wanted === '' || (code !== '' && countryId === undefined)) return { countryId, stateId: undefined }
  if (countryId === undefined) {
    const message = `The state "${wanted}" is told without a country, and the contact in Odoo has none either.`
    found.push(problem('ODOO_PLACE_NOT_FOUND', message, 'shipTo.country'))
    return { countryId, stateId: undefined }
  }
  const states = await odoo.search('res.country.state', [
    ['country_id', '=', countryId],
    '|',
    ['code', '=ilike', wanted.replace(/[%_\\]/g, '\\$&')],
    ['name', '=ilike', wanted.replace(/[%_\\]/g, '\\$&')],
  ])
  if (states.length !== 1) {
    const known = states.length === 0 ? 'no state' : 'more than one state'
    const message = `The country of the address has ${known} "${wanted}" in Odoo.`
    found.push(problem('ODOO_PLACE_NOT_FOUND', message, 'shipTo.state'))
    return { countryId, stateId: undefined }
  }
  return { countryId, stateId: states[0] }
}
