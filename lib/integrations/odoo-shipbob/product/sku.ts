import type { Findings } from '../../../core/findings.ts'
import { cell, rowsBy } from '../../../core/table-index.ts'
import type { Tables } from '../../../core/tables.ts'

/**
 * The SKU at ShipBob of a product of Odoo: what the items table says, else its internal reference. Held and undefined
 * where it has none, or where the table gives its reference to another product, or several SKUs to it.
 * @param path where the reference stands in the document, for messages
 */
export function skuOf(
  { items }: Tables,
  { item, name }: { item?: string | undefined; name: string },
  find: Findings,
  path: string,
): string | undefined {
  if (item === undefined)
    return find.hold('SKU_MISSING', `Product ${name} has no internal reference, which is its SKU at ShipBob.`, path)
  const [row, ...others] = rowsBy(items, 'item', item)
  if (row && others.length > 0) {
    const skus = [row, ...others].map((one) => cell(one, 'sku')).join(' and ')
    return find.hold('SKU_TAKEN_TWICE', `The items table gives product ${item} the SKUs ${skus}.`, path)
  }
  if (row) {
    const sku = cell(row, 'sku')
    find.decide({
      field: path,
      rule: 'product.sku',
      input: `item=${item}`,
      value: sku,
      table: { name: 'items', row: sku, version: items?.version ?? '' },
    })
    return sku
  }
  const [taken] = rowsBy(items, 'sku', item)
  if (taken)
    return find.hold('SKU_TAKEN_TWICE', `The items table gives SKU ${item} to product ${cell(taken, 'item')}.`, path)
  return item
}
