import type { Problem } from '../../core/problems.ts'
import { put } from './entities.ts'
import { same } from './order-compare.ts'
import { canceled } from './order-create.ts'
import {
  findOurs,
  type Held,
  hasLineReference,
  held,
  isCanceled,
  isHeld,
  isOnHold,
  keyOf,
  numberOf,
  type OrderWork,
  readOrder,
  statusOf,
  vanished,
} from './order-lookup.ts'
import { isEmpty, type Plan, planChange } from './order-plan.ts'
import { type Delivered, delivered, release, resultOf } from './order-result.ts'
import { type ApiRecord, flag, identifier, rows, value } from './records.ts'

/** A second pass mends what screen logic changed back in the first. */
const passes = 2

/**
 * Changes or replaces an order that is still untouched by the warehouse. Compares first: an order that is as wanted
 * already is delivered whatever its state, since an earlier attempt may have changed it. A replaced order is put on
 * hold with its changes and taken off again once they stand; one that was on hold before stays there.
 */
export async function changeOrder(
  work: OrderWork,
  reference: string,
  mode: 'change' | 'replace',
): Promise<Delivered | Held> {
  const found = await findOrder(work, reference)
  if (isHeld(found)) return found
  let order = await readOrder(work, found)
  if (isCanceled(work, order)) return held([canceled(order)], resultOf(order))
  const before = planChange(work, order, mode)
  const refused = [...unfit(work, order), ...(hasLineReference(work) ? before.problems : [])]
  if (refused.length > 0) return held(refused, resultOf(order))
  const wasOnHold = isOnHold(order)
  const untouched = isEmpty(before)
  if (!untouched && shippingHasBegun(work, order)) return held([tooLate(order)], resultOf(order))

  let plan = before
  for (let pass = 0; pass < passes && !isEmpty(plan); pass += 1) {
    order = await write(work, order, plan, mode)
    plan = planChange(work, order, mode)
  }
  if (!isEmpty(plan)) return held(notTaken(order, plan), resultOf(order))
  const offHold = isOnHold(order) && mode === 'replace' && flag(work.record, 'Hold') && work.settings.releaseHold
  // On hold with nothing left to do: our own hold of an attempt that died, or somebody's, which is not ours to lift.
  if (offHold && (!wasOnHold || (untouched && work.mayHaveWritten)))
    return release(work, order, untouched, before.warnings)
  return delivered(work, order, untouched, [...before.warnings, ...(offHold ? [leftOnHold(order)] : [])])
}

/** The order of this reference; held where there is none or two. */
export async function findOrder(work: OrderWork, reference: string): Promise<ApiRecord | Held> {
  const found = await findOurs(work, reference)
  if (found) return found
  const message = `No order in Acumatica carries the external reference ${reference}.`
  return held([{ code: 'ACUMATICA_ORDER_NOT_FOUND', message, path: 'ExternalRef' }])
}

/** True as soon as the warehouse has the order, or it is in a state in which nobody changes it any more. */
export const shippingHasBegun = (work: OrderWork, order: ApiRecord): boolean =>
  !work.settings.statuses.orderChangeable.includes(statusOf(order)) ||
  (rows(order, 'Shipments') ?? []).length > 0 ||
  (rows(order, 'Details') ?? []).some((row) => Number(value(row, 'QtyOnShipments') ?? 0) > 0)

export function tooLate(order: ApiRecord): Problem {
  const shipments = (rows(order, 'Shipments') ?? []).flatMap((row) => identifier(row, 'ShipmentNbr') ?? [])
  const why = shipments.length > 0 ? `shipping has begun (${shipments.join(', ')})` : `it is ${statusOf(order)}`
  return {
    code: 'ACUMATICA_SHIPPING_BEGUN',
    message: `Order ${numberOf(order)} can no longer be changed: ${why}.`,
    path: 'Status',
  }
}

function unfit(work: OrderWork, order: ApiRecord): Problem[] {
  const found: Problem[] = []
  if (!same(work.record, order, 'CustomerID'))
    found.push({
      code: 'ACUMATICA_ORDER_DIFFERS',
      message: `Order ${numberOf(order)} is of the customer ${identifier(order, 'CustomerID')}, the change of ${identifier(work.record, 'CustomerID')}.`,
      path: 'CustomerID',
    })
  if (rows(work.record, 'Details') && !hasLineReference(work))
    found.push({
      code: 'ACUMATICA_NO_LINE_REFERENCE',
      message: `The lines of order ${numberOf(order)} have no reference in this endpoint version: change it by hand.`,
      path: 'Details',
    })
  return found
}

/** Writes a plan in portions, the header with the first, and reads the order again. */
async function write(work: OrderWork, order: ApiRecord, plan: Plan, mode: 'change' | 'replace'): Promise<ApiRecord> {
  const size = work.settings.linesPerRequest
  const hold: ApiRecord =
    mode === 'replace' && flag(work.record, 'Hold') && !isOnHold(order) ? { Hold: { value: true } } : {}
  for (let at = 0; at === 0 || at < plan.lines.length; at += size) {
    const lines = plan.lines.slice(at, at + size)
    const body: ApiRecord = {
      ...keyOf(order),
      ...(at === 0 ? { ...plan.header, ...hold } : {}),
      ...(lines.length > 0 ? { Details: lines } : {}),
    }
    if (!(await put(work.exchange, 'SalesOrder', body, { select: ['OrderNbr'] }, 'update'))) throw vanished(order)
  }
  return readOrder(work, order)
}

/** What Acumatica did not take over, field by field. */
function notTaken(order: ApiRecord, plan: Plan): Problem[] {
  const say = (what: string) => `Order ${numberOf(order)} did not take over ${what}.`
  return [
    ...Object.keys(plan.header).map((name) => ({ code: 'ACUMATICA_ORDER_DIFFERS', message: say(name), path: name })),
    ...plan.lines.map((line) => ({
      code: 'ACUMATICA_ORDER_DIFFERS',
      message: say(
        line.delete === true ? 'the deletion of a line' : `line ${identifier(line, 'ExternalRef')} as it was sent`,
      ),
      path: 'Details',
    })),
  ]
}

const leftOnHold = (order: ApiRecord): Problem => ({
  code: 'ACUMATICA_LEFT_ON_HOLD',
  message: `Order ${numberOf(order)} was on hold before it was replaced and stays on hold.`,
  path: 'Hold',
})
