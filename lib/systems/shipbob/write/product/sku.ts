import type { Problem } from '../../../../core/problems.ts'
import type { Client } from '../../client.ts'
import type { ProductRecord } from '../../records.ts'
import { type Found, findVariants } from '../find-variants.ts'
import { type Variant, variantNamed } from '../variant.ts'
import { problem } from '../work.ts'

/**
 * The SKU that a variant is to have. Shops order by the SKU that stands at ShipBob, so another one there is changed only
 * where it is the one that the ERP's was before, or blank; and only where no other variant has the new one.
 */
export async function skuOf(
  client: Client,
  variant: Variant,
  by: Found['by'],
  { sku, formerSku }: ProductRecord,
): Promise<{ sku: string; warnings: Problem[]; problems: Problem[] }> {
  if (variant.sku === sku) return { sku, warnings: [], problems: [] }
  // Found by its barcode: nobody has the SKU. Found by its inventory id: the SKU was not looked for yet.
  const [taken] = by === 'barcode' ? [] : await findVariants(client, [{ sku }])
  const others = (taken?.hits ?? []).filter(({ id }) => id !== variant.id)
  if (others.length > 0) {
    const message = `SKU ${sku} belongs to ${others.map(variantNamed).join(' and ')}, but the product was ${variantNamed(variant)}.`
    return { sku, warnings: [], problems: [problem('SHIPBOB_PRODUCT_AMBIGUOUS', message, 'sku')] }
  }
  if (variant.sku === '' || variant.sku === formerSku) return { sku, warnings: [], problems: [] }
  const message = `ShipBob knows the product as ${variantNamed(variant)}; its SKU was left as it is, not changed to ${sku}.`
  return { sku: variant.sku, warnings: [problem('SHIPBOB_SKU_KEPT', message, 'sku')], problems: [] }
}
