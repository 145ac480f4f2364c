import type { Received } from '../batch.ts'

/** What our functions use of a Lambda context and of SQS events. */
export interface LambdaContext {
  awsRequestId: string
  getRemainingTimeInMillis(): number
}

export interface SqsRecord {
  messageId: string
  receiptHandle: string
  body: string
  attributes: { ApproximateReceiveCount: string; MessageGroupId?: string }
}

export interface SqsEvent {
  Records: SqsRecord[]
}

export interface SqsBatchResponse {
  batchItemFailures: { itemIdentifier: string }[]
}

/** A record as the pipeline takes it. A body that is no message of ours throws: it is a bug, not bad input. */
export function received<Message>(
  record: SqsRecord,
  parse: (body: unknown) => Message,
  threadOf: (message: Message, record: SqsRecord) => string,
): Received<Message> {
  const message = parse(JSON.parse(record.body))
  return {
    messageId: record.messageId,
    receiptHandle: record.receiptHandle,
    receiveCount: Number(record.attributes.ApproximateReceiveCount),
    thread: threadOf(message, record),
    message,
  }
}
