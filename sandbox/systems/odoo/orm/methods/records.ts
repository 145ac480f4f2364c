import type { Environment } from '../env.ts'
import { UserError } from '../errors.ts'
import { load } from '../load/index.ts'
import type { Env, Method, Value, Values } from '../model.ts'
import { read } from '../read.ts'
import { isStored } from '../registry.ts'
import { hasAccess } from '../rights.ts'
import { names, text } from './args.ts'

const full = (env: Env): Environment => env as Environment

/** Reading and changing records. */
export const recordMethods: { [name: string]: Method } = {
  read: {
    params: ['fields?', 'load?'],
    run: (env, { model, ids, args }) =>
      read(full(env), model, ids, { fields: names(args.fields), load: text(args.load), wire: true }),
  },
  create: {
    on: 'model',
    params: ['vals_list'],
    run: (env, { model, args }) => {
      const api = env.model(model)
      const given = args.vals_list
      if (Array.isArray(given)) return api.createMany(given as Values[]).map((record) => record.id)
      return api.create(given as Values).id
    },
  },
  write: {
    params: ['vals'],
    run: (env, { model, ids, args }) => {
      env.model(model).write(ids, args.vals as Values)
      return true
    },
  },
  unlink: {
    run: (env, { model, ids }) => {
      env.model(model).unlink(ids)
      return true
    },
  },
  copy: {
    params: ['default?'],
    run: (env, { model, ids, args }) =>
      ids.map((id) => env.model(model).create(copied(full(env), model, id, args.default)).id),
  },
  load: {
    on: 'model',
    params: ['fields', 'data'],
    run: (env, { model, args }) => load(full(env), model, names(args.fields), (args.data ?? []) as Value[][]),
  },
  action_archive: { run: (env, { model, ids }) => archive(env, model, ids, false) },
  action_unarchive: { run: (env, { model, ids }) => archive(env, model, ids, true) },
  toggle_active: {
    run: (env, { model, ids }) => {
      for (const record of env.model(model).browse(ids)) record.set({ active: !record.bool('active') })
      return undefined
    },
  },
  export_data: {
    params: ['fields_to_export'],
    run: (env, { model, ids, args }) => {
      const allowed = full(env).user.get('id') === 1 || hasAccess(full(env), 'ir.model.data', 'read')
      if (!allowed) throw new UserError("You don't have the rights to export data. Please contact an Administrator.")
      const paths = names(args.fields_to_export)
      return { datas: ids.map((id) => paths.map((path) => exported(full(env), model, id, path.split('/')))) }
    },
  },
}

function archive(env: Env, model: string, ids: number[], active: boolean): undefined {
  if (ids.length) env.model(model).write(ids, { active })
}

function copied(env: Environment, model: string, id: number, changes: Value | undefined): Values {
  const values: Values = {}
  for (const [name, field] of Object.entries(env.definition(model).fields))
    if (isStored(field) && !field.compute && !field.related && field.copy !== false && name !== 'id') {
      const value = env.record(model, id).get(name)
      values[name] = field.type === 'many2many' ? [[6, 0, value]] : value
    }
  return { ...values, ...((changes ?? {}) as Values) }
}

function exported(env: Environment, model: string, id: number, [step = '', ...rest]: string[]): Value {
  if (step === '.id') return String(id)
  if (step === 'id') {
    for (const data of env.transaction.lookup('ir.model.data', 'res_id', id)) {
      const row = env.transaction.row('ir.model.data', data)
      if (row?.model === model) return `${row.module}.${row.name}`
    }
    return ''
  }
  const record = env.record(model, id)
  const next = record.one(step)
  if (next) return rest.length ? exported(env, next.model, next.id, rest) : next.displayName()
  const value = record.get(step)
  return value === false ? '' : value
}
