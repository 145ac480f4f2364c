import type { Problem } from '../../../../core/problems.ts'
import type { ReceivingOrderRecord } from '../../records.ts'
import { problem } from '../work.ts'

/** ShipBob's own limits (shipbob.md §4.3). */
const most = { packages: 50, items: 10_000, quantity: 2 ** 31 - 1 }

/** What ShipBob would refuse, before anything is asked. */
export function problemsOf({ purchaseOrder, packageType, boxes }: ReceivingOrderRecord): Problem[] {
  const problems: Problem[] = []
  const items = boxes.flatMap((box) => box.items)
  if (boxes.length === 0 || boxes.some((box) => box.items.length === 0))
    problems.push(problem('SHIPBOB_NOTHING_TO_RECEIVE', `Order ${purchaseOrder} has no box with goods.`, 'boxes'))
  if (packageType === 'Package' && boxes.length > most.packages)
    problems.push(
      problem(
        'SHIPBOB_TOO_MANY_BOXES',
        `Order ${purchaseOrder} comes in ${boxes.length} packages; ShipBob takes ${most.packages} at once.`,
        'boxes',
      ),
    )
  const different = new Set(
    items.map(({ product }) => JSON.stringify([product.inventoryId, product.sku, product.barcode])),
  )
  if (different.size > most.items)
    problems.push(
      problem(
        'SHIPBOB_TOO_MANY_ITEMS',
        `Order ${purchaseOrder} has ${different.size} different items; ShipBob takes ${most.items}.`,
        'boxes',
      ),
    )
  for (const { quantity, name, path } of items)
    if (!Number.isInteger(quantity) || quantity < 1 || quantity > most.quantity)
      problems.push(problem('SHIPBOB_QUANTITY_INVALID', `${quantity} of ${name} cannot be expected.`, path))
  return problems
}
