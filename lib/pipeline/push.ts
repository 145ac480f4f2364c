import { limits } from '../config/limits.ts'
import type { Clock, TargetWriter, Write, WriteOutcome } from '../core/exchange.ts'
import { ConfigurationError, Failure } from '../core/failures.ts'
import { backoffMs, type Received, type Verdict } from './batch.ts'
import { connectionDown } from './connection-state.ts'
import type { Ledger } from './ledger/ledger.ts'
import { type PushMessage, parseStep } from './messages.ts'
import type { Observability, Outbox } from './ports.ts'
import { recordDone, recordNotUndone, recordRefused, toMapper } from './push-record.ts'
import { alreadyHeld, giveUp } from './settle.ts'
import type { StateStore } from './state.ts'

export interface PusherContext extends Observability {
  connection: string
  writer: TargetWriter
  ledger: Ledger
  state: Pick<StateStore, 'connection' | 'setConnection'>
  outbox: Outbox
  clock: Clock
  random(): number
  sleep(ms: number): Promise<void>
  /** Unique to this invocation: owner of the leases. */
  owner: string
  /** Milliseconds this invocation has left. */
  remaining(): number
}

/** What must remain of the invocation to record an outcome. */
const recordMargin = 10_000
/** Faults of different documents in a row after which the connection itself is taken for broken. */
const faultsUntilDown = 3

/** Pushes the messages of one invocation; a connection that is broken is noticed after a few of them. */
export function createPusher(context: PusherContext): (received: Received<PushMessage>) => Promise<Verdict> {
  let faultsInARow = 0
  let down = false

  return async (received) => {
    // The rest of the batch would only use up receives; the keeper is about to switch the queue off.
    if (down) return { verdict: 'retry', afterMs: 60_000 }
    try {
      const verdict = await pushOne(received, context)
      faultsInARow = 0
      return verdict
    } catch (error) {
      const fault = error as Error & { code?: string }
      context.metrics.count('AttemptsFailed', 1, { connection: context.connection })
      context.log.warn('write failed', {
        documentId: received.message.documentId,
        code: fault.code ?? fault.name,
        reason: fault.message,
        receive: received.receiveCount,
      })
      faultsInARow += 1
      const code = error instanceof ConfigurationError ? (error.problems[0]?.code ?? 'CONFIGURATION') : fault.code
      if (breaksConnection(error) || (faultsInARow >= faultsUntilDown && error instanceof Failure)) {
        down = true
        await connectionDown(context, context.connection, {
          code: code ?? fault.name,
          message: fault.message,
          signIn: error instanceof Failure && error.class === 'unauthorised',
        })
      }
      return await again(received, fault, context)
    }
  }
}

/** The next receive, or, on the last one, the dead-letter queue with the fault's own words. */
async function again(
  received: Received<PushMessage>,
  fault: Error & { code?: string; retryAfterMs?: number },
  context: PusherContext,
): Promise<Verdict> {
  const { message } = received
  if (received.receiveCount >= limits.maxReceives) {
    await giveUp(message, 'push', fault, received, context)
    return { verdict: 'dead-letter' }
  }
  await context.ledger.note(message, message.step, {
    at: new Date(context.clock.now()).toISOString(),
    stage: 'push',
    outcome: 'failed',
    code: fault.code ?? fault.name,
    step: message.step,
  })
  return {
    verdict: 'retry',
    afterMs: Math.max(fault.retryAfterMs ?? 0, backoffMs(received.receiveCount, context.random)),
  }
}

async function pushOne(received: Received<PushMessage>, context: PusherContext): Promise<Verdict> {
  const { message } = received
  const { ledger } = context
  const { generation, index } = parseStep(message.step)
  const claim = await ledger.claim(message, message.step, context.owner, context.clock.now() + context.remaining())
  if (!claim.claimed) {
    // Recorded before, but the process may have died before it said so: the mapper finds out what comes next.
    if (claim.why === 'done') return claim.underWay ? goOn(received, 'next', context) : { verdict: 'done' }
    if (claim.why === 'leased') return { verdict: 'retry', afterMs: 30_000 }
    if (claim.progress.hold || alreadyHeld(claim.progress, received)) return { verdict: 'dead-letter' }
    // A dead letter that came back: what was refused would be refused again, so it is mapped with today's tables.
    return goOn(received, 'map', context)
  }
  const mapping = await ledger.mapping(message, generation)
  const write = mapping?.writes[index]
  if (!mapping || !write) throw new Error(`the ledger has no write ${message.step} of ${message.documentId}`)
  const outcome = await writeWithPatience(write, context, {
    documentId: message.documentId,
    correlationId: mapping.entry.group,
    // A crash, a lost answer, a redrive or a replay: an earlier attempt may have reached the target.
    mayHaveWritten: claim.attempt > 1 || received.receiveCount > 1 || message.by !== undefined,
    deadline: context.clock.now() + context.remaining() - recordMargin,
  })
  const step = { received, mapping, write }
  if (outcome.outcome === 'delivered') return recordDone(step, outcome, context)
  const [first] = outcome.problems
  if (first && outcome.problems.every(({ code }) => write.absent?.includes(code)))
    return recordDone(step, { absent: first.code }, context)
  // Once a part of it was undone, the rest waits for a person.
  return mapping.undoes && index === 0 ? recordNotUndone(step, outcome, context) : recordRefused(step, outcome, context)
}

/** Writes; a rate limit is waited out here while time allows, so that it does not use up the message's receives. */
async function writeWithPatience(
  write: Write,
  context: PusherContext,
  writeContext: Parameters<TargetWriter['write']>[1],
): Promise<WriteOutcome> {
  for (;;) {
    try {
      return await context.writer.write(write, writeContext)
    } catch (error) {
      if (!(error instanceof Failure) || error.class !== 'rate-limited') throw error
      const wait = error.retryAfterMs ?? backoffMs(1, context.random)
      if (context.clock.now() + wait > writeContext.deadline - recordMargin) throw error
      await context.sleep(wait)
    }
  }
}

/** Gives a document back to the mapper, which knows its next write. */
async function goOn(received: Received<PushMessage>, task: 'map' | 'next', context: PusherContext): Promise<Verdict> {
  const mapping = await context.ledger.mapping(received.message, parseStep(received.message.step).generation)
  if (!mapping) throw new Error(`the ledger has no mapping of ${received.message.documentId}`)
  await toMapper(received, task, mapping, context)
  return { verdict: 'done' }
}

/** Credentials or configuration: no document of this connection can be written. */
const breaksConnection = (error: unknown): boolean =>
  error instanceof ConfigurationError || (error instanceof Failure && error.class === 'unauthorised')
