import { randomUUID } from 'node:crypto'
import * as z from 'zod'
import { pollerEnvironment } from '../../config/environment.ts'
import type { ConnectionContext } from '../../core/connection.ts'
import { type SourceReader, systemClock } from '../../core/exchange.ts'
import { createAwsApi } from '../aws/api.ts'
import { sqsOutbox } from '../aws/outbox.ts'
import { postponed } from '../hint-settle.ts'
import { type PollResult, poll } from '../poll.ts'
import { connectionContext } from './connection.ts'
import type { LambdaContext, SqsBatchResponse, SqsEvent } from './lambda.ts'
import { observe } from './observe.ts'
import { stores } from './stores.ts'

/** The Lambda handler that polls one connection of a system: on its schedule, and when a webhook left hints. */
export function pollHandler<Schema extends z.ZodType>(
  settings: Schema,
  createReader: (context: ConnectionContext<z.infer<Schema>>) => SourceReader,
): (event: unknown, context: LambdaContext) => Promise<PollResult | { busy: true } | SqsBatchResponse> {
  const environment = z.parse(pollerEnvironment, process.env)
  const api = createAwsApi()
  const { ledger, state } = stores(api, environment)
  const observability = observe(api, environment)
  const outbox = sqsOutbox(api, { documents: environment.DOCUMENTS_QUEUE_URL, push: {} })

  // Made once an instance, so that credentials and token are read once. An instance runs one invocation at a time.
  const owner = randomUUID()
  const reader = createReader(connectionContext(api, environment, settings, { state, log: observability.log, owner }))

  /** What the hints of an SQS event came to. They name nothing: what changed was read, or will be by a later poll. */
  const settled = async ({ Records }: SqsEvent, busy: boolean): Promise<SqsBatchResponse> => {
    const kept = busy ? postponed(Records) : undefined
    if (!kept) return { batchItemFailures: [] }
    await api.call('sqs', 'ChangeMessageVisibility', {
      QueueUrl: environment.HINTS_QUEUE_URL,
      ReceiptHandle: kept.record.receiptHandle,
      VisibilityTimeout: kept.afterSeconds,
    })
    return { batchItemFailures: [{ itemIdentifier: kept.record.messageId }] }
  }

  return async (event, lambda) => {
    const result = await poll({
      ...observability,
      slice: environment.CONNECTION,
      reader,
      ledger,
      state,
      outbox,
      clock: systemClock,
      owner,
      remaining: () => lambda.getRemainingTimeInMillis(),
    })
    return isHints(event) ? settled(event, result === undefined) : (result ?? { busy: true })
  }
}

const isHints = (event: unknown): event is SqsEvent => Array.isArray((event as Partial<SqsEvent> | null)?.Records)
