import type { Row } from './database.ts'
import type { Environment } from './env.ts'
import { PythonError, ValidationError } from './errors.ts'
import type { Field, Values } from './model.ts'
import { isStored } from './registry.ts'
import { isEmpty } from './values.ts'

/** Among the values of a create: the external id that `load` gives a line. */
export const externalIdKey = '$externalId'

/** Refuses a field the model has not. */
export function checkFields(env: Environment, model: string, values: Values): void {
  const { fields } = env.definition(model)
  for (const name of Object.keys(values))
    if (!fields[name] && name !== externalIdKey)
      throw new PythonError(
        'ValueError',
        env.version === 19 ? `Invalid field '${name}' in '${model}'` : `Invalid field '${name}' on model '${model}'`,
      )
}

/**
 * @param written fields that a write touched; absent = new records, every check runs
 */
export function checkRows(
  env: Environment,
  model: string,
  ids: readonly number[],
  written: string[] | undefined,
): void {
  const definition = env.definition(model)
  for (const id of ids) {
    const row = env.transaction.row(model, id)
    if (!row) continue
    for (const [name, field] of Object.entries(definition.fields))
      if (isStored(field) && isRequired(env, field) && (!written || written.includes(name)))
        checkRequired(env, model, name, field, row)
    for (const { fields, message } of definition.unique ?? [])
      if (!written || fields.some((f) => written.includes(f))) checkUnique(env, model, row, fields, message)
    for (const { fields, check } of definition.constraints ?? [])
      if (!written || fields.some((f) => written.includes(f))) check(env, env.record(model, id))
  }
}

export const isRequired = (env: Environment, field: Field): boolean =>
  typeof field.required === 'function' ? field.required(env.version) : Boolean(field.required)

function checkRequired(env: Environment, model: string, name: string, field: Field, row: Row): void {
  const value = row[name]
  const isText = field.type === 'char' || field.type === 'text'
  if (!(isText ? value === false || value === undefined : needsValue(field) && isEmpty(value))) return
  const label = field.string ?? labelOf(name)
  const { description } = env.definition(model)
  throw new ValidationError(
    env.version === 19
      ? `The operation cannot be completed: Missing required value for the field '${label}' (${name}).\nModel: '${description}' (${model})\n- create/update: a mandatory field is not set\n- delete: another model requires the record being deleted, you can archive it instead\n`
      : `The operation cannot be completed:\n- Create/update: a mandatory field is not set.\n- Delete: another model requires the record being deleted. If possible, archive it instead.\n\nModel: ${description} (${model})\nField: ${label} (${name})\n`,
  )
}

const needsValue = (field: Field): boolean =>
  field.type !== 'boolean' && field.type !== 'integer' && field.type !== 'float' && field.type !== 'monetary'

const uniqueKey = (model: string, fields: readonly string[], row: Row) =>
  `${model}!${fields.map((f) => `${f}=${row[f]}`).join('!')}`

const isWhole = (fields: readonly string[], row: Row) => fields.every((f) => !isEmpty(row[f]))

/** Two transactions cannot make the same unique value at the same time: the second waits for the first. */
export function lockUnique(env: Environment, model: string, row: Row): void {
  for (const { fields } of env.definition(model).unique ?? [])
    if (isWhole(fields, row)) env.transaction.lock(uniqueKey(model, fields, row))
}

function checkUnique(env: Environment, model: string, row: Row, fields: readonly string[], message: string): void {
  const [first = ''] = fields
  if (!isWhole(fields, row)) return
  const twin = env.transaction
    .lookup(model, first, row[first] ?? false)
    .some((id) => id !== row.id && fields.every((f) => env.transaction.row(model, id)?.[f] === row[f]))
  const told = message.replace(/\{(\w+)\}/g, (_, field: string) => String(row[field]))
  if (twin) throw new ValidationError(`The operation cannot be completed: ${told}`)
}

/** The database's own refusal: of a record that others point at, and, in the same words, of a pointer at nothing. */
export function foreignKey(env: Environment, model: string, name: string): ValidationError {
  const { description, fields } = env.definition(model)
  const label = fields[name]?.string ?? labelOf(name)
  return new ValidationError(
    env.version === 19
      ? `The operation cannot be completed: Another model is using the record you are trying to delete.\n\nThe troublemaker is: '${description}' (${model})\nThanks to the following constraint: '${label}' (${name})\nHow about archiving the record instead?`
      : `The operation cannot be completed: another model requires the record being deleted. If possible, archive it instead.\n\nModel: ${description} (${model})\nConstraint: ${model.replaceAll('.', '_')}_${name}_fkey\n`,
  )
}

/** 'partner_id' → 'Partner'. */
export function labelOf(name: string): string {
  const words = name.replace(/_ids?$/, '').split('_')
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(' ')
}
