import { ownReference, ownReferenceOf, typeOfPurchase } from './bundle.ts'
import { readDocuments } from './related/read-documents.ts'
import { readStock } from './related/stock.ts'
import type { OdooRecord } from './rpc.ts'
import { deletedDocument } from './source-document.ts'
import type { Description, StockSnapshot, Stream, StreamSettings } from './stream.ts'
import { inboundOrders, products } from './warehouse-streams.ts'

export type { StockSnapshot, Stream } from './stream.ts'

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
  products,
  inboundOrders,
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
