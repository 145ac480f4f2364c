import { deduplicationId, groupId, writerGroup } from '../messages.ts'
import type { Outbox } from '../ports.ts'
import type { AwsApi } from './api.ts'

const batchSize = 10

export interface Queues {
  documents: string
  /** By connection. */
  push: Readonly<Record<string, { url: string; writers: number }>>
}

/** The FIFO queues. A message's deduplication id is its content, so a repeat within five minutes is one message. */
export function sqsOutbox(api: AwsApi, queues: Queues): Outbox {
  const send = async (
    url: string,
    entries: { MessageBody: string; MessageGroupId: string; MessageDeduplicationId: string }[],
  ) => {
    for (let i = 0; i < entries.length; i += batchSize) {
      const batch = entries.slice(i, i + batchSize).map((entry, n) => ({ ...entry, Id: String(n) }))
      const { Failed } = await api.call<{ Failed?: { Code: string }[] }>('sqs', 'SendMessageBatch', {
        QueueUrl: url,
        Entries: batch,
      })
      // The caller's page or message is repeated as a whole; what got in is recognised.
      if (Failed?.length)
        throw new Error(`SQS did not take ${Failed.length} of ${batch.length} messages: ${Failed[0]?.Code}`)
    }
  }
  return {
    toMapper: (messages) =>
      send(
        queues.documents,
        messages.map(({ thread, message, nonce }) => ({
          MessageBody: JSON.stringify(message),
          MessageGroupId: groupId(thread),
          MessageDeduplicationId: deduplicationId(message.documentId, message.task, nonce ?? ''),
        })),
      ),
    toPusher: async (connection, messages) => {
      const queue = queues.push[connection]
      if (!queue) throw new Error(`there is no push queue for connection ${connection}`)
      await send(
        queue.url,
        messages.map(({ thread, message, nonce }) => ({
          MessageBody: JSON.stringify({ ...message, thread: groupId(thread) }),
          MessageGroupId: writerGroup(thread, queue.writers),
          MessageDeduplicationId: deduplicationId(message.documentId, message.step, nonce ?? ''),
        })),
      )
    },
  }
}
