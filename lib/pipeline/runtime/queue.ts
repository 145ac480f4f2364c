import { ChangeMessageVisibilityCommand } from '@aws-sdk/client-sqs'
import { handleBatch, type Received, type Verdict } from '../batch.ts'
import { sqs } from './clients.ts'
import type { SqsBatchResponse } from './lambda.ts'

/** Handles the records of one queue invocation; what must stay is reported as a partial batch failure. */
export async function handleQueue<Message>(
  records: readonly Received<Message>[],
  queueUrl: string,
  width: number,
  handle: (received: Received<Message>) => Promise<Verdict>,
): Promise<SqsBatchResponse> {
  const stay = await handleBatch(records, {
    width,
    handle,
    setVisibility: async ({ receiptHandle }, seconds) => {
      await sqs().send(
        new ChangeMessageVisibilityCommand({
          QueueUrl: queueUrl,
          ReceiptHandle: receiptHandle,
          VisibilityTimeout: Math.min(seconds, 43_200),
        }),
      )
    },
  })
  return { batchItemFailures: stay.map((itemIdentifier) => ({ itemIdentifier })) }
}
