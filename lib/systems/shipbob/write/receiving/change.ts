import type { WriteOutcome } from '../../../../core/exchange.ts'
import { Refusal } from '../../../../core/failures.ts'
import type { ReceivingOrderRecord } from '../../records.ts'
import { held, problem, type Work } from '../work.ts'
import { arrivalOf, changeBody } from './body.ts'
import { cancelOne } from './cancel-one.ts'
import { differences, hasBoxes, sameQuantities, sumOf } from './compare.ts'
import { createResolved, make } from './create.ts'
import { type Resolved, resolveBoxes } from './resolve.ts'
import { delivered } from './result.ts'
import {
  isAwaiting,
  isCancelled,
  isCompleted,
  orderNamed,
  type Standing,
  standingOf,
  standingOrders,
} from './standing.ts'
import { problemsOf } from './validate.ts'

/**
 * Brings the receiving order of a purchase order to the record's state: in place from 2026-07 on, by cancelling it and
 * making it anew before, and only while nothing of it has arrived (shipbob.md §4.3). Cancelled and not yet made anew is
 * where a broken attempt may end: the next one makes it. Never made anew while the old one is expected.
 */
export async function changeReceivingOrder(work: Work, record: ReceivingOrderRecord): Promise<WriteOutcome> {
  const problems = problemsOf(record)
  if (problems.length > 0) return held(problems)
  const resolved = await resolveBoxes(work.client, record)
  if ('problems' in resolved) return held(resolved.problems)
  const open = (await standingOrders(work.client, record)).filter((order) => !isCancelled(order))
  const [order, ...others] = open
  if (!order) return make(work, record, resolved)
  if (others.length > 0)
    return sameQuantities(sumOf(open), resolved.expected)
      ? delivered([order, ...others], true, resolved.warnings)
      : fixed(open, record, resolved, 'was split at ShipBob')
  if (!isAwaiting(order))
    return sameQuantities(order.expected, resolved.expected) || (isCompleted(order) && isLess(resolved, order))
      ? delivered([order], true, resolved.warnings)
      : fixed(open, record, resolved, 'is under way there')
  return inPlace(work, record, order) ? patch(work, record, order, resolved) : replace(work, record, order, resolved)
}

/** What has all come is not told that less is wanted: the order was cut down to what came. */
const isLess = ({ expected }: Resolved, there: Standing): boolean =>
  [...expected].every(([key, quantity]) => quantity <= (there.expected.get(key) ?? 0))

/** How goods are packed cannot be patched. */
const inPlace = ({ client }: Work, record: ReceivingOrderRecord, order: Standing): boolean =>
  client.profile.patchReceiving &&
  order.packageType === record.packageType &&
  order.boxPackaging === record.boxPackaging

/** Sending the same change again changes nothing more, so a lost answer needs no look-up. */
async function patch(
  { client }: Work,
  record: ReceivingOrderRecord,
  order: Standing,
  resolved: Resolved,
): Promise<WriteOutcome> {
  const { at, warnings } = arrivalOf(client, record)
  try {
    const { body } = await client.patch(`/receiving/${order.id}`, { body: changeBody(record, resolved.boxes, at) })
    return delivered([standingOf(body) ?? order], false, [...resolved.warnings, ...warnings])
  } catch (error) {
    if (error instanceof Refusal) return fixed([order], record, resolved, cannot(error.message))
    throw error
  }
}

async function replace(
  work: Work,
  record: ReceivingOrderRecord,
  order: Standing,
  resolved: Resolved,
): Promise<WriteOutcome> {
  const { client } = work
  if (await isThere(work, record, order, resolved)) return delivered([order], true, resolved.warnings)
  const refused = await cancelOne(client, order)
  if (refused) return fixed([refused.now], record, resolved, cannot(refused.said))
  // Looks anew: somebody may have made one meanwhile.
  return createResolved(work, record, resolved, order)
}

/** An attempt before may have made it anew already. */
async function isThere(
  { client }: Work,
  record: ReceivingOrderRecord,
  order: Standing,
  { expected, boxes }: Resolved,
): Promise<boolean> {
  const { at, moved } = arrivalOf(client, record)
  return (
    (moved || order.expectedAt === at) &&
    order.packageType === record.packageType &&
    order.boxPackaging === record.boxPackaging &&
    sameQuantities(order.expected, expected) &&
    (await hasBoxes(client, order, boxes))
  )
}

const cannot = (said: string): string => `cannot be changed: ${said}`

/** Nothing is written: whoever changed the order has to talk to the warehouse. */
function fixed(
  orders: readonly Standing[],
  { purchaseOrder }: ReceivingOrderRecord,
  { expected }: Resolved,
  why: string,
): WriteOutcome {
  const changes = differences(sumOf(orders), expected)
  const what = changes.length === 0 ? 'dates or boxes' : changes.slice(0, 20).join('; ')
  return held([
    problem(
      'SHIPBOB_RECEIVING_ORDER_FIXED',
      `Order ${purchaseOrder}, receiving order ${orders.map(orderNamed).join(' and ')}, ${why}. Changed: ${what}.`,
    ),
  ])
}
