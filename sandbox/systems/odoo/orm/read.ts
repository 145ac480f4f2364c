import type { Environment } from './env.ts'
import { AccessError, PythonError } from './errors.ts'
import { Float } from './float.ts'
import type { Field, Value, Values } from './model.ts'
import { isStored } from './registry.ts'
import { checkAccess } from './rights.ts'
import { seconds } from './stamps.ts'

export interface ReadOptions {
  fields?: readonly string[] | undefined
  /** '' gives bare ids for many2one (odoo.md §3.1). */
  load?: string | undefined
  /** For the outside: floats stay floats. */
  wire?: boolean
}

/** Records as Odoo returns them: no null, datetimes in whole seconds, many2one with name; missing ids are left out. */
export function read(env: Environment, model: string, ids: readonly number[], options: ReadOptions = {}): Values[] {
  checkAccess(env, model, 'read')
  const definition = env.definition(model)
  const names = options.fields?.length ? options.fields : Object.keys(definition.fields)
  const fields: [string, Field][] = names.map((name) => {
    const field = definition.fields[name]
    if (!field) throw unknownField(env, model, name)
    return [name, field]
  })
  checkCompanies(env, model, ids)
  const shown = new Map<string, Value>()
  const nameOf = (relation: string, id: number): Value => {
    const key = `${relation}/${id}`
    const known = shown.get(key)
    if (known !== undefined) return known
    const value = env.sudo().record(relation, id).displayName()
    shown.set(key, value)
    return value
  }
  return ids.flatMap((id) => {
    if (!env.transaction.row(model, id)) return []
    const record = env.record(model, id)
    const row: Values = { id }
    for (const [name, field] of fields) {
      const value = record.get(name)
      if (field.type === 'many2one' && typeof value === 'number' && field.relation)
        row[name] = options.load === '' ? value : [value, nameOf(field.relation, value)]
      else row[name] = options.wire ? shape(field, value) : plain(field, value)
    }
    return [row]
  })
}

const plain = (field: Field, value: Value): Value =>
  field.type === 'datetime' && typeof value === 'string' ? seconds(value) : value

/** A value in the form of its type. */
export function shape(field: Field, value: Value): Value {
  if ((field.type === 'float' || field.type === 'monetary') && typeof value === 'number') return Float.of(value)
  return plain(field, value)
}

const unknownField = (env: Environment, model: string, name: string) =>
  new PythonError(
    'ValueError',
    env.version === 19 ? `Invalid field '${name}' on '${model}'` : `Invalid field '${name}' on model '${model}'`,
  )

/** Reading a record of a company that the call did not allow is refused, unlike searching, which leaves it out. */
function checkCompanies(env: Environment, model: string, ids: readonly number[]): void {
  const definition = env.definition(model)
  const field = definition.fields.company_id
  if (env.su || definition.companyRule === false || field?.relation !== 'res.company' || !isStored(field)) return
  for (const id of ids) {
    const company = env.transaction.row(model, id)?.company_id
    if (typeof company === 'number' && !env.companies.includes(company))
      throw new AccessError(
        `Uh-oh! Looks like you have stumbled upon some top-secret records.\n\nSorry, ${env.user.displayName()} (id=${env.uid}) doesn't have 'read' access to:\n- ${definition.description} (${model})`,
      )
  }
}
