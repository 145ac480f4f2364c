import type { Environment } from './env.ts'
import { PythonError, UserError } from './errors.ts'
import type { Value } from './model.ts'
import { isStored } from './registry.ts'

type Key = string | number | boolean | null | Key[]

/** Sorts ids as SQL would: by stored fields only, a many2one by its model's own order, nothing after everything. */
export function sortIds(env: Environment, model: string, ids: number[], order?: string): number[] {
  const terms = parseOrder(env, model, order ?? env.definition(model).order ?? 'id')
  const [first] = terms
  if (!first) return ids
  if (first.field === 'id') return [...ids].sort(first.down ? (a, b) => b - a : (a, b) => a - b)
  const keyed = ids.map((id) => ({ id, keys: terms.map((term) => keyOf(env, model, term.field, id)) }))
  keyed.sort((a, b) => {
    for (const [i, term] of terms.entries()) {
      const difference = compare(a.keys[i] ?? null, b.keys[i] ?? null)
      if (difference) return term.down ? -difference : difference
    }
    return 0
  })
  return keyed.map((k) => k.id)
}

interface Term {
  field: string
  down: boolean
}

export function parseOrder(env: Environment, model: string, order: string): Term[] {
  if (!order.trim()) return []
  return order.split(',').map((part) => {
    const match = /^\s*"?([a-z_0-9.]+)"?(?:\s+(asc|desc))?(?:\s+nulls\s+(?:first|last))?\s*$/i.exec(part)
    if (!match)
      throw new UserError(
        `Invalid "order" specified (${order}). A valid "order" specification is a comma-separated list of valid field names (optionally followed by asc/desc for the direction)`,
      )
    const name = match[1] ?? ''
    checkSortable(env, model, name)
    return { field: name, down: match[2]?.toLowerCase() === 'desc' }
  })
}

function checkSortable(env: Environment, model: string, name: string): void {
  const field = env.definition(model).fields[name]
  if (!field) throw new PythonError('ValueError', `Invalid field '${name}' on model '${model}'`)
  const inherited = field.related && isInherited(env, model, field.related)
  if (!isStored(field) && !inherited)
    throw new PythonError('ValueError', `Cannot convert ${model}.${name} to SQL because it is not stored`)
}

const isInherited = (env: Environment, model: string, path: string): boolean =>
  Object.values(env.definition(model).inherits ?? {}).some(({ field }) => path.startsWith(`${field}.`))

function keyOf(env: Environment, model: string, name: string, id: number): Key {
  const field = env.definition(model).fields[name]
  const value: Value = env.record(model, id).get(name)
  if (field?.type === 'boolean') return value === true
  if (value === false || value === null) return null
  if (field?.type === 'many2one' && typeof value === 'number') {
    const order = env.definition(field.relation ?? '').order ?? 'id'
    return parseOrder(env, field.relation ?? '', order).map((term) =>
      term.field === 'id' ? value : keyOf(env, field.relation ?? '', term.field, value),
    )
  }
  return typeof value === 'object' ? JSON.stringify(value) : value
}

function compare(a: Key, b: Key): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1
  if (Array.isArray(a) && Array.isArray(b)) {
    for (const [i, key] of a.entries()) {
      const difference = compare(key, b[i] ?? null)
      if (difference) return difference
    }
    return 0
  }
  return a < b ? -1 : a > b ? 1 : 0
}
