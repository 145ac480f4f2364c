import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import * as z from 'zod'
import { pollerEnvironment } from '../../config/environment.ts'
import type { ConnectionContext } from '../../core/connection.ts'
import { type SourceReader, systemClock } from '../../core/exchange.ts'
import { createAwsApi } from '../aws/api.ts'
import { sqsOutbox } from '../aws/outbox.ts'
import { postpone } from '../aws/postpone.ts'
import { answerHints } from '../hint-answer.ts'
import type { HintContext } from '../hint-read.ts'
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
  const { ledger, agenda, state } = stores(api, `poll ${environment.CONNECTION.name}`, environment)
  const observability = observe(api, environment)
  const outbox = sqsOutbox(api, { documents: environment.DOCUMENTS_QUEUE_URL, push: {} })

  // Made once an instance, so that credentials and token are read once. An instance runs one invocation at a time.
  const owner = randomUUID()
  const reader = createReader(connectionContext(api, environment, settings, { state, log: observability.log, owner }))

  const contextOf = (lambda: LambdaContext): HintContext => ({
    ...observability,
    slice: environment.CONNECTION,
    reader,
    ledger,
    agenda,
    state,
    outbox,
    clock: systemClock,
    random: Math.random,
    sleep: delay,
    owner,
    remaining: () => lambda.getRemainingTimeInMillis(),
  })

  return async (event, lambda) => {
    const context = contextOf(lambda)
    if (!isHints(event)) return (await poll(context)) ?? { busy: true }
    const kept = await answerHints(event.Records, context)
    await postpone(api, environment.HINTS_QUEUE_URL ?? '', kept)
    return { batchItemFailures: kept.map(({ record }) => ({ itemIdentifier: record.messageId })) }
  }
}

const isHints = (event: unknown): event is SqsEvent => Array.isArray((event as Partial<SqsEvent> | null)?.Records)
