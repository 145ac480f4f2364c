import { createHash, randomUUID } from 'node:crypto'
import { EventEmitter } from 'node:events'
import type { State } from '../state.ts'
import type { QueueDefinition } from '../template/model.ts'
import { createMessageStore, type Depth, type Message } from './messages.ts'
import { waitForChange } from './wait.ts'

export interface NewMessage {
  body: string
  attributes?: Record<string, unknown>
  group?: string | null
  deduplication?: string | null
  delayMs?: number
}

/**
 * Amazon SQS over SQLite: every operation is one transaction, so a killed process loses no message and doubles none.
 * FIFO groups, deduplication, visibility and redrive as the SQS developer guide describes them. A message is never
 * older than its queue's retention here: nothing waits for days.
 */
export interface Queues {
  readonly definitions: readonly QueueDefinition[]
  find(nameOrUrlOrArn: string): QueueDefinition | undefined
  /** Within five minutes the same deduplication id gives the first message again. */
  send(queue: QueueDefinition, message: NewMessage): Pick<Message, 'id' | 'sequence'>
  /** Receives what is visible now; a message received too often goes to the dead letters instead. */
  receive(queue: QueueDefinition, max: number, visibilityMs?: number): Message[]
  /** Waits up to `waitMs` for something to receive. Resolves with [] when time is up or `signal` aborts. */
  receiveWithin(
    queue: QueueDefinition,
    max: number,
    waitMs: number,
    options?: { visibilityMs?: number | undefined; signal?: AbortSignal },
  ): Promise<Message[]>
  /** False where the receipt is no longer the message's. */
  delete(queue: QueueDefinition, receipt: string): boolean
  /** Starts the visibility timeout anew; 0 gives the message back. False where it is not in flight. */
  changeVisibility(queue: QueueDefinition, receipt: string, visibilityMs: number): boolean
  /** True where the message was received with this receipt and its time has run out. */
  expired(queue: QueueDefinition, receipt: string): boolean
  depth(queue: QueueDefinition): Depth
  /** True where a receive would get a message: one whose group waits for another of its messages is none. */
  isReceivable(queue: QueueDefinition): boolean
  purge(queue: QueueDefinition): void
  /** All messages in order, for tests and commands; does not receive them. */
  peek(queue: QueueDefinition): Message[]
  /** Moves up to `max` visible messages as new ones: new id, no receives, their order kept. Returns how many. */
  move(from: QueueDefinition, to: (message: Message) => QueueDefinition | undefined, max: number): number
  /** Gives every message in flight back at once, as if its visibility timeout were over. */
  release(): void
  /**
   * The same after a restart. The receives count as not made: all of AWS dying is not the message's fault, and
   * happens on this machine only.
   */
  recover(): void
  /** Ends every wait. */
  close(): void
  /** Emits "change" after anything that may make a message visible or a queue empty. */
  readonly changes: EventEmitter<{ change: [queue: string] }>
}

const deduplicationWindowMs = 5 * 60_000
/** A change made by another process on the same state directory is seen after this long at the latest. */
const lookAgainMs = 1000

