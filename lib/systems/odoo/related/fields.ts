import type { Odoo } from '../rpc.ts'
import { fieldNames } from '../versions.ts'

const uom = ['product_uom', 'product_uom_id']
const line = ['display_type', 'name', 'sequence', 'product_id', ...uom, 'price_unit', 'discount', 'write_date']
const sums = ['price_subtotal', 'price_total', 'currency_id']

/**
 * What is read of each model, in the names of all versions (odoo.md §12): what a database does not have is left out
 * of the request, and parsing takes what is there. Fields that cost a computation each are not among them.
 */
const fields: { readonly [model: string]: readonly string[] } = {
  'purchase.order': [
    ...['name', 'state', 'partner_id', 'partner_ref', 'origin', 'date_order', 'date_planned', 'date_approve'],
    ...['company_id', 'currency_id', 'picking_type_id', 'dest_address_id', 'payment_term_id', 'incoterm_id', 'user_id'],
    ...['amount_untaxed', 'amount_tax', 'amount_total', 'notes', 'note', 'order_line', 'write_date'],
  ],
  'purchase.order.line': [...line, ...sums, 'order_id', 'product_qty', 'qty_received', 'date_planned'],
  'sale.order': [
    ...['name', 'state', 'partner_id', 'partner_shipping_id', 'client_order_ref', 'origin', 'date_order'],
    ...['commitment_date', 'company_id', 'currency_id', 'warehouse_id', 'incoterm', 'order_line', 'write_date'],
  ],
  'sale.order.line': [
    ...[...line, ...sums, 'order_id', 'product_uom_qty', 'qty_delivered', 'is_delivery', 'is_downpayment'],
    'move_ids',
  ],
  'purchase.requisition': [
    ...['name', 'state', 'vendor_id', 'reference', 'origin', 'date_start', 'date_end', 'ordering_date'],
    ...['schedule_date', 'company_id', 'currency_id', 'picking_type_id', 'line_ids', 'create_date', 'write_date'],
  ],
  'purchase.requisition.line': [
    ...['product_id', ...uom, 'product_qty', 'price_unit', 'schedule_date', 'product_description_variants'],
    ...['requisition_id', 'write_date'],
  ],
  'stock.picking': [
    ...['name', 'state', 'picking_type_code', 'picking_type_id', 'partner_id', 'date_done', 'origin', 'sale_id'],
    ...['carrier_id', 'carrier_tracking_ref', 'company_id', 'move_ids', 'move_lines', 'move_line_ids', 'write_date'],
  ],
  'stock.move': [
    ...['picking_id', 'state', 'picking_code', 'product_id', 'product_uom', 'product_uom_qty', 'quantity', 'picked'],
    ...['quantity_done', 'sale_line_id', 'bom_line_id', 'move_line_ids', 'origin_returned_move_id', 'write_date'],
  ],
  'stock.move.line': [
    ...['move_id', 'picking_id', 'state', 'product_id', 'product_uom_id', 'quantity', 'qty_done', 'lot_id'],
    ...['lot_name', 'result_package_id', 'write_date'],
  ],
  'stock.package': [
    ...['name', 'package_type_id', 'shipping_weight', 'weight', 'weight_uom_name', 'outermost_package_id'],
    ...['write_date'],
  ],
  'stock.quant.package': [
    ...['name', 'package_type_id', 'packaging_id', 'shipping_weight', 'weight', 'weight_uom_name', 'write_date'],
  ],
  'account.move': [
    ...['name', 'state', 'move_type', 'partner_id', 'commercial_partner_id', 'partner_shipping_id', 'invoice_date'],
    ...['invoice_date_due', 'invoice_payment_term_id', 'ref', 'invoice_origin', 'currency_id', 'company_id'],
    ...['company_currency_id', 'amount_untaxed', 'amount_tax', 'amount_total', 'payment_state', 'reversed_entry_id'],
    ...['invoice_line_ids', 'line_ids', 'write_date'],
  ],
  'account.move.line': [
    ...[...line, ...sums, 'move_id', 'quantity', 'tax_ids', 'tax_line_id', 'tax_base_amount', 'amount_currency'],
    ...['balance', 'sale_line_ids', 'is_downpayment', 'exclude_from_invoice_tab', 'is_rounding_line'],
    ...['discount_date', 'discount_amount_currency'],
  ],
  'account.tax': ['name', 'amount', 'amount_type', 'price_include'],
  'account.incoterms': ['name', 'code'],
  'res.company': ['name', 'partner_id', 'currency_id'],
  'res.partner': [
    ...['name', 'display_name', 'type', 'is_company', 'parent_id', 'commercial_partner_id', 'ref', 'street', 'street2'],
    ...['city', 'zip', 'state_id', 'country_id', 'phone', 'mobile', 'email', 'vat', 'tz', 'global_location_number'],
  ],
  'res.country': ['name', 'code'],
  'res.country.state': ['name', 'code', 'country_id'],
  'product.product': [
    ...['name', 'display_name', 'default_code', 'barcode', 'uom_id', 'product_tmpl_id', 'active', 'type'],
    ...['packaging_ids', 'product_uom_ids', 'write_date'],
  ],
  'product.supplierinfo': [
    ...['partner_id', 'name', 'product_tmpl_id', 'product_id', 'product_code', 'sequence', 'min_qty'],
    ...['date_start', 'date_end'],
  ],
  'product.packaging': ['name', 'product_id', 'qty', 'barcode'],
  'product.uom': ['product_id', 'uom_id', 'barcode'],
  'uom.uom': [
    'name',
    'category_id',
    'uom_type',
    'factor',
    'factor_inv',
    'relative_factor',
    'relative_uom_id',
    'parent_path',
  ],
  'product.template': [
    ...['name', 'type', 'detailed_type', 'is_storable', 'tracking', 'categ_id', 'weight_uom_name', 'company_id'],
    ...['hs_code', 'country_of_origin', 'use_expiration_date', 'expiration_time', 'removal_time', 'bom_ids'],
    'write_date',
  ],
  'product.template.attribute.value': ['name', 'attribute_id'],
  'stock.lot': ['name', 'product_id', ...fieldNames.lotExpiry],
  'stock.production.lot': ['name', 'product_id', ...fieldNames.lotExpiry],
  'stock.picking.type': ['name', 'code', 'warehouse_id'],
  'stock.warehouse': ['name', 'code', 'partner_id'],
  'mrp.bom.line': [
    ...['bom_id', 'product_id', 'product_qty', 'product_uom_id', 'bom_product_template_attribute_value_ids'],
  ],
  'mrp.bom': ['type', 'product_id', 'product_tmpl_id', 'product_qty', 'product_uom_id', 'bom_line_ids'],
}

