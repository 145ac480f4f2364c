import type { Json, SourceDocument } from '../../core/exchange.ts'
import { type Bundle, externalIdModel, idOf, primaryModels, readingModel, recordsOf, typeOfPurchase } from './bundle.ts'
import { bundleOf, type Source } from './related/closure.ts'
import { graphOf, parents } from './related/graph.ts'
import { pricesOf } from './related/vendor-prices.ts'
import type { OdooRecord } from './rpc.ts'
import { toSourceDocument } from './source-document.ts'

/**
 * The source documents in a preview file, in its order: an object of raw records by model, one record of the flow's
 * own model, or an array of either. Each document gets only the records it refers to, as far as the file has them.
 * `arrival` is the position. Pure.
 * @param flowTypes document types of the flow ("erp-purchase-order", "invoice")
 */
export function documentsOf(flowTypes: string[], file: unknown): SourceDocument[] {
  const parts = (Array.isArray(file) ? file : [file]).filter(isRecord)
  const bundles = flowTypes.flatMap((type) => {
    const all = merge(parts.map((part) => (isBundle(part) ? part : { [modelOf(part, type)]: [part] })))
    if (type === 'stock-report') return stockBundle(all).map((bundle) => ({ type, bundle }))
    const source = sourceOf(all)
    return primaryModels(type).flatMap((model) =>
      (all[model] ?? [])
        .filter((record) => isPrimary(type, model, record))
        .map((record) => ({
          type,
          bundle: complete(bundleOf(model, record, source, graphOf(type, model)).bundle, all),
        })),
    )
  })
  return bundles.map(({ type, bundle }, i) => toSourceDocument(type, bundle, String(i)))
}

const isRecord = (value: unknown): value is { [field: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length > 0

/** A model's name has a dot, a field's has none. */
const isBundle = (part: { [field: string]: Json }): boolean => Object.keys(part).some((name) => name.includes('.'))

/** The model of a record that came without one: orders are told apart by a field that only one of them has. */
function modelOf(record: { [field: string]: Json }, type: string): string {
  const [first = '', ...others] = primaryModels(type)
  if (others.length === 0) return first
  if ('vendor_id' in record || 'line_ids' in record) return 'purchase.requisition'
  return 'partner_ref' in record || 'date_planned' in record ? 'purchase.order' : 'sale.order'
}

/** A purchase order is one of ours or a retailer's; journal entries and vendor bills are no invoices of ours. */
function isPrimary(type: string, model: string, record: OdooRecord): boolean {
  if (model === 'purchase.order')
    return typeOfPurchase(record) === (type === 'inbound-order' ? 'erp-purchase-order' : type)
  if (model === 'account.move')
    return record.move_type === undefined || record.move_type === 'out_invoice' || record.move_type === 'out_refund'
  return true
}

function merge(parts: readonly Json[]): Bundle {
  const models = new Set(parts.flatMap((part) => (isRecord(part) ? Object.keys(part) : [])))
  return Object.fromEntries([...models].map((model) => [model, parts.flatMap((part) => recordsOf(part, model))]))
}

/** The file's records by id, and by the header they name. */
function sourceOf(all: Bundle): Source {
  const byId = new Map<string, OdooRecord>()
  const below = new Map<string, { model: string; id: number }[]>()
  for (const [model, records] of Object.entries(all))
    for (const record of records) {
      byId.set(`${model}/${record.id}`, record)
      for (const up of parents.filter((one) => one.line === model)) {
        const key = `${up.model}/${idOf(record[up.field]) ?? ''}`
        below.set(key, [...(below.get(key) ?? []), { model, id: record.id }])
      }
    }
  return {
    get: ({ model, id }) => byId.get(`${model}/${id}`),
    below: ({ model, id }) => below.get(`${model}/${id}`) ?? [],
  }
}

/** What is found by other ways than a field of the record: vendor prices, external ids, and how the file was read. */
function complete(bundle: Bundle, all: Bundle): Bundle {
  const prices = pricesOf(bundle, all['product.supplierinfo'] ?? [])
  const ids = (all[externalIdModel] ?? []).filter(({ model, res_id: id }) =>
    bundle[String(model)]?.some((record) => record.id === id),
  )
  return {
    ...bundle,
    ...(prices.length > 0 ? { 'product.supplierinfo': prices } : {}),
    ...(ids.length > 0 ? { [externalIdModel]: ids } : {}),
    ...readingOf(all),
  }
}

const readingOf = (all: Bundle): Bundle => {
  const found = all[readingModel]
  return found ? { [readingModel]: found } : {}
}

/** All products of the file are one report. */
const stockBundle = (all: Bundle): Bundle[] => {
  const products = all['product.product'] ?? []
  return products.length === 0 ? [] : [{ 'product.product': products, ...readingOf(all) }]
}
