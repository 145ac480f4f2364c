import { applyCommands, isToMany } from './commands.ts'
import { changed, flush } from './compute.ts'
import { checkFields, checkRows, foreignKey, lockUnique } from './constraints.ts'
import type { Row } from './database.ts'
import type { Environment } from './env.ts'
import { MissingError } from './errors.ts'
import type { Value, Values } from './model.ts'
import { isKeyed, type RecordView } from './record.ts'
import { isComputed, isStored } from './registry.ts'
import { checkAccess } from './rights.ts'
import { convert } from './values.ts'

/** Writes the same values to records; write_date moves even when nothing changes (odoo.md §4.5). */
export function write(env: Environment, model: string, ids: readonly number[], given: Values): void {
  checkAccess(env, model, 'write')
  env.check(model, ids)
  const definition = env.definition(model)
  const all = env.sudo()
  checkFields(env, model, given)
  const records = ids.map((id) => all.record(model, id))
  const values = definition.beforeWrite?.(all, records, given) ?? given
  const own = Object.keys(values).filter((name) => {
    const field = definition.fields[name]
    return field && name !== 'id' && isStored(field) && !isToMany(field) && !field.write
  })
  const later = Object.keys(values).filter((name) => definition.fields[name] && name !== 'id' && !own.includes(name))
  const keep = own.filter((name) => isComputed(definition.fields[name] ?? { type: 'char' }))
  const kept = ids.flatMap((id) => keep.map((name) => `${model} ${name} ${id}`))
  for (const key of kept) all.transaction.kept.add(key)

  changed(
    all,
    model,
    ids,
    own.filter((name) => definition.fields[name]?.type === 'many2one'),
  )
  for (const id of ids) {
    const row = all.transaction.row(model, id)
    if (!row) continue
    const next: { [field: string]: Value | undefined } = { ...row, write_date: all.stamp, write_uid: all.uid }
    for (const name of own) next[name] = stored(all, model, name, values[name] ?? false, row)
    lockUnique(all, model, next as Row)
    all.transaction.put(model, next as Row)
    all.transaction.happenings.push({ kind: 'write', model, id })
  }
  changed(all, model, ids, own)
  for (const name of keep) for (const id of ids) all.transaction.stale.get(`${model} ${name}`)?.delete(id)
  for (const name of later)
    for (const id of ids) {
      const field = definition.fields[name]
      if (field && isToMany(field) && (isStored(field) || field.inverse))
        applyCommands(all, model, id, name, values[name] ?? false)
      else writeThrough(all, model, id, name, values[name] ?? false)
    }
  flush(all)
  for (const key of kept) all.transaction.kept.delete(key)
  checkRows(all, model, ids, Object.keys(values))
  definition.onWrite?.(all, records, values)
  flush(all)
}

/** Marks records as written now. */
export function touch(env: Environment, model: string, ids: readonly number[]): void {
  for (const id of ids) {
    const row = env.transaction.row(model, id)
    if (row) env.transaction.put(model, { ...row, write_date: env.stamp, write_uid: env.uid })
  }
}

/** A value as it stands in the row: by language or company where the field is. */
export function stored(env: Environment, model: string, name: string, value: Value, row: Row | undefined): Value {
  const field = env.definition(model).fields[name] ?? { type: 'char' as const }
  const converted = convert(field, value, `${model}.${name}`, env.version)
  if (field.type === 'many2one' && typeof converted === 'number' && field.relation && env.has(field.relation))
    if (!env.transaction.row(field.relation, converted)) throw pointsAtNothing(env, model, name, converted, row)
  const old = row?.[name]
  if (field.translate && converted !== false && (env.lang !== 'en_US' || isKeyed(old)))
    return { ...(isKeyed(old) ? old : { en_US: old || converted }), [env.lang]: converted }
  if (field.companyDependent) return { ...(isKeyed(old) ? old : {}), [`${env.companyId}`]: converted }
  return converted
}

/** Relations whose records are looked at before the database gets to see that they are not there. */
const lookedAt = new Set(['res.partner', 'product.product', 'product.template'])

function pointsAtNothing(env: Environment, model: string, name: string, id: number, row: Row | undefined): Error {
  const relation = env.definition(model).fields[name]?.relation ?? ''
  const isLookedAt = lookedAt.has(relation) || (relation === 'res.country' && row !== undefined)
  return isLookedAt ? new MissingError(relation, [id], env.uid) : foreignKey(env, model, name)
}

/** Writes a field that lives elsewhere: related, or computed with a way back. */
export function writeThrough(env: Environment, model: string, id: number, name: string, value: Value): void {
  const field = env.definition(model).fields[name]
  const record = env.record(model, id)
  if (field?.write) field.write(record, value, env)
  else if (field?.related) {
    const path = field.related.split('.')
    const last = path.pop() ?? ''
    let end: RecordView | undefined = record
    for (const step of path) end = end?.one(step)
    end?.set({ [last]: value })
  }
}
