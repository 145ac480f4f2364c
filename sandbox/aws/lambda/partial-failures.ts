import type { Message } from '../sqs/messages.ts'
import type { MappingDefinition } from '../template/model.ts'

/**
 * Ids of the messages of a batch that its function reported as failed. Anything but a well-formed answer fails the
 * whole batch; no answer, null or an empty list means that all went well ("Success and failure conditions" in the
 * Lambda developer guide).
 */
export function failuresOf(mapping: MappingDefinition, batch: Message[], payload: string): Set<string> {
  if (!mapping.reportBatchItemFailures) return new Set()
  const everything = new Set(batch.map((message) => message.id))
  const answer = JSON.parse(payload) as { batchItemFailures?: unknown } | null
  if (answer === null || typeof answer !== 'object' || Object.keys(answer).length === 0) return new Set()
  const { batchItemFailures } = answer
  if (batchItemFailures === null) return new Set()
  if (!Array.isArray(batchItemFailures)) return 'batchItemFailures' in answer ? everything : new Set()
  const ids = batchItemFailures.map((failure) => (failure as { itemIdentifier?: unknown } | null)?.itemIdentifier)
  return ids.every((id) => typeof id === 'string' && everything.has(id)) ? new Set(ids as string[]) : everything
}