export function createQueues(state: State, definitions: QueueDefinition[], now: () => number): Queues {
  const messages = createMessageStore(state)
  const changes = new EventEmitter<{ change: [queue: string] }>()
  changes.setMaxListeners(0)
  let closed = false
  const changed = (queue: string) => void changes.emit('change', queue)
  const inFlight = (message: Message | undefined): message is Message =>
    message !== undefined && message.visibleAt > now()
  const find: Queues['find'] = (reference) => {
    const name = reference.replace(/^.*[/:]/, '')
    return definitions.find((queue) => queue.name === name)
  }
  const fresh = (queue: QueueDefinition, message: NewMessage): Omit<Message, 'sequence' | 'receipt'> => ({
    queue: queue.name,
    id: randomUUID(),
    body: message.body,
    attributes: message.attributes ?? {},
    group: message.group ?? null,
    deduplication: message.deduplication ?? null,
    sentAt: now(),
    visibleAt: now() + (message.delayMs ?? queue.delayMs),
    received: 0,
    firstReceivedAt: null,
    deadLetterSource: null,
  })

  /** The redrive policy moves the message itself: same id; in a FIFO queue its id becomes its deduplication id. */
  const bury = (message: Message, deadLetters: QueueDefinition, source: QueueDefinition) => {
    messages.remove(message.sequence)
    messages.insert({
      ...message,
      queue: deadLetters.name,
      deduplication: source.fifo ? message.id : null,
      sentAt: source.fifo ? now() : message.sentAt,
      visibleAt: now(),
      deadLetterSource: source.arn,
    })
  }

  /** Takes up to `max` messages; stops at the first pass that took something or had nothing to bury. */
  const take = (queue: QueueDefinition, max: number, visibilityMs: number, deadLetters?: QueueDefinition) => {
    const taken: Message[] = []
    let buried = 0
    do {
      const found = messages.visible(queue.name, queue.fifo, now(), max)
      if (found.length === 0) break
      for (const message of found) {
        if (deadLetters && message.received >= (queue.redrive?.maxReceiveCount ?? 0)) {
          bury(message, deadLetters, queue)
          buried += 1
          continue
        }
        message.received += 1
        message.firstReceivedAt ??= now()
        message.receipt = `${message.sequence}.${randomUUID()}`
        message.visibleAt = now() + visibilityMs
        messages.update(message)
        taken.push(message)
      }
    } while (taken.length === 0)
    return { taken, buried }
  }

  const receive: Queues['receive'] = (queue, max, visibilityMs = queue.visibilityTimeoutMs) => {
    const deadLetters = queue.redrive && find(queue.redrive.deadLetterArn)
    const { taken, buried } = state.transaction(() => take(queue, max, visibilityMs, deadLetters))
    if (buried > 0 && deadLetters) changed(deadLetters.name)
    return taken
  }

  const release = (uncount: 0 | 1) => {
    messages.release(now(), uncount)
    for (const queue of definitions) changed(queue.name)
  }

  return {
    definitions,
    find,
    changes,
    receive,
    send: (queue, message) => {
      const deduplication =
        message.deduplication ??
        (queue.contentBasedDeduplication ? createHash('sha256').update(message.body).digest('hex') : null)
      const key = deduplication && `${queue.deduplicationPerGroup ? message.group : ''}/${deduplication}`
      const sent = state.transaction(() => {
        const earlier = key && messages.duplicate(queue.name, key, now())
        if (earlier) return earlier
        const stored = fresh(queue, { ...message, deduplication })
        const result = { id: stored.id, sequence: messages.insert(stored) }
        if (key) messages.remember(queue.name, key, result, now(), now() + deduplicationWindowMs)
        return result
      })
      changed(queue.name)
      return sent
    },
    receiveWithin: async (queue, max, waitMs, { visibilityMs, signal } = {}) => {
      const until = now() + waitMs
      for (;;) {
        if (closed || signal?.aborted) return []
        const found = receive(queue, max, visibilityMs)
        if (found.length > 0 || now() >= until) return found
        const due = messages.nextVisible(queue.name, now())
        await waitForChange(changes, queue.name, Math.min(until - now(), due - now(), lookAgainMs), signal)
      }
    },
    delete: (queue, receipt) => {
      const deleted = state.transaction(() => {
        const message = messages.byReceipt(queue.name, receipt)
        if (message) messages.remove(message.sequence)
        return message !== undefined
      })
      if (deleted) changed(queue.name)
      return deleted
    },
    changeVisibility: (queue, receipt, visibilityMs) => {
      const done = state.transaction(() => {
        const message = messages.byReceipt(queue.name, receipt)
        if (!inFlight(message)) return false
        messages.update({ ...message, visibleAt: now() + visibilityMs, receipt: visibilityMs === 0 ? null : receipt })
        return true
      })
      if (done) changed(queue.name)
      return done
    },
    expired: (queue, receipt) => {
      const message = messages.byReceipt(queue.name, receipt)
      return message !== undefined && !inFlight(message)
    },
    depth: (queue) => messages.depth(queue.name, now()),
    isReceivable: (queue) => messages.visible(queue.name, queue.fifo, now(), 1).length > 0,
    purge: (queue) => {
      messages.removeAll(queue.name)
      changed(queue.name)
    },
    peek: (queue) => messages.all(queue.name),
    move: (from, to, max) => {
      const moved = state.transaction(() =>
        messages.visible(from.name, from.fifo, now(), max).flatMap((message) => {
          const target = to(message)
          if (!target) return []
          messages.remove(message.sequence)
          messages.insert({ ...fresh(target, message), visibleAt: now() })
          return [target.name]
        }),
      )
      for (const name of new Set([from.name, ...moved])) changed(name)
      return moved.length
    },
    release: () => release(0),
    recover: () => release(1),
    close: () => {
      closed = true
      for (const queue of definitions) changed(queue.name)
    },
  }
}
