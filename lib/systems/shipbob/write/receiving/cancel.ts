import type { WriteOutcome } from '../../../../core/exchange.ts'
import type { Problem } from '../../../../core/problems.ts'
import type { Client } from '../../client.ts'
import type { ReceivingOrderCancelRecord } from '../../records.ts'
import { held, problem, type Work } from '../work.ts'
import { cancelOne } from './cancel-one.ts'
import { isCancelled, isCompleted, orderNamed, type Standing, standingOrders } from './standing.ts'

/**
 * Cancels the receiving orders that were made for a purchase order, as far as ShipBob allows. Others of the same number
 * are a person's to judge. Cancelled ones are left alone, so it may be repeated.
 */
export async function cancelReceivingOrder(
  { client }: Work,
  record: ReceivingOrderCancelRecord,
): Promise<WriteOutcome> {
  const all = await standingOrders(client, record)
  const open = all.filter((order) => !isCancelled(order))
  const problems: Problem[] = []
  let cancelled = 0
  for (const order of open) {
    const wrong = record.known.includes(order.id) ? await problemOfOne(client, order, record) : left(order, record)
    if (wrong) problems.push(wrong)
    else cancelled += 1
  }
  if (problems.length > 0) return held(problems)
  const ids = (cancelled > 0 ? open : all).map(({ id }) => id)
  const id = ids.at(-1) ?? record.known.at(-1) ?? 0
  return {
    outcome: 'delivered',
    targetId: String(id),
    targetNumbers: ids.map(String),
    result: { id, status: 'Cancelled' },
    adopted: cancelled === 0,
    warnings: [],
  }
}

/** undefined once it is cancelled. What has all come is not cancelled any more. */
async function problemOfOne(
  client: Client,
  order: Standing,
  { purchaseOrder }: ReceivingOrderCancelRecord,
): Promise<Problem | undefined> {
  const fixed = (why: string, now: Standing) =>
    problem(
      'SHIPBOB_RECEIVING_ORDER_FIXED',
      `Order ${purchaseOrder} was cancelled, but receiving order ${orderNamed(now)} ${why}.`,
    )
  if (isCompleted(order)) return fixed('has been received', order)
  const refused = await cancelOne(client, order)
  return refused && fixed(`cannot be: ${refused.said}`, refused.now)
}

const left = (order: Standing, { purchaseOrder }: ReceivingOrderCancelRecord): Problem | undefined =>
  isCompleted(order)
    ? undefined
    : problem(
        'SHIPBOB_RECEIVING_ORDERS_LEFT',
        `Order ${purchaseOrder} was cancelled, but receiving order ${orderNamed(order)}, which was not made from here, has its number.`,
      )
