import type { Json } from '../../core/exchange.ts'
import type { OdooRecord } from './rpc.ts'

/**
 * What one document is made of: raw records by model, exactly as search_read returns them. `raw` of the document, and
 * what `preview` takes. The first record of the document's own model is the document itself; others of that model are
 * related to it (the invoice a credit note reverses).
 */
export type Bundle = { [model: string]: OdooRecord[] }

/** How a bundle was read, where that matters to its meaning: a pseudo-model with one record. */
export const readingModel = 'ml_connector.reading'

/** External ids of records, as get_metadata tells them: a pseudo-model with `model`, `res_id`, `name` (module.name). */
export const externalIdModel = 'ir.model.data'

/** Begin of our own references in `origin` (or an agreement's `reference`): orders that came through this pipeline. */
export const ownReference = 'SPS:'

const primaries: { readonly [type: string]: readonly string[] } = {
  'erp-purchase-order': ['purchase.order'],
  'received-order': ['sale.order', 'purchase.order', 'purchase.requisition'],
  'ship-notice': ['stock.picking'],
  invoice: ['account.move'],
  'stock-report': ['product.product'],
  product: ['product.product'],
  'inbound-order': ['purchase.order'],
}

/** The models that documents of a type are made of; none for a type Odoo has not. */
export const primaryModels = (type: string): readonly string[] => primaries[type] ?? []

const isObject = (value: Json | undefined): value is { [field: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/**
 * The id of a many2one: `[id, name]`, a bare id, `{id, display_name}` (web_search_read), or undefined where it is
 * false, empty or no reference at all.
 */
export function idOf(value: Json | undefined): number | undefined {
  const id = Array.isArray(value) ? value[0] : isObject(value) ? value.id : value
  return typeof id === 'number' && Number.isInteger(id) && id > 0 ? id : undefined
}

/** The ids of a one2many or many2many. */
export const idsOf = (value: Json | undefined): number[] =>
  (Array.isArray(value) ? value : []).flatMap((one) =>
    typeof one === 'number' || isObject(one) ? (idOf(one) ?? []) : [],
  )

/** The display name of a many2one, where it came with one. */
export function nameOf(value: Json | undefined): string | undefined {
  const name = Array.isArray(value) ? value[1] : isObject(value) ? value.display_name : undefined
  return typeof name === 'string' && name.trim() !== '' ? name.trim() : undefined
}

/** Records of one model in anything that should be a bundle. */
export function recordsOf(raw: Json | undefined, model: string): OdooRecord[] {
  const fields = typeof raw === 'object' && raw !== null && !Array.isArray(raw) ? raw : {}
  const found = fields[model]
  return (Array.isArray(found) ? found : found === undefined ? [] : [found]).filter(
    (one): one is OdooRecord => typeof one === 'object' && one !== null && !Array.isArray(one),
  )
}

/** Our reference in a record of an order model; undefined where the order did not come through this pipeline. */
export function ownReferenceOf(record: OdooRecord): string | undefined {
  const found = [record.origin, record.reference].find((v) => typeof v === 'string' && v.startsWith(ownReference))
  return typeof found === 'string' ? found : undefined
}

/** The document type of a record of an order model: an order of ours is a received one. */
export const typeOfPurchase = (record: OdooRecord): 'received-order' | 'erp-purchase-order' =>
  ownReferenceOf(record) === undefined ? 'erp-purchase-order' : 'received-order'

/** The bundle as JSON: what is stored and what `preview` shows. */
export const asJson = (bundle: Bundle): Json => bundle as { [model: string]: Json }
