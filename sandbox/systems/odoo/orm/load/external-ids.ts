import type { Environment } from '../env.ts'
import { OdooError, PythonError } from '../errors.ts'
import type { Value } from '../model.ts'

/** Module and name; without a module it is one of the import's own (odoo.md §6.2). */
function split(externalId: string): [module: string, name: string] {
  const dot = externalId.indexOf('.')
  return dot < 0 ? ['__import__', externalId] : [externalId.slice(0, dot), externalId.slice(dot + 1)]
}

/**
 * The record of an external id, if there is one. The id is locked until the transaction ends: of two that load it at
 * the same time, the second finds out that it was second.
 */
export function idOf(env: Environment, externalId: string, model: string): number | undefined {
  if (!externalId) return undefined
  const [module, name] = split(externalId)
  env.transaction.lock(`external id ${module}.${name}`)
  for (const id of env.transaction.lookup('ir.model.data', 'name', name)) {
    const row = env.transaction.row('ir.model.data', id)
    if (row?.module !== module) continue
    if (row.model !== model)
      throw new OdooError(
        'builtins.ValueError',
        `For external id ${module}.${name} when trying to create/update a record of model ${model} found record of different model ${row.model} (${id})`,
      )
    const record = Number(row.res_id)
    return env.transaction.row(model, record) ? record : undefined
  }
  return undefined
}

/** A record that was loaded with `noupdate` is left alone by a load in the mode of a module's update (seen on 18 and 19). */
export function isLeftAlone(env: Environment, externalId: string): boolean {
  if (env.context.mode !== 'update') return false
  const [module, name] = split(externalId)
  return [...env.transaction.lookup('ir.model.data', 'name', name)].some((id) => {
    const row = env.transaction.row('ir.model.data', id)
    return row?.module === module && row.noupdate === true
  })
}

/** The record a reference names, of whatever model; undefined where there is none. */
export function referred(env: Environment, externalId: string, model: string): number | undefined {
  const record = env.ref(split(externalId).join('.'))
  return record?.model === model && record.exists() ? record.id : undefined
}

export function remember(env: Environment, externalId: string, model: string, id: number): void {
  const [module, name] = split(externalId)
  env.sudo().setExternalId(`${module}.${name}`, { id, model })
}

/** An external id has to be text. */
export function checkText(value: Value | undefined): string {
  if (value === undefined || value === false || value === null) return ''
  if (typeof value !== 'string')
    throw new PythonError('TypeError', `argument of type '${pythonType(value)}' is not iterable`)
  return value
}

export const pythonType = (value: Value): string =>
  typeof value === 'number' ? (Number.isInteger(value) ? 'int' : 'float') : typeof value === 'boolean' ? 'bool' : 'list'
