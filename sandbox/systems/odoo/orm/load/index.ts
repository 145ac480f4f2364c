import type { Environment } from '../env.ts'
import { OdooError, PythonError, SerializationFailure } from '../errors.ts'
import type { Value, Values } from '../model.ts'
import { Converter, type Message } from './convert.ts'
import { idOf, isLeftAlone, remember } from './external-ids.ts'
import { checkColumns, type Draft, extract } from './extract.ts'

/**
 * `load(fields, rows)`: the upsert by external id (odoo.md §6.2). Errors come back as messages with `ids: false`, and
 * then nothing of the batch is kept.
 */
export function load(env: Environment, model: string, columns: readonly string[], data: readonly Value[][]): Values {
  const paths = columns.map((column) => column.split('/'))
  checkColumns(env, model, paths)
  const messages: Message[] = []
  const ids: number[] = []
  try {
    env.transaction.savepoint(() => {
      for (const [record, draft] of extract(env, model, paths, data).entries()) {
        const id = loadOne(env, model, draft, record, messages)
        if (id !== undefined) ids.push(id)
      }
      if (messages.some((message) => message.type === 'error')) throw new RolledBack()
    })
  } catch (error) {
    if (!(error instanceof RolledBack)) throw error
    return { ids: false, messages: messages as unknown as Value, nextrow: 0 }
  }
  return { ids, messages: messages as unknown as Value, nextrow: 0 }
}

class RolledBack extends Error {}

function loadOne(
  env: Environment,
  model: string,
  draft: Draft,
  record: number,
  messages: Message[],
): number | undefined {
  const place = { rows: draft.rows, record }
  const converter = new Converter(env, place, messages)
  const dbId = draft.values['.id']
  const externalId = draft.values.id
  const before = messages.length
  const values = converter.record(model, draft.values)
  if (dbId !== undefined && dbId !== '' && !env.transaction.row(model, Number(dbId))) {
    messages.push({
      rows: draft.rows,
      type: 'error',
      record,
      field: '.id',
      message: `Unknown database identifier '${dbId}'`,
    })
    return undefined
  }
  // What failed to convert is left out, and the rest is tried: that is how one record tells of several errors.
  if (messages.length > before && draft.hasLines) return undefined
  try {
    return env.transaction.savepoint(() => {
      const known = dbId ? Number(dbId) : typeof externalId === 'string' ? idOf(env, externalId, model) : undefined
      const api = env.model(model)
      if (known === undefined) {
        const made = api.create(values).id
        if (typeof externalId === 'string' && externalId) remember(env, externalId, model, made)
        return made
      }
      if (typeof externalId !== 'string' || !isLeftAlone(env, externalId)) api.write([known], values)
      return known
    })
  } catch (error) {
    if (!(error instanceof OdooError) || error instanceof PythonError) throw error
    messages.push({ ...place, type: 'error', ...said(env, error) })
    return undefined
  }
}

/** The message of a refusal: without the prefix of the database's own checks, which 18 prints as Python prints a key. */
function said(env: Environment, error: OdooError): { message: string; field?: string } {
  if (error instanceof SerializationFailure) return { message: error.message.trim() }
  const prefix = 'The operation cannot be completed:'
  if (!error.message.startsWith(prefix)) return { message: error.message }
  const text = error.message.slice(prefix.length).replace(/^ /, '')
  const [, label, field] = /for the field '([^']*)' \((\w+)\)/.exec(text) ?? /\nField: (.*) \((\w+)\)/.exec(text) ?? []
  if (env.version === 19) return field ? { message: text, field } : { message: text }
  return field
    ? { message: `Missing required value for the field '${label}' (${field})`, field }
    : { message: `'${text}'` }
}
