import type { Findings } from '../../core/findings.ts'
import type { PurchaseOrder, PurchaseOrderChange } from '../../documents/purchase-order.ts'
import type { OrderSnapshot } from './snapshot.ts'

/** A change that replaces the whole order, as an order: what its header leaves out stays as it was. */
export function asOrder(change: PurchaseOrderChange, current: OrderSnapshot): PurchaseOrder {
  const { sequence: _, changeDate: _c, ...order } = change
  const either = <T>(own: T[], before: T[]): T[] => (own.length > 0 ? own : before)
  return {
    ...order,
    type: 'purchase-order',
    fulfilment: current.fulfilment,
    date: change.date ?? current.date,
    orderType: change.orderType ?? current.orderType,
    currency: change.currency ?? current.currency,
    department: change.department ?? current.department,
    division: change.division ?? current.division,
    vendor: change.vendor ?? current.vendor,
    customerOrder: change.customerOrder ?? current.customerOrder,
    terms: change.terms ?? current.terms,
    carrier: change.carrier ?? current.carrier,
    fob: change.fob ?? current.fob,
    envelope: change.envelope ?? current.envelope,
    dates: either(change.dates, current.dates),
    parties: either(change.parties, current.parties),
    references: either(change.references, current.references),
  }
}

/** True where a replacement makes just the ERP orders that stand: each is found again by its reference. */
const sameOrders = (after: OrderSnapshot, before: OrderSnapshot): boolean => {
  const references = (o: OrderSnapshot) => new Set(o.parts.map((p) => p.externalRef))
  return references(after).symmetricDifference(references(before)).size === 0
}

/** Holds a replacement that would make other ERP orders than stand: those of stores that fell away would stay. */
export function checkStores(after: OrderSnapshot, before: OrderSnapshot, find: Findings): void {
  if (sameOrders(after, before)) return
  const named = ({ parts }: OrderSnapshot) => parts.map((p) => p.store ?? 'the whole order').join(', ')
  find.hold(
    'STORES_DIFFER',
    `The replacement of order ${after.number} makes ERP orders for ${named(after)}; there are orders for ${named(before)}. Change them by hand.`,
  )
}

/** True where a change's sequence is not after the one applied last; numbers compare as numbers. */
export function isOlder(sequence: string | undefined, applied: string | undefined): boolean {
  if (sequence === undefined || applied === undefined) return false
  const numeric = /^\d+$/.test(sequence) && /^\d+$/.test(applied)
  return numeric ? BigInt(sequence) <= BigInt(applied) : sequence <= applied
}
