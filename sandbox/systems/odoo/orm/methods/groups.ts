import type { Environment } from '../env.ts'
import { PythonError } from '../errors.ts'
import { Float } from '../float.ts'
import type { Domain, Method, Value, Values, Version } from '../model.ts'
import { read } from '../read.ts'
import { search } from '../search.ts'
import { domainOf, names, number } from './args.ts'

/** Sums by group: `read_group`, and `formatted_read_group` where the version has it (odoo.md §3.2). */
export function groupMethods(version: Version): { [name: string]: Method } {
  const methods: { [name: string]: Method } = {
    read_group: {
      on: 'model',
      params: ['domain', 'fields', 'groupby', 'offset?', 'limit?', 'orderby?', 'lazy?'],
      run: (env, { model, args }) => {
        const by = typeof args.groupby === 'string' ? [args.groupby] : names(args.groupby)
        const lazy = args.lazy !== false
        const used = lazy ? by.slice(0, 1) : by
        const shown = grouped(env as Environment, model, domainOf(args), used).map(({ keys, ids, own }) => {
          const count = lazy && used[0] ? `${used[0]}_count` : '__count'
          const row: Values = { ...keys, [count]: ids.length }
          for (const field of names(args.fields)) {
            const [name = '', how = 'sum'] = field.split(':')
            row[name] = aggregate(env as Environment, model, name, how, ids)
          }
          row.__domain = [
            ...Array.from({ length: domainOf(args).length ? own.length : own.length - 1 }, () => '&'),
            ...domainOf(args),
            ...own,
          ]
          return row
        })
        return page(shown, args)
      },
    },
  }
  if (version < 19) return methods
  return {
    ...methods,
    formatted_read_group: {
      on: 'model',
      params: ['domain', 'groupby?', 'aggregates?', 'having?', 'offset?', 'limit?', 'order?'],
      run: (env, { model, args }) => {
        const shown = grouped(env as Environment, model, domainOf(args), names(args.groupby)).map(
          ({ keys, ids, own }) => {
            const row: Values = { ...keys, __extra_domain: [...own.slice(1).map(() => '&'), ...own] }
            for (const wanted of names(args.aggregates)) {
              const [name = '', how = 'sum'] = wanted.split(':')
              row[wanted] = wanted === '__count' ? ids.length : aggregate(env as Environment, model, name, how, ids)
            }
            return row
          },
        )
        return page(shown, args)
      },
    },
  }
}

interface Group {
  keys: Values
  ids: number[]
  /** Conditions that say which group it is. */
  own: Value[]
}

function grouped(env: Environment, model: string, domain: Domain, by: string[]): Group[] {
  for (const name of by)
    if (!env.definition(model).fields[name.split(':')[0] ?? ''])
      throw new PythonError('ValueError', `Invalid field '${name}' on model '${model}'`)
  const ids = search(env, model, domain, { order: 'id' })
  if (!by.length) return [{ keys: {}, ids, own: domain.length ? [] : [[1, '=', 1]] }]
  const groups = new Map<string, Group>()
  const rows = read(env, model, ids, { fields: by })
  for (const row of rows) {
    const keys = Object.fromEntries(by.map((name) => [name, row[name] ?? false]))
    const key = JSON.stringify(keys)
    const own = by.map((name) => [name, '=', plain(row[name] ?? false)])
    const group = groups.get(key) ?? { keys, ids: [], own }
    group.ids.push(row.id as number)
    groups.set(key, group)
  }
  const label = (group: Group) => by.map((name) => sortable(group.keys[name] ?? false)).join('\u0000')
  return [...groups.values()].sort((a, b) => (label(a) < label(b) ? -1 : label(a) > label(b) ? 1 : 0))
}

const plain = (value: Value): Value => (Array.isArray(value) ? (value[0] ?? false) : value)
/** Nothing comes last. */
const sortable = (value: Value): string =>
  value === false ? '\uffff' : String(Array.isArray(value) ? value[1] : value)

function aggregate(env: Environment, model: string, name: string, how: string, ids: number[]): Value {
  if (how === 'count' || how === 'count_distinct') return ids.length
  const values = ids.map((id) => env.record(model, id).num(name))
  const { type } = env.definition(model).fields[name] ?? { type: 'float' }
  const total = values.reduce((sum, value) => sum + value, 0)
  const found =
    how === 'max'
      ? Math.max(...values)
      : how === 'min'
        ? Math.min(...values)
        : how === 'avg'
          ? total / values.length
          : total
  return type === 'integer' ? found : Float.of(found)
}

function page(rows: Values[], args: Values): Values[] {
  const from = number(args.offset) ?? 0
  return rows.slice(from, from + (number(args.limit) || rows.length))
}
