import { readFileSync } from 'node:fs'
import type { Json } from '../../../lib/core/exchange.ts'
import { type Bundle, externalIdModel, idOf, readingModel } from '../../../lib/systems/odoo/bundle.ts'
import { parse } from '../../../lib/systems/odoo/parse.ts'
import type { Odoo, OdooRecord } from '../../../lib/systems/odoo/rpc.ts'

/** A bundle as live Odoo 18 and 19 gave it (test/fixtures/odoo/documents). */
export const fixture = (name: string): Bundle =>
  JSON.parse(readFileSync(new URL(`../../fixtures/odoo/documents/${name}.json`, import.meta.url), 'utf8'))

/** The document of a bundle; fails the test with its problems where there is none. */
export function parsed<T>(type: string, raw: Bundle): T {
  const result = parse(type, raw as Json)
  if ('problems' in result) throw new Error(JSON.stringify(result.problems, null, 2))
  return result.document as T
}

export const problemsOf = (type: string, raw: Bundle) => {
  const result = parse(type, raw as Json)
  return 'problems' in result ? result.problems : []
}

/** The bundle with one model's records changed; an undefined field stays as it is. */
export const changed = (
  raw: Bundle,
  model: string,
  change: (record: OdooRecord) => { [field: string]: Json | undefined },
): Bundle => ({
  ...raw,
  [model]: (raw[model] ?? []).map((record) => {
    const fields = Object.entries(change(record)).filter(([, value]) => value !== undefined)
    return { ...record, ...Object.fromEntries(fields) } as OdooRecord
  }),
})

export const without = (record: OdooRecord, ...fields: string[]): OdooRecord =>
  Object.fromEntries(Object.entries(record).filter(([name]) => !fields.includes(name))) as OdooRecord

type Condition = [string, string, Json]

/** An Odoo that holds these records and answers searches on them as the live ones did. */
export function database(all: Bundle): Odoo & { asked: string[] } {
  const asked: string[] = []
  const stored = Object.fromEntries(
    Object.entries(all).filter(([model]) => model !== externalIdModel && model !== readingModel),
  )
  const holds = (record: OdooRecord, [field, , value]: Condition): boolean => {
    const found = Array.isArray(record[field]) ? (idOf(record[field]) ?? null) : (record[field] ?? null)
    return Array.isArray(value) ? value.includes(found) : found === value
  }
  const find = (model: string, domain: Json[]) =>
    (stored[model] ?? []).filter((record) => (domain as Condition[]).every((condition) => holds(record, condition)))
  return {
    asked,
    version: 19,
    companies: [1],
    call: async ({ model, method, ids = [] }) => {
      asked.push(`${model}.${method}`)
      const rows = all[externalIdModel] ?? []
      return ids.map((id) => {
        const own = rows.find((row) => row.model === model && row.res_id === id)
        return { id, xmlid: false, xmlids: [{ xmlid: 'base.other' }, ...(own ? [{ xmlid: own.name ?? '' }] : [])] }
      })
    },
    searchRead: async (model, domain, { fields }) => {
      asked.push(`${model}.search_read`)
      return find(model, domain).map(
        (record) =>
          Object.fromEntries([['id', record.id], ...fields.map((f) => [f, record[f] ?? false])]) as OdooRecord,
      )
    },
    search: async (model, domain) => find(model, domain).map(({ id }) => id),
    searchCount: async (model, domain) => find(model, domain).length,
    read: async (model, ids) => (stored[model] ?? []).filter(({ id }) => ids.includes(id)),
    fields: async (model) =>
      Object.fromEntries(
        (stored[model] ?? []).flatMap((record) => Object.keys(record)).map((field) => [field, { type: 'char' }]),
      ),
    hasModel: async (model) => model in stored,
    serverNow: async () => Date.UTC(2026, 10, 21, 8),
  }
}
