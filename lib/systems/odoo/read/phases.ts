import type { Domain, Odoo, OdooRecord } from '../rpc.ts'
import type { Child, Stream } from '../stream.ts'
import { idIn } from './work.ts'

/** A model that is searched in a window: the headers first, then the rows whose change does not touch them. */
export interface Phase {
  model: string
  domain: Domain
  fields: readonly string[]
  /** False where this database does not have it, and can do without. */
  isThere(odoo: Odoo): Promise<boolean>
  /** Row → the headers it belongs to; none where it is no document's. */
  owners(odoo: Odoo, rows: readonly OdooRecord[]): Promise<ReadonlyMap<number, readonly number[]>>
}

/** What a window of a stream is searched for, in this order. */
export const phasesOf = ({ model, domain, headerFields, eligible, children }: Stream): Phase[] => [
  {
    model,
    domain,
    fields: headerFields,
    isThere: async () => true,
    owners: async (_, rows) => new Map(rows.filter(eligible).map(({ id }) => [id, [id]])),
  },
  ...children.map(phaseOf),
]

function phaseOf({ model, domain, parent, through, optional }: Child): Phase {
  const fields = [...new Set(['id', 'write_date', parent])]
  return {
    model,
    domain,
    fields,
    isThere: async (odoo) => {
      if (!optional) return true
      if (!(await odoo.hasModel(model))) return false
      const present = await odoo.fields(model)
      return fields.every((field) => field === 'id' || field in present)
    },
    owners: async (odoo, rows) => {
      const parents = rows.flatMap((row) => {
        const value = idIn(row[parent])
        return value === undefined ? [] : [{ id: row.id, value }]
      })
      if (parents.length === 0) return new Map()
      const found = await through?.(odoo, [...new Set(parents.map(({ value }) => value))])
      return new Map(parents.map(({ id, value }) => [id, found ? (found.get(value) ?? []) : [value]]))
    },
  }
}
