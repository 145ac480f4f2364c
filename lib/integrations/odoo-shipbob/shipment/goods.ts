import { isZero } from '../../../core/decimal.ts'
import type { Findings } from '../../../core/findings.ts'
import type { MapContext } from '../../../core/flow.ts'
import type { Shipment } from '../../../documents/shipment.ts'
import type { DeliveryRecord, ProductRef } from '../../../systems/odoo/records.ts'
import { inventoryNumber, knownProducts, productsOfInventory } from '../known-products.ts'
import { productOf } from '../products.ts'

type Line = Shipment['lines'][number]
type Goods = Line['goods'][number]

/** What left the shelves, as Odoo has it: bundles by their components, since those are what its deliveries move. */
export const shippedLines = (
  { lines }: Shipment,
  context: Pick<MapContext, 'tables' | 'history'>,
  find: Findings,
): DeliveryRecord['lines'] =>
  lines.flatMap((line) =>
    line.goods.flatMap((goods, i) => {
      if (isZero(goods.quantity)) return []
      const path = `${line.path}.inventory_items[${i}]`
      const product = productTaken(line, goods, context, find, path)
      if (!product) return []
      const { quantity, lot, expires, serials } = goods
      return [
        {
          product,
          quantity,
          ...(lot === undefined ? {} : { lot }),
          ...(expires === undefined ? {} : { expires }),
          ...(serials.length === 0 ? {} : { serials }),
          path,
        },
      ]
    }),
  )

/**
 * The line's SKU is what was ordered: of a bundle, not of what was taken for it. So the inventory id decides, and the SKU
 * only where the line is no bundle; a bundle of one thing that the ledger knows is that thing.
 */
function productTaken(
  line: Line,
  goods: Goods,
  context: Pick<MapContext, 'tables' | 'history'>,
  find: Findings,
  path: string,
): ProductRef | undefined {
  const { inventory } = goods
  const name = goods.name ?? line.name
  const known = productsOfInventory(context.history(inventoryNumber(inventory)), inventory)
  const kits = line.item === undefined ? [] : knownProducts(context.history(line.item)).filter(isKit(line.item))
  const [component, ...others] = kits.flatMap(({ components }) => components)
  if (known.length === 0 && line.goods.length === 1 && component?.item !== undefined && others.length === 0)
    return { item: component.item }
  const alone = line.goods.length === 1 && kits.length === 0 && known.length === 0
  return productOf({ inventory, name, ...(alone ? { item: line.item } : {}) }, context, find, path)
}

const isKit =
  (item: string) =>
  (product: ReturnType<typeof knownProducts>[number]): boolean =>
    product.kind === 'kit' && product.item === item
