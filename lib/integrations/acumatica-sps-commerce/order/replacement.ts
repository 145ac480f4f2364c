import type { PurchaseOrder, PurchaseOrderChange } from '../../../documents/purchase-order.ts'
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

/** True where a change's sequence is not after the one applied last; numbers compare as numbers. */
export function isOlder(sequence: string | undefined, applied: string | undefined): boolean {
  if (sequence === undefined || applied === undefined) return false
  const numeric = /^\d+$/.test(sequence) && /^\d+$/.test(applied)
  return numeric ? BigInt(sequence) <= BigInt(applied) : sequence <= applied
}
