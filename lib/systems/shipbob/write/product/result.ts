import type { WriteOutcome } from '../../../../core/exchange.ts'
import type { Problem } from '../../../../core/problems.ts'
import type { ProductResult } from '../../records.ts'
import type { Variant } from '../variant.ts'

/** A delivered product: later documents find it by its SKU and by every inventory id that leads to it. */
export function delivered(variant: Variant, adopted: boolean, warnings: Problem[]): WriteOutcome {
  const { productId, id, inventoryId, merged, sku } = variant
  const result: ProductResult = {
    productId,
    variantId: id,
    inventoryId: inventoryId ?? null,
    mergedInventoryIds: merged,
  }
  const ids = [...(inventoryId === undefined ? [] : [inventoryId]), ...merged]
  return {
    outcome: 'delivered',
    targetId: String(id),
    targetNumbers: [...(sku === '' ? [] : [sku]), ...ids.map((inventory) => `inventory:${inventory}`)],
    result: { ...result },
    adopted,
    warnings,
  }
}
