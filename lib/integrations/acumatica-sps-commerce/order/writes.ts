import type { Write } from '../../../core/exchange.ts'
import { type SalesOrderPut, wrap } from '../../../systems/acumatica/records.ts'
import { toJson } from '../findings.ts'
import type { OrderSnapshot } from './snapshot.ts'

/** One write for each ERP order. The reference is our key there, so a repeat finds what stands. */
export const orderWrites = (
  connection: string,
  operation: 'create-order' | 'replace-order' | 'change-order',
  records: readonly SalesOrderPut[],
): Write[] =>
  records.map((record) => ({ connection, operation, reference: record.ExternalRef.value, record: toJson(record) }))

/** Takes back every ERP order of the purchase order. */
export const cancelWrites = (connection: string, { parts, erpOrderType, customer }: OrderSnapshot): Write[] =>
  parts.map(({ externalRef }) => ({
    connection,
    operation: 'cancel-order',
    reference: externalRef,
    record: toJson({ OrderType: wrap(erpOrderType), CustomerID: wrap(customer), ExternalRef: wrap(externalRef) }),
  }))
