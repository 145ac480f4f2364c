import { type PingLine, pass, warn } from '../../../core/ping.ts'
import { idOf } from '../bundle.ts'
import type { OpenOdoo } from '../client.ts'
import type { Settings } from '../settings.ts'

/** Which companies are read and written: by default the user's own one alone, whatever others he may see (odoo.md §10). */
export async function companyLines(odoo: OpenOdoo, settings: Settings): Promise<PingLine[]> {
  const rows = await odoo.searchRead('res.company', [['id', 'in', [...odoo.companies]]], {
    fields: ['name'],
    order: 'id',
  })
  const nameOf = (id: number) => String(rows.find((row) => row.id === id)?.name ?? id)
  const told = odoo.companies.map((id, i) => `${nameOf(id)} (${id}${i === 0 ? ', the current one' : ''})`).join(', ')
  if (settings.companies) return [pass('company', told)]
  const [user] = await odoo.read('res.users', [odoo.uid], ['company_ids'])
  const all = Array.isArray(user?.company_ids) ? user.company_ids.map(idOf) : []
  const others = all.filter((id) => id !== undefined && !odoo.companies.includes(id))
  if (others.length === 0) return [pass('company', told)]
  return [
    warn(
      'company',
      `${told}; documents of the user's other companies (${others.join(', ')}) are neither read nor written`,
      'Name the companies that are meant in companies of the settings, this one alone if it is meant.',
    ),
  ]
}