const bill = ['sequence', 'active', 'company_id', 'write_date']
const article: { readonly [model: string]: readonly string[] } = {
  'product.product': [
    ...['weight', 'lst_price', 'currency_id', 'is_kits', 'product_template_attribute_value_ids'],
    // Of the community's add-on product_dimension.
    ...['product_length', 'product_width', 'product_height', 'dimensional_uom_id'],
  ],
  'mrp.bom': bill,
  'mrp.bom.line': ['sequence', 'write_date'],
}

/** What documents of one type need beside that. */
const more: { readonly [type: string]: { readonly [model: string]: readonly string[] } } = {
  product: article,
  'inbound-order': {
    ...article,
    'purchase.order': ['picking_ids', 'default_location_dest_id_usage'],
    'stock.move.line': fieldNames.lotExpiry,
  },
}

/** Types of a customer's own field that a document may take a value from. */
const plain = new Set(['char', 'text', 'selection', 'integer'])
/** Models whose own fields (`x_…`) are read along: one of them may hold an SSCC. */
const withOwnFields = new Set(['stock.package', 'stock.quant.package', 'stock.picking'])

/**
 * The fields to read of a model in this database, or undefined where it has no such model or this user may not see it.
 * @param type of the document they are read for
 */
export async function fieldsOf(odoo: Odoo, model: string, type?: string): Promise<string[] | undefined> {
  if (!(await odoo.hasModel(model))) return undefined
  const present = await odoo.fields(model)
  const own = withOwnFields.has(model)
    ? Object.keys(present).filter((name) => name.startsWith('x_') && plain.has(present[name]?.type ?? ''))
    : []
  const wanted = [...(fields[model] ?? ['name']), ...(more[type ?? '']?.[model] ?? [])]
  return [...wanted.filter((name) => name in present), ...own]
}
