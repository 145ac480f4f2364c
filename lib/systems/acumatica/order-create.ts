import type { Problem } from '../../core/problems.ts'
import { put } from './entities.ts'
import { differences, pairLines } from './order-compare.ts'
import {
  findByHand,
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
  orderQuery,
  readOrder,
  vanished,
} from './order-lookup.ts'
import { type Delivered, delivered, release, resultOf } from './order-result.ts'
import { type ApiRecord, flag, identifier, rows } from './records.ts'

/**
 * Creates a sales order at most once (acumatica.md §6): looks up our reference, then the customer's number, writes on
 * hold, compares what stands there with what was sent, and takes it off hold where they are equal.
 *
 * An order found by our reference is adopted: still on hold, it is completed, compared and taken off hold; off hold,
 * somebody has released it and it is accepted as it stands, with every difference as a warning. Acumatica makes
 * another order of every PUT, so no outcome is ever guessed: a lost answer ends the attempt, the next one looks first.
 */
export async function createOrder(work: OrderWork, reference: string): Promise<Delivered | Held> {
  const ours = await findOurs(work, reference)
  if (isHeld(ours)) return ours
  if (ours) return adopt(work, ours)
  const byHand = await findByHand(work, reference)
  if (byHand.length > 0) return held(byHand.map((order) => duplicate(work, order)))

  const [first = [], ...rest] = portions(work, rows(work.record, 'Details') ?? [])
  const body = forContract(work, { ...work.record, Details: first })
  const created = await put(work.exchange, 'SalesOrder', body, orderQuery(work), 'create')
  if (created) return settle(work, await append(work, created, rest), false)
  // 412: the key was given with the record, and stands already. It may be this very order after all.
  const again = await findOurs(work, reference)
  if (isHeld(again)) return again
  return again ? adopt(work, again) : held([keyTaken(work)])
}

async function adopt(work: OrderWork, found: ApiRecord): Promise<Delivered | Held> {
  const order = await readOrder(work, found)
  if (isCanceled(work, order)) return held([canceled(order)], resultOf(order))
  if (!isOnHold(order)) return accept(work, order, true)
  return settle(work, await append(work, order, missingPortions(work, order)), true)
}

/** Somebody released the order, or our own release arrived and its answer did not: it stands as it is. */
const accept = (work: OrderWork, order: ApiRecord, adopted: boolean): Delivered =>
  delivered(
    work,
    order,
    adopted,
    differences(work, order).map((one) => ({ ...one, code: 'ACUMATICA_ACCEPTED_AS_IS' })),
  )

/** Compares what stands on hold with what was sent. */
async function settle(work: OrderWork, order: ApiRecord, adopted: boolean): Promise<Delivered | Held> {
  const found = differences(work, order)
  if (!isOnHold(order)) return accept(work, order, adopted)
  if (found.length > 0) return held(found, resultOf(order))
  const wanted = work.settings.releaseHold && flag(work.record, 'Hold')
  return wanted ? release(work, order, adopted) : delivered(work, order, adopted)
}

/** Lines in portions of one request each; a long order does not fit into one (acumatica.md §3). */
function portions(work: OrderWork, lines: ApiRecord[]): ApiRecord[][] {
  const size = work.settings.linesPerRequest
  const count = Math.max(1, Math.ceil(lines.length / size))
  return Array.from({ length: count }, (_, i) => lines.slice(i * size, (i + 1) * size))
}

/** Adds portions to an order and reads it whole; nothing to add, nothing read. */
async function append(work: OrderWork, order: ApiRecord, rest: ApiRecord[][]): Promise<ApiRecord> {
  for (const Details of rest) {
    const body = forContract(work, { ...keyOf(order), Details })
    if (!(await put(work.exchange, 'SalesOrder', body, { select: ['OrderNbr'] }, 'update'))) throw vanished(order)
  }
  return rest.length === 0 ? order : readOrder(work, order)
}

/**
 * The portions that an earlier attempt did not come to: whole ones at the end. Any other gap was not made by us and
 * shows as a difference. Without references on the lines nobody can say what a row is: then nothing is added.
 */
function missingPortions(work: OrderWork, order: ApiRecord): ApiRecord[][] {
  const { pairs, extra } = pairLines(work, order)
  const there = pairs.filter((pair) => pair.row).length
  const isHead = pairs.every((pair, i) => (pair.row !== undefined) === i < there)
  const whole = there > 0 && there % work.settings.linesPerRequest === 0
  if (!hasLineReference(work) || !isHead || !whole || extra.length > 0 || there === pairs.length) return []
  return portions(
    work,
    pairs.slice(there).map((pair) => pair.sent),
  )
}

/** Leaves out what lines of older contracts do not have: they would be errors, not ignored. */
export const forContract = (work: OrderWork, record: ApiRecord): ApiRecord =>
  hasLineReference(work)
    ? record
    : {
        ...record,
        Details: (rows(record, 'Details') ?? []).map(
          ({ ExternalRef: _reference, ManualPrice: _manual, ...line }) => line,
        ),
      }

const duplicate = (work: OrderWork, order: ApiRecord): Problem => ({
  code: 'ACUMATICA_DUPLICATE_PO',
  message: `Order ${numberOf(order)} of ${identifier(order, 'CustomerID')} already has the customer order number ${identifier(work.record, 'CustomerOrder')} and did not come through this integration.`,
  path: 'CustomerOrder',
})

export const canceled = (order: ApiRecord): Problem => ({
  code: 'ACUMATICA_ORDER_CANCELED',
  message: `Order ${numberOf(order)} of this purchase order was cancelled in Acumatica.`,
  path: 'Status',
})

const keyTaken = (work: OrderWork): Problem => ({
  code: 'ACUMATICA_KEY_TAKEN',
  message: `An order ${identifier(work.record, 'OrderNbr') ?? ''} exists already and is not the one of this purchase order.`,
  path: 'OrderNbr',
})
