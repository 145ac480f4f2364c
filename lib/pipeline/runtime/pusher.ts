import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import * as z from 'zod'
import { pusherEnvironment } from '../../config/environment.ts'
import { limits } from '../../config/limits.ts'
import type { ConnectionContext } from '../../core/connection.ts'
import { systemClock, type TargetWriter } from '../../core/exchange.ts'
import { createAwsApi } from '../aws/api.ts'
import { sqsOutbox } from '../aws/outbox.ts'
import { collectedOutbox } from '../collected.ts'
import { pushMessage } from '../messages.ts'
import { type Probed, probeConnection } from '../probe.ts'
import { createPusher, type PusherContext } from '../push.ts'
import { connectionContext } from './connection.ts'
import { type LambdaContext, received, type SqsBatchResponse, type SqsEvent } from './lambda.ts'
import { observe } from './observe.ts'
import { handleQueue } from './queue.ts'
import { stores } from './stores.ts'

/** The Lambda handler that writes to one connection of a system, and that the keeper has probe it while it is down. */
export function pushHandler<Schema extends z.ZodType>(
  settings: Schema,
  createWriter: (context: ConnectionContext<z.infer<Schema>>) => TargetWriter,
): (event: SqsEvent | ProbeEvent, context: LambdaContext) => Promise<SqsBatchResponse | { probed: Probed }> {
  const environment = z.parse(pusherEnvironment, process.env)
  const api = createAwsApi()
  const { ledger, state } = stores(api, `push ${environment.CONNECTION.name}`, environment)
  const observability = observe(api, environment)
  const outbox = sqsOutbox(api, { documents: environment.DOCUMENTS_QUEUE_URL, push: {} })

  // Made once an instance, so that credentials and token are read once. An instance runs one invocation at a time.
  const owner = randomUUID()
  const writer = createWriter(connectionContext(api, environment, settings, { state, log: observability.log, owner }))

  const contextOf = (lambda: LambdaContext): PusherContext => ({
    ...observability,
    connection: environment.CONNECTION.name,
    writer,
    ledger,
    state,
    outbox,
    clock: systemClock,
    random: Math.random,
    sleep: delay,
    owner,
    remaining: () => lambda.getRemainingTimeInMillis(),
  })

  return async (event, lambda) => {
    if ('probe' in event) return { probed: await probeConnection(contextOf(lambda)) }
    const outgoing = collectedOutbox(outbox, [])
    const push = createPusher({ ...contextOf(lambda), outbox: outgoing })
    const records = event.Records.map((r) => received(r, pushMessage.parse, (message) => message.thread))
    // How many write at once is the number of FIFO groups; inside one batch the same limit holds by the group.
    const groups = new Set(event.Records.map((r) => r.attributes.MessageGroupId)).size
    const response = await handleQueue(
      api,
      records,
      environment.PUSH_QUEUE_URL,
      Math.min(groups, limits.batchSize),
      push,
    )
    await ledger.attest()
    await outgoing.send()
    await observability.notices.flush()
    return response
  }
}

/** What the keeper sends. */
export interface ProbeEvent {
  probe: true
}
