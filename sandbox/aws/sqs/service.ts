import { type Call, type Cost, json, type Need, type Service, ServiceError } from '../call.ts'
import type { QueueDefinition } from '../template/model.ts'
import { type BatchEntry, checkBatch, checkMessage, messageBytes, type SendInput } from './checks.ts'
import type { Moves } from './moves.ts'
import type { Queues } from './queues.ts'
import { md5, queueAttributes, type ReceiveInput, sequenceNumber, wireMessage, wireTask } from './wire.ts'

const contentType = 'application/x-amz-json-1.0'
const chunk = 64 * 1024

/** SQS bills a request for every begun 64 KB, whatever the number of messages in it. */
export const requestChunks = (bytes: number): number => Math.max(1, Math.ceil(bytes / chunk))

/** The price class of a queue's requests. */
export const queueCost = (queue: QueueDefinition, requests: number): Cost =>
  queue.fifo ? { sqsFifoRequests: requests } : { sqsStandardRequests: requests }

type Entries<T> = (BatchEntry & T)[]
type Operation = (input: never, queue: QueueDefinition) => unknown

/** The JSON protocol of SQS over the queues. */
export function createSqs(queues: Queues, moves: Moves): Service {
  const send = (queue: QueueDefinition, message: SendInput) => {
    checkMessage(queue, message)
    const { id, sequence } = queues.send(queue, {
      body: message.MessageBody ?? '',
      attributes: message.MessageAttributes ?? {},
      group: message.MessageGroupId ?? null,
      deduplication: message.MessageDeduplicationId ?? null,
      ...(message.DelaySeconds === undefined ? {} : { delayMs: message.DelaySeconds * 1000 }),
    })
    return {
      MessageId: id,
      MD5OfMessageBody: md5(message.MessageBody ?? ''),
      ...(queue.fifo ? { SequenceNumber: sequenceNumber(sequence) } : {}),
    }
  }
  const remove = (queue: QueueDefinition, receipt: string) => {
    if (queue.fifo && queues.expired(queue, receipt)) throw expiredHandle(receipt)
    queues.delete(queue, receipt)
    return {}
  }
  const changeVisibility = (queue: QueueDefinition, receipt: string, seconds: number) => {
    if (!(seconds >= 0 && seconds <= 43_200))
      throw new ServiceError(
        'InvalidParameterValue',
        `Value ${seconds} for parameter VisibilityTimeout is invalid. Reason: Must be between 0 and 43200.`,
      )
    if (queues.changeVisibility(queue, receipt, seconds * 1000)) return {}
    if (queue.fifo && queues.expired(queue, receipt)) throw expiredHandle(receipt)
    throw new ServiceError(
      'MessageNotInflight',
      `Value ${receipt} for parameter ReceiptHandle is invalid. Reason: Message does not exist or is not available for visibility timeout change.`,
    )
  }
  const batch = <T extends object>(entries: Entries<T>, work: (entry: T) => object) => {
    checkBatch(entries)
    const Successful: object[] = []
    const Failed: object[] = []
    for (const entry of entries)
      try {
        Successful.push({ Id: entry.Id, ...work(entry) })
      } catch (error) {
        if (!(error instanceof ServiceError)) throw error
        Failed.push({ Id: entry.Id, SenderFault: true, Code: error.code, Message: error.message })
      }
    return { Successful, Failed }
  }
  const operations: Record<string, Operation> = {
    SendMessage: (input: SendInput, queue) => send(queue, input),
    SendMessageBatch: ({ Entries }: { Entries: Entries<SendInput> }, queue) => batch(Entries, (e) => send(queue, e)),
    ReceiveMessage: async (input: ReceiveInput, queue) => {
      const { WaitTimeSeconds = queue.receiveWaitMs / 1000, MaxNumberOfMessages = 1, VisibilityTimeout } = input
      const visibilityMs = VisibilityTimeout === undefined ? undefined : VisibilityTimeout * 1000
      const found = await queues.receiveWithin(queue, MaxNumberOfMessages, WaitTimeSeconds * 1000, { visibilityMs })
      return found.length > 0 ? { Messages: found.map((m) => wireMessage(m, queue, input)) } : {}
    },
    DeleteMessage: ({ ReceiptHandle }: Receipt, queue) => remove(queue, ReceiptHandle),
    DeleteMessageBatch: ({ Entries }: { Entries: Entries<Receipt> }, queue) =>
      batch(Entries, (e) => remove(queue, e.ReceiptHandle)),
    ChangeMessageVisibility: ({ ReceiptHandle, VisibilityTimeout }: Visibility, queue) =>
      changeVisibility(queue, ReceiptHandle, VisibilityTimeout),
    ChangeMessageVisibilityBatch: ({ Entries }: { Entries: Entries<Visibility> }, queue) =>
      batch(Entries, (e) => changeVisibility(queue, e.ReceiptHandle, e.VisibilityTimeout)),
    GetQueueAttributes: ({ AttributeNames = [] }: { AttributeNames?: string[] }, queue) => {
      const all = queueAttributes(queue, queues.depth(queue))
      const wanted = Object.entries(all).filter(([n]) => AttributeNames.includes('All') || AttributeNames.includes(n))
      return { Attributes: Object.fromEntries(wanted) }
    },
    GetQueueUrl: (_input, queue) => ({ QueueUrl: queue.url }),
    PurgeQueue: (_input, queue) => {
      queues.purge(queue)
      return {}
    },
    ListDeadLetterSourceQueues: (_input, queue) => ({
      queueUrls: queues.definitions.filter((q) => q.redrive?.deadLetterArn === queue.arn).map((q) => q.url),
    }),
  }
  const account: Record<string, (input: never) => unknown> = {
    ListQueues: ({ QueueNamePrefix = '' }: { QueueNamePrefix?: string }) => ({
      QueueUrls: queues.definitions.filter((q) => q.name.startsWith(QueueNamePrefix)).map((q) => q.url),
    }),
    StartMessageMoveTask: (input: {
      SourceArn: string
      DestinationArn?: string
      MaxNumberOfMessagesPerSecond?: number
    }) => ({
      TaskHandle: moves.start(input.SourceArn, input.DestinationArn, input.MaxNumberOfMessagesPerSecond).handle,
    }),
    ListMessageMoveTasks: ({ SourceArn, MaxResults = 1 }: { SourceArn: string; MaxResults?: number }) => ({
      Results: moves.list(SourceArn, MaxResults).map(wireTask),
    }),
    CancelMessageMoveTask: ({ TaskHandle }: { TaskHandle: string }) => ({
      ApproximateNumberOfMessagesMoved: moves.cancel(TaskHandle).moved,
    }),
  }

  const queueOf = (input: Call['input']): QueueDefinition => {
    const queue = queues.find(String(input.QueueUrl ?? input.QueueName ?? input.SourceArn ?? ''))
    if (queue) return queue
    throw new ServiceError('QueueDoesNotExist', 'The specified queue does not exist.')
  }

  return {
    name: 'sqs',
    handle: async ({ operation, input }) => {
      const onQueue = operations[operation]
      const onAccount = account[operation]
      if (!onQueue && !onAccount)
        throw new ServiceError('UnsupportedOperation', `${operation} is not known to the embedded SQS`)
      const queue = onQueue ? queueOf(input) : undefined
      const result = queue ? await onQueue?.(input as never, queue) : onAccount?.(input as never)
      const cost = queue ? queueCost(queue, requestChunks(payloadBytes(input, result))) : { sqsStandardRequests: 1 }
      return { answer: json(result, contentType), cost }
    },
    needs: (call) => needs(call, queueOf),
    error: ({ code, message, status }) =>
      json({ __type: `com.amazonaws.sqs#${code}`, message }, contentType, status, {
        'x-amzn-query-error': `${queryCodes[code] ?? code};Sender`,
      }),
  }
}

