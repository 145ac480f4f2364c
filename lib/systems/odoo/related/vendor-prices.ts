import { type Bundle, idOf } from '../bundle.ts'
import type { Odoo, OdooRecord } from '../rpc.ts'
import { fieldNames } from '../versions.ts'
import { fieldsOf } from './fields.ts'

const model = 'product.supplierinfo'

/** The vendor of a vendor price; 14 calls the field `name` (odoo.md §12). */
export const vendorOf = (row: OdooRecord): number | undefined => idOf(row.partner_id) ?? idOf(row.name)

/** True where a vendor price is of one of these products: of the variant, or of all variants of its template. */
export function isOfProduct(row: OdooRecord, product: OdooRecord): boolean {
  const variant = idOf(row.product_id)
  if (variant !== undefined) return variant === product.id
  const template = idOf(row.product_tmpl_id)
  return template !== undefined && template === idOf(product.product_tmpl_id)
}

/** The contacts of an order whose vendor prices count: the vendor and the company it belongs to. */
function vendorsOf(bundle: Bundle): number[] {
  const [order] = bundle['purchase.order'] ?? []
  const vendor = idOf(order?.partner_id)
  const contact = bundle['res.partner']?.find(({ id }) => id === vendor)
  return [vendor, idOf(contact?.commercial_partner_id)].filter((id) => id !== undefined)
}

/** The vendor prices of a bundle's purchase order: who knows the vendor's own number of an article. */
export const pricesOf = (bundle: Bundle, rows: readonly OdooRecord[]): OdooRecord[] => {
  const vendors = vendorsOf(bundle)
  return rows.filter(
    (row) =>
      vendors.includes(vendorOf(row) ?? 0) &&
      (bundle['product.product'] ?? []).some((product) => isOfProduct(row, product)),
  )
}

/** Adds vendor prices to the bundles of purchase orders: one search for all of them. */
export async function readVendorPrices(odoo: Odoo, bundles: readonly Bundle[]): Promise<void> {
  const vendors = [...new Set(bundles.flatMap(vendorsOf))]
  const products = bundles.flatMap((bundle) => bundle['product.product'] ?? [])
  const templates = [...new Set(products.flatMap((product) => idOf(product.product_tmpl_id) ?? []))]
  if (vendors.length === 0 || templates.length === 0) return
  const fields = await fieldsOf(odoo, model)
  if (!fields) return
  const vendor = fieldNames.priceVendor.find((name) => fields.includes(name)) ?? 'partner_id'
  const domain = [
    [vendor, 'in', vendors],
    ['product_tmpl_id', 'in', templates],
  ]
  const rows = await odoo.searchRead(model, domain, { fields, order: 'sequence asc, id asc' })
  for (const bundle of bundles) {
    const found = pricesOf(bundle, rows)
    if (found.length > 0) bundle[model] = found
  }
}
