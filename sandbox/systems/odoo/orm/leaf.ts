import { compile, repr, type Test } from './domain.ts'
import type { Environment } from './env.ts'
import { OdooError, PythonError } from './errors.ts'
import { isBelow } from './hierarchy.ts'
import type { Domain, Field, Value } from './model.ts'
import { compareMoments } from './moments.ts'
import { isEmpty } from './values.ts'

const operators = new Set([
  ...['=', '!=', '<>', '>', '>=', '<', '<=', '=?', 'in', 'not in', 'like', 'not like', 'ilike', 'not ilike'],
  ...['=like', '=ilike', 'not =like', 'not =ilike', 'child_of', 'parent_of', 'any', 'not any'],
])

/** One condition: [path, operator, value]. */
export function leafTest(env: Environment, model: string, leaf: Value[]): Test {
  const [path, operator, value = false] = leaf
  if ((path === 1 || path === 0) && operator === '=') return () => path === value
  if (typeof operator !== 'string' || !operators.has(operator)) throw badOperator(env, leaf)
  if (typeof path !== 'string') throw badOperator(env, leaf)
  const [name = '', ...rest] = path.split('.')
  const field = env.definition(model).fields[name]
  if (!field) throw badField(env, model, leaf)
  if (!rest.length) return condition(env, model, name, field, operator, value)
  if (!field.relation) throw badField(env, model, leaf)
  const inner = leafTest(env, field.relation, [rest.join('.'), operator, value])
  return (id) => targets(env.with({ active_test: false }).record(model, id).get(name)).some(inner)
}

const targets = (value: Value): number[] =>
  typeof value === 'number' ? [value] : Array.isArray(value) ? (value as number[]) : []

function condition(env: Environment, model: string, name: string, field: Field, operator: string, value: Value): Test {
  const all = env.context.active_test === false ? env : env.with({ active_test: false })
  const valueAt = (id: number) => all.record(model, id).get(name)
  if (operator === 'child_of' || operator === 'parent_of') {
    const relation = name === 'id' ? model : (field.relation ?? model)
    const test = isBelow(env, relation, operator, value)
    return name === 'id' ? test : (id) => targets(valueAt(id)).some(test)
  }
  if (operator === 'any' || operator === 'not any') {
    const inner = compile(env, field.relation ?? '', value as Domain)
    return (id) => targets(valueAt(id)).some(inner) === (operator === 'any')
  }
  if (operator === 'not in' || operator === '!=' || operator === '<>' || operator.startsWith('not ')) {
    const positive = operator === '!=' || operator === '<>' ? '=' : operator.slice(4)
    const test = condition(env, model, name, field, positive, value)
    return (id) => !test(id)
  }
  if (operator === '=?') return isEmpty(value) ? () => true : condition(env, model, name, field, '=', value)
  if (operator === 'in') {
    if (env.version === 18 && !Array.isArray(value) && typeof value !== 'boolean')
      throw new PythonError('ValueError', `Invalid domain term ${repr([name, operator, value], true)}`)
    const list = Array.isArray(value) ? value : [value]
    if (field.relation || field.type === 'datetime' || list.some((item) => typeof item !== 'string' && !item)) {
      const tests = list.map((item) => condition(env, model, name, field, '=', item))
      if (list.every((item) => typeof item === 'number')) return among(valueAt, new Set(list))
      return (id) => tests.some((test) => test(id))
    }
    return among(valueAt, new Set(list))
  }
  if (field.relation && (typeof value === 'string' || operator.endsWith('like')))
    return named(env, field.relation, operator, value, valueAt)
  if (operator.endsWith('like')) {
    const pattern = like(String(value), operator)
    return (id) => {
      const found = valueAt(id)
      return !isEmpty(found) && pattern.test(String(found))
    }
  }
  if (field.type === 'integer' && typeof value === 'string' && !/^-?\d+$/.test(value))
    throw new OdooError(
      'psycopg2.errors.InvalidTextRepresentation',
      `invalid input syntax for type integer: "${value}"\n`,
    )
  if (field.type === 'datetime') return compareMoments(env, operator, value, valueAt)
  if (operator === '=') return equal(field, value, valueAt)
  return ordered(operator, field.type === 'date' ? String(value).slice(0, 10) : value, valueAt)
}

const among =
  (valueAt: (id: number) => Value, wanted: Set<Value>): Test =>
  (id) => {
    const found = valueAt(id)
    return Array.isArray(found) ? found.some((item) => wanted.has(item)) : wanted.has(found)
  }

function equal(field: Field, value: Value, valueAt: (id: number) => Value): Test {
  if (Array.isArray(value)) return among(valueAt, new Set(value))
  if (field.type === 'boolean') return (id) => (valueAt(id) === true) === Boolean(value)
  if (isEmpty(value)) return (id) => isEmpty(valueAt(id)) || (value === false && valueAt(id) === 0)
  const wanted = field.type === 'date' ? String(value).slice(0, 10) : value
  return (id) => {
    const found = valueAt(id)
    return Array.isArray(found) ? found.includes(wanted) : found === wanted
  }
}

/** A relation by the name of its record. */
function named(
  env: Environment,
  relation: string,
  operator: string,
  value: Value,
  valueAt: (id: number) => Value,
): Test {
  if (isEmpty(value)) return (id) => !isEmpty(valueAt(id))
  const pattern = operator === '=' ? undefined : like(String(value), operator)
  const definition = env.definition(relation)
  const names = definition.searchNames ?? [definition.recName ?? 'name']
  return (id) =>
    targets(valueAt(id)).some((target) => {
      const record = env.record(relation, target)
      const known = [record.displayName(), ...names.map((name) => record.str(name))]
      return known.some((name) => (pattern ? pattern.test(name) : name === value))
    })
}

function ordered(operator: string, value: Value, valueAt: (id: number) => Value): Test {
  const fits = { '<': (c: number) => c < 0, '<=': (c: number) => c <= 0, '>': (c: number) => c > 0 }[operator]
  const test = fits ?? ((c: number) => c >= 0)
  return (id) => {
    const found = valueAt(id)
    if (found === false || found === null || value === false || value === null) return false
    return test(found < value ? -1 : found > value ? 1 : 0)
  }
}

/** % and _ as in SQL; "like" and "ilike" look anywhere. */
export function like(value: string, operator: string): RegExp {
  const escaped = value
    .replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
    .replaceAll('%', '[^]*')
    .replaceAll('_', '[^]')
  const body = operator.startsWith('=') ? `^${escaped}$` : escaped
  return new RegExp(body, operator.includes('ilike') ? 'iu' : 'u')
}

function badField(env: Environment, model: string, leaf: Value[]): PythonError {
  const where = env.version === 19 ? 'condition' : 'leaf'
  return new PythonError(
    'ValueError',
    `Invalid field ${model}.${String(leaf[0]).split('.')[0]} in ${where} ${repr(leaf, true)}`,
  )
}

const badOperator = (env: Environment, leaf: Value[]) =>
  new PythonError(
    'ValueError',
    env.version === 19 ? `Invalid operator in condition ${repr(leaf, true)}` : `Invalid leaf ${repr(leaf, true)}`,
  )
