import type { PurchaseOrderLine } from '../../documents/purchase-order.ts'
import type { SnapshotLine } from './snapshot.ts'

/** What the change says of a line, over what the line was. */
export function mergeLine(before: SnapshotLine, change: PurchaseOrderLine): PurchaseOrderLine {
  const said = Object.fromEntries(Object.entries(change).filter(([, v]) => v !== undefined))
  const { resolved, ...line } = before
  const either = <T>(own: T[], was: T[]): T[] => (own.length > 0 ? own : was)
  return {
    dates: [],
    taxes: [],
    notes: [],
    references: [],
    ...line,
    quantity: resolved.quantity,
    unit: resolved.unit,
    ...said,
    ...basisAfter(before, change),
    numbers: { ...line.numbers, ...change.numbers },
    split: either(change.split, line.split),
    charges: either(change.charges, line.charges),
  }
}

/** The price basis that names a unit (sps-commerce.md, PurchasePriceBasis); another unit stands for itself. */
const basisOfUnit: Readonly<Record<string, string>> = { EA: 'PE', CA: 'CA', DZ: 'PD' }

/**
 * The basis of the price where the unit changes: a price that is not said anew stays per the old unit; a new one
 * without a basis is per the new unit (sps-commerce.md 7.1).
 */
function basisAfter(
  { priceBasis, resolved }: SnapshotLine,
  change: PurchaseOrderLine,
): { priceBasis?: string | undefined } {
  if (change.unit === undefined || change.unit === resolved.unit || change.priceBasis !== undefined) return {}
  if (change.price !== undefined) return { priceBasis: undefined }
  const own = priceBasis === 'UM' ? undefined : priceBasis
  return { priceBasis: own ?? basisOfUnit[resolved.unit] ?? resolved.unit }
}

/** Entries of a list that the earlier one does not have just so. */
export const onlyNew = <T>(after: readonly T[], before: readonly T[]): T[] => {
  const known = new Set(before.map((entry) => JSON.stringify(entry)))
  return after.filter((entry) => !known.has(JSON.stringify(entry)))
}
