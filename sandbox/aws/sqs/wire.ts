import { createHash } from 'node:crypto'
import type { QueueDefinition } from '../template/model.ts'
import type { Depth, Message } from './messages.ts'
import type { MoveTask } from './moves.ts'

export const md5 = (text: string): string => createHash('md5').update(text).digest('hex')

export interface ReceiveInput {
  MaxNumberOfMessages?: number
  WaitTimeSeconds?: number
  VisibilityTimeout?: number
  AttributeNames?: string[]
  MessageSystemAttributeNames?: string[]
  MessageAttributeNames?: string[]
}
/** 20 digits, growing, as AWS gives them. */
export const sequenceNumber = (sequence: number): string => `1${String(sequence).padStart(19, '0')}`

/** A message's system attributes as ReceiveMessage and an event source mapping show them. */
export const systemAttributes = (message: Message): Record<string, string> => ({
  ApproximateReceiveCount: String(message.received),
  SentTimestamp: String(message.sentAt),
  SenderId: 'AROAEMBEDDED:embedded',
  ApproximateFirstReceiveTimestamp: String(message.firstReceivedAt ?? message.sentAt),
  ...(message.group === null
    ? {}
    : { MessageGroupId: message.group, SequenceNumber: sequenceNumber(message.sequence) }),
  ...(message.deduplication === null ? {} : { MessageDeduplicationId: message.deduplication }),
  ...(message.deadLetterSource === null ? {} : { DeadLetterQueueSourceArn: message.deadLetterSource }),
})

export function wireMessage(message: Message, queue: QueueDefinition, input: ReceiveInput) {
  const wanted = [...(input.AttributeNames ?? []), ...(input.MessageSystemAttributeNames ?? [])]
  const system = Object.entries(systemAttributes(message)).filter(([n]) => wanted.includes('All') || wanted.includes(n))
  const named = (input.MessageAttributeNames ?? []).map((n) => n.replace(/\.?\*$/, ''))
  const own = Object.entries(message.attributes).filter(([n]) => named.some((w) => w === '' || w === 'All' || w === n))
  return {
    MessageId: message.id,
    ReceiptHandle: message.receipt,
    Body: message.body,
    MD5OfBody: md5(message.body),
    ...(system.length > 0 || queue.fifo ? { Attributes: Object.fromEntries(system) } : {}),
    ...(own.length > 0 ? { MessageAttributes: Object.fromEntries(own) } : {}),
  }
}

export const wireTask = (task: MoveTask) => ({
  ...(task.status === 'RUNNING' ? { TaskHandle: task.handle } : {}),
  Status: task.status,
  SourceArn: task.source,
  ...(task.destination ? { DestinationArn: task.destination } : {}),
  ...(task.perSecond ? { MaxNumberOfMessagesPerSecond: task.perSecond } : {}),
  ApproximateNumberOfMessagesMoved: task.moved,
  ApproximateNumberOfMessagesToMove: task.toMove,
  StartedTimestamp: task.startedAt,
})

export const queueAttributes = (queue: QueueDefinition, depth: Depth): Record<string, string> => ({
  QueueArn: queue.arn,
  ApproximateNumberOfMessages: String(depth.visible),
  ApproximateNumberOfMessagesNotVisible: String(depth.inFlight),
  ApproximateNumberOfMessagesDelayed: String(depth.delayed),
  VisibilityTimeout: String(queue.visibilityTimeoutMs / 1000),
  DelaySeconds: String(queue.delayMs / 1000),
  ReceiveMessageWaitTimeSeconds: String(queue.receiveWaitMs / 1000),
  ...(queue.fifo ? { FifoQueue: 'true', ContentBasedDeduplication: String(queue.contentBasedDeduplication) } : {}),
  ...(queue.redrive
    ? {
        RedrivePolicy: JSON.stringify({
          deadLetterTargetArn: queue.redrive.deadLetterArn,
          maxReceiveCount: queue.redrive.maxReceiveCount,
        }),
      }
    : {}),
  ...(queue.key ? { KmsMasterKeyId: queue.key } : { SqsManagedSseEnabled: 'true' }),
})
