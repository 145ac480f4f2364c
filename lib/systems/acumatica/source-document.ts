import type { Json, SourceDocument } from '../../core/exchange.ts'
import { contentHash } from '../../core/hash.ts'
import { asJson, type Bundle } from './bundle.ts'
import { type ApiRecord, identifier, lastModified } from './records.ts'

/** Fields that change without the document's content changing: sessions, stamps, payments, later stages. */
const volatile = new Set([
  'id',
  'rowNumber',
  '_links',
  'files',
  'NoteID',
  'LastModified',
  'LastModifiedDate',
  'LastModifiedDateTime',
  'Status',
  'Balance',
  'PaymentTotal',
  'Orders',
  'ApplicationsInvoice',
  'ApplicationsCreditMemo',
])

const content = (found: Json): Json => {
  if (Array.isArray(found)) return found.map(content)
  if (found === null || typeof found !== 'object') return found
  return Object.fromEntries(
    Object.entries(found)
      .filter(([field]) => !volatile.has(field))
      .map(([field, inner]) => [field, content(inner)]),
  )
}

/** This state of a record: its id with its stamp. The same row met again in a poll's overlap has the same. */
export const arrivalOf = (record: ApiRecord): string => `${record.id ?? ''}@${lastModified(record) ?? ''}`

/**
 * The identity of a bundle's primary record: a shipment by its number, an invoice by type and number, since numbers
 * of different types may coincide. Version is the record's stamp as UTC. The hash leaves out what later stages touch.
 * @param arrival what names this arrival; the record's own where absent
 */
export function toSourceDocument(bundle: Bundle, arrival?: string): SourceDocument {
  const primary = bundle.shipments?.[0] ?? bundle.salesInvoices?.[0] ?? {}
  const shipment = bundle.shipments !== undefined
  const number = identifier(primary, shipment ? 'ShipmentNbr' : 'ReferenceNbr') ?? ''
  const key = shipment ? number : `${identifier(primary, 'Type') ?? ''}/${number}`
  return {
    type: shipment ? 'ship-notice' : 'invoice',
    key,
    number,
    group: `${shipment ? 'shipment' : 'invoice'}/${key}`,
    version: lastModified(primary) ?? '',
    hash: contentHash(content(primary)),
    arrival: arrival ?? arrivalOf(primary),
    once: true,
    raw: asJson(bundle),
  }
}
