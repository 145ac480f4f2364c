import { Refusal } from '../../../../core/failures.ts'
import { sha256 } from '../../../../core/hash.ts'
import type { Odoo } from '../../rpc.ts'
import { findRecord, qualified } from '../external-id.ts'
import { load } from '../load.ts'
import { textOf } from '../work.ts'
import type { Details } from './detail.ts'
import type { StockNames } from './names.ts'

/** Packages by their label, made where they are not there yet: under a name of the label, so that each is made once. */
export async function packagesOf(
  odoo: Odoo,
  names: StockNames,
  details: Details,
): Promise<ReadonlyMap<string, number>> {
  const labels = [...new Set([...details.values()].flat().flatMap(({ pack }) => pack ?? []))]
  const found = new Map<string, number>()
  if (labels.length === 0) return found
  const rows = await odoo.searchRead(names.packages, [['name', 'in', labels]], { fields: ['name'], order: 'id' })
  for (const row of rows) found.set(textOf(row.name) ?? '', row.id)
  for (const label of labels.filter((one) => !found.has(one))) {
    const name = `pack_${sha256(label, 16)}`
    const standing = await findRecord(odoo, name)
    const made = standing
      ? { ids: [standing.id] }
      : await load(odoo, names.packages, { columns: ['id', 'name'], rows: [[qualified(name), label]] })
    if ('problems' in made) throw new Refusal(422, made.problems)
    if (made.ids[0] !== undefined) found.set(label, made.ids[0])
  }
  return found
}
