import type { Json, SourceDocument } from '../../core/exchange.ts'
import { addRelated, type Bundle, bundleOf, keyFields, type RelatedEntity, referenceKey, references } from './bundle.ts'
import { primaryEntity } from './parse.ts'
import { type ApiRecord, identifier } from './records.ts'
import { toSourceDocument } from './source-document.ts'

type File = { [entity in keyof Required<Bundle>]: ApiRecord[] }

/** Names under which a preview file may hold an entity's records. */
const names: { [entity in keyof File]: string[] } = {
  shipments: ['shipments'],
  salesInvoices: ['salesInvoices', 'invoices', 'creditMemos'],
  salesOrders: ['salesOrders'],
  stockItems: ['stockItems'],
  customerLocations: ['customerLocations'],
  originals: ['originals'],
}

/**
 * The source documents in a preview file, in its order: an object of arrays by entity, one record of the flow's
 * primary entity, or an array of either. Each document gets only the related records it refers to, as the reader
 * would have read them. `arrival` is the position. Pure.
 * @param flowTypes document types of the flow ("ship-notice", "invoice")
 */
export function documentsOf(flowTypes: string[], file: unknown): SourceDocument[] {
  const documents = flowTypes.flatMap((type) => {
    const entity = primaryEntity(type)
    if (!entity) return []
    const all = merge(listOf(file as Json).map((part) => entitiesOf(part, entity)))
    const related = index(all)
    return all[entity].map((record) => complete(bundleOf(entity, record), related))
  })
  return documents.map((bundle, i) => toSourceDocument(bundle, String(i)))
}

/** What one part of the file holds by entity; a part that names no entity is a primary record itself. */
function entitiesOf(part: Json, primary: 'shipments' | 'salesInvoices'): Partial<File> {
  const fields = part !== null && typeof part === 'object' && !Array.isArray(part) ? part : {}
  const named = Object.entries(names).map(([entity, spellings]) => [
    entity,
    spellings.flatMap((name) => listOf(fields[name] ?? [])),
  ])
  const isNamed = Object.values(names)
    .flat()
    .some((name) => name in fields)
  return isNamed ? Object.fromEntries(named) : { [primary]: [part] }
}

const merge = (parts: Partial<File>[]): File =>
  Object.fromEntries(
    Object.keys(names).map((entity) => [entity, parts.flatMap((part) => part[entity as keyof File] ?? [])]),
  ) as File

/** Related records by entity and key. An original invoice may stand among the invoices of the file as well. */
function index(all: File): Map<string, ApiRecord> {
  const found = new Map<string, ApiRecord>()
  const put = (entity: RelatedEntity, records: ApiRecord[]) => {
    for (const record of records)
      found.set(referenceKey({ entity, keys: keyFields[entity].map((f) => identifier(record, f) ?? '') }), record)
  }
  put('SalesInvoice', [...all.salesInvoices, ...all.originals])
  put('SalesOrder', all.salesOrders)
  put('StockItem', all.stockItems)
  put('CustomerLocation', all.customerLocations)
  return found
}

function complete(bundle: Bundle, related: Map<string, ApiRecord>): Bundle {
  const taken = new Set<string>()
  for (let grew = true; grew; ) {
    grew = false
    for (const reference of references(bundle)) {
      const key = referenceKey(reference)
      const record = related.get(key)
      if (taken.has(key) || !record) continue
      taken.add(key)
      addRelated(bundle, reference.entity, record)
      grew = true
    }
  }
  return bundle
}

const listOf = (value: Json): ApiRecord[] => (Array.isArray(value) ? value : [value]) as ApiRecord[]
