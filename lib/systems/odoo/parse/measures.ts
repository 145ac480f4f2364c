import { compare, type Decimal, multiply } from '../../../core/decimal.ts'
import type { Product } from '../../../documents/product.ts'
import type { Reading } from './reading.ts'

type WeightUnit = NonNullable<Product['weight']>['unit']

/** Odoo keeps every weight in one unit, which its settings choose and `weight_uom_name` tells. */
const weightUnits: { readonly [name: string]: WeightUnit } = { kg: 'kg', lb: 'lb', lbs: 'lb', g: 'g', oz: 'oz' }

/** Weight of one unit; none where it is zero, which is Odoo's "not known". Kilograms where a file does not tell. */
export function weightOf(product: Reading, template: Reading | undefined): Product['weight'] {
  const value = product.decimal('weight')
  if (value === undefined || compare(value, '0') <= 0) return undefined
  const from = template ?? product
  const name = from.text('weight_uom_name') ?? 'kg'
  const unit = weightUnits[name.toLowerCase()]
  if (unit === undefined) from.problem('ODOO_VALUE_INVALID', 'weight_uom_name', `"${name}" is no unit of weight.`)
  return { value, unit: unit ?? 'kg' }
}

type Dimensions = NonNullable<Product['dimensions']>

/** Units of length of the community's add-on product_dimension, in those of the document. */
const lengthUnits: { readonly [name: string]: [unit: Dimensions['unit'], factor: Decimal] } = {
  mm: ['mm', '1'],
  cm: ['cm', '1'],
  m: ['cm', '100'],
  in: ['in', '1'],
  inch: ['in', '1'],
  inches: ['in', '1'],
  ft: ['in', '12'],
}

/** Sides of one unit: Odoo itself has none, the community's add-on product_dimension does. All three or none. */
export function dimensionsOf(product: Reading): Product['dimensions'] {
  const sides = ['product_length', 'product_width', 'product_height'].map((side) => product.decimal(side) ?? '0')
  const [length = '0', width = '0', height = '0'] = sides
  if (sides.some((side) => compare(side, '0') <= 0)) return undefined
  const name = product.nameOf('dimensional_uom_id') ?? 'm'
  const known = lengthUnits[name.toLowerCase()]
  if (!known) product.problem('ODOO_VALUE_INVALID', 'dimensional_uom_id', `"${name}" is no unit of length.`)
  const [unit, factor] = known ?? ['cm', '1']
  const [l, w, h] = [length, width, height].map((side) => multiply(side, factor))
  return { length: l ?? '0', width: w ?? '0', height: h ?? '0', unit }
}
