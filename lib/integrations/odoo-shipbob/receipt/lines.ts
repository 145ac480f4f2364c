import { add, compare, isZero, subtract } from '../../../core/decimal.ts'
import type { Findings } from '../../../core/findings.ts'
import type { MapContext } from '../../../core/flow.ts'
import type { ReceivingProgress } from '../../../documents/receiving-progress.ts'
import type { StowedReceiptRecord } from '../../../systems/odoo/records.ts'
import { productOf } from '../products.ts'

type Line = ReceivingProgress['lines'][number]

/** What of a line is on the shelf, by lot where there are lots. */
interface Part {
  stowed: string
  lot?: string
  expires?: string
}

/**
 * Totals of what is on the shelves, by product and lot, as Odoo has them. Lots stand on the boxes, totals on the order;
 * while goods are stowed the boxes may be ahead: unsettled then, and a later state tells.
 */
export function stowedLines(
  { lines, state }: ReceivingProgress,
  context: Pick<MapContext, 'tables' | 'history'>,
  find: Findings,
): StowedReceiptRecord['lines'] | 'unsettled' {
  const final = state === 'completed'
  if (!final && lines.some((line) => compare(restOf(line), '0') < 0)) return 'unsettled'
  return lines.flatMap((line) => {
    const parts = partsOf(line, final, find)
    if (parts.every(({ stowed }) => isZero(stowed))) return []
    const product = productOf(line, context, find, line.path)
    if (!product) return []
    return parts.map((part) => ({
      product,
      ...part,
      path: part.lot === undefined ? line.path : `${line.path} lot ${part.lot}`,
    }))
  })
}

/** What is stowed of a line with lots beyond what its lots say. */
const restOf = ({ stowed, lots }: Line): string =>
  lots.length === 0 ? '0' : subtract(stowed, add('0', ...lots.map((one) => one.stowed)))

/**
 * What has no lot yet is booked once it has one. What is still without a lot in the end is booked without one, which Odoo
 * holds where it wants one.
 */
function partsOf(line: Line, final: boolean, find: Findings): Part[] {
  const { stowed, lots, item, inventory, path } = line
  if (lots.length === 0) return [{ stowed }]
  const rest = restOf(line)
  if (compare(rest, '0') < 0) {
    const what = item ?? `inventory ${inventory}`
    const message = `${stowed} of ${what} are stowed by the receiving order, and ${subtract(stowed, rest)} by the lots on its boxes.`
    find.hold('RECEIPT_LOTS_DIFFER', message, path)
  }
  const parts = lots.map(
    ({ lot, expires, stowed: quantity }): Part => ({
      stowed: quantity,
      lot,
      ...(expires === undefined ? {} : { expires }),
    }),
  )
  return final && compare(rest, '0') > 0 ? [...parts, { stowed: rest }] : parts
}
