import type { Json } from '../../core/exchange.ts'
import { type ApiRecord, identifier, rows } from './records.ts'

/** What one document is made of: the primary record and all it refers to, exactly as read. `raw` of the document. */
export type Bundle = {
  shipments?: ApiRecord[]
  salesInvoices?: ApiRecord[]
  salesOrders: ApiRecord[]
  stockItems: ApiRecord[]
  customerLocations: ApiRecord[]
  /** Invoices that a credit memo credits. */
  originals?: ApiRecord[]
}

export type RelatedEntity = 'SalesOrder' | 'StockItem' | 'CustomerLocation' | 'SalesInvoice'

/** A record another one points to, by its entity and key. */
export interface Reference {
  entity: RelatedEntity
  keys: string[]
}

/** Fields that form an entity's key, in the order of the path of a read by key. */
export const keyFields = {
  SalesOrder: ['OrderType', 'OrderNbr'],
  StockItem: ['InventoryID'],
  CustomerLocation: ['Customer', 'LocationID'],
  SalesInvoice: ['Type', 'ReferenceNbr'],
  Shipment: ['ShipmentNbr'],
} as const

const home = {
  SalesOrder: 'salesOrders',
  StockItem: 'stockItems',
  CustomerLocation: 'customerLocations',
  SalesInvoice: 'originals',
} as const satisfies Record<RelatedEntity, keyof Bundle>

/** An empty bundle around one primary record. */
export const bundleOf = (entity: 'shipments' | 'salesInvoices', record: ApiRecord): Bundle =>
  entity === 'shipments'
    ? { shipments: [record], salesOrders: [], stockItems: [], customerLocations: [] }
    : { salesInvoices: [record], salesOrders: [], stockItems: [], customerLocations: [], originals: [] }

/** Puts a related record where it belongs. */
export function addRelated(bundle: Bundle, entity: RelatedEntity, record: ApiRecord): void {
  const list = bundle[home[entity]] ?? []
  list.push(record)
  bundle[home[entity]] = list
}

export const referenceKey = (reference: Reference): string => `${reference.entity}/${reference.keys.join('/')}`

/**
 * Everything the bundle's records point to so far, once each, in order of first appearance. Orders and original
 * invoices point on to places and orders: ask again after adding them, until nothing new comes.
 */
export function references(bundle: Bundle): Reference[] {
  const found = new Map<string, Reference>()
  const add = (entity: RelatedEntity, ...keys: (string | undefined)[]) => {
    if (keys.some((key) => key === undefined)) return
    const reference = { entity, keys: keys as string[] }
    found.set(referenceKey(reference), reference)
  }
  const primary = [...(bundle.shipments ?? []), ...(bundle.salesInvoices ?? [])]
  const lines = primary.flatMap((record) => rows(record, 'Details') ?? [])
  for (const line of lines) add('SalesOrder', identifier(line, 'OrderType'), identifier(line, 'OrderNbr'))
  for (const row of [...lines, ...lines.flatMap(allocations), ...primary.flatMap(contents)])
    add('StockItem', identifier(row, 'InventoryID'))

  const credited = lines.flatMap((line) => {
    const number = identifier(line, 'OrigInvNbr')
    return number === undefined ? [] : [{ type: identifier(line, 'OrigInvType') ?? 'Invoice', number }]
  })
  for (const { type, number } of credited) add('SalesInvoice', type, number)
  for (const original of bundle.originals ?? [])
    for (const line of rows(original, 'Details') ?? [])
      add('SalesOrder', identifier(line, 'OrderType'), identifier(line, 'OrderNbr'))

  for (const record of [...(bundle.shipments ?? []), ...bundle.salesOrders])
    add('CustomerLocation', identifier(record, 'CustomerID'), identifier(record, 'LocationID'))
  return [...found.values()]
}

const allocations = (line: ApiRecord) => rows(line, 'Allocations') ?? []
const contents = (shipment: ApiRecord) =>
  (rows(shipment, 'Packages') ?? []).flatMap((one) => rows(one, 'PackageContents') ?? [])

/** The bundle as JSON: what is stored and what `preview` shows. */
export const asJson = (bundle: Bundle): Json => bundle as { [entity: string]: Json }
