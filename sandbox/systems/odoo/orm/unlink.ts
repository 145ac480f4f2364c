import { changed, flush } from './compute.ts'
import { foreignKey } from './constraints.ts'
import type { Environment } from './env.ts'
import { isStored } from './registry.ts'
import { checkAccess } from './rights.ts'

/** Deletes records, what cascades from them, and their external ids (odoo.md §4.6, §6.2). */
export function unlink(env: Environment, model: string, ids: readonly number[]): void {
  checkAccess(env, model, 'unlink')
  env.check(model, ids)
  const all = env.sudo()
  const definition = env.definition(model)
  definition.beforeUnlink?.(
    all,
    ids.map((id) => all.record(model, id)),
  )
  for (const id of ids) release(all, model, id)
  changed(all, model, ids, Object.keys(definition.fields))
  for (const id of ids) {
    all.transaction.remove(model, id)
    all.transaction.happenings.push({ kind: 'unlink', model, id })
    for (const data of all.transaction.lookup('ir.model.data', 'res_id', id))
      if (all.transaction.row('ir.model.data', data)?.model === model) all.transaction.remove('ir.model.data', data)
  }
  flush(all)
}

/** What points at the record: goes with it, forbids the deletion, or is emptied without any trace in write_date. */
function release(env: Environment, model: string, id: number): void {
  for (const [owner, definition] of env.registry)
    for (const [name, field] of Object.entries(definition.fields)) {
      if (field.relation !== model || !isStored(field)) continue
      if (field.type === 'many2many') dropLink(env, owner, name, id)
      if (field.type !== 'many2one') continue
      const pointing = env.transaction.lookup(owner, name, id)
      if (!pointing.length) continue
      const rule = field.ondelete ?? (field.required ? 'restrict' : 'set null')
      if (rule === 'restrict') throw foreignKey(env, owner, name)
      if (rule === 'cascade') {
        const left = pointing.filter((one) => env.transaction.row(owner, one) && !(owner === model && one === id))
        if (left.length) unlink(env, owner, left)
      } else
        for (const one of pointing) {
          const row = env.transaction.row(owner, one)
          if (row) env.transaction.put(owner, { ...row, [name]: false })
        }
    }
}

function dropLink(env: Environment, owner: string, name: string, id: number): void {
  for (const row of [...env.transaction.rows(owner)]) {
    const ids = row[name]
    if (!Array.isArray(ids) || !ids.includes(id)) continue
    env.transaction.put(owner, { ...row, [name]: ids.filter((one) => one !== id) })
    changed(env, owner, [row.id], [name])
  }
}
