import type { SourceDocument } from '../../core/exchange.ts'
import { canonicalJson, sha256 } from '../../core/hash.ts'
import { inventoryItemId } from './parse/inventory-item.ts'
import { type View, viewOf } from './parse/view.ts'
import type { Section } from './rsx/clean.ts'
import { rsxHash } from './rsx/content.ts'
import { isInventoryItem, typeOf } from './rsx/families.ts'
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
 * The documents in what a source gave, with identity (sps-commerce.md §9): the key is the trading partner, the PO
 * number and the release (860: and the sequence; 846: document id; 852: period). The content hash ignores Meta.
 * What cannot be read or lacks its identifiers becomes a document too, under a key made of its hash: it is captured
 * like any other and then refused with its reasons.
 */
export function sourceDocuments(value: unknown, origin: Origin = {}): SourceDocument[] {
  const found = documentsIn(value)
  return found.map((f, i) => {
    const hint = origin.assumed && isPlainOrder(f.document) ? undefined : origin.type
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

function isPlainOrder(document: Section | undefined): boolean {
  if (document === undefined) return false
  const order = viewOf(document, '', { problems: [], warnings: [] }).one('Header').one('OrderHeader')
  return order.has('PurchaseOrderNumber') && ['00', undefined].includes(order.code('TsetPurposeCode', 2))
}

type Identity = Pick<SourceDocument, 'key' | 'number' | 'group' | 'version'>

/** Undefined where an identifier is missing. */
function identify(type: string, document: Section, hash: string): Identity | undefined {
  const view = viewOf(document, '', { problems: [], warnings: [] })
  if (type === 'purchase-order' || type === 'purchase-order-change') return orderIdentity(type, view, hash)
  if (type === 'product-activity') {
    const report = view.one('Header').one('ReportHeader')
    const [partner, start] = [report.text('TradingPartnerId'), report.text('ReportStartDate')]
    if (partner === undefined || start === undefined) return undefined
    const key = keyOf(partner, start, report.text('ReportEndDate'))
    return { key, number: key, group: `activity/${key}`, version: '' }
  }
  if (type === 'inventory-advice') return inventoryIdentity(view, document)
  const key = `unknown/${hash}`
  return { key, number: anyNumber(document) ?? hash.slice(0, 12), group: key, version: '' }
}

/** An order and its changes share a group, so that they are handled in order. */
function orderIdentity(type: string, view: View, hash: string): Identity | undefined {
  const order = view.one('Header').one('OrderHeader')
  const partner = order.text('TradingPartnerId')
  const number = order.text('PurchaseOrderNumber')
  if (partner === undefined || number === undefined) return undefined
  const thread = keyOf(partner, number, order.text('ReleaseNumber'))
  const group = `order/${thread}`
  if (type === 'purchase-order') return { key: thread, number, group, version: '' }
  const sequence = order.text('ChangeOrderSeqNumber')
  const changed = order.day('POChangeDate') ?? ''
  // Without a sequence two changes of one order can only be told apart by what they say.
  const own = sequence ?? `${changed}-${hash.slice(0, 8)}`
  const version = `${(sequence ?? '').padStart(10, '0')}/${changed}`
  return { key: `${thread}/${escapeSlash(own)}`, number, group, version }
}

function inventoryIdentity(view: View, document: Section): Identity | undefined {
  if (isInventoryItem(document)) {
    const [partner, id] = [view.text('partnerId'), inventoryItemId(document)]
    if (partner === undefined || id === undefined) return undefined
    const key = keyOf(partner, id)
    return { key, number: id, group: `inventory/${key}`, version: view.text('quantityLastUpdated') ?? '' }
  }
  const report = view.one('Header').one('HeaderReport')
  const [partner, id] = [report.text('TradingPartnerId'), report.text('DocumentId')]
  if (partner === undefined || id === undefined) return undefined
  const version = [report.day('InventoryDate'), report.text('InventoryTime')].filter((v) => v !== undefined).join('T')
  return { key: keyOf(partner, id), number: id, group: `inventory/${keyOf(partner, id)}`, version }
}

/** Parts with "/" between them; a part's own "/" is escaped, so that two keys never coincide. */
const keyOf = (...parts: (string | undefined)[]): string => parts.map((p) => escapeSlash(p ?? '')).join('/')
const escapeSlash = (part: string): string => part.replaceAll('%', '%25').replaceAll('/', '%2F')

/** The number of each family's main header, for documents whose identity is incomplete or unknown. */
const numbers: Readonly<Record<string, string>> = {
  OrderHeader: 'PurchaseOrderNumber',
  ShipmentHeader: 'ShipmentIdentification',
  InvoiceHeader: 'InvoiceNumber',
  HeaderReport: 'DocumentId',
  HeaderDetail: 'WarehouseReceiptId',
  PlanningHeader: 'ReleaseNumber',
}

function anyNumber(document: Section): string | undefined {
  const header = viewOf(document, '', { problems: [], warnings: [] }).one('Header')
  return Object.entries(numbers)
    .map(([section, name]) => header.one(section).text(name))
    .find((number) => number !== undefined)
}
