import { limits } from '../config/limits.ts'
import { ConfigurationError, Failure } from '../core/failures.ts'
import { backoffMs, type Received, type Verdict } from './batch.ts'
import type { PushMessage } from './messages.ts'
import { probed } from './probe.ts'
import type { PusherContext } from './push.ts'
import { alreadyHeld, giveUp } from './settle.ts'

type Fault = Error & { code?: string; retryAfterMs?: number }

/** Faults of different documents in a row after which the connection itself is taken for broken. */
const faultsUntilDown = 3
/** What a probe needs of the invocation, in milliseconds. */
const probeMs = 30_000
/** A connection that is down is not asked again for so long; its queue is being switched off meanwhile. */
const whileDownMs = 120_000
/**
 * Attempts of one write after which it is the document's fault all the same: half a day of trials where the system
 * answers and cannot write, a day where it says that it was asked too often.
 */
const attemptsAtMost = { faults: 12, rateLimited: 120 }

/**
 * Whether a fault is the connection's: credentials and configuration always are; anything else where the probe fails
 * as well, where one document after the other failed, or where the connection was only taken for working again.
 * @returns what keeps the connection from working; undefined where it may be the document
 */
export async function outageOf(
  error: unknown,
  { faultsInARow, onTrial }: { faultsInARow: number; onTrial: boolean },
  context: PusherContext,
): Promise<Fault | undefined> {
  if (error instanceof ConfigurationError || (error instanceof Failure && error.class === 'unauthorised')) return error
  if (!(error instanceof Failure)) return undefined
  if (onTrial || faultsInARow >= faultsUntilDown) return error
  const { writer, clock } = context
  if (error.class === 'rate-limited' || context.remaining() < 2 * probeMs) return undefined
  return probed(writer, clock.now() + probeMs)
}

/**
 * A document that was not tried, because its connection is down. One that waits for a person goes on to do so.
 * @param follows true where one before it in its thread got a new message: then so does this one, to stay behind it
 */
export async function notTried(
  received: Received<PushMessage>,
  follows: boolean,
  context: PusherContext,
): Promise<Verdict> {
  const progress = await context.ledger.progress(received.message)
  if (progress && (progress.hold || alreadyHeld(progress, received))) return { verdict: 'dead-letter' }
  return follows || isNearlySpent(received) ? renew(received, context) : { verdict: 'retry', afterMs: whileDownMs }
}

/** What a fault says beyond its document. */
export interface Outage {
  /** The connection was found down. */
  down: boolean
  /** It was only taken for working again, and nothing has been written since. */
  onTrial: boolean
}

/**
 * The next receive. A fault that is not the document's gets it a message of its own with all its receives: before the
 * last one, and on a trial at once, so that another document is the next to be tried. The last receive of any other
 * fault ends in the dead-letter queue with the fault's own words.
 */
export async function again(
  received: Received<PushMessage>,
  fault: Fault,
  { down, onTrial }: Outage,
  context: PusherContext,
): Promise<Verdict> {
  const { message } = received
  const rateLimited = fault instanceof Failure && fault.class === 'rate-limited'
  const waits = down || rateLimited
  const anew = waits && (onTrial || isNearlySpent(received))
  if (anew ? await isSpent(message, rateLimited, context) : !waits && received.receiveCount >= limits.maxReceives) {
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
  if (anew) return renew(received, context)
  return {
    verdict: 'retry',
    afterMs: Math.max(fault.retryAfterMs ?? 0, backoffMs(received.receiveCount, context.random)),
  }
}

/** One receive is kept back: a worker that dies over the exchange must not find the message among the dead letters. */
const isNearlySpent = ({ receiveCount }: Received<unknown>): boolean => receiveCount >= limits.maxReceives - 1

async function isSpent(message: PushMessage, rateLimited: boolean, { ledger }: PusherContext): Promise<boolean> {
  const begun = (await ledger.progress(message))?.begun[message.step] ?? 0
  return begun >= (rateLimited ? attemptsAtMost.rateLimited : attemptsAtMost.faults)
}

/**
 * A new message for the same write, by way of the mapper, which keeps a thread in order. Sent before the old one is
 * deleted: where both are left over, the ledger lets only one of them write.
 */
async function renew({ message, messageId }: Received<PushMessage>, { outbox }: PusherContext): Promise<Verdict> {
  const { documentId, number, thread, step, by } = message
  const next = { documentId, number, task: 'next' as const, ...(by ? { by } : {}) }
  await outbox.toMapper([{ thread, message: next, nonce: `${messageId} ${step} again` }])
  return { verdict: 'done' }
}
