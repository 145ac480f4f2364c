import { compare, subtract, toNumber } from '../../../core/decimal.ts'
import type { Product } from '../../../documents/product.ts'
import { readingModel } from '../bundle.ts'
import { isCounted } from '../versions.ts'
import { type Component, componentsOf } from './bill-of-materials.ts'
import { dimensionsOf, weightOf } from './measures.ts'
import { defined, type Reading, type Records } from './reading.ts'
import { unitOf } from './units.ts'

/** An article of Odoo, one variant with what its template says of all of them (odoo.md §7). */
export function product(variant: Reading, records: Records): Product {
  const template = variant.linked('product.template', 'product_tmpl_id')
  // In a file by hand everything may stand in one record: a variant has its template's fields as well.
  const general = template ?? variant
  const gone = variant.text('state') === 'deleted'
  const components = gone ? undefined : componentsOf(variant, records)
  const service = general.text('type') === 'service'
  const tracking = trackingOf(general)
  const expires = tracking !== 'none' && general.flag('use_expiration_date')
  return {
    type: 'product',
    id: variant.id,
    name: nameOf(variant, gone),
    state: gone ? 'deleted' : variant.record.active === false ? 'inactive' : 'active',
    kind: service ? 'service' : components ? 'kit' : 'goods',
    stocked: isCounted(general.record),
    tracking,
    expires,
    ...defined({
      item: variant.text('default_code'),
      barcode: variant.text('barcode'),
      unit: unitOf(variant, 'uom_id').name,
      category: general.nameOf('categ_id'),
      minimumShelfLifeDays: expires ? shelfLife(general, records) : undefined,
      weight: weightOf(variant, template),
      dimensions: dimensionsOf(variant),
    }),
    customs: customsOf(variant, general),
    components: (components ?? []).map(componentFields),
  }
}

/** How goods of it are told apart. */
export function trackingOf(template: Reading | undefined): Product['tracking'] {
  const tracking = template?.text('tracking')
  return tracking === 'lot' || tracking === 'serial' ? tracking : 'none'
}

/** With what tells the variant from its sisters ("Cotton Tee (M)"), which only its display name does, behind its number. */
export function nameOf(variant: Reading, gone = false): string {
  const code = variant.text('default_code')
  const shown = variant.text('display_name')
  const bare = code !== undefined && shown?.startsWith(`[${code}] `) ? shown.slice(code.length + 3).trim() : shown
  const name = bare === undefined || bare === '' ? variant.text('name') : bare
  return name ?? (gone ? variant.id : variant.required('name'))
}

export const componentFields = ({ product: component, quantity }: Component): Product['components'][number] => ({
  id: component.id,
  name: nameOf(component),
  quantity,
  ...defined({
    item: component.text('default_code'),
    barcode: component.text('barcode'),
    unit: unitOf(component, 'uom_id').name,
  }),
})

/**
 * Days before the expiry date from which goods are to be taken out (add-on product_expiry). 14 counts them, like the
 * expiry date, from the day the goods come.
 */
function shelfLife(template: Reading, records: Records): number | undefined {
  const removal = template.decimal('removal_time')
  if (removal === undefined || compare(removal, '0') <= 0) return undefined
  const version = toNumber(records.first(readingModel)?.decimal('version') ?? '19')
  const days = version >= 15 ? removal : subtract(template.decimal('expiration_time') ?? '0', removal)
  return compare(days, '0') > 0 ? Math.floor(toNumber(days)) : undefined
}

/** Tariff and origin are of the add-on stock_delivery (up to 16 delivery); the value is what it is sold at. */
function customsOf(variant: Reading, general: Reading): Product['customs'] {
  const price = variant.decimal('lst_price', 'list_price')
  const value = price !== undefined && compare(price, '0') > 0 ? price : undefined
  return defined({
    tariff: general.text('hs_code'),
    origin: general.linked('res.country', 'country_of_origin')?.text('code'),
    value,
    currency: value === undefined ? undefined : variant.nameOf('currency_id'),
  })
}
