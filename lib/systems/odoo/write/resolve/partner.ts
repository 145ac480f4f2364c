import type { Problem } from '../../../../core/problems.ts'
import { idOf } from '../../bundle.ts'
import type { Domain, Odoo, OdooRecord } from '../../rpc.ts'
import { findRecord } from '../external-id.ts'
import { listed, problem } from '../work.ts'

export interface Contact {
  id: number
  /** The company the contact belongs to, itself where it is one. */
  commercialId: number
  name: string
  countryId: number | undefined
  record: OdooRecord
}

const fields = [
  'display_name',
  'ref',
  'active',
  'type',
  'parent_id',
  'commercial_partner_id',
  'street',
  'street2',
  'city',
  'zip',
  'state_id',
  'country_id',
]

/**
 * The contact of a reference: by `ref`, by external id, by database id, in that order; problems are added to `found`.
 * Of several contacts with one `ref` (a company and its addresses), the company is meant.
 * @param what how messages call it ("customer", "ship-to")
 * @param within the company whose contacts come first: a store's number is unique only there
 */
export async function resolveContact(
  odoo: Odoo,
  reference: string,
  { what, path, within }: { what: string; path: string; within?: number },
  found: Problem[],
): Promise<Contact | undefined> {
  const name = reference.trim()
  const byRef = name === '' ? [] : await contacts(odoo, [['ref', '=', name]])
  const own = within === undefined ? [] : byRef.filter((one) => one.commercialId === within)
  const rows = own.length > 0 ? own : byRef.length > 0 ? byRef : await byId(odoo, name)
  const active = rows.filter(isActive)
  const companies = active.filter((one) => idOf(one.record.parent_id) === undefined)
  const candidates = active.length > 1 && companies.length === 1 ? companies : active
  if (candidates.length === 1) return candidates[0]
  if (candidates.length > 1) {
    const who = listed(candidates.map((one) => `${one.name} (${one.id})`))
    found.push(problem('ODOO_PARTNER_AMBIGUOUS', `The ${what} ${name} is ${candidates.length} contacts: ${who}.`, path))
  } else if (rows[0]) {
    const who = `${rows[0].name} (${rows[0].id})`
    found.push(problem('ODOO_ARCHIVED', `The ${what} ${name} is ${who}, which is archived in Odoo.`, path))
  } else {
    const how = 'no contact with that reference, external id or database id'
    found.push(problem('ODOO_PARTNER_NOT_FOUND', `The ${what} "${name}" is not in Odoo: ${how}.`, path))
  }
  return undefined
}

const isActive = (one: Contact): boolean => one.record.active !== false

async function byId(odoo: Odoo, name: string): Promise<Contact[]> {
  if (/^[a-z_]\w*\.[\w.-]+$/i.test(name)) {
    const record = await findRecord(odoo, name)
    return record?.model === 'res.partner' ? contacts(odoo, [['id', '=', record.id]]) : []
  }
  return /^[1-9]\d{0,8}$/.test(name) ? contacts(odoo, [['id', '=', Number(name)]]) : []
}

/** Contacts of a domain, archived ones too. */
export async function contacts(odoo: Odoo, domain: Domain): Promise<Contact[]> {
  const rows = await odoo.searchRead('res.partner', [['active', 'in', [true, false]], ...domain], {
    fields,
    order: 'id',
    limit: 200,
  })
  return rows.map((record) => ({
    id: record.id,
    commercialId: idOf(record.commercial_partner_id) ?? record.id,
    name: typeof record.display_name === 'string' ? record.display_name : String(record.id),
    countryId: idOf(record.country_id),
    record,
  }))
}
