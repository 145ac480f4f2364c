import type { WriteOutcome } from '../../../../core/exchange.ts'
import { Failure } from '../../../../core/failures.ts'
import type { ReceivingOrderRecord } from '../../records.ts'
import { held, problem, type Work } from '../work.ts'
import { arrivalOf, newOrder } from './body.ts'
import { sameQuantities, sumOf } from './compare.ts'
import { type Resolved, resolveBoxes } from './resolve.ts'
import { delivered } from './result.ts'
import { isCancelled, isCompleted, orderNamed, type Standing, standingOf, standingOrders } from './standing.ts'
import { problemsOf } from './validate.ts'

/**
 * Makes the receiving order of a purchase order, once. ShipBob would make a second one without a word (shipbob.md §3.5),
 * so every attempt first looks what stands under the number, and takes over what has the same goods in the same
 * quantities, be it one order or several that the warehouse's staff made of it (§4.3).
 */
export async function createReceivingOrder(work: Work, record: ReceivingOrderRecord): Promise<WriteOutcome> {
  const problems = problemsOf(record)
  if (problems.length > 0) return held(problems)
  const resolved = await resolveBoxes(work.client, record)
  if ('problems' in resolved) return held(resolved.problems)
  return createResolved(work, record, resolved)
}

/** @param except a receiving order that was just cancelled, and may not look it yet */
export async function createResolved(
  work: Work,
  record: ReceivingOrderRecord,
  resolved: Resolved,
  except?: Standing,
): Promise<WriteOutcome> {
  const open = (await standingOrders(work.client, record)).filter(
    (order) => !isCancelled(order) && order.id !== except?.id,
  )
  return adopt(open, record, resolved) ?? make(work, record, resolved)
}

/** What stands there, taken over or in the way; undefined where nothing does. */
function adopt(open: readonly Standing[], record: ReceivingOrderRecord, resolved: Resolved): WriteOutcome | undefined {
  const same = open.filter(({ expected }) => sameQuantities(expected, resolved.expected))
  const ours = same.find(({ id }) => record.known.includes(id))
  const [one, ...more] = ours ? [ours] : same
  if (one && more.length === 0) return delivered([one], true, resolved.warnings)
  const [first, ...others] = open
  if (first && others.length > 0 && sameQuantities(sumOf(open), resolved.expected))
    return delivered([first, ...others], true, resolved.warnings)
  // What is completed has come: it is not waited for a second time. Anything else would be.
  const inTheWay = same.length > 1 ? same : open.filter((order) => !isCompleted(order))
  if (inTheWay.length === 0) return undefined
  const named = inTheWay.map(orderNamed).join(', ')
  const why = same.length > 1 ? 'more than once, each with these goods' : 'with other goods or quantities'
  return held([
    problem('SHIPBOB_RECEIVING_ORDER_DIFFERS', `Order ${record.purchaseOrder} is at ShipBob ${why}: ${named}.`),
  ])
}

/** Sends the order. Whoever calls has made sure that nothing is expected under its number. */
export async function make({ client }: Work, record: ReceivingOrderRecord, resolved: Resolved): Promise<WriteOutcome> {
  const { at, warnings } = arrivalOf(client, record)
  const answer = await client.post('/receiving', { body: newOrder(record, resolved.boxes, at, client.profile) })
  const made = standingOf(answer.body)
  if (!made)
    throw new Failure('ambiguous', 'SHIPBOB_OUTCOME_UNKNOWN', 'POST /receiving: the answer names no receiving order.')
  return delivered([made], false, [...resolved.warnings, ...warnings])
}
