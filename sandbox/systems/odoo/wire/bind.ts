import { AccessError, type OdooError, PythonError, UserError } from '../orm/errors.ts'
import type { Call, Method, Value, Values, Version } from '../orm/model.ts'
import type { Definition, Registry } from '../orm/registry.ts'

/** A call that an outside protocol named: the method found and its arguments by name. */
export interface Bound {
  definition: Definition
  method: Method
  call: Call
  context: Values
}

export interface Named {
  name: string
  optional: boolean
}

export const parameters = (method: Method): Named[] =>
  (method.params ?? []).map((param) => ({ name: param.replace('?', ''), optional: param.endsWith('?') }))

/** Finds model and method, or throws as the services behind XML-RPC and JSON-RPC do (odoo.md §3.3). */
export function find(registry: Registry, version: Version, model: string, name: string): [Definition, Method] {
  const definition = registry.get(model)
  if (!definition) throw new UserError(`Object ${model} doesn't exist`)
  if (name.startsWith('_')) throw privateMethod(version, model, name)
  const method = Object.hasOwn(definition.methods, name) ? definition.methods[name] : undefined
  if (!method)
    throw new PythonError(
      'AttributeError',
      version === 19
        ? `The method '${model}.${name}' does not exist`
        : `The method '${name}' does not exist on the model '${model}'`,
    )
  return [definition, method]
}

export const privateMethod = (version: Version, model: string, name: string): OdooError =>
  new AccessError(
    version === 19
      ? `Private methods (such as '${model}.${name}') cannot be called remotely.`
      : `Private methods (such as ${name}) cannot be called remotely.`,
  )

/** Positional and named arguments, records first where the method takes any. */
export function bindPositional(
  [definition, method]: [Definition, Method],
  name: string,
  positional: readonly Value[],
  named: Values,
): Bound {
  const { context, ...rest } = named
  const values = [...positional]
  const ids = method.on === 'model' ? [] : idsOf(values.shift() ?? rest.ids)
  if (method.on !== 'model') delete rest.ids
  const known = parameters(method)
  const args: Values = {}
  for (const [i, value] of values.entries()) {
    const parameter = known[i]
    if (!parameter)
      throw new PythonError(
        'TypeError',
        `BaseModel.${name}() takes ${known.length + 1} positional arguments but ${values.length + 1} were given`,
      )
    args[parameter.name] = value
  }
  for (const [key, value] of Object.entries(rest)) {
    if (!known.some((parameter) => parameter.name === key)) throw unexpected(name, key)
    args[key] = value
  }
  const missing = known.filter((parameter) => !parameter.optional && !(parameter.name in args))
  if (missing.length)
    throw new PythonError(
      'TypeError',
      `BaseModel.${name}() missing ${missing.length} required positional argument${missing.length > 1 ? 's' : ''}: ${missing
        .map((parameter) => `'${parameter.name}'`)
        .join(' and ')}`,
    )
  return { definition, method, call: { ids, args, model: definition.name }, context: contextOf(context) }
}

/** search_read hands what it does not know on to the reading of the rows. */
export const unexpected = (method: string, key: string): PythonError =>
  new PythonError(
    'TypeError',
    `BaseModel.${method === 'search_read' ? '_read_format' : method}() got an unexpected keyword argument '${key}'`,
  )

export const contextOf = (context: Value | undefined): Values =>
  typeof context === 'object' && context !== null && !Array.isArray(context) ? context : {}

export function idsOf(value: Value | undefined): number[] {
  if (typeof value === 'number') return [value]
  return Array.isArray(value) ? value.filter((id): id is number => typeof id === 'number') : []
}
