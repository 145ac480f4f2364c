import type { Findings } from '../../core/findings.ts'
import type { PurchaseOrder, PurchaseOrderChange } from '../../documents/purchase-order.ts'
import type { Partner } from '../resolve/partner.ts'
import type { OrderSnapshot } from './snapshot.ts'
import { isOrder, type OrderThread } from './thread.ts'

/** What is to be done with an 850, by its purpose and by what the ledger knows of the order (sps-commerce.md §9). */
export type OrderStep =
  | { step: 'create' }
  | { step: 'replace'; current: OrderSnapshot }
  | { step: 'cancel'; current: OrderSnapshot }
  | { step: 'skip'; code: 'DUPLICATE' | 'CONFIRMATION' | 'NO_GOODS' | 'ALREADY_CANCELLED'; message: string }
  | { step: 'hold' }

/** Order types that must not move goods: a confirmation, a copy for information. */
const withoutGoods = new Set(['CF', 'IN'])

export function decideOrder(
  order: PurchaseOrder,
  hash: string,
  thread: OrderThread,
  partner: Partner | undefined,
  find: Findings,
): OrderStep {
  const path = 'Header.OrderHeader.TsetPurposeCode'
  // A change that came first, or waits for this very order, does not make the order known.
  const known = thread.documents.some(isOrder)
  find.decide({
    field: '(purpose)',
    rule: '850.purpose',
    input: `TsetPurposeCode=${order.purposeCode ?? ''}, ${known ? `${thread.documents.length} earlier` : 'first'}`,
    value: order.purpose,
  })
  if (thread.documents.some((d) => d.hash === hash)) {
    // Where the retailer sends whole new versions, an earlier one may be wanted back, or may only have come twice.
    const replaces = order.purpose === 'replace' || partner?.revisesByOriginal === 'yes'
    if (!replaces || !thread.lastOrder || thread.lastOrder.hash === hash)
      return {
        step: 'skip',
        code: 'DUPLICATE',
        message: `Order ${order.number} was already taken with the same content.`,
      }
    find.hold(
      'ORDER_DIFFERS',
      `Order ${order.number} came before with just this content and was replaced since. Ask the retailer which one counts.`,
      path,
    )
    return { step: 'hold' }
  }
  if (withoutGoods.has(order.orderType ?? ''))
    return {
      step: 'skip',
      code: 'NO_GOODS',
      message: `Order type ${order.orderType} moves no goods; nothing is ordered by it.`,
    }
  if (order.purpose === 'confirm')
    return { step: 'skip', code: 'CONFIRMATION', message: 'A confirmation (purpose 06) is no new order.' }
  if (order.purpose === 'duplicate' && known)
    return {
      step: 'skip',
      code: 'DUPLICATE',
      message: `Order ${order.number} is marked as a repeat (purpose 07) and is known.`,
    }
  if (order.purpose === 'duplicate') {
    find.hold(
      'ORDER_UNKNOWN',
      `Order ${order.number} is marked as a repeat (purpose 07), but the first one never came.`,
      path,
    )
    return { step: 'hold' }
  }
  if (order.purpose === 'cancel' || order.purpose === 'replace' || order.purpose === 'change')
    return onKnownOrder(order.purpose === 'cancel' ? 'cancel' : 'replace', order, thread, find, path)
  if (!known) return { step: 'create' }
  if (partner?.revisesByOriginal === 'yes') return onKnownOrder('replace', order, thread, find, path)
  find.hold(
    'ORDER_DIFFERS',
    `Order ${order.number} came before with other content. Decide by hand, or set revisesByOriginal in the partner's row if this retailer revises by sending the order again.`,
    path,
  )
  return { step: 'hold' }
}

/** Cancelling and replacing need an order that stands and of which nothing has shipped. */
export function onKnownOrder(
  step: 'replace' | 'cancel',
  order: Pick<PurchaseOrder | PurchaseOrderChange, 'type' | 'number' | 'purpose'>,
  thread: OrderThread,
  find: Findings,
  path: string,
): OrderStep {
  const changes = order.type === 'purchase-order-change' && order.purpose !== 'replace'
  const what = step === 'cancel' ? 'cancellation' : changes ? 'change' : 'replacement'
  const { current, shipments } = thread
  // A cancellation overtakes changes that wait for a person: nothing is left of them once the order is gone.
  const waiting = thread.waiting.find((h) => step !== 'cancel' || isOrder(h))
  if (waiting)
    find.hold(
      'ORDER_WAITS',
      `The ${what} is for order ${order.number}, of which ${waiting.documentId} is ${waiting.state}. Settle that first.`,
      path,
    )
  else if (!current) find.hold('ORDER_UNKNOWN', `The ${what} is for order ${order.number}, which never came.`, path)
  const [shipment] = shipments
  if (shipment)
    find.hold(
      'SHIPPING_BEGUN',
      `The ${what} is for order ${order.number}, of which shipment ${shipment.number} has left. Agree with the retailer.`,
      path,
    )
  if (find.problems.length > 0 || !current) return { step: 'hold' }
  if (current.cancelled && step === 'cancel')
    return { step: 'skip', code: 'ALREADY_CANCELLED', message: `Order ${order.number} is cancelled already.` }
  if (current.cancelled) {
    find.hold('ORDER_CANCELLED', `The ${what} is for order ${order.number}, which was cancelled.`, path)
    return { step: 'hold' }
  }
  return { step, current }
}
