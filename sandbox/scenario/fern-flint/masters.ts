import type { Hands, SandboxOdoo } from '../../systems/odoo/index.ts'
import { fernFlintCatalogue } from '../catalogue.ts'
import { coldQuay, retailers, type Supplier, suppliers } from './partners.ts'

/** What a supplier is asked for: articles and how many. */
export type Wanted = Readonly<Record<string, number>>

/**
 * What stands in the company's Odoo before the morning: contacts, places, articles, prices of suppliers, stock, and the
 * purchase orders of the day before. All of it or nothing: a run may be killed at any moment.
 */
export function setUp(odoo: SandboxOdoo, purchases: readonly { supplier: Supplier; wanted: Wanted }[]): void {
  if (odoo.records('purchase.order', [], ['id']).length > 0) return
  const hands = odoo.transaction()
  const country = idOf(odoo, 'res.country', 'code', 'US')
  const products = new Map<string, number>()
  for (const retailer of retailers) {
    const { billTo } = retailer
    const company = hands.create('res.partner', {
      name: retailer.name,
      is_company: true,
      ref: retailer.customer,
      street: billTo.street,
      city: billTo.city,
      zip: billTo.postalCode,
      country_id: country,
    })
    for (const place of retailer.places)
      hands.create('res.partner', {
        name: place.name,
        type: 'delivery',
        parent_id: company,
        ref: place.location ?? place.code,
        street: place.street,
        city: place.city,
        zip: place.postalCode,
        country_id: country,
      })
  }
  const vendors = new Map(
    suppliers.map((s) => [s.vendor, hands.create('res.partner', { name: s.name, is_company: true, ref: s.vendor })]),
  )
  hands.create('res.partner', { name: coldQuay.name, is_company: true, ref: coldQuay.sender })
  hands.create('delivery.carrier', {
    name: 'FedEx Freight',
    product_id: hands.create('product.product', { name: 'FedEx Freight', type: 'service' }),
  })
  const stock = idOf(odoo, 'stock.location', 'usage', 'internal')
  for (const article of fernFlintCatalogue) {
    const product = hands.create('product.product', {
      name: article.description,
      default_code: article.item,
      barcode: article.upc,
      type: 'consu',
      is_storable: true,
      list_price: Number(article.price),
      weight: Number(article.weight),
      taxes_id: [[6, 0, []]],
    })
    const quant = hands.create('stock.quant', { product_id: product, location_id: stock, inventory_quantity: 240 })
    hands.call('stock.quant', 'action_apply_inventory', quant)
    products.set(article.item, product)
    for (const supplier of suppliers) {
      const price = supplier.prices[article.item]
      if (price === undefined) continue
      hands.create('product.supplierinfo', {
        partner_id: vendors.get(supplier.vendor) ?? false,
        product_tmpl_id: templateOf(hands, product),
        product_code: supplier.parts[article.item] ?? false,
        price,
      })
    }
  }
  for (const { supplier, wanted } of purchases) {
    const order = hands.create('purchase.order', {
      partner_id: vendors.get(supplier.vendor) ?? false,
      order_line: Object.entries(wanted).map(([item, quantity]) => [
        0,
        0,
        { product_id: products.get(item) ?? 0, product_qty: quantity, price_unit: supplier.prices[item] ?? 0 },
      ]),
    })
    hands.call('purchase.order', 'button_confirm', order)
  }
  hands.commit()
}

function templateOf(hands: Hands, product: number): number {
  const rows = hands.call('product.product', 'read', product, { fields: ['product_tmpl_id'] })
  const [row] = Array.isArray(rows) ? rows : []
  const template = typeof row === 'object' && row !== null && !Array.isArray(row) ? row.product_tmpl_id : undefined
  return Array.isArray(template) ? Number(template[0]) : Number(template)
}

/** The number of the order a supplier was given. */
export const purchaseOf = (odoo: SandboxOdoo, { vendor }: Supplier): string =>
  String(
    odoo.records('purchase.order', [['partner_id', '=', idOf(odoo, 'res.partner', 'ref', vendor)]], ['name'])[0]?.name,
  )

/** The id of the first record with a value. */
export function idOf(odoo: SandboxOdoo, model: string, field: string, value: string): number {
  const [found] = odoo.records(model, [[field, '=', value]], ['id'])
  if (!found) throw new Error(`the sample Odoo has no ${model} with ${field} ${value}`)
  return found.id
}
