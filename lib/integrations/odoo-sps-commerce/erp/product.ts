import type { ItemNumbers } from '../../../documents/parts.ts'
import type { OrderModel, ProductRef } from '../../../systems/odoo/records.ts'

/** Begins the name of an item that the items table does not know: the writer finds the product by the line's numbers. */
const byNumber = 'by number '

/** What an unlisted item is called: by the first of its numbers; undefined where the line has none. */
export function unlistedItem({ gtin, ean, upc, caseUpc, vendorPart, buyerPart }: ItemNumbers): string | undefined {
  const number = upc ?? ean ?? gtin ?? caseUpc ?? vendorPart ?? buyerPart
  return number === undefined ? undefined : `${byNumber}${number}`
}

/** Our number of an item as others may see it; undefined where only a database id names it ("id:12"). */
export const ownNumber = (item: string | undefined): string | undefined => (item?.startsWith('id:') ? undefined : item)

/** The RSX field of a barcode with a right check digit: UPC, GTIN of any level, else EAN. */
export const barcodeField = (code: string): 'ConsumerPackageCode' | 'EAN' | 'GTIN' =>
  code.length === 12 ? 'ConsumerPackageCode' : code.length === 14 ? 'GTIN' : 'EAN'

/** Which number of a line is our own: to a customer or a warehouse of ours the vendor's, to a supplier the buyer's. */
export type OurNumber = 'vendorPart' | 'buyerPart'

/**
 * The product of a line of an 850. Of what becomes a purchase order nobody knows whose part numbers are ours: those of
 * the buyer where the sender places our orders, those of the vendor where we are the sender's.
 */
export function orderedProduct(item: string, numbers: ItemNumbers, model: OrderModel): ProductRef {
  if (model === 'sale.order') return productRef(item, numbers, 'vendorPart')
  const ref = productRef(item, numbers, 'buyerPart')
  return ref.vendorPart === undefined ? ref : { ...ref, otherItem: ref.vendorPart }
}

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
