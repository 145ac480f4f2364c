import type { ConnectionContext } from '../../core/connection.ts'
import type { TargetWriter, Write, WriteContext, WriteOutcome } from '../../core/exchange.ts'
import { Refusal } from '../../core/failures.ts'
import { type Client, createClient } from './client.ts'
import { updateItem } from './item-update.ts'
import { cancelOrder } from './order-cancel.ts'
import { changeOrder } from './order-change.ts'
import { createOrder } from './order-create.ts'
import type { OrderWork } from './order-lookup.ts'
import type { Settings } from './settings.ts'

type OrderOperation = (work: OrderWork, reference: string) => Promise<WriteOutcome>

const orderOperations: { [operation: string]: OrderOperation } = {
  'create-order': createOrder,
  'change-order': (work, reference) => changeOrder(work, reference, 'change'),
  'replace-order': (work, reference) => changeOrder(work, reference, 'replace'),
  'cancel-order': cancelOrder,
}

/**
 * Writes to Acumatica, at most once per reference: every operation first looks what stands there. `reference` is the
 * order's ExternalRef. One writer at a time per connection is the queue's business (acumatica.md §3).
 */
export function createWriter(context: ConnectionContext<Settings>): TargetWriter {
  const client = createClient(context)
  return {
    write: async (write, writeContext) => {
      try {
        return await perform(context.settings, client, write, writeContext)
      } catch (error) {
        if (error instanceof Refusal) return { outcome: 'rejected', problems: error.problems }
        throw error
      }
    },
    // The list of endpoints is asked with the token, and needs no right of its own.
    probe: async (deadline) => void (await (await client.open(deadline)).endpoints()),
  }
}

async function perform(
  settings: Settings,
  client: Client,
  write: Write,
  { deadline, mayHaveWritten }: WriteContext,
): Promise<WriteOutcome> {
  const exchange = await client.open(deadline)
  if (write.operation === 'update-item') return updateItem(exchange, write.record)
  const operation = orderOperations[write.operation]
  if (!operation) throw new Error(`Acumatica has no operation "${write.operation}"`)
  return operation({ exchange, settings, record: write.record, mayHaveWritten }, write.reference)
}