interface Receipt {
  ReceiptHandle: string
}
interface Visibility extends Receipt {
  VisibilityTimeout: number
}

/** The names these errors had in the older query protocol, which the SDK still reads from a header. */
const queryCodes: Record<string, string> = {
  QueueDoesNotExist: 'AWS.SimpleQueueService.NonExistentQueue',
  MessageNotInflight: 'AWS.SimpleQueueService.MessageNotInflight',
  EmptyBatchRequest: 'AWS.SimpleQueueService.EmptyBatchRequest',
  TooManyEntriesInBatchRequest: 'AWS.SimpleQueueService.TooManyEntriesInBatchRequest',
  BatchEntryIdsNotDistinct: 'AWS.SimpleQueueService.BatchEntryIdsNotDistinct',
  InvalidBatchEntryId: 'AWS.SimpleQueueService.InvalidBatchEntryId',
  BatchRequestTooLong: 'AWS.SimpleQueueService.BatchRequestTooLong',
  UnsupportedOperation: 'AWS.SimpleQueueService.UnsupportedOperation',
}

const expiredHandle = (receipt: string) =>
  new ServiceError(
    'InvalidParameterValue',
    `Value ${receipt} for parameter ReceiptHandle is invalid. Reason: The receipt handle has expired.`,
  )

function payloadBytes(input: Call['input'], result: unknown): number {
  const entries = (input.Entries as SendInput[] | undefined) ?? [input as SendInput]
  const received = ((result as { Messages?: { Body: string }[] } | undefined)?.Messages ?? []).map((m) => m.Body)
  return (
    entries.reduce((sum, entry) => sum + messageBytes(entry), 0) +
    received.reduce((sum, body) => sum + Buffer.byteLength(body), 0)
  )
}

/** A batch needs the right of its single form; a customer key is used on the caller's behalf. */
function needs({ operation, input }: Call, queueOf: (input: Call['input']) => QueueDefinition): Need[] {
  if (operation === 'ListQueues') return [{ action: 'sqs:ListQueues', resource: '*' }]
  const queue = queueOf(input)
  const context = { 'kms:ViaService': 'sqs.us-east-1.amazonaws.com' }
  const kms = (...actions: string[]): Need[] =>
    queue.key ? actions.map((a) => ({ action: `kms:${a}`, resource: queue.key as string, context })) : []
  const own = { action: `sqs:${operation.replace(/Batch$/, '')}`, resource: queue.arn }
  if (operation.startsWith('SendMessage')) return [own, ...kms('GenerateDataKey', 'Decrypt')]
  if (operation === 'ReceiveMessage') return [own, ...kms('Decrypt')]
  return [own]
}
