import type { Json } from '../../core/exchange.ts'
import { idOf } from './bundle.ts'
import type { OdooRecord } from './rpc.ts'

/** Where a document's own lines stand, and by which field they belong to it. */
export const lineModels: { readonly [model: string]: readonly { model: string; parent: string }[] } = {
  'purchase.order': [{ model: 'purchase.order.line', parent: 'order_id' }],
  'sale.order': [{ model: 'sale.order.line', parent: 'order_id' }],
  'purchase.requisition': [{ model: 'purchase.requisition.line', parent: 'requisition_id' }],
  'stock.picking': [
    { model: 'stock.move', parent: 'picking_id' },
    { model: 'stock.move.line', parent: 'picking_id' },
  ],
  'account.move': [{ model: 'account.move.line', parent: 'move_id' }],
}

const line = ['display_type', 'name', 'product_id', 'product_uom', 'product_uom_id', 'price_unit', 'discount']

/**
 * The fields that make a document another one when they change. All others are volatile: stamps, counters, messages,
 * what was received, delivered, billed or paid, the vendor's reference (which an answer of the vendor sets).
 */
const content: { readonly [model: string]: readonly string[] } = {
  'purchase.order': [
    ...['name', 'state', 'partner_id', 'date_order', 'currency_id', 'picking_type_id', 'dest_address_id', 'origin'],
    ...['payment_term_id', 'incoterm_id', 'notes', 'note', 'amount_total'],
  ],
  'purchase.order.line': [...line, 'product_qty', 'date_planned'],
  'sale.order': ['name', 'state', 'partner_id', 'partner_shipping_id', 'client_order_ref', 'origin', 'commitment_date'],
  'sale.order.line': [...line, 'product_uom_qty'],
  'purchase.requisition': ['name', 'state', 'vendor_id', 'reference', 'origin', 'date_end'],
  'purchase.requisition.line': [...line, 'product_qty', 'schedule_date'],
  'stock.picking': ['name', 'state', 'partner_id', 'date_done', 'carrier_id', 'carrier_tracking_ref', 'sale_id'],
  'stock.move': ['product_id', 'product_uom', 'quantity', 'quantity_done', 'state', 'sale_line_id'],
  'stock.move.line': [
    'product_id',
    'product_uom_id',
    'quantity',
    'qty_done',
    'lot_id',
    'lot_name',
    'result_package_id',
  ],
  'account.move': [
    ...['name', 'state', 'move_type', 'partner_id', 'partner_shipping_id', 'invoice_date', 'invoice_date_due', 'ref'],
    ...['currency_id', 'amount_total', 'amount_tax', 'reversed_entry_id'],
  ],
  'account.move.line': [...line, 'quantity', 'price_subtotal', 'tax_ids', 'tax_line_id'],
  'product.product': [
    ...['id', 'name', 'default_code', 'barcode', 'uom_id', 'active'],
    ...['qty_available', 'free_qty', 'incoming_qty', 'outgoing_qty'],
  ],
}

/** An order that was locked (`done` in older versions) says what it said before. */
const unlocked: { readonly [model: string]: string } = { 'purchase.order': 'purchase', 'sale.order': 'sale' }

/** What a record says: a many2one as its id, since a renamed contact or product changes no order. */
export function contentOf(model: string, record: OdooRecord): Json {
  const id = record.id
  const fields = (content[model] ?? []).flatMap((field): [string, Json][] => {
    const value = record[field]
    if (value === undefined || value === null || value === false || value === '') return []
    if (field === 'state' && value === 'done') return [[field, unlocked[model] ?? value]]
    // A many2one is [id, name]; a list of ids is compared as it is.
    const related =
      typeof value !== 'object' || (Array.isArray(value) && typeof value[1] !== 'string') ? undefined : idOf(value)
    return [[field, related ?? value]]
  })
  return Object.fromEntries([['id', id], ...fields])
}
