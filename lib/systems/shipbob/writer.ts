import type { ConnectionContext } from '../../core/connection.ts'
import type { Json, TargetWriter, WriteOutcome } from '../../core/exchange.ts'
import { Refusal } from '../../core/failures.ts'
import { createClient } from './client.ts'
import type {
  MarkReceivedRecord,
  ProductRecord,
  ReceivingOrderCancelRecord,
  ReceivingOrderRecord,
  ShipBobOperation,
} from './records.ts'
import type { Settings } from './settings.ts'
import { upsertProduct } from './write/product/upsert.ts'
import { cancelReceivingOrder } from './write/receiving/cancel.ts'
import { changeReceivingOrder } from './write/receiving/change.ts'
import { createReceivingOrder } from './write/receiving/create.ts'
import { markReceived } from './write/receiving/mark-received.ts'
import type { Work } from './write/work.ts'

type Record = { [key: string]: Json }

/** Records come from our own mappings through the ledger, as JSON. */
const as = <T>(record: Record): T => record as unknown as T

const operations: { readonly [operation in ShipBobOperation]: (work: Work, record: Record) => Promise<WriteOutcome> } =
  {
    'upsert-product': (work, record) => upsertProduct(work, as<ProductRecord>(record)),
    'create-receiving-order': (work, record) => createReceivingOrder(work, as<ReceivingOrderRecord>(record)),
    'change-receiving-order': (work, record) => changeReceivingOrder(work, as<ReceivingOrderRecord>(record)),
    'cancel-receiving-order': (work, record) => cancelReceivingOrder(work, as<ReceivingOrderCancelRecord>(record)),
    'mark-received': (work, record) => markReceived(work, as<MarkReceivedRecord>(record)),
  }

/**
 * Writes to ShipBob, at most once per reference. No call of ShipBob's takes a key of ours (shipbob.md §3.5), so every
 * operation first looks what stands there, whether or not an earlier attempt may have written.
 * Throws Failure where ShipBob could not be asked, or where it is open whether it has what was sent.
 */
export function createWriter(context: ConnectionContext<Settings>): TargetWriter {
  const client = createClient(context, 'writer')
  return {
    write: async ({ operation, record }, { deadline }) => {
      const perform = Object.hasOwn(operations, operation) ? operations[operation as ShipBobOperation] : undefined
      if (!perform) throw new Error(`ShipBob has no operation "${operation}"`)
      try {
        return await perform({ client: client.until(deadline) }, record)
      } catch (error) {
        if (error instanceof Refusal) return { outcome: 'rejected', problems: error.problems }
        throw error
      }
    },
    probe: async (deadline) => void (await client.until(deadline).get('/channel')),
  }
}
