import type { WriteOutcome } from '../../../../core/exchange.ts'
import type { Problem } from '../../../../core/problems.ts'
import type { ReceivingOrderResult } from '../../records.ts'
import type { Standing } from './standing.ts'

/** A delivered receiving order: the first is ours, the others are what the warehouse's staff made of it. */
export function delivered(
  orders: readonly [Standing, ...Standing[]],
  adopted: boolean,
  warnings: Problem[],
): WriteOutcome {
  const [{ id, status, labels }, ...others] = orders
  const result: ReceivingOrderResult = {
    id,
    status,
    ...(labels === '' ? {} : { labels }),
    ...(others.length > 0 ? { others: others.map((order) => order.id) } : {}),
  }
  return {
    outcome: 'delivered',
    targetId: String(id),
    targetNumbers: orders.map((order) => String(order.id)),
    result: { ...result },
    adopted,
    warnings,
  }
}
