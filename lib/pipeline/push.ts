import type { Clock, TargetWriter, Write, WriteOutcome } from '../core/exchange.ts'
import { ConfigurationError, Failure } from '../core/failures.ts'
import { backoffMs, type Received, type Verdict } from './batch.ts'
import { connectionDown, writingWorks } from './connection-state.ts'
import type { Ledger } from './ledger/ledger.ts'
import { type PushMessage, parseStep } from './messages.ts'
import type { Observability, Outbox } from './ports.ts'
import { again, notTried, outageOf } from './push-fault.ts'
import { recordDone, recordNotUndone, recordRefused, toMapper } from './push-record.ts'
import { alreadyHeld } from './settle.ts'
import type { ConnectionState, StateStore } from './state.ts'

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
/** Pushes the messages of one invocation; a connection that is broken is noticed by a probe, or after a few of them. */
export function createPusher(context: PusherContext): (received: Received<PushMessage>) => Promise<Verdict> {
  let faultsInARow = 0
  let down = false
  let known: Promise<ConnectionState | undefined> | undefined
  const health = () => {
    known ??= context.state.connection(context.connection)
    return known
  }

  const renewed = new Set<string>()

  return async (received) => {
    const { thread } = received.message
    // A first receive does not ask: an ordinary document costs no read of the connection's state.
    if (received.receiveCount > 1) down ||= (await health())?.status === 'down'
    // It would only use up a receive; the keeper is about to switch the queue off.
    if (down) return notTried(received, renewed.has(thread), context)
    try {
      const verdict = await pushOne(received, context)
      faultsInARow = 0
      if ((await known)?.trials) await writingWorks(context, context.connection)
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
      const onTrial = ((await health())?.trials ?? 0) > 0
      const outage = await outageOf(error, { faultsInARow, onTrial }, context)
      if (outage) {
        down = true
        await takeDown(outage, context)
      }
      const verdict = await again(received, fault, { down: outage !== undefined, onTrial }, context)
      if (verdict.verdict === 'done') renewed.add(thread)
      return verdict
    }
  }
}

async function takeDown(outage: Error & { code?: string }, context: PusherContext): Promise<void> {
  const code = outage instanceof ConfigurationError ? (outage.problems[0]?.code ?? 'CONFIGURATION') : outage.code
  await connectionDown(context, context.connection, 'write', {
    code: code ?? outage.name,
    message: outage.message,
    signIn: outage instanceof Failure && outage.class === 'unauthorised',
  })
}

async function pushOne(received: Received<PushMessage>, context: PusherContext): Promise<Verdict> {
  const { message } = received
  const { ledger } = context
  const { generation, index } = parseStep(message.step)
  const claim = await ledger.claim(message, message.step, context.owner, context.clock.now() + context.remaining())
  if (!claim.claimed) {
    if (claim.why !== 'leased') ledger.recheck(message)
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
  // Ordinary documents ask nothing: only one that was tried before knows of a connection that was down.
  if (claim.attempt > 1) await writingWorks(context, context.connection)
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
