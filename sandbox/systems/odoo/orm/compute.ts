import type { Environment } from './env.ts'
import type { Value } from './model.ts'
import { isComputed, isStored } from './registry.ts'
import { convert } from './values.ts'

const keyOf = (model: string, field: string) => `${model} ${field}`

/** What depends on these fields of these records is out of date, and what depends on that. */
export function changed(env: Environment, model: string, ids: readonly number[], fields: Iterable<string>): void {
  const definition = env.definition(model)
  for (const field of fields)
    for (const trigger of definition.triggers.get(field) ?? []) {
      let dependents: readonly number[] = ids
      let owners = [trigger.model]
      for (const step of trigger.path)
        owners = [...owners, env.definition(owners.at(-1) ?? '').fields[step]?.relation ?? '']
      for (let i = trigger.path.length - 1; i >= 0 && dependents.length; i -= 1)
        dependents = back(env, owners[i] ?? '', trigger.path[i] ?? '', dependents)
      const fresh = markStale(env, trigger.model, trigger.field, dependents)
      if (fresh.length) changed(env, trigger.model, fresh, [trigger.field])
    }
}

/** @returns those that were not marked before */
export function markStale(env: Environment, model: string, field: string, ids: readonly number[]): number[] {
  const key = keyOf(model, field)
  const marked = env.transaction.stale.get(key) ?? new Set<number>()
  const fresh = ids.filter((id) => !marked.has(id) && !env.transaction.kept.has(`${key} ${id}`))
  for (const id of fresh) marked.add(id)
  if (marked.size) env.transaction.stale.set(key, marked)
  return fresh
}

/** Records of `owner` whose relation leads to one of these. */
function back(env: Environment, owner: string, relation: string, ids: readonly number[]): number[] {
  const field = env.definition(owner).fields[relation]
  const found = new Set<number>()
  if (field?.type === 'one2many')
    for (const id of ids) {
      const target = env.transaction.row(field.relation ?? '', id)?.[field.inverse ?? '']
      if (typeof target === 'number') found.add(target)
    }
  else if (field?.type === 'many2one')
    for (const id of ids) for (const at of env.transaction.lookup(owner, relation, id)) found.add(at)
  else
    for (const row of env.transaction.rows(owner)) {
      const value = row[relation]
      if (Array.isArray(value) && value.some((id) => ids.includes(id as number))) found.add(row.id)
    }
  return [...found]
}

/** A stale value is computed before it is looked at. */
export function freshen(env: Environment, model: string, field: string, id: number): void {
  const marked = env.transaction.stale.get(keyOf(model, field))
  if (!marked?.delete(id)) return
  const definition = env.definition(model).fields[field]
  const record = env.sudo().record(model, id)
  if (!definition || !env.transaction.row(model, id)) return
  const value = convert(definition, computed(record.env, model, field, id), `${model}.${field}`, env.version)
  const row = env.transaction.row(model, id)
  if (!row || row[field] === value || (row[field] === undefined && value === false)) return
  if (JSON.stringify(row[field]) === JSON.stringify(value)) return
  env.transaction.put(model, { ...row, [field]: value, write_date: env.stamp, write_uid: env.uid })
  env.transaction.happenings.push({ kind: 'write', model, id })
}

function computed(env: Environment, model: string, field: string, id: number): Value {
  const definition = env.definition(model).fields[field]
  const record = env.record(model, id)
  return (definition?.compute ? definition.compute(record, env) : record.follow(definition?.related ?? '')) ?? false
}

/** Brings everything up to date. */
export function flush(env: Environment): void {
  const { stale } = env.transaction
  for (let round = 0; stale.size && round < 50; round += 1)
    for (const [key, ids] of [...stale]) {
      const [model = '', field = ''] = key.split(' ')
      for (const id of [...ids]) freshen(env, model, field, id)
      if (!ids.size && stale.get(key) === ids) stale.delete(key)
    }
}

/** A new record's stored computes, all to be filled. */
export function markNew(env: Environment, model: string, ids: readonly number[]): void {
  for (const [name, field] of Object.entries(env.definition(model).fields))
    if (isComputed(field) && isStored(field)) markStale(env, model, name, ids)
}
