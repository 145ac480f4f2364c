import { createProduct } from '../api/products.ts'
import type { Dimension, Product } from '../model.ts'
import { findVariant, itemBySku, type World } from '../world.ts'

export interface ProductOptions {
  sku: string
  name?: string
  barcodes?: readonly string[]
  /** Kept by lots with an expiry date. */
  lots?: boolean
  minimumShelfLifeDays?: number
  /** SKU → how many: a bundle. */
  components?: Readonly<Record<string, number>>
  /** Everything else as `POST /product` takes it of a variant. */
  variant?: object
}

/** Somebody adds a product in the dashboard. */
export function addProduct(world: World, given: ProductOptions): Product {
  const { sku, name = sku, barcodes = [], lots, minimumShelfLifeDays, components } = given
  return createProduct(world, {
    name,
    type_id: components ? 2 : 1,
    variants: [
      {
        name,
        sku,
        barcodes: barcodes.map((value) => ({ value })),
        packaging_material_type_id: 1,
        packaging_requirement_id: 1,
        ...(lots ? { lot_information: { is_lot: true, minimum_shelf_life_days: minimumShelfLifeDays ?? null } } : {}),
        ...(components
          ? {
              bundle_definition: Object.entries(components).map(([part, quantity]) => ({
                variant_id: itemBySku(world, part).variant.id,
                quantity,
              })),
            }
          : {}),
        ...given.variant,
      },
    ],
  })
}

function changeVariant(world: World, sku: string, over: Partial<Product['variants'][number]>): void {
  const { product, variant } = itemBySku(world, sku)
  const variants = product.variants.map((one) => (one === variant ? { ...one, ...over } : one))
  world.products.put({ ...product, variants, updated: world.clock.now() })
}

/** The warehouse measures a product: what others say of its size is not taken any more. */
export const measure = (world: World, sku: string, sides: Dimension): void =>
  changeVariant(world, sku, { dimension: { ...sides, locked: true } })

/** Somebody renames a SKU in the dashboard. */
export const changeSku = (world: World, sku: string, to: string): void => changeVariant(world, sku, { sku: to })

/** One variant is merged into another: its inventory id lives on as a child (shipbob.md §4.1). */
export function merge(world: World, { kept, gone }: { kept: string; gone: string }): void {
  const { product, variant } = itemBySku(world, gone)
  const { merged } = itemBySku(world, kept).variant
  changeVariant(world, kept, { merged: [...merged, ...(variant.inventory === null ? [] : [variant.inventory])] })
  world.products.put({ ...product, variants: product.variants.filter(({ id }) => id !== variant.id) })
  if (!findVariant(world, ({ id }) => product.variants.some((one) => one.id === id && id !== variant.id)))
    world.products.delete(product.id)
}
