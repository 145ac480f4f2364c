import { type Decimal, toDecimal } from '../../../core/decimal.ts'
import type { Json } from '../../../core/exchange.ts'
import { countOf, type Fields, fieldsOf, idOf, listOf, textOf } from './fields.ts'

/** A variant as it stands at ShipBob, with the product it belongs to (shipbob.md §4.1). */
export interface Variant {
  productId: number
  productName: string
  /** Of a product with several variants the name is not one variant's to change. */
  alone: boolean
  bundle: boolean
  id: number
  name: string
  sku: string
  barcodes: string[]
  active: boolean
  inventoryId: number | undefined
  /** Inventory ids of variants that were merged into it. */
  merged: number[]
  weight: Decimal | undefined
  dimension: { length?: Decimal; width?: Decimal; height?: Decimal; locked: boolean }
  customs: { tariff: string; origin: string; description: string; value: Decimal | undefined; currency: string }
  lot: { tracked: boolean; minimumShelfLifeDays: number | undefined }
  hasPackaging: boolean
  components: { variantId: number; quantity: number }[]
}

/** The variants of a product as the API answers it; a variant without an id is none. */
export function variantsOf(product: Json): Variant[] {
  const fields = fieldsOf(product)
  const productId = idOf(fields.id)
  const variants = listOf(fields.variants)
  if (productId === undefined) return []
  return variants.flatMap((variant) => {
    const id = idOf(variant.id)
    if (id === undefined) return []
    return [
      {
        productId,
        productName: textOf(fields.name),
        alone: variants.length === 1,
        bundle: /bundle/i.test(textOf(fields.type)) || listOf(variant.bundle_definition).length > 0,
        id,
        ...detailsOf(variant),
      },
    ]
  })
}

function detailsOf(variant: Fields): Omit<Variant, 'productId' | 'productName' | 'alone' | 'bundle' | 'id'> {
  const dimension = fieldsOf(variant.dimension)
  const customs = fieldsOf(variant.customs)
  const lot = fieldsOf(variant.lot_information)
  return {
    name: textOf(variant.name),
    sku: textOf(variant.sku),
    barcodes: listOf(variant.barcodes).flatMap(({ value }) => textOf(value) || []),
    active: /^active$/i.test(textOf(variant.status)),
    inventoryId: idOf(fieldsOf(variant.inventory).inventory_id),
    merged: listOf(variant.merge_children).flatMap((child) => idOf(child.inventory_id) ?? []),
    weight: toDecimal(fieldsOf(variant.weight).weight ?? variant.weight),
    dimension: { ...sides(dimension), locked: dimension.is_locked === true },
    customs: {
      tariff: textOf(customs.hs_tariff_code),
      origin: textOf(customs.country_code_of_origin),
      description: textOf(customs.description),
      value: toDecimal(customs.value),
      currency: textOf(customs.currency) || 'USD',
    },
    lot: { tracked: lot.is_lot === true, minimumShelfLifeDays: idOf(lot.minimum_shelf_life_days) },
    hasPackaging:
      idOf(fieldsOf(variant.packaging_requirement).id) !== undefined &&
      idOf(fieldsOf(variant.packaging_material_type).id) !== undefined,
    components: listOf(variant.bundle_definition).flatMap(({ variant_id, quantity }) => {
      const variantId = idOf(variant_id)
      return variantId === undefined ? [] : [{ variantId, quantity: countOf(quantity) }]
    }),
  }
}

const sides = (given: Fields): { length?: Decimal; width?: Decimal; height?: Decimal } =>
  Object.fromEntries(
    ['length', 'width', 'height'].flatMap((side) => {
      const size = toDecimal(given[side])
      return size === undefined ? [] : [[side, size]]
    }),
  )

/** For messages: "variant 41220011, SKU COF-LR-340 (Light Roast Coffee 340 g)". */
export const variantNamed = ({ id, sku, name }: Variant): string =>
  `variant ${id}, ${sku === '' ? 'no SKU' : `SKU ${sku}`} (${name})`
