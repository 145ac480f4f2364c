import { inParallel } from './parallel.ts'

/** One message as the Lambda event source mapping gives it. */
export interface Received<Message> {
  messageId: string
  receiptHandle: string
  /** From 1; counts again from 1 after a redrive. */
  receiveCount: number
  /** Documents of one thread are handled in order. */
  thread: string
  message: Message
}

/** What became of one message. Only `done` deletes it. */
export type Verdict =
  | { verdict: 'done' }
  /**
   * Held or rejected: it goes to the dead-letter queue. It is failed, not copied, so that SQS itself moves it and
   * the console's redrive brings it back; with no wait its remaining receives are over in a moment.
   */
  | { verdict: 'dead-letter' }
  /** A fault: again later. */
  | { verdict: 'retry'; afterMs: number }

export interface BatchPorts<Message> {
  handle(received: Received<Message>): Promise<Verdict>
  /** Makes a message visible again after so many seconds. */
  setVisibility(received: Received<Message>, seconds: number): Promise<void>
  /** Threads handled at the same time. */
  width: number
}

/**
 * Handles a batch from a FIFO queue: threads side by side, each in order. A fault stops its own thread only; a held
 * document stops nothing (the ledger tells its followers). Returns the ids of the messages that must stay.
 */
export async function handleBatch<Message>(
  received: readonly Received<Message>[],
  ports: BatchPorts<Message>,
): Promise<string[]> {
  const threads = Map.groupBy(received, (r) => r.thread)
  const stay: string[] = []
  const keep = async (message: Received<Message>, seconds: number) => {
    stay.push(message.messageId)
    await ports.setVisibility(message, seconds)
  }
  await inParallel(ports.width, [...threads.values()], async (thread) => {
    let waitMs: number | undefined
    for (const message of thread) {
      // Not tried: it comes back together with the one it has to follow.
      if (waitMs !== undefined) {
        await keep(message, Math.ceil(waitMs / 1000))
        continue
      }
      const verdict = await ports.handle(message)
      if (verdict.verdict === 'dead-letter') await keep(message, 0)
      if (verdict.verdict !== 'retry') continue
      waitMs = verdict.afterMs
      await keep(message, Math.ceil(waitMs / 1000))
    }
  })
  return stay
}

/**
 * Jittered exponential backoff by receive: half of 4, 16, 64, 256, then 900 seconds for certain and the other half by
 * chance. The receives before the last one thus last more than ten minutes, whatever chance says.
 */
export function backoffMs(receiveCount: number, random: () => number): number {
  const half = Math.min(900_000, 1000 * 4 ** receiveCount) / 2
  return 1000 + Math.floor(half + random() * half)
}
