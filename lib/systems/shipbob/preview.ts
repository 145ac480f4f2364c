import type { Json, SourceDocument } from '../../core/exchange.ts'
import { type Bundle, invoiceBundle, loneShipment, type Primary, partOf, primaryOf, shipmentBundles } from './bundle.ts'
import { type Fields, isFields, textOf } from './parse/reading.ts'
import { describe } from './source-document.ts'

type Kind = Primary | 'order' | 'box' | 'transaction'

/** Fields by which records are told apart; the first that one has counts. */
const marks: readonly (readonly [string, Kind])[] = [
  ['transaction_id', 'transaction'],
  ['invoice_id', 'invoice'],
  ['shipments', 'order'],
  ['inventory_quantities', 'receiving'],
  ['return_type', 'return'],
  ['box_items', 'box'],
  ['tracking_barcode', 'unidentified'],
  ['linked_wro_id', 'unidentified'],
  ['order_id', 'shipment'],
]

interface Found {
  kind: Kind
  record: Fields
  /** The record it was asked for under: boxes do not say whose they are. */
  of?: string | undefined
}

/**
 * The source documents in a preview file, in its order. It may hold what `preview` itself shows (`{"receiving": …,
 * "boxes": […]}`), answers of the API as they are (a record, a list, `{"items": […]}`), recordings of them
 * (`{"request": …, "response": {"body": …}}`), or an array of any of these. Boxes go to the receiving order in the path of
 * their recording, else to the only one of the file; transactions to the invoice they name. `arrival` is the position.
 * Pure.
 * @param flowTypes document types of the flow ("shipment", "receiving-progress")
 */
export function documentsOf(flowTypes: string[], file: unknown): SourceDocument[] {
  const wanted = new Set(flowTypes.flatMap((type) => primaryOf(type) ?? []))
  const found = recordsIn(file as Json)
  return found
    .flatMap((one) => bundlesOf(one, found))
    .filter((bundle) => [...wanted].some((name) => partOf(bundle as Json, name) !== undefined))
    .map((bundle, i) => describe(bundle, String(i)).document)
}

function recordsIn(value: Json, path?: string): Found[] {
  if (Array.isArray(value)) return value.flatMap((one) => recordsIn(one, path))
  if (!isFields(value)) return []
  const response = partOf(value, 'response')
  if (response) return recordsIn(response.body ?? null, textOf(partOf(value, 'request')?.path))
  if (Array.isArray(value.items)) return recordsIn(value.items, path)
  const kind = marks.find(([field]) => field in value)?.[1]
  if (kind) return [{ kind, record: value, of: /\/receiving\/(\d+)\/boxes/.exec(path ?? '')?.[1] }]
  return ofBundle(value, path)
}

/** The parts of a bundle are read as records of the file; a shipment keeps the order that stands beside it. */
function ofBundle(bundle: Fields, path: string | undefined): Found[] {
  const order = partOf(bundle, 'order')
  const shipment = partOf(bundle, 'shipment')
  if (order && shipment) return [{ kind: 'order', record: { ...order, shipments: [{ ...shipment }] } }]
  const receiving = partOf(bundle, 'receiving')
  return Object.values(bundle)
    .flatMap((part) => recordsIn(part, path))
    .map((one) => (one.kind === 'box' && receiving ? { ...one, of: textOf(receiving.id) } : one))
}

function bundlesOf({ kind, record }: Found, all: readonly Found[]): Bundle[] {
  const of = (wanted: Kind) => all.filter((one) => one.kind === wanted)
  if (kind === 'order') return shipmentBundles(record)
  if (kind === 'shipment') return [loneShipment(record)]
  if (kind === 'unidentified') return [{ unidentified: record }]
  if (kind === 'return') return [{ return: record }]
  if (kind === 'invoice') {
    const id = textOf(record.invoice_id)
    const on = of('transaction').filter((one) => textOf(one.record.invoice_id) === id)
    return [
      invoiceBundle(
        record,
        on.map((one) => one.record as Json),
      ),
    ]
  }
  if (kind !== 'receiving') return []
  const id = textOf(record.id)
  const only = of('receiving').length === 1
  const boxes = of('box').filter((one) => one.of === id || (one.of === undefined && only))
  return [{ receiving: record, ...(boxes.length > 0 ? { boxes: boxes.map((one) => one.record as Json) } : {}) }]
}
