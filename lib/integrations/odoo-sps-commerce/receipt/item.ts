import type { Tables } from '../../../core/tables.ts'
import type { ItemNumbers } from '../../../documents/parts.ts'
import { type ItemResolution, resolveItem } from '../../../edi/resolve/item.ts'
import type { OurNumber } from '../erp/product.ts'

/**
 * The item of numbers that a supplier or a warehouse tells. To a supplier we are the buyer: its own number stands in
 * the table where a retailer's would, and ours is the buyer's.
 */
export function toldItem(
  tables: Tables,
  numbers: ItemNumbers,
  { tradingPartner, ours }: { tradingPartner: string; ours: OurNumber },
): ItemResolution {
  const { buyerPart, vendorPart, ...codes } = numbers
  const seen = ours === 'buyerPart' ? { ...codes, buyerPart: vendorPart, vendorPart: buyerPart } : numbers
  return resolveItem(tables, seen, { tradingPartner })
}

/** Our item by the tables, else our own number as it was told. */
export function itemTold(
  tables: Tables,
  numbers: ItemNumbers,
  whose: { tradingPartner: string; ours: OurNumber },
): string | undefined {
  const found = toldItem(tables, numbers, whose)
  return 'found' in found ? found.found.item : numbers[whose.ours]
}
