import type { ItemNumbers } from '../../../documents/parts.ts'
import type { OrderModel, ProductRef } from '../../../systems/odoo/records.ts'

/** Begins the name of an item that the items table does not know: the writer finds the product by the line's numbers. */
const byNumber = 'by number '

/** What an unlisted item is called: by the first of its numbers; undefined where the line has none. */
export function unlistedItem({ gtin, ean, upc, caseUpc, vendorPart, buyerPart }: ItemNumbers): string | undefined {
  const number = upc ?? ean ?? gtin ?? caseUpc ?? vendorPart ?? buyerPart
  return number === undefined ? undefined : `${byNumber}${number}`
}

/**
 * How the writer finds the product of a line. To a customer our own number is the vendor's part number; a vendor's
 * part number stands in the price list of that vendor, and ours is the buyer's.
 */
export function productRef(item: string, numbers: ItemNumbers, model: OrderModel): ProductRef {
  if (!item.startsWith(byNumber)) return { item }
  const barcodes = [numbers.upc, numbers.ean, numbers.gtin, numbers.caseUpc].filter((code) => code !== undefined)
  const ours = model === 'sale.order' ? numbers.vendorPart : numbers.buyerPart
  return {
    ...(ours === undefined ? {} : { item: ours }),
    ...(barcodes.length > 0 ? { barcodes: [...new Set(barcodes)] } : {}),
    ...(model !== 'sale.order' && numbers.vendorPart !== undefined ? { vendorPart: numbers.vendorPart } : {}),
  }
}
