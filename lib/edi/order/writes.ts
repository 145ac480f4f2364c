import type { Write } from '../../core/exchange.ts'
import type { Erp } from '../erp.ts'
import type { OrderPlan } from './plan.ts'
import type { OrderSnapshot } from './snapshot.ts'

/** One write for each ERP order. The reference is our key there, so a repeat finds what stands. */
export const orderWrites = (
  connection: string,
  operation: 'create-order' | 'replace-order' | 'change-order',
  orders: OrderPlan['orders'],
): Write[] => orders.map(({ reference, record }) => ({ connection, operation, reference, record }))

/** Takes back every ERP order of the purchase order. */
export const cancelWrites = (connection: string, order: OrderSnapshot, erp: Erp): Write[] =>
  order.parts.map((part) => ({
    connection,
    operation: 'cancel-order',
    reference: part.externalRef,
    record: erp.cancellation(order, part),
  }))
