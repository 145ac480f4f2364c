import { fail, type PingLine, pass, warn } from '../../../core/ping.ts'
import { idsOf } from '../bundle.ts'
import type { OpenOdoo } from '../client.ts'
import type { Settings } from '../settings.ts'
import { neutral, readUser } from './neutral.ts'

/** Which companies are read and written: by default the user's own one alone, whatever others he may see (odoo.md §10). */
export async function companyLines(odoo: OpenOdoo, settings: Settings): Promise<PingLine[]> {
  const [user] = await readUser(odoo, ['company_ids'])
  const allowed = idsOf(user?.company_ids)
  const search = { fields: ['name'], order: 'id', context: neutral }
  const rows = await odoo.searchRead('res.company', [['id', 'in', allowed]], search)
  const nameOf = (id: number) => `${rows.find((row) => row.id === id)?.name ?? 'unnamed'} (${id})`
  const foreign = odoo.companies.filter((id) => !allowed.includes(id))
  if (foreign.length > 0)
    return [
      fail(
        'company',
        `settings.companies: the user has no company ${foreign.join(', ')}; he has ${allowed.map(nameOf).join(', ')}`,
        'Name the companies by database id, or give them to the integration user in Odoo (Settings, Users).',
      ),
    ]
  const [current = 0, ...more] = odoo.companies
  const told = [`${nameOf(current)}, the current one`, ...more.map(nameOf)].join('; ')
  const others = allowed.filter((id) => !odoo.companies.includes(id))
  if (settings.companies || others.length === 0) return [pass('company', told)]
  return [
    warn(
      'company',
      `${told}; documents of the user's other companies are neither read nor written: ${others.map(nameOf).join(', ')}`,
      'Name the companies that are meant in companies of the settings, this one alone if it is meant.',
    ),
  ]
}
