import type { Access } from '../access/authorize.ts'
import type { Counter } from '../counter.ts'
import type { Billable } from '../prices.ts'
import type { Message } from '../sqs/messages.ts'
import type { Queues } from '../sqs/queues.ts'
import { queueCost, requestChunks } from '../sqs/service.ts'
import { md5, systemAttributes } from '../sqs/wire.ts'
import type { Deployment, FunctionDefinition, MappingDefinition, QueueDefinition } from '../template/model.ts'
import type { Functions } from './functions.ts'
import { failuresOf } from './partial-failures.ts'
import type { Switches } from './switches.ts'

/** The event source mappings: Lambda's own pollers between the queues and the functions. */
export interface Mappings {
  /** Starts the pollers of what is enabled, stops the others. */
  refresh(): void
  pause(): void
  resume(): void
  /** Queues that an enabled mapping empties. */
  consumed(): QueueDefinition[]
  /** Batches received and not yet settled. */
  busy(): number
  stop(): void
}

export interface MappingsOptions {
  deployment: Deployment
  queues: Queues
  functions: Functions
  switches: Switches
  access: Access
  counter: Counter
  /** Batches of one mapping worked on at once, where neither mapping nor function says less. */
  maxWorkers: number
  /** Cuts every batching window short. */
  longestWindowMs: number
}

/** A long poll lasts 20 seconds on AWS too. */
const pollMs = 20_000

export function createMappings(options: MappingsOptions): Mappings {
  const { deployment, queues, functions, switches } = options
  const running = new Map<string, AbortController>()
  let paused = false
  let stopped = false
  let busy = 0

  const partsOf = (mapping: MappingDefinition): [QueueDefinition, FunctionDefinition] => [
    queues.find(mapping.queue) as QueueDefinition,
    functions.find(mapping.function) as FunctionDefinition,
  ]
  /** As Lambda does: the function's own role receives and deletes. */
  const allowed = async (mapping: MappingDefinition): Promise<boolean> => {
    const [queue, { role }] = partsOf(mapping)
    const rights = ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes']
    const needs = rights.map((action) => ({ action, resource: queue.arn }))
    const context = { 'kms:ViaService': 'sqs.us-east-1.amazonaws.com' }
    if (queue.key) needs.push(Object.assign({ action: 'kms:Decrypt', resource: queue.key }, { context }))
    const answers = await Promise.all(needs.map((need) => options.access.use(role, mapping.id, need)))
    return answers.every(Boolean)
  }

  const work = async (mapping: MappingDefinition, batch: Message[]): Promise<void> => {
    const [queue, definition] = partsOf(mapping)
    const bytes = batch.reduce((sum, message) => sum + Buffer.byteLength(message.body), 0)
    options.counter.own('SQS.ReceiveMessage', mapping.id, bill(queue, requestChunks(bytes)))
    const event = JSON.stringify({ Records: batch.map((message) => record(message, queue, deployment.region)) })
    const { outcome } = await functions.invoke(definition, event)
    if (stopped) return
    // A batch that failed as a whole stays in flight until its visibility timeout is over.
    const failed = 'payload' in outcome ? failuresOf(mapping, batch, outcome.payload) : new Set(batch.map((m) => m.id))
    const done = batch.filter((message) => !failed.has(message.id))
    if (done.length > 0) options.counter.own('SQS.DeleteMessageBatch', mapping.id, bill(queue, 1))
    for (const message of done) queues.delete(queue, message.receipt ?? '')
  }

  /** Pollers of one mapping: as many as may work at once, each receives when it is free. */
  const poll = async (mapping: MappingDefinition, signal: AbortSignal): Promise<void> => {
    const [queue] = partsOf(mapping)
    if (!(await allowed(mapping))) return
    while (!signal.aborted) {
      const batch = await queues.receiveWithin(queue, Math.min(mapping.batchSize, 10), pollMs, { signal })
      if (batch.length === 0) {
        if (!signal.aborted) options.counter.emptyPoll(mapping.id)
        continue
      }
      busy += 1
      await work(mapping, await fill(mapping, queue, batch, signal)).finally(() => {
        busy -= 1
      })
    }
  }
  /** Waits for more messages up to the batching window; FIFO queues have none. */
  const fill = async (mapping: MappingDefinition, queue: QueueDefinition, batch: Message[], signal: AbortSignal) => {
    const until = Date.now() + Math.min(mapping.batchingWindowMs, options.longestWindowMs)
    while (batch.length < mapping.batchSize && Date.now() < until) {
      const more = Math.min(mapping.batchSize - batch.length, 10)
      batch.push(...(await queues.receiveWithin(queue, more, until - Date.now(), { signal })))
    }
    return batch
  }

  const refresh = (): void => {
    for (const mapping of deployment.mappings) {
      const wanted = !paused && !stopped && switches.mappingEnabled(mapping)
      const current = running.get(mapping.id)
      if (!wanted) {
        current?.abort()
        running.delete(mapping.id)
      } else if (!current) {
        const controller = new AbortController()
        running.set(mapping.id, controller)
        const { reservedConcurrency = options.maxWorkers } = partsOf(mapping)[1]
        const pollers = Math.min(
          mapping.maximumConcurrency ?? options.maxWorkers,
          reservedConcurrency,
          options.maxWorkers,
        )
        for (let i = 0; i < pollers; i++) void poll(mapping, controller.signal)
      }
    }
  }

  return {
    refresh,
    busy: () => busy,
    consumed: () => deployment.mappings.filter(switches.mappingEnabled).map((m) => partsOf(m)[0]),
    pause: () => {
      paused = true
      refresh()
    },
    resume: () => {
      paused = false
      refresh()
    },
    stop: () => {
      stopped = true
      for (const controller of running.values()) controller.abort()
    },
  }
}

function bill(queue: QueueDefinition, requests: number): Partial<Record<Billable, number>> {
  const { sqsFifoRequests, sqsStandardRequests } = queueCost(queue, requests)
  return {
    ...(sqsFifoRequests ? { sqsFifoRequest: sqsFifoRequests } : {}),
    ...(sqsStandardRequests ? { sqsStandardRequest: sqsStandardRequests } : {}),
  }
}

/** A message as Lambda puts it into an event ("Using Lambda with Amazon SQS"). */
const record = (message: Message, queue: QueueDefinition, region: string) => ({
  messageId: message.id,
  receiptHandle: message.receipt,
  body: message.body,
  attributes: systemAttributes(message),
  messageAttributes: Object.fromEntries(
    Object.entries(message.attributes as Record<string, Record<string, string>>).map(([name, value]) => [
      name,
      {
        dataType: value.DataType,
        ...(value.StringValue === undefined ? {} : { stringValue: value.StringValue }),
        ...(value.BinaryValue === undefined ? {} : { binaryValue: value.BinaryValue }),
        stringListValues: [],
        binaryListValues: [],
      },
    ]),
  ),
  md5OfBody: md5(message.body),
  eventSource: 'aws:sqs',
  eventSourceARN: queue.arn,
  awsRegion: region,
})
