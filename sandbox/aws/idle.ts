import { setTimeout as delay } from 'node:timers/promises'
import type { Functions } from './lambda/functions.ts'
import type { Later } from './lambda/later.ts'
import type { Mappings } from './lambda/mappings.ts'
import type { Queues } from './sqs/queues.ts'

export interface IdleOptions {
  /** Messages that wait for a retry or a delay do not count: they may wait for an hour. */
  ignoreDelayed?: boolean
  /** Gives up after this long and throws, naming what is still going on. In milliseconds. */
  timeoutMs?: number
}

interface Parts {
  queues: Queues
  functions: Functions
  mappings: Mappings
  later: Later
}

/** What is still to be done; empty when all is quiet. Queues that no enabled mapping empties do not count. */
function open({ queues, functions, mappings, later }: Parts, ignoreDelayed: boolean): string[] {
  const pending = later.pending()
  const reasons = [
    functions.running() > 0 && `${functions.running()} invocations are running`,
    mappings.busy() > 0 && `${mappings.busy()} batches are in work`,
    pending.due > 0 && `${pending.due} asynchronous invocations are due`,
    !ignoreDelayed && pending.waiting > 0 && `${pending.waiting} asynchronous invocations wait for another try`,
  ]
  for (const queue of mappings.consumed()) {
    if (queues.isReceivable(queue)) reasons.push(`${queue.name} holds messages`)
    else if (!ignoreDelayed) {
      const { visible, inFlight, delayed } = queues.depth(queue)
      const waiting = visible + inFlight + delayed
      reasons.push(waiting > 0 && `${queue.name} holds ${waiting} messages that wait`)
    }
  }
  return reasons.filter((reason) => typeof reason === 'string')
}

/** Resolves when nothing is to be done any more. */
export async function untilIdle(parts: Parts, { ignoreDelayed = false, timeoutMs }: IdleOptions = {}): Promise<void> {
  const started = performance.now()
  for (;;) {
    const before = performance.now()
    const reasons = open(parts, ignoreDelayed)
    if (reasons.length === 0) return
    if (timeoutMs !== undefined && performance.now() - started > timeoutMs)
      throw new Error(`still busy after ${timeoutMs} ms: ${reasons.join('; ')}`)
    // Counting a long backlog takes its time: never more than a tenth of it.
    await delay(10 + 10 * (performance.now() - before))
  }
}
