import type { SourceDocument } from '../../core/exchange.ts'
import { canonicalJson, sha256 } from '../../core/hash.ts'
import { anyNumber, identify } from './identity.ts'
import { viewOf } from './parse/view.ts'
import type { Section } from './rsx/clean.ts'
import { rsxHash } from './rsx/content.ts'
import { typeOf } from './rsx/families.ts'
import { documentsIn, type Found } from './rsx/unwrap.ts'

/** What the transport knows of the documents in a value. */
export interface Origin {
  /** The type the stream or the file's name stands for; decides where the content does not. */
  type?: string
  /** The type is only what was asked for: an order with purpose 00 or none stays an order (a change never has them). */
  assumed?: boolean
  /** File path or position; where absent, the hash over everything (Meta included) tells two arrivals apart. */
  arrival?: string
}

/**
 * The documents in what a source gave, with identity (sps-commerce.md §9). The content hash ignores Meta.
 * What cannot be read or lacks its identifiers becomes a document too, under a key made of its hash: it is captured
 * like any other and then refused with its reasons.
 */
export function sourceDocuments(value: unknown, origin: Origin = {}): SourceDocument[] {
  const found = documentsIn(value)
  return found.map((f, i) => {
    const hint = origin.assumed && isPlainOrder(f.document, origin.type) ? undefined : origin.type
    const arrival = origin.arrival ?? sha256(canonicalJson(f.raw), 32)
    return toSourceDocument(f, hint, found.length > 1 && origin.arrival !== undefined ? `${arrival}#${i}` : arrival)
  })
}

/** True where the content itself could not be read (and may be read later: a file still being written). */
export const isUnreadable = (document: SourceDocument): boolean => document.key.startsWith('unreadable/')

function toSourceDocument(found: Found, hint: string | undefined, arrival: string): SourceDocument {
  const common = { arrival, raw: found.raw }
  if (found.document === undefined) {
    const hash = sha256(canonicalJson(found.raw), 24)
    const key = `unreadable/${hash}`
    return { ...common, type: hint ?? 'purchase-order', key, number: hash.slice(0, 12), group: key, version: '', hash }
  }
  const hash = rsxHash(found.document)
  const type = typeOf(found.document, found.wrapper, hint)
  const identity = identify(type, found.document, hash)
  if (identity) return { ...common, type, hash, ...identity }
  const key = `incomplete/${hash}`
  return { ...common, type, key, number: anyNumber(found.document) ?? hash.slice(0, 12), group: key, version: '', hash }
}

/** An order with nothing about it that the assumed type could explain: a purpose of a change, the type of an answer. */
function isPlainOrder(document: Section | undefined, assumed: string | undefined): boolean {
  if (document === undefined) return false
  const order = viewOf(document, '', { problems: [], warnings: [] }).one('Header').one('OrderHeader')
  if (assumed === 'acknowledgement' && order.has('AcknowledgementType')) return false
  return order.has('PurchaseOrderNumber') && ['00', undefined].includes(order.code('TsetPurposeCode', 2))
}
