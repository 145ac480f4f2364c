import type { Environment } from '../env.ts'
import type { Env, Method, Value, Version } from '../model.ts'
import { read } from '../read.ts'
import { search } from '../search.ts'
import { domainOf, names, number, searchOptions, text } from './args.ts'
import { nested } from './nested.ts'

const full = (env: Env): Environment => env as Environment

/** Finding records. */
export function searchMethods(version: Version): { [name: string]: Method } {
  return {
    search: {
      on: 'model',
      params: ['domain', 'offset?', 'limit?', 'order?'],
      run: (env, { model, args }) => search(full(env), model, domainOf(args), searchOptions(args)),
    },
    search_count: {
      on: 'model',
      params: ['domain', 'limit?'],
      run: (env, { model, args }) => {
        const count = search(full(env), model, domainOf(args), { order: 'id' }).length
        return Math.min(count, number(args.limit) || count)
      },
    },
    search_read: {
      on: 'model',
      params: ['domain?', 'fields?', 'offset?', 'limit?', 'order?', 'load?'],
      run: (env, { model, args }) => {
        const ids = search(full(env), model, domainOf(args), searchOptions(args))
        return read(full(env), model, ids, { fields: names(args.fields), load: text(args.load), wire: true })
      },
    },
    web_search_read: {
      on: 'model',
      params: ['domain', 'specification', 'offset?', 'limit?', 'order?', 'count_limit?'],
      run: (env, { model, args }) => {
        const ids = search(full(env), model, domainOf(args), searchOptions(args))
        const length = search(full(env), model, domainOf(args), { order: 'id' }).length
        return { length, records: nested(full(env), model, ids, args.specification ?? {}) }
      },
    },
    web_read: {
      params: ['specification'],
      run: (env, { model, ids, args }) => nested(full(env), model, ids, args.specification ?? {}),
    },
    name_search: {
      on: 'model',
      params: ['name?', version === 19 ? 'domain?' : 'args?', 'operator?', 'limit?'],
      run: (env, { model, args }) => {
        const definition = full(env).definition(model)
        const operator = text(args.operator) ?? 'ilike'
        const fields = definition.searchNames ?? [definition.recName ?? 'name']
        const extra = args.domain ?? args.args
        const base = Array.isArray(extra) ? extra : []
        const wanted = text(args.name) ?? ''
        const named: Value[] = wanted
          ? [...fields.slice(1).map(() => '|'), ...fields.map((field) => [field, operator, wanted])]
          : []
        const both = named.length && base.length ? ['&', ...named, ...grouped(base)] : [...named, ...base]
        return search(full(env), model, both, { limit: number(args.limit) ?? 100 }).map((id) => [
          id,
          env.model(model).get(id).displayName(),
        ])
      },
    },
  }
}

/** Conditions that stand side by side, as one. */
function grouped(domain: Value[]): Value[] {
  const terms = domain.filter((item) => Array.isArray(item)).length
  const joined = domain.filter((item) => item === '&' || item === '|').length
  return [...Array.from({ length: Math.max(0, terms - joined - 1) }, () => '&'), ...domain]
}
