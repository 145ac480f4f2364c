import { compare, type Decimal, subtract, toNumber } from '../../../core/decimal.ts'
import type { Findings } from '../../../core/findings.ts'
import type { MapContext } from '../../../core/flow.ts'
import type { InboundOrder } from '../../../documents/inbound-order.ts'
import type { VariantRef } from '../../../systems/shipbob/records.ts'
import { knownProducts, productNumber } from '../known-products.ts'
import { isWhole } from '../product/kit.ts'
import { skuOf } from '../product/sku.ts'
import type { Told } from './told.ts'

/** Goods of an order that the warehouse is to expect, of one product. */
export interface Expected {
  productId: string
  product: VariantRef
  name: string
  /** Whole units. */
  quantity: number
  path: string
}

/**
 * What is still to come, by product. What had been received before the warehouse was first told is left out, and what
 * came since is not: the receiving order is for the whole, and the warehouse itself counts it down.
 */
export function expectedGoods(
  order: InboundOrder,
  before: Told['before'],
  context: Pick<MapContext, 'tables' | 'history'>,
  find: Findings,
): Expected[] {
  const all = new Map<string, Expected>()
  for (const [index, line] of order.lines.entries()) {
    const path = `lines[${index}]`
    const quantity = subtract(line.quantity, before[line.line] ?? '0')
    if (compare(quantity, '0') <= 0) continue
    const name = line.description ?? line.item ?? line.productId
    if (!isWhole(quantity)) {
      const message = `${quantity} ${line.unit ?? 'units'} of ${line.item ?? name} are expected; ShipBob counts whole ones.`
      find.hold('INBOUND_QUANTITY_NOT_WHOLE', message, path)
      continue
    }
    const known = all.get(line.productId)
    if (known) known.quantity += toNumber(quantity)
    else {
      const product = variantOf({ ...line, id: line.productId, name }, context, find, path)
      all.set(line.productId, { productId: line.productId, product, name, quantity: toNumber(quantity), path })
    }
  }
  return [...all.values()]
}

/** How a product is found at ShipBob: as the ledger knows it, by its SKU, by its barcode. */
export function variantOf(
  { id, item, barcode, name }: { id: string; item?: string | undefined; barcode?: string | undefined; name: string },
  { tables, history }: Pick<MapContext, 'tables' | 'history'>,
  find: Findings,
  path: string,
): VariantRef {
  const known = knownProducts(history(productNumber(id))).find((product) => product.id === id)
  const inventoryId = known?.inventoryId ?? undefined
  // Once ShipBob's id is known, nothing else is needed.
  const sku = inventoryId !== undefined && item === undefined ? undefined : skuOf(tables, { item, name }, find, path)
  return { inventoryId, sku, barcode }
}

/** Received so far of every line. */
export const receivedSoFar = ({ lines }: InboundOrder): Record<string, Decimal> =>
  Object.fromEntries(lines.map(({ line, received }) => [line, received]))
