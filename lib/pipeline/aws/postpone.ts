import type { Postponed } from '../hint-settle.ts'
import { inParallel } from '../parallel.ts'
import type { AwsApi } from './api.ts'

const batchSize = 10

/**
 * Makes messages visible again after so many seconds each. One that SQS does not take comes back all the same, when the
 * queue's own visibility timeout is over.
 */
export async function postpone(api: AwsApi, queueUrl: string, messages: readonly Postponed[]): Promise<void> {
  const batches = Array.from({ length: Math.ceil(messages.length / batchSize) }, (_, i) =>
    messages.slice(i * batchSize, (i + 1) * batchSize),
  )
  await inParallel(5, batches, (batch) =>
    api.call('sqs', 'ChangeMessageVisibilityBatch', {
      QueueUrl: queueUrl,
      Entries: batch.map(({ record, afterSeconds }, i) => ({
        Id: String(i),
        ReceiptHandle: record.receiptHandle,
        VisibilityTimeout: Math.min(afterSeconds, 43_200),
      })),
    }),
  )
}
