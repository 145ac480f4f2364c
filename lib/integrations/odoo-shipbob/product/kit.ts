import { type Decimal, multiply, toNumber } from '../../../core/decimal.ts'
import type { Findings } from '../../../core/findings.ts'
import type { MapContext } from '../../../core/flow.ts'
import type { Product } from '../../../documents/product.ts'
import type { ProductRecord } from '../../../systems/shipbob/records.ts'
import { knownProducts, productNumber } from '../known-products.ts'
import type { Settings } from '../settings.ts'
import { skuOf } from './sku.ts'

export type Component = Product['components'][number]

/**
 * What a kit consists of in the end: a component that is a kit itself, as the ledger knows it, is replaced by what it
 * consists of, because a bundle of ShipBob cannot hold another. Services are left out.
 */
export function goodsOf(kit: Product, { history }: Pick<MapContext, 'history'>, find: Findings): Component[] {
  return kit.components.flatMap((component, index) => {
    const known = knownProducts(history(productNumber(component.id))).find(({ id }) => id === component.id)
    if (known?.kind === 'service') return []
    if (known?.kind !== 'kit') return [component]
    if (component.id === kit.id || known.components.some(({ id }) => id === kit.id)) {
      find.hold(
        'KIT_CIRCULAR',
        `Kit ${kit.item ?? kit.name} is part of its own component ${component.name}.`,
        at(index),
      )
      return []
    }
    return known.components.map((part) => ({ ...part, quantity: multiply(part.quantity, component.quantity) }))
  })
}

/** The components of a bundle, in whole units. */
export function bundleOf(
  kit: Product,
  goods: readonly Component[],
  { history, tables }: Pick<MapContext<Settings>, 'history' | 'tables'>,
  find: Findings,
): NonNullable<ProductRecord['bundle']> {
  if (kit.components.length === 0)
    find.hold('KIT_WITHOUT_COMPONENTS', `Kit ${kit.item ?? kit.name} has no components in Odoo.`, 'components')
  return goods.flatMap(({ id, item, barcode, name, quantity }, index) => {
    const path = at(index)
    const known = knownProducts(history(productNumber(id))).find((product) => product.id === id)
    const sku = skuOf(tables, { item, name }, find, path)
    if (!isWhole(quantity)) {
      const message = `One kit ${kit.item ?? kit.name} takes ${quantity} of ${item ?? name}; ShipBob counts whole units.`
      find.hold('KIT_QUANTITY_NOT_WHOLE', message, path)
    }
    if (sku === undefined) return []
    const component = { inventoryId: known?.inventoryId ?? undefined, sku, barcode }
    return [{ component, quantity: toNumber(quantity), name, path }]
  })
}

const at = (index: number): string => `components[${index}]`

/** A whole number above zero that a JSON number holds. */
export const isWhole = (quantity: Decimal): boolean => {
  const number = toNumber(quantity)
  return Number.isSafeInteger(number) && number > 0
}
