import type { OdooRecord } from '../rpc.ts'
import { fieldNames, modelNames } from '../versions.ts'

/** A field that leads from a record to others, whichever way it is written: many2one, one2many or many2many. */
export interface Link {
  field: string
  model: string
  /** Not followed from other records. */
  when?(record: OdooRecord): boolean
}

/** Links of each model, followed from the document's own record. */
export type Graph = { readonly [model: string]: readonly Link[] }

const link = (model: string, ...fields: string[]): Link[] => fields.map((field) => ({ field, model }))
const fromKits = (one: Link): Link => ({ ...one, when: ({ type }) => type === 'phantom' })
/** What was received is no announcement any more. */
const fromOpenReceipts = (one: Link): Link => ({
  ...one,
  when: ({ state, picking_type_code: code }) => state !== 'done' && state !== 'cancel' && code === 'incoming',
})
const product = link('product.product', 'product_id')
const units = link('uom.uom', ...fieldNames.lineUnit)
const partner = (...fields: string[]) => link('res.partner', ...fields)

/** Masters lead to the same records whatever the document. */
const masters: Graph = {
  'res.company': partner('partner_id'),
  'res.partner': [
    ...partner('commercial_partner_id'),
    ...link('res.country.state', 'state_id'),
    ...link('res.country', 'country_id'),
  ],
  'product.product': [
    ...link('uom.uom', 'uom_id'),
    ...link('product.packaging', 'packaging_ids'),
    ...link('product.uom', 'product_uom_ids'),
  ],
  'product.uom': link('uom.uom', 'uom_id'),
  'uom.uom': link('uom.uom', 'relative_uom_id'),
  'stock.picking.type': link('stock.warehouse', 'warehouse_id'),
  'stock.warehouse': partner('partner_id'),
}

const purchase: Graph = {
  ...masters,
  'purchase.order': [
    ...link('purchase.order.line', 'order_line'),
    ...partner('partner_id', 'dest_address_id'),
    ...link('res.company', 'company_id'),
    ...link('stock.picking.type', 'picking_type_id'),
    ...link('account.incoterms', 'incoterm_id'),
  ],
  'purchase.order.line': [...product, ...units],
}

const saleOrder: Graph = {
  'sale.order': [
    ...link('sale.order.line', 'order_line'),
    ...partner('partner_id', 'partner_shipping_id'),
    ...link('stock.warehouse', 'warehouse_id'),
    ...link('res.company', 'company_id'),
    ...link('account.incoterms', 'incoterm'),
  ],
  'sale.order.line': [...link('sale.order', 'order_id'), ...product, ...units],
}

const delivery: Graph = {
  ...masters,
  ...saleOrder,
  'stock.picking': [
    ...link('stock.move', 'move_ids', 'move_lines'),
    ...link('stock.move.line', 'move_line_ids'),
    ...partner('partner_id'),
    ...link('stock.picking.type', 'picking_type_id'),
    ...link('sale.order', 'sale_id'),
    ...link('res.company', 'company_id'),
  ],
  'stock.move': [
    ...product,
    ...units,
    ...link('sale.order.line', 'sale_line_id'),
    ...link('mrp.bom.line', 'bom_line_id'),
  ],
  'stock.move.line': [...product, ...units, ...link('stock.package', 'result_package_id')],
  'mrp.bom.line': [...link('mrp.bom', 'bom_id'), ...units],
  'mrp.bom': [...link('mrp.bom.line', 'bom_line_ids'), ...units],
}

const invoice: Graph = {
  ...masters,
  ...saleOrder,
  'account.move': [
    ...link('account.move.line', 'invoice_line_ids', 'line_ids'),
    ...link('account.move', 'reversed_entry_id'),
    ...partner('partner_id', 'commercial_partner_id', 'partner_shipping_id'),
    ...link('res.company', 'company_id'),
  ],
  'account.move.line': [
    ...link('sale.order.line', 'sale_line_ids'),
    ...link('account.tax', 'tax_ids', 'tax_line_id'),
    ...product,
    ...units,
  ],
  // Which deliveries an order line left with; a move leads nowhere from here.
  'sale.order.line': [...(saleOrder['sale.order.line'] ?? []), ...link('stock.move', 'move_ids')],
}

