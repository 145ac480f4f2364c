import { type Given, givenList, isGiven, numberOf, textOf } from '../call.ts'
import type { Variant } from '../model.ts'

/** A variant from what was sent; what is left out gets ShipBob's defaults. */
export function newVariant(
  given: Given,
  { id, inventory, now }: { id: number; inventory: number | null; now: number },
): Variant {
  const empty: Variant = {
    id,
    name: textOf(given.name) ?? '',
    sku: textOf(given.sku) ?? '',
    active: true,
    gtin: '',
    upc: '',
    digital: false,
    created: now,
    updated: now,
    inventory,
    barcodes: [],
    weight: 0,
    dimension: { length: 0, width: 0, height: 0, locked: false },
    customs: { hs_tariff_code: '', country_code_of_origin: '', value: 0, description: '' },
    lot: { is_lot: false, minimum_shelf_life_days: null },
    packaging: { material: null, requirement: null },
    returns: {
      primary_action_id: 1,
      backup_action_id: null,
      instructions: null,
      return_to_sender_primary_action_id: 1,
      return_to_sender_backup_action_id: null,
    },
    components: [],
    merged: [],
  }
  return changed(empty, given, now)
}

/** The variant with what was sent. What the warehouse measured is not overwritten. */
export function changed(variant: Variant, given: Given, now: number): Variant {
  const customs = isGiven(given.customs) ? given.customs : {}
  const lot = isGiven(given.lot_information) ? given.lot_information : {}
  const sides = isGiven(given.dimension) && !variant.dimension.locked ? given.dimension : {}
  const returns = isGiven(given.return_preferences) ? given.return_preferences : {}
  const days = lot.minimum_shelf_life_days
  return {
    ...variant,
    name: textOf(given.name) ?? variant.name,
    sku: textOf(given.sku) ?? variant.sku,
    active: given.status_id === undefined ? variant.active : given.status_id === 0,
    gtin: textOf(given.gtin) ?? variant.gtin,
    upc: textOf(given.upc) ?? variant.upc,
    digital: typeof given.is_digital === 'boolean' ? given.is_digital : variant.digital,
    updated: now,
    barcodes: Array.isArray(given.barcodes) ? barcodesIn(given.barcodes) : variant.barcodes,
    weight: numberOf(given.weight) ?? variant.weight,
    dimension: {
      ...variant.dimension,
      length: numberOf(sides.length) ?? variant.dimension.length,
      width: numberOf(sides.width) ?? variant.dimension.width,
      height: numberOf(sides.height) ?? variant.dimension.height,
    },
    customs: {
      hs_tariff_code: textOf(customs.hs_tariff_code) ?? variant.customs.hs_tariff_code,
      country_code_of_origin: textOf(customs.country_code_of_origin) ?? variant.customs.country_code_of_origin,
      value: numberOf(customs.value) ?? variant.customs.value,
      description: textOf(customs.description) ?? variant.customs.description,
    },
    lot: {
      is_lot: typeof lot.is_lot === 'boolean' ? lot.is_lot : variant.lot.is_lot,
      minimum_shelf_life_days: days === undefined ? variant.lot.minimum_shelf_life_days : (numberOf(days) ?? null),
    },
    packaging: {
      material: numberOf(given.packaging_material_type_id) ?? variant.packaging.material,
      requirement: numberOf(given.packaging_requirement_id) ?? variant.packaging.requirement,
    },
    returns: { ...variant.returns, ...returns },
    components: Array.isArray(given.bundle_definition)
      ? givenList(given.bundle_definition).map(({ variant_id, quantity }) => ({
          variant_id: numberOf(variant_id) ?? 0,
          quantity: numberOf(quantity) ?? 1,
        }))
      : variant.components,
  }
}

const barcodesIn = (given: readonly unknown[]): string[] => givenList(given).flatMap(({ value }) => textOf(value) ?? [])
