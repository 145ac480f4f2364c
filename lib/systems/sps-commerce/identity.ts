import type { SourceDocument } from '../../core/exchange.ts'
import { inventoryItemId } from './parse/inventory-item.ts'
import { levelsOf } from './parse/shipment-levels.ts'
import { type View, viewOf } from './parse/view.ts'
import type { Section } from './rsx/clean.ts'
import { isInventoryItem } from './rsx/families.ts'

export type Identity = Pick<SourceDocument, 'key' | 'number' | 'group' | 'version'>

/**
 * The identity of a cleaned, modernised document (sps-commerce.md §9); undefined where an identifier is missing. The key
 * is the trading partner with the PO number and the release (850), the sequence besides (860), the acknowledgement
 * number besides (855), the shipment (856), the receipt (944), the document id (846), the period (852).
 */
export function identify(type: string, document: Section, hash: string): Identity | undefined {
  const view = viewOf(document, '', { problems: [], warnings: [] })
  if (type === 'purchase-order' || type === 'purchase-order-change') return orderIdentity(type, view, hash)
  if (type === 'acknowledgement') return acknowledgementIdentity(view)
  if (type === 'advance-ship-notice') return shipmentIdentity(view)
  if (type === 'warehouse-receipt') return receiptIdentity(view)
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

/** An answer is found by the number of our order; it shares the thread of what else comes for that order. */
function acknowledgementIdentity(view: View): Identity | undefined {
  const order = view.one('Header').one('OrderHeader')
  const [partner, number] = [order.text('TradingPartnerId'), order.text('PurchaseOrderNumber')]
  if (partner === undefined || number === undefined) return undefined
  const key = keyOf(partner, number, order.text('ReleaseNumber'), order.text('AcknowledgementNumber'))
  const version = versionOf(order, 'AcknowledgementDate', 'AcknowledgementTime')
  return { key, number, group: threadOf(partner, number), version }
}

/** A shipment of one order shares its thread; one of several has a thread of its own. */
function shipmentIdentity(view: View): Identity | undefined {
  const shipment = view.one('Header').one('ShipmentHeader')
  const [partner, number] = [shipment.text('TradingPartnerId'), shipment.text('ShipmentIdentification')]
  if (partner === undefined || number === undefined) return undefined
  const key = keyOf(partner, number)
  const { orders, items } = levelsOf(view)
  const [order, ...others] = new Set([...orders, ...items.map((i) => i.order)].map((o) => o?.number))
  const group = order !== undefined && others.length === 0 ? threadOf(partner, order) : `shipment/${key}`
  return { key, number, group, version: versionOf(shipment, 'ShipNoticeDate', 'ShipNoticeTime') }
}

/** A receipt says when the goods came, not when it was made: of two states the one that arrives last counts. */
function receiptIdentity(view: View): Identity | undefined {
  const receipt = view.one('Header').one('HeaderDetail')
  const [partner, number] = [receipt.text('TradingPartnerId'), receipt.text('WarehouseReceiptId')]
  if (partner === undefined || number === undefined) return undefined
  const key = keyOf(partner, number)
  const order = receipt.text('DepositorOrderNumber')
  return { key, number, group: order === undefined ? `receipt/${key}` : threadOf(partner, order), version: '' }
}

/** One thread for everything of one order of ours at one trading partner, whatever release it names. */
const threadOf = (partner: string, order: string): string => `order/${keyOf(partner, order, undefined)}`

/**
 * When a document was made, so that an older state never overwrites a newer one. What changes or withdraws an earlier
 * document (04, 05, 01) is newer than an original of the same moment, and without a time newer than any of its day.
 * Without a date: "", the order of arrival.
 */
function versionOf(header: View, date: string, time: string): string {
  const day = header.day(date)
  if (day === undefined) return ''
  const rank = ['01', '04', '05'].includes(header.code('TsetPurposeCode', 2) ?? '') ? 1 : 0
  const at = header.text(time)
  const untimed = rank === 0 ? 'T' : 'U'
  return `${day}${at === undefined ? untimed : `T${at}`}/${rank}`
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

export function anyNumber(document: Section): string | undefined {
  const header = viewOf(document, '', { problems: [], warnings: [] }).one('Header')
  return Object.entries(numbers)
    .map(([section, name]) => header.one(section).text(name))
    .find((number) => number !== undefined)
}