const agreement: Graph = {
  ...masters,
  'purchase.requisition': [
    ...link('purchase.requisition.line', 'line_ids'),
    ...partner('vendor_id'),
    ...link('res.company', 'company_id'),
    ...link('stock.picking.type', 'picking_type_id'),
  ],
  'purchase.requisition.line': [...product, ...units],
}

/** Articles with what kits consist of, down to what is stocked. */
const goods: Graph = {
  'product.product': [...link('product.template', 'product_tmpl_id'), ...link('uom.uom', 'uom_id')],
  'product.template': [...link('mrp.bom', 'bom_ids'), ...link('res.country', 'country_of_origin')],
  // What is manufactured is an article of its own, whatever it is made of.
  'mrp.bom': [...link('mrp.bom.line', 'bom_line_ids').map(fromKits), ...units.map(fromKits)],
  'mrp.bom.line': [
    ...product,
    ...units,
    ...link('product.template.attribute.value', 'bom_product_template_attribute_value_ids'),
  ],
  'uom.uom': link('uom.uom', 'relative_uom_id'),
}

const inbound: Graph = {
  ...purchase,
  ...goods,
  'purchase.order': [...(purchase['purchase.order'] ?? []), ...link('stock.picking', 'picking_ids')],
  'stock.picking': [
    ...link('stock.move', 'move_ids', 'move_lines').map(fromOpenReceipts),
    ...link('stock.move.line', 'move_line_ids').map(fromOpenReceipts),
  ],
  'stock.move.line': [...product, ...units, ...link('stock.lot', 'lot_id')],
}

const graphs: { readonly [primary: string]: Graph } = {
  'purchase.order': purchase,
  'sale.order': { ...masters, ...saleOrder },
  'purchase.requisition': agreement,
  'stock.picking': delivery,
  'account.move': invoice,
  'product.product': masters,
}

/** Types whose documents lead elsewhere than others of their model. */
const byType: { readonly [type: string]: Graph } = { product: goods, 'inbound-order': inbound }

/** What a document of this type, made from a record of this model, leads to. */
export const graphOf = (type: string, primary: string): Graph => byType[type] ?? graphs[primary] ?? masters

/**
 * Models under an older name (odoo.md §12): a link leads to the one the database or the file has.
 * Ids of the two never meet, since no database has both.
 */
export const olderNames: { readonly [model: string]: string } = {
  [modelNames.package[0]]: modelNames.package[1],
  [modelNames.lot[0]]: modelNames.lot[1],
}

/** Where lines stand under their header by the line's own field: for files whose headers do not list their lines. */
export const parents: readonly { line: string; model: string; field: string }[] = [
  { line: 'purchase.order.line', model: 'purchase.order', field: 'order_id' },
  { line: 'sale.order.line', model: 'sale.order', field: 'order_id' },
  { line: 'purchase.requisition.line', model: 'purchase.requisition', field: 'requisition_id' },
  { line: 'stock.picking', model: 'purchase.order', field: 'purchase_id' },
  { line: 'mrp.bom', model: 'product.template', field: 'product_tmpl_id' },
  { line: 'mrp.bom.line', model: 'mrp.bom', field: 'bom_id' },
  { line: 'stock.move', model: 'stock.picking', field: 'picking_id' },
  { line: 'stock.move.line', model: 'stock.picking', field: 'picking_id' },
  { line: 'stock.move.line', model: 'stock.move', field: 'move_id' },
  { line: 'account.move.line', model: 'account.move', field: 'move_id' },
]
