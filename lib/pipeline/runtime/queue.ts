import type { AwsApi } from '../aws/api.ts'
import { handleBatch, type Received, type Verdict } from '../batch.ts'
import type { SqsBatchResponse } from './lambda.ts'

/** Handles the records of one queue invocation; what must stay is reported as a partial batch failure. */
export async function handleQueue<Message>(
  api: AwsApi,
  records: readonly Received<Message>[],
  queueUrl: string,
  width: number,
  handle: (received: Received<Message>) => Promise<Verdict>,
): Promise<SqsBatchResponse> {
  const stay = await handleBatch(records, {
    width,
    handle,
    setVisibility: async ({ receiptHandle }, seconds) => {
      await api.call('sqs', 'ChangeMessageVisibility', {
        QueueUrl: queueUrl,
        ReceiptHandle: receiptHandle,
        VisibilityTimeout: Math.min(seconds, 43_200),
      })
    },
  })
  return { batchItemFailures: stay.map((itemIdentifier) => ({ itemIdentifier })) }
}
