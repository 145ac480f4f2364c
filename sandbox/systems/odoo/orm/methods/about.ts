import { isRequired, labelOf } from '../constraints.ts'
import { withDefaults } from '../create.ts'
import type { Environment } from '../env.ts'
import { AccessError } from '../errors.ts'
import type { Env, Field, Method, Value, Values } from '../model.ts'
import { isComputed, isStored } from '../registry.ts'
import { checkAccess, hasAccess, type Operation } from '../rights.ts'
import { seconds } from '../stamps.ts'
import { names } from './args.ts'

const full = (env: Env): Environment => env as Environment

/** What a model and its records are, and what the caller may do. */
export const aboutMethods: { [name: string]: Method } = {
  fields_get: {
    on: 'model',
    params: ['allfields?', 'attributes?'],
    run: (env, { model, args }) => {
      const { fields } = full(env).definition(model)
      const wanted = names(args.allfields)
      const attributes = names(args.attributes)
      const shown: Values = {}
      for (const [name, field] of Object.entries(fields))
        if (!wanted.length || wanted.includes(name)) shown[name] = described(full(env), name, field, attributes)
      return shown
    },
  },
  default_get: {
    on: 'model',
    params: ['fields_list'],
    run: (env, { model, args }) => {
      const all = withDefaults(full(env), model, {})
      return Object.fromEntries(Object.entries(all).filter(([name]) => names(args.fields_list).includes(name)))
    },
  },
  has_access: {
    params: ['operation'],
    run: (env, { model, args }) => hasAccess(full(env), model, args.operation as Operation),
  },
  check_access_rights: {
    on: 'model',
    params: ['operation', 'raise_exception?'],
    run: (env, { model, args }) => {
      if (args.raise_exception === false) return hasAccess(full(env), model, args.operation as Operation)
      checkAccess(full(env), model, args.operation as Operation)
      return undefined
    },
  },
  get_metadata: { run: (env, { model, ids }) => ids.flatMap((id) => metadata(full(env), model, id)) },
  get_external_id: {
    run: (env, { model, ids }) =>
      Object.fromEntries(ids.map((id) => [`${id}`, externalIds(full(env), model, id)[0]?.xmlid ?? ''])),
  },
}

function described(env: Environment, name: string, field: Field, attributes: string[]): Values {
  const all: { [key: string]: Value | undefined } = {
    change_default: false,
    company_dependent: field.companyDependent ?? false,
    depends: [...(field.depends ?? [])],
    manual: false,
    name,
    readonly: field.readonly ?? (isComputed(field) && !field.write && !field.related),
    required: isRequired(env, field),
    searchable: true,
    sortable: isStored(field),
    store: isStored(field) || (field.type === 'one2many' && !isComputed(field)),
    string: field.string ?? labelOf(name),
    type: field.type,
    relation: field.relation,
    relation_field: field.type === 'one2many' ? field.inverse : undefined,
    selection: field.selection?.map(([key, label]) => [key, label]),
    translate:
      field.type === 'char' || field.type === 'text' || field.type === 'html' ? (field.translate ?? false) : undefined,
    currency_field: field.type === 'monetary' ? 'currency_id' : undefined,
  }
  const shown: Values = {}
  for (const [key, value] of Object.entries(all))
    if (value !== undefined && (!attributes.length || attributes.includes(key))) shown[key] = value
  return shown
}

interface ExternalId {
  xmlid: string
  noupdate: boolean
}

function externalIds(env: Environment, model: string, id: number): ExternalId[] {
  return env.transaction.lookup('ir.model.data', 'res_id', id).flatMap((data) => {
    const row = env.transaction.row('ir.model.data', data)
    return row?.model === model ? [{ xmlid: `${row.module}.${row.name}`, noupdate: row.noupdate === true }] : []
  })
}

function metadata(env: Environment, model: string, id: number): Values[] {
  const row = env.transaction.row(model, id)
  if (!row) return []
  if (!hasAccess(env, model, 'read')) throw new AccessError(`You are not allowed to access ${model}`)
  const user = (uid: Value | undefined): Value =>
    typeof uid === 'number' ? [uid, env.sudo().record('res.users', uid).displayName()] : false
  const ids = externalIds(env, model, id)
  return [
    {
      id,
      create_uid: user(row.create_uid),
      create_date: seconds(String(row.create_date)),
      write_uid: user(row.write_uid),
      write_date: seconds(String(row.write_date)),
      xmlid: ids[0]?.xmlid ?? false,
      noupdate: ids[0]?.noupdate ?? false,
      xmlids: ids as unknown as Value,
    },
  ]
}
