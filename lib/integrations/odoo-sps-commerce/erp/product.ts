import type { ItemNumbers } from '../../../documents/parts.ts'
import type { ProductRef } from '../../../systems/odoo/records.ts'

/** Begins the name of an item that the items table does not know: the writer finds the product by the line's numbers. */
const byNumber = 'by number '

/** What an unlisted item is called: by the first of its numbers; undefined where the line has none. */
export function unlistedItem({ gtin, ean, upc, caseUpc, vendorPart, buyerPart }: ItemNumbers): string | undefined {
  const number = upc ?? ean ?? gtin ?? caseUpc ?? vendorPart ?? buyerPart
  return number === undefined ? undefined : `${byNumber}${number}`
}

/** Which number of a line is our own: to a customer or a warehouse of ours the vendor's, to a supplier the buyer's. */
export type OurNumber = 'vendorPart' | 'buyerPart'

/** How the writer finds the product of a line. A supplier's own part number stands in the price list of that vendor. */
export function productRef(item: string, numbers: ItemNumbers, ours: OurNumber): ProductRef {
  if (!item.startsWith(byNumber)) return { item }
  const barcodes = [numbers.upc, numbers.ean, numbers.gtin, numbers.caseUpc].filter((code) => code !== undefined)
  return {
    ...(numbers[ours] === undefined ? {} : { item: numbers[ours] }),
    ...(barcodes.length > 0 ? { barcodes: [...new Set(barcodes)] } : {}),
    ...(ours === 'buyerPart' && numbers.vendorPart !== undefined ? { vendorPart: numbers.vendorPart } : {}),
  }
}
