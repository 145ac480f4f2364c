import { setTimeout as delay } from 'node:timers/promises'
import type { AwsApi } from '../../lib/pipeline/aws/api.ts'
import { deduplicationId } from '../../lib/pipeline/messages.ts'
import type { QueuePair } from '../deployment/deployment.ts'

/** How often and how long a move task is watched; a longer one goes on by itself. */
const watch = { everyMs: 500, times: 120 }

interface Message {
  MessageId: string
  ReceiptHandle: string
  Body: string
  Attributes?: { MessageGroupId?: string }
}

interface MoveTask {
  Status: 'RUNNING' | 'COMPLETED' | 'CANCELLING' | 'CANCELLED' | 'FAILED'
  ApproximateNumberOfMessagesMoved?: number
  FailureReason?: string
}

/**
 * Moves every dead letter back to the queue it came from, by SQS's own move task: the same as the console's
 * "Start DLQ redrive". Resolves when it is over.
 * @returns messages moved; `finished` false where the task is still at work
 */
export async function moveAll(aws: AwsApi, queue: QueuePair): Promise<{ moved: number; finished: boolean }> {
  const { Attributes } = await aws.call<{ Attributes: { QueueArn: string } }>('sqs', 'GetQueueAttributes', {
    QueueUrl: queue.deadLettersUrl,
    AttributeNames: ['QueueArn'],
  })
  const SourceArn = Attributes.QueueArn
  await aws.call('sqs', 'StartMessageMoveTask', { SourceArn })
  let moved = 0
  for (let i = 0; i < watch.times; i += 1) {
    const { Results } = await aws.call<{ Results?: MoveTask[] }>('sqs', 'ListMessageMoveTasks', {
      SourceArn,
      MaxResults: 1,
    })
    const [task] = Results ?? []
    moved = task?.ApproximateNumberOfMessagesMoved ?? 0
    if (task?.Status === 'FAILED') throw new Error(`SQS could not move the dead letters: ${task.FailureReason}`)
    if (task?.Status !== 'RUNNING' && task?.Status !== 'CANCELLING') return { moved, finished: true }
    await delay(watch.everyMs)
  }
  return { moved, finished: false }
}

/** While dead letters are looked through, others must not get them; what is not wanted is given back at once. */
const lookSeconds = 60

/**
 * Moves the dead letters of some documents back. SQS has no task for that: they are looked through, sent again and
 * only then deleted, so that a crash in between leaves one too many, which the ledger recognises.
 * @param nonce makes this a new message for the queue, however often it was moved before
 * @returns messages moved
 */
export const moveSome = (
  aws: AwsApi,
  queue: QueuePair,
  wanted: (documentId: string) => boolean,
  nonce: string,
): Promise<number> =>
  takeOut(aws, queue, wanted, (message) =>
    aws.call('sqs', 'SendMessage', {
      QueueUrl: queue.url,
      MessageBody: message.Body,
      MessageGroupId: message.Attributes?.MessageGroupId,
      MessageDeduplicationId: deduplicationId(message.MessageId, nonce),
    }),
  )

/** Deletes the dead letters of documents that somebody settled without sending. */
export const dropSome = (aws: AwsApi, queue: QueuePair, wanted: (documentId: string) => boolean): Promise<number> =>
  takeOut(aws, queue, wanted, async () => undefined)

/** Looks through every dead letter; the wanted ones are deleted after `before` was done with them. */
async function takeOut(
  aws: AwsApi,
  queue: QueuePair,
  wanted: (documentId: string) => boolean,
  before: (message: Message) => Promise<unknown>,
): Promise<number> {
  const QueueUrl = queue.deadLettersUrl
  const others: Message[] = []
  let taken = 0
  try {
    for (;;) {
      const { Messages } = await aws.call<{ Messages?: Message[] }>('sqs', 'ReceiveMessage', {
        QueueUrl,
        MaxNumberOfMessages: 10,
        VisibilityTimeout: lookSeconds,
        MessageSystemAttributeNames: ['MessageGroupId'],
      })
      if (!Messages?.length) return taken
      for (const message of Messages) {
        if (!wanted(documentOf(message))) {
          others.push(message)
          continue
        }
        await before(message)
        await aws.call('sqs', 'DeleteMessage', { QueueUrl, ReceiptHandle: message.ReceiptHandle })
        taken += 1
      }
    }
  } finally {
    for (const { ReceiptHandle } of others)
      await aws.call('sqs', 'ChangeMessageVisibility', { QueueUrl, ReceiptHandle, VisibilityTimeout: 0 })
  }
}

const documentOf = (message: Message): string => (JSON.parse(message.Body) as { documentId?: string }).documentId ?? ''
