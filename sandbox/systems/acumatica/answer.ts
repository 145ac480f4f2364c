import type { EntityName } from './data.ts'
import { cannotOptimize } from './errors.ts'
import { parseFilter } from './filter.ts'
import { type ApiRecord, isLinked, isObject } from './wire.ts'

export interface Endpoint {
  name: string
  version: string
}

/** Fields that older contracts lack, by the year that brought them (acumatica.md §5, §7). */
const since: { [entity in EntityName]?: Record<string, number> } = {
  SalesOrder: { NoteID: 22, CreatedDate: 22, Branch: 23, 'Details/ExternalRef': 22, 'Details/ManualPrice': 22 },
  Shipment: { NoteID: 22, 'Packages/LineNbr': 22, 'Packages/NoteID': 22 },
  SalesInvoice: {
    LastModifiedDateTime: 23,
    LastModifiedDate: 24,
    CreatedDate: 24,
    ExternalRef: 24,
    ShipToAddress: 24,
    ShipToContact: 24,
    BillToAddress: 24,
    BillToContact: 24,
  },
  CustomerLocation: { ExtRefNbr: 24, Status: 23 },
  StockItem: { LastModifiedDateTime: 24 },
}

/** Details that a list read cannot be optimised with; a read by key can. */
const heavy = ['Packages', 'Packages/PackageContents', 'Details', 'Details/Allocations', 'FreightDetails', 'TaxDetails']

export interface Options {
  filter: string | undefined
  select: string[] | undefined
  expand: string[]
  custom: string[]
  top: number | undefined
  skip: number
}

export function parseOptions(query: URLSearchParams): Options {
  const names = (name: string) =>
    query
      .get(name)
      ?.split(',')
      .map((one) => one.trim())
  const number = (name: string) => (query.has(name) ? Number(query.get(name)) : undefined)
  return {
    filter: query.get('$filter') ?? undefined,
    select: names('$select'),
    expand: names('$expand') ?? [],
    custom: names('$custom') ?? [],
    top: number('$top'),
    skip: number('$skip') ?? 0,
  }
}

/** Rows of a list read: filtered, cut, shaped. */
export function answerList(
  entity: EntityName,
  rows: ApiRecord[],
  options: Options,
  endpoint: Endpoint,
  base: string,
): ApiRecord[] {
  const tooHeavy = options.expand.filter((one) => heavy.includes(one))
  if (tooHeavy.length > 0 && entity !== 'StockItem') throw cannotOptimize(tooHeavy.join('\r\n'))
  const test = options.filter === undefined ? () => true : parseFilter(options.filter, hidden(entity, endpoint))
  const kept = rows.filter(test).slice(options.skip)
  return kept
    .slice(0, options.top ?? kept.length)
    .map((record, i) => ({ ...shape(entity, record, options, endpoint, base), rowNumber: i + 1 }))
}

/**
 * A record as the API shows it: linked entities and details only where expanded, fields only where selected, custom
 * fields only where asked for, and nothing that the contract of this version lacks.
 */
export function shape(
  entity: EntityName,
  record: ApiRecord,
  options: Options,
  endpoint: Endpoint,
  base: string,
): ApiRecord {
  const gone = hidden(entity, endpoint)
  const shown = (path: string) => !gone.includes(path)
  const selected = (path: string) => options.select === undefined || options.select.includes(path)
  const selectsInside = (path: string) => options.select?.some((one) => one.startsWith(`${path}/`)) ?? false

  const level = (from: ApiRecord, at: string, whole: boolean): ApiRecord => {
    const out: ApiRecord = {}
    for (const [name, content] of Object.entries(from)) {
      const path = at ? `${at}/${name}` : name
      if (['id', 'rowNumber', 'note', 'error'].includes(name)) out[name] = content
      else if (name === 'custom') out[name] = customOf(from, options.custom)
      else if (name === '_links' || !shown(path)) continue
      else if (Array.isArray(content) || isLinked(content)) {
        if (!options.expand.includes(path)) continue
        const all = whole || selected(path) || !selectsInside(path)
        if (Array.isArray(content)) out[name] = content.map((row) => level(row as ApiRecord, path, all))
        else out[name] = level(content, path, all)
      } else if (whole || selected(path)) out[name] = content
    }
    return out
  }
  const self = `${base}/entity/${endpoint.name}/${endpoint.version}/${entity}/${record.id}`
  return {
    ...level(record, '', options.select === undefined),
    custom: customOf(record, options.custom),
    _links: { self },
  }
}

export const hidden = (entity: EntityName, endpoint: Endpoint): string[] => {
  const year = endpoint.name === 'Default' ? Number(endpoint.version.slice(0, 2)) : 24
  return Object.entries(since[entity] ?? {}).flatMap(([name, from]) => (year < from ? name : []))
}

/** Custom fields asked for as "View.Field". A plain field is also found under its screen view. */
function customOf(record: ApiRecord, wanted: string[]): ApiRecord {
  const out: Record<string, ApiRecord> = {}
  for (const one of wanted) {
    const [view = '', name = ''] = one.split('.')
    const views = isObject(record.custom) ? record.custom : {}
    const kept = isObject(views[view]) ? views[view][name] : undefined
    const plain =
      view === 'Document' && isObject(record[name]) ? { type: 'CustomStringField', ...record[name] } : undefined
    const found = kept ?? plain
    if (found !== undefined) out[view] = { ...out[view], [name]: found }
  }
  return out
}
