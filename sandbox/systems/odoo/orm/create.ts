import { applyCommands, isToMany } from './commands.ts'
import { changed, flush, markNew } from './compute.ts'
import { checkFields, checkRows, externalIdKey, lockUnique } from './constraints.ts'
import type { Row } from './database.ts'
import type { Environment } from './env.ts'
import { remember } from './load/external-ids.ts'
import type { Value, Values } from './model.ts'
import { isComputed, isStored } from './registry.ts'
import { checkAccess } from './rights.ts'
import { stored, writeThrough } from './write.ts'

/** Creates records, all or nothing within the transaction. @returns their ids in order */
export function create(env: Environment, model: string, list: readonly Values[]): number[] {
  checkAccess(env, model, 'create')
  const definition = env.definition(model)
  const all = env.sudo()
  const ids = list.map((given) => createOne(all, model, definition.beforeCreate?.(all, given) ?? given))
  checkRows(all, model, ids, undefined)
  definition.onCreate?.(
    all,
    ids.map((id) => all.record(model, id)),
  )
  flush(all)
  return ids
}

function createOne(env: Environment, model: string, given: Values): number {
  checkFields(env, model, given)
  const definition = env.definition(model)
  const values = withDefaults(env, model, given)
  const links = createInherited(env, model, values)
  const id = env.transaction.database.nextId(model)
  const row: { id: number; [field: string]: Value | undefined } = {
    id,
    create_uid: env.uid,
    create_date: env.stamp,
    write_uid: env.uid,
    write_date: env.stamp,
    ...links,
  }
  const later: [string, Value][] = []
  for (const [name, value] of Object.entries(values)) {
    const field = definition.fields[name]
    if (!field || name === 'id') continue
    if (isToMany(field) || !isStored(field) || field.write) {
      later.push([name, value])
      if (field.type === 'many2many' && isStored(field)) row[name] = []
    } else row[name] = stored(env, model, name, value, undefined)
  }
  lockUnique(env, model, row as Row)
  env.transaction.put(model, row as Row)
  env.transaction.happenings.push({ kind: 'create', model, id })
  const externalId = given[externalIdKey]
  if (typeof externalId === 'string') remember(env, externalId, model, id)

  const keep = Object.keys(values).filter((name) => {
    const field = definition.fields[name]
    return field && isComputed(field) && isStored(field) && !field.write
  })
  for (const name of keep) env.transaction.kept.add(`${model} ${name} ${id}`)
  markNew(env, model, [id])
  changed(env, model, [id], Object.keys(definition.fields))
  for (const [name, value] of later) {
    const field = definition.fields[name]
    if (field && isToMany(field) && (isStored(field) || field.inverse)) applyCommands(env, model, id, name, value)
    else writeThrough(env, model, id, name, value)
  }
  flush(env)
  for (const name of keep) env.transaction.kept.delete(`${model} ${name} ${id}`)
  return id
}

/** default_* of the context first, then the fields' own. */
export function withDefaults(env: Environment, model: string, given: Values): Values {
  const values = { ...given }
  for (const [name, field] of Object.entries(env.definition(model).fields)) {
    if (name in values) continue
    const asked = env.context[`default_${name}`]
    if (asked !== undefined) values[name] = asked
    else if (field.default !== undefined && !field.related)
      values[name] = typeof field.default === 'function' ? field.default(env) : field.default
  }
  return values
}

/** Makes the records that this one inherits from, and takes their values out of `values`. */
function createInherited(env: Environment, model: string, values: Values): Values {
  const links: Values = {}
  for (const [parent, { field: link, context }] of Object.entries(env.definition(model).inherits ?? {})) {
    const theirs: Values = {}
    for (const name of Object.keys(values))
      if (env.definition(model).fields[name]?.related === `${link}.${name}`) {
        theirs[name] = values[name] as Value
        delete values[name]
      }
    if (typeof values[link] === 'number') {
      if (Object.keys(theirs).length) env.model(parent).write([values[link]], theirs)
    } else {
      const made = (context ? env.with(context) : env).model(parent).create(theirs)
      values[link] = made.id
      links[link] = made.id
    }
  }
  return links
}
