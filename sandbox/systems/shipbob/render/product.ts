import { merchant } from '../account.ts'
import type { Product, Variant } from '../model.ts'
import { onHand } from '../stock.ts'
import { utc } from '../wire/time.ts'
import { findVariant, type World } from '../world.ts'

/** A product as the API answers it (shipbob.md §4.1). */
export const productBody = (world: World, product: Product): object => ({
  id: product.id,
  name: product.name,
  type: product.bundle ? 'Bundle' : 'Regular',
  taxonomy: null,
  user_id: merchant,
  created_on: utc(product.created),
  updated_on: utc(product.updated),
  variants: product.variants.map((variant) => variantBody(world, variant)),
})

const materials: Record<number, string> = { 1: 'Box', 2: 'BubbleMailer', 3: 'PolyMailer', 6: 'CustomBox' }
const requirements: Record<number, string> = { 1: 'NoRequirements', 2: 'Fragile', 3: 'Foldable', 7: 'Apparel' }
const actions: Record<number, string> = { 1: 'Restock', 2: 'Quarantine', 3: 'Dispose' }

const named = (id: number | null, names: Record<number, string>): object | null =>
  id === null ? null : { id, name: names[id] ?? `Other${id}` }

export function variantBody(world: World, variant: Variant): object {
  const { inventory, returns } = variant
  return {
    id: variant.id,
    name: variant.name,
    sku: variant.sku,
    status: variant.active ? 'Active' : 'Inactive',
    gtin: variant.gtin,
    upc: variant.upc,
    is_digital: variant.digital,
    is_image_uploaded: false,
    created_on: utc(variant.created),
    updated_on: utc(variant.updated),
    inventory: { inventory_id: inventory, on_hand_qty: inventory === null ? 0 : onHand(world, inventory) },
    barcodes: variant.barcodes.map((value) => ({ value, sticker_url: null })),
    weight: { weight: variant.weight, unit: 'oz' },
    dimension: dimensionBody(variant),
    customs: { ...variant.customs, currency: 'USD', is321_eligible: false },
    lot_information: variant.lot,
    fulfillment_settings: {
      requires_prop65: false,
      serial_scan: { is_enabled: false, prefix: '', suffix: '', exact_character_length: null },
      dangerous_goods: false,
      msds_url: '',
      is_case_pick: false,
      is_bpm_parcel: false,
    },
    packaging_material_type: named(variant.packaging.material, materials),
    packaging_requirement: named(variant.packaging.requirement, requirements),
    return_preferences: {
      primary_action: named(returns.primary_action_id, actions),
      backup_action: named(returns.backup_action_id, actions),
      instructions: returns.instructions,
      return_to_sender_primary_action: named(returns.return_to_sender_primary_action_id, actions),
      return_to_sender_backup_action: named(returns.return_to_sender_backup_action_id, actions),
    },
    additional_hazmat_attributes: null,
    associated_bundles: bundlesOf(world, variant.id),
    bundle_definition: variant.components.map(({ variant_id, quantity }) => {
      const part = findVariant(world, ({ id }) => id === variant_id)
      return {
        product_id: part?.product.id ?? null,
        variant_id,
        variant_name: part?.variant.name ?? null,
        variant_sku: part?.variant.sku ?? null,
        quantity,
      }
    }),
    merge_children: variant.merged.map((inventory_id) => ({ inventory_id })),
    reviews_pending: [],
    channel_metadata: [],
  }
}

const dimensionBody = ({ dimension: { length, width, height, locked } }: Variant): object => ({
  length,
  width,
  height,
  unit: 'inch',
  is_locked: locked,
  source: locked ? 'Warehouse' : 'UserEntry',
})

const bundlesOf = (world: World, id: number): object[] =>
  world.products.all().flatMap((product) =>
    product.variants.flatMap((variant) =>
      variant.components
        .filter(({ variant_id }) => variant_id === id)
        .map(({ quantity }) => ({
          product_id: product.id,
          product_name: product.name,
          variant_id: variant.id,
          variant_sku: variant.sku,
          quantity,
        })),
    ),
  )
