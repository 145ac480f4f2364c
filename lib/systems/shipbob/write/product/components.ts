import type { Problem } from '../../../../core/problems.ts'
import type { Client } from '../../client.ts'
import type { ProductRecord, VariantRef } from '../../records.ts'
import { findVariants } from '../find-variants.ts'
import { variantNamed } from '../variant.ts'
import { problem } from '../work.ts'
import type { Component } from './body.ts'

/** A bundle's components as variants of ShipBob, or every one that cannot be found. A variant named twice counts once, with both quantities. */
export async function componentsOf(
  client: Client,
  bundle: NonNullable<ProductRecord['bundle']>,
): Promise<{ components: Component[]; problems: Problem[] }> {
  const found = await findVariants(
    client,
    bundle.map(({ component }) => component),
  )
  const quantities = new Map<number, number>()
  const problems = bundle.flatMap(({ component, quantity, name, path }, index) => {
    const hits = found[index]?.hits ?? []
    const [hit, ...others] = hits
    if (!hit)
      return problem(
        'SHIPBOB_COMPONENT_NOT_FOUND',
        `Component ${keysOf(component)} (${name}) of the kit is not at ShipBob.`,
        path,
      )
    if (others.length > 0)
      return problem(
        'SHIPBOB_PRODUCT_AMBIGUOUS',
        `Component ${keysOf(component)} (${name}) of the kit is ${hits.map(variantNamed).join(' or ')} at ShipBob.`,
        path,
      )
    if (hit.bundle)
      return problem(
        'SHIPBOB_COMPONENT_IS_BUNDLE',
        `Component ${keysOf(component)} (${name}) of the kit is a bundle itself at ShipBob.`,
        path,
      )
    quantities.set(hit.id, (quantities.get(hit.id) ?? 0) + quantity)
    return []
  })
  return { components: [...quantities].map(([variantId, quantity]) => ({ variantId, quantity })), problems }
}

/** What a product was looked for by, for messages. */
export const keysOf = ({ inventoryId, sku, barcode }: VariantRef): string =>
  [
    ...(sku === undefined ? [] : [`SKU ${sku}`]),
    ...(barcode === undefined ? [] : [`barcode ${barcode}`]),
    ...(inventoryId === undefined ? [] : [`inventory id ${inventoryId}`]),
  ].join(', ') || 'without SKU and barcode'
