import { Refusal } from '../../core/failures.ts'
import { act } from './entities.ts'
import { findOrder, shippingHasBegun, tooLate } from './order-change.ts'
import {
  type Held,
  held,
  isCanceled,
  isHeld,
  keyOf,
  numberOf,
  type OrderWork,
  readOrder,
  statusOf,
} from './order-lookup.ts'
import { type Delivered, delivered, resultOf } from './order-result.ts'

/** Cancels an order that has no shipment. The action's end proves nothing: the order's state afterwards does. */
export async function cancelOrder(work: OrderWork, reference: string): Promise<Delivered | Held> {
  const found = await findOrder(work, reference)
  if (isHeld(found)) return found
  const order = await readOrder(work, found)
  if (isCanceled(work, order)) return delivered(work, order, true)
  if (shippingHasBegun(work, order)) return held([tooLate(order)], resultOf(order))
  let failure: Refusal | undefined
  try {
    await act(work.exchange, 'SalesOrder', 'CancelSalesOrder', keyOf(order))
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    failure = error
  }
  const after = await readOrder(work, order)
  if (isCanceled(work, after)) return delivered(work, after, false)
  if (failure) throw failure
  const message = `Order ${numberOf(after)} is still ${statusOf(after)} after it was cancelled.`
  return held([{ code: 'ACUMATICA_NOT_CANCELED', message, path: 'Status' }], resultOf(after))
}
