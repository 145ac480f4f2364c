import type { SourceDocument } from '../../core/exchange.ts'
import { ownReference, ownReferenceOf, typeOfPurchase } from './bundle.ts'
import { readDocuments } from './related/read-documents.ts'
import { readStock } from './related/stock.ts'
import type { Domain, Odoo, OdooRecord } from './rpc.ts'
import { deletedDocument } from './source-document.ts'

/** What the streams need of a connection's settings. */
export interface StreamSettings {
  /** IANA name: in whose days Odoo's UTC date-times are told. The company's own zone, else UTC, where absent. */
  timeZone?: string | undefined
  /** Codes of the warehouses that are reported one by one; one report over all where absent. */
  stockWarehouses?: readonly string[] | undefined
}

/** One thing that is polled by its changes: a model, narrowed to what can become a document. */
export interface Stream {
  name: string
  /** Document types it gives. */
  types: string[]
  model: string
  /** Narrows polling and counting. A record that leaves the domain later is not a deleted one. */
  domain: Domain
  /** Of a header row; `eligible` needs no others. */
  headerFields: readonly string[]
  /** Models whose changes do not always touch the header (odoo.md §4.5): polled by themselves, `parent` is the header. */
  children: readonly { model: string; parent: string; domain: Domain }[]
  /** True where a record in this state becomes a document at all. */
  eligible(record: OdooRecord): boolean
  /** Documents of these records with all they refer to; records that are gone or no longer eligible give none. */
  readFull(odoo: Odoo, ids: readonly number[]): Promise<SourceDocument[]>
  /** True where records may vanish: ids that were once read are compared with what is still there. */
  deletable: boolean
  /** Date or date-time by which a backfill is limited. */
  dateField: string
  /** The last state of a record that is gone. */
  deleted?(id: number, number: string): SourceDocument
}

/** Stock has no changes of its own to poll (odoo.md §4.5): the whole of it is read at one moment. */
export interface StockSnapshot {
  name: string
  types: string[]
  model: string
  /** @param at the server's time, epoch milliseconds: number and version of the reports */
  read(odoo: Odoo, at: number): Promise<SourceDocument[]>
}

/** A stream without its connection. */
type Description = Omit<Stream, 'readFull'>

const drafts = ['draft', 'sent', 'to approve']
const notDraft = (record: OdooRecord): boolean => typeof record.state === 'string' && !drafts.includes(record.state)
const headers = ['id', 'name', 'state', 'write_date'] as const

/** Purchase orders in Odoo: those it placed itself, or those that came as a retailer's order. */
function purchases(type: 'erp-purchase-order' | 'received-order', name: string): Description {
  const ours = type === 'received-order'
  return {
    name,
    types: [type],
    model: 'purchase.order',
    domain: [['state', 'not in', drafts], ...(ours ? [['origin', '=like', `${ownReference}%`]] : [])],
    headerFields: [...headers, 'origin'],
    children: [{ model: 'purchase.order.line', parent: 'order_id', domain: [] }],
    eligible: (record) => notDraft(record) && typeOfPurchase(record) === type,
    deletable: true,
    dateField: 'date_order',
    deleted: (id, number) => deletedDocument(type, 'purchase.order', id, number),
  }
}

const saleOrders: Description = {
  name: 'sale-orders',
  types: ['received-order'],
  model: 'sale.order',
  domain: [
    ['state', 'not in', drafts],
    ['origin', '=like', `${ownReference}%`],
  ],
  headerFields: [...headers, 'origin'],
  children: [{ model: 'sale.order.line', parent: 'order_id', domain: [] }],
  eligible: (record) => notDraft(record) && ownReferenceOf(record) !== undefined,
  deletable: true,
  dateField: 'date_order',
  deleted: (id, number) => deletedDocument('received-order', 'sale.order', id, number),
}

/** From 18 on an agreement has no `origin`: whether it is ours is told by its external id, once it is read in full. */
const agreements: Description = {
  name: 'agreements',
  types: ['received-order'],
  model: 'purchase.requisition',
  domain: [['state', '!=', 'draft']],
  headerFields: headers,
  children: [{ model: 'purchase.requisition.line', parent: 'requisition_id', domain: [] }],
  eligible: notDraft,
  deletable: true,
  dateField: 'create_date',
  deleted: (id, number) => deletedDocument('received-order', 'purchase.requisition', id, number),
}

const outgoing = ['picking_type_code', '=', 'outgoing']

/** A return comes in, so it is none of these. */
const deliveries: Description = {
  name: 'deliveries',
  types: ['ship-notice'],
  model: 'stock.picking',
  domain: [outgoing, ['state', '=', 'done']],
  headerFields: [...headers, 'picking_type_code'],
  // A corrected move does not touch its transfer on 18.
  children: [
    {
      model: 'stock.move',
      parent: 'picking_id',
      domain: [
        ['state', '=', 'done'],
        ['picking_id.picking_type_code', '=', 'outgoing'],
      ],
    },
  ],
  eligible: (record) => record.state === 'done',
  deletable: false,
  dateField: 'date_done',
}

const invoices: Description = {
  name: 'invoices',
  types: ['invoice'],
  model: 'account.move',
  domain: [
    ['move_type', 'in', ['out_invoice', 'out_refund']],
    ['state', '=', 'posted'],
  ],
  headerFields: [...headers, 'move_type'],
  children: [],
  eligible: (record) => record.state === 'posted',
  deletable: false,
  dateField: 'invoice_date',
}

const all: Description[] = [
  purchases('erp-purchase-order', 'purchase-orders'),
  purchases('received-order', 'received-purchase-orders'),
  saleOrders,
  agreements,
  deliveries,
  invoices,
]

/** The streams of a connection that give a wanted type. Whether a model is installed is for the reader to ask. */
export const streamsOf = (settings: StreamSettings, wanted: readonly string[]): Stream[] =>
  all
    .filter(({ types }) => types.some((type) => wanted.includes(type)))
    .map((stream) => ({
      ...stream,
      readFull: (odoo, ids) => readDocuments(odoo, stream, ids, settings),
    }))

/** The stock stream of a connection, where a report of it is wanted. */
export const stockOf = (settings: StreamSettings, wanted: readonly string[]): StockSnapshot | undefined =>
  wanted.includes('stock-report')
    ? {
        name: 'stock',
        types: ['stock-report'],
        model: 'product.product',
        read: (odoo, at) => readStock(odoo, at, settings),
      }
    : undefined
