import type { Findings } from '../../core/findings.ts'
import type { MapContext } from '../../core/flow.ts'
import { cell, rowsBy } from '../../core/table-index.ts'
import type { ProductRef } from '../../systems/odoo/records.ts'
import { inventoryNumber, productsOfInventory } from './known-products.ts'

/** Goods as ShipBob names them. */
export interface WarehouseGoods {
  /** Inventory id; the flow must have asked for `inventoryNumber` of it. */
  inventory: string
  item?: string | undefined
  barcodes?: readonly string[] | undefined
  name?: string | undefined
}

/**
 * The product in Odoo: by the items table (SKU), else by the inventory id that the ledger knows from sending the product,
 * else by the SKU as internal reference and the barcodes, which Odoo's writer looks for. Held where several fit or none
 * can; undefined then.
 * @param path where it stands in the document, for messages
 */
export function productOf(
  { inventory, item, barcodes, name }: WarehouseGoods,
  { tables, history }: Pick<MapContext, 'tables' | 'history'>,
  find: Findings,
  path: string,
): ProductRef | undefined {
  const rows = item === undefined ? [] : rowsBy(tables.items, 'sku', item)
  const listed = [...new Set(rows.map((row) => cell(row, 'item')))]
  if (listed.length === 1) return { item: listed[0] }
  if (listed.length > 1)
    return find.hold('PRODUCT_AMBIGUOUS', `SKU ${item} is ${listed.join(' and ')} in the items table.`, path)
  const known = productsOfInventory(history(inventoryNumber(inventory)), inventory)
  if (known.length > 1)
    return find.hold(
      'PRODUCT_AMBIGUOUS',
      `Inventory id ${inventory} of ShipBob was given to ${known.map((p) => `${p.item ?? p.id} (${p.name})`).join(' and ')}.`,
      path,
    )
  const [product] = known
  if (product) return { item: product.item ?? product.id }
  if (item === undefined && (barcodes ?? []).length === 0)
    return find.hold(
      'PRODUCT_UNKNOWN',
      `ShipBob's inventory id ${inventory}${name === undefined ? '' : ` (${name})`} has no SKU, and no product of Odoo was sent to it.`,
      path,
    )
  return {
    ...(item === undefined ? {} : { item }),
    ...(barcodes === undefined || barcodes.length === 0 ? {} : { barcodes: [...barcodes] }),
  }
}
