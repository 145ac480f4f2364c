import type { Environment } from '../env.ts'
import type { Value, Values } from '../model.ts'
import { read, shape } from '../read.ts'
import { isKeyed } from '../record.ts'

/** Records in the form of a specification, related ones inside (odoo.md §3.2, web_search_read). */
export function nested(env: Environment, model: string, ids: readonly number[], specification: Value): Values[] {
  const wanted = isKeyed(specification) ? specification : {}
  read(env, model, ids.slice(0, 1), { fields: Object.keys(wanted) })
  return ids.map((id) => {
    const record = env.record(model, id)
    const shown: Values = { id }
    for (const [name, inner] of Object.entries(wanted)) {
      const field = env.definition(model).fields[name]
      if (!field) continue
      const value = record.get(name)
      const deeper = isKeyed(inner) ? inner.fields : undefined
      if (!field.relation || deeper === undefined) shown[name] = shape(field, value)
      else if (Array.isArray(value)) shown[name] = nested(env, field.relation, value as number[], deeper)
      else shown[name] = typeof value === 'number' ? (nested(env, field.relation, [value], deeper)[0] ?? false) : false
    }
    return shown
  })
}
