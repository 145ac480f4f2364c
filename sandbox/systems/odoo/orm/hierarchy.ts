import type { Test } from './domain.ts'
import type { Environment } from './env.ts'
import type { Value } from './model.ts'
import { search } from './search.ts'

/** Records below (or above) others in the tree of `parent_id`, those included. */
export function isBelow(env: Environment, model: string, operator: 'child_of' | 'parent_of', value: Value): Test {
  const roots = new Set(rootsOf(env, model, value))
  const parentOf = (id: number) => {
    const parent = env.definition(model).fields.parent_id ? env.record(model, id).get('parent_id') : false
    return typeof parent === 'number' ? parent : undefined
  }
  const above = (id: number): number[] => {
    const chain: number[] = []
    for (let at: number | undefined = id; at !== undefined && !chain.includes(at); at = parentOf(at)) chain.push(at)
    return chain
  }
  if (operator === 'child_of') return (id) => above(id).some((at) => roots.has(at))
  const all = new Set([...roots].flatMap(above))
  return (id) => all.has(id)
}

function rootsOf(env: Environment, model: string, value: Value): number[] {
  if (typeof value === 'number') return [value]
  if (typeof value === 'string') return search(env, model, [['display_name', 'ilike', value]])
  return Array.isArray(value) ? value.flatMap((one) => rootsOf(env, model, one)) : []
}
