import type { ConnectionSlice } from '../../lib/config/environment.ts'
import { limits } from '../../lib/config/limits.ts'
import type { Json, SourceReader, TargetWriter, WriteOutcome } from '../../lib/core/exchange.ts'
import { Failure } from '../../lib/core/failures.ts'
import type { Integration } from '../../lib/core/flow.ts'
import { contentHash } from '../../lib/core/hash.ts'
import type { Undo } from '../../lib/core/undo.ts'
import { handleBatch, type Received, type Verdict } from '../../lib/pipeline/batch.ts'
import { memoryHeads } from '../../lib/pipeline/ledger/audit/heads.ts'
import { auditTrail } from '../../lib/pipeline/ledger/audit/trail.ts'
import { createLedger } from '../../lib/pipeline/ledger/item-ledger.ts'
import { memoryBlobs, memoryItems } from '../../lib/pipeline/ledger/items.ts'
import type { Ledger } from '../../lib/pipeline/ledger/ledger.ts'
import { handleDocument } from '../../lib/pipeline/map.ts'
import type { DocumentMessage, PushMessage } from '../../lib/pipeline/messages.ts'
import { writerGroup } from '../../lib/pipeline/messages.ts'
import { poll } from '../../lib/pipeline/poll.ts'
import type { Observability, Outbox } from '../../lib/pipeline/ports.ts'
import { probeConnection } from '../../lib/pipeline/probe.ts'
import { createPusher } from '../../lib/pipeline/push.ts'
import type { ConnectionState, StateStore, StoredCursor } from '../../lib/pipeline/state.ts'
import { createAgenda } from '../../lib/pipeline/watch/agenda.ts'

/** Thrown where the process "dies": nothing after it runs, nobody catches it for long. */
export class Killed extends Error {}

/** A FIFO queue with groups, visibility, receive counts, deduplication and a dead-letter queue, as SQS has them. */
export class Fifo<M> {
  readonly dead: { body: M; group: string }[] = []
  #messages: { id: string; body: M; group: string; visibleAt: number; receives: number }[] = []
  #seen = new Map<string, number>()
  #ids = 0
  readonly clock: { now(): number }
  constructor(clock: { now(): number }) {
    this.clock = clock
  }
  send(body: M, group: string, deduplication: string): void {
    const sent = this.#seen.get(deduplication)
    if (sent !== undefined && this.clock.now() - sent < 300_000) return
    this.#seen.set(deduplication, this.clock.now())
    this.#push(body, group)
  }
  #push(body: M, group: string) {
    this.#messages.push({ id: `m${++this.#ids}`, body, group, visibleAt: 0, receives: 0 })
  }
  receive(): Received<M>[] {
    const now = this.clock.now()
    const blocked = new Set<string>()
    const batch: Received<M>[] = []
    for (const message of [...this.#messages]) {
      if (batch.length === limits.batchSize) break
      if (blocked.has(message.group)) continue
      if (message.visibleAt > now) {
        blocked.add(message.group)
        continue
      }
      message.receives += 1
      if (message.receives > limits.maxReceives) {
        this.delete(message.id)
        this.dead.push({ body: message.body, group: message.group })
        continue
      }
      message.visibleAt = now + 360_000
      batch.push({
        messageId: message.id,
        receiptHandle: message.id,
        receiveCount: message.receives,
        thread: (message.body as { thread?: string }).thread ?? message.group,
        message: message.body,
      })
    }
    return batch
  }
  delete(id: string): void {
    this.#messages = this.#messages.filter((m) => m.id !== id)
  }
  setVisibility(id: string, seconds: number): void {
    const found = this.#messages.find((m) => m.id === id)
    if (found) found.visibleAt = this.clock.now() + seconds * 1000
  }
  /** What SQS's own redrive does: new messages, counts from the start. */
  redrive(): void {
    for (const { body, group } of this.dead.splice(0)) this.#push(body, group)
  }
  get size(): number {
    return this.#messages.length
  }
  nextVisible(): number {
    return Math.min(...this.#messages.map((m) => m.visibleAt))
  }
}

interface Order {
  number: string
  revision: number
  bad?: boolean
  once?: boolean
}

/** Everything around the pipeline in memory, with a toy source and a toy target that keep real records. */
export function createWorld(options: { random?: () => number; audited?: boolean } = {}) {
  const random = options.random ?? (() => 0.5)
  let time = 1_000_000
  const clock = { now: () => time }
  /** Called before and after every call that leaves the process; throws Killed to die there. */
  const world = {
    step: (_where: string): void => {},
    fault: (_write: string): 'none' | 'before' | 'after' | 'down' => 'none',
    /** True while nothing reaches the target, neither a write nor a probe. */
    outage: (): boolean => false,
  }
  /** Set once a process was killed: whatever of it still runs cannot reach the outside any more. */
  let dead = false
  const step = (where: string) => {
    if (dead) throw new Killed()
    try {
      world.step(where)
    } catch (error) {
      dead = true
      throw error
    }
  }
  const outside = async <T>(where: string, work: () => T | Promise<T>): Promise<T> => {
    step(`${where} before`)
    const result = await work()
    step(`${where} after`)
    return result
  }

  const raw = memoryItems()
  const items: typeof raw = {
    get: (pk, sk) => outside('ledger.get', () => raw.get(pk, sk)),
    put: (item, expected) => outside('ledger.put', () => raw.put(item, expected)),
    query: (pk, prefix) => outside('ledger.query', () => raw.query(pk, prefix)),
    scan: raw.scan,
  }
  const blobs = memoryBlobs()
  const heads = memoryHeads()
  let chains = 0
  const newTrail = () =>
    auditTrail({ items, blobs, heads, worker: 'test', now: clock.now, newChain: () => `c${++chains}` })
  /** A worker of its own: whatever the one before knew is lost, and its audit chain ends. */
  const newLedger = () => createLedger(items, blobs, clock.now, options.audited ? newTrail() : undefined)
  const newAgenda = () => createAgenda(items, blobs)

  const cursors = new Map<string, StoredCursor>()
  const leases = new Map<string, { owner: string; until: number }>()
  const connections = new Map<string, ConnectionState>()
  const records = new Map<string, object>()
  const state: StateStore = {
    cursor: (c, s) => outside('cursor.get', () => cursors.get(`${c}/${s}`)),
    moveCursor: (c, s, next, expected) =>
      outside('cursor.put', () => {
        if ((cursors.get(`${c}/${s}`)?.revision ?? 0) !== expected) return false
        cursors.set(`${c}/${s}`, { ...next, revision: expected + 1 })
        return true
      }),
    cursors: async () => ({}),
    lease: async (name, owner, until) => {
      const held = leases.get(name)
      if (held && held.owner !== owner && held.until > time) return false
      leases.set(name, { owner, until })
      return true
    },
    release: async (name, owner) => {
      if (leases.get(name)?.owner === owner) leases.delete(name)
    },
    pausedUntil: async () => 0,
    pause: async () => {},
    connection: async (name) => connections.get(name),
    setConnection: async (name, value) => void connections.set(name, value),
    paused: async () => undefined,
    setPaused: async () => undefined,
    record: async <T extends object>(name: string) => records.get(name) as T | undefined,
    keepRecord: (name, value) => outside('record.put', () => void records.set(name, structuredClone(value))),
  }

  const documents = new Fifo<DocumentMessage>(clock)
  const pushes = new Fifo<PushMessage>(clock)
  const outbox: Outbox = {
    toMapper: async (messages) => {
      for (const { thread, message, nonce } of messages)
        await outside('sqs.send', () => documents.send(message, thread, `${message.documentId}${message.task}${nonce}`))
    },
    toPusher: async (_connection, messages) => {
      for (const { thread, message, nonce } of messages)
        await outside('sqs.send', () =>
          pushes.send({ ...message, thread }, writerGroup(thread, 2), `${message.documentId}${message.step}${nonce}`),
        )
    },
  }
  const events: string[] = []
  const observability: Observability = {
    log: { info() {}, warn() {}, error() {} },
    metrics: { count() {} },
    notices: {
      add: (n) => void events.push(`${n.kind} ${n.number}`),
      connection: (kind, name) => void events.push(`${kind} ${name}`),
      flush: async () => {},
    },
  }

  const source: Order[] = []
  const pageSize = 3
  const reader: SourceReader = {
    streams: () => ['orders'],
    readPage: (_stream, cursor) =>
      outside('source.read', () => {
        const from = (cursor as number | undefined) ?? 0
        const page = source.slice(from, from + pageSize)
        return {
          documents: page.map((order, i) => ({
            type: 'order',
            key: order.number,
            number: order.number,
            group: order.number,
            version: String(order.revision).padStart(6, '0'),
            hash: contentHash(order),
            arrival: String(from + i),
            once: order.once ?? false,
            raw: order as unknown as Json,
          })),
          cursor: from + page.length,
          more: from + page.length < source.length,
        }
      }),
  }

  /**
   * What stands at the target in the end, by reference; `writes` counts every record ever created, `canceled` every one
   * taken back. What is shipped is not.
   */
  const target = {
    records: new Map<string, Json>(),
    writes: [] as string[],
    refuses: new Set<string>(),
    canceled: [] as string[],
    shipped: new Set<string>(),
  }
  /** As a real system: what is cancelled already is cancelled, and what is not there is said to be missing. */
  const cancel = (reference: string, answerLost: boolean): WriteOutcome => {
    if (!target.records.has(reference) && !target.canceled.includes(reference))
      return { outcome: 'held', problems: [{ code: 'NOT_THERE', message: `no ${reference}` }] }
    if (target.shipped.has(reference))
      return { outcome: 'held', problems: [{ code: 'SHIPPED', message: `${reference} is shipped` }] }
    const adopted = !target.records.delete(reference)
    if (!adopted) target.canceled.push(reference)
    step('target written')
    if (answerLost) throw new Failure('ambiguous', 'ANSWER_LOST', 'timeout after the write')
    step('target after')
    const numbers = [`T${reference}`]
    return {
      outcome: 'delivered',
      targetId: `T/${reference}`,
      targetNumbers: numbers,
      result: {},
      adopted,
      warnings: [],
    }
  }
  const writer: TargetWriter = {
    write: async (write, { mayHaveWritten }): Promise<WriteOutcome> => {
      step('target before')
      if (target.refuses.has(write.reference))
        return { outcome: 'rejected', problems: [{ code: 'REFUSED', message: 'the target refuses it' }] }
      const fault = world.outage() ? 'down' : world.fault(write.reference)
      if (fault === 'down') throw new Failure('transient', 'UNREACHABLE', 'down')
      if (fault === 'before') throw new Failure('transient', 'UNREACHABLE', 'no connection')
      if (write.operation === 'cancel') return cancel(write.reference, fault === 'after')
      const adopted = mayHaveWritten && target.records.has(write.reference)
      if (!adopted) {
        target.records.set(write.reference, write.record)
        target.writes.push(write.reference)
      }
      step('target written')
      if (fault === 'after') throw new Failure('ambiguous', 'ANSWER_LOST', 'timeout after the write')
      step('target after')
      return {
        outcome: 'delivered',
        targetId: `T/${write.reference}`,
        targetNumbers: [`T${write.reference}`],
        result: { at: 1 },
        adopted,
        warnings: [],
      }
    },
    probe: async () => {
      if (world.outage()) throw new Failure('transient', 'UNREACHABLE', 'nobody answers')
    },
  }

  const holds = new Set<string>()
  const integration: Integration = {
    name: 'toy',
    systems: ['shop', 'erp'],
    settings: (settings) => settings,
    tables: [],
    flows: [
      {
        name: 'orders',
        source: 'shop',
        types: ['order'],
        lookups: (order: unknown) => [{ number: (order as Order).number }],
        map: (document: unknown, context) => {
          const order = document as Order
          // What was skipped is no reason to skip another: the two would wait for each other for ever.
          const earlier = context.history(order.number).filter((h) => h.state !== 'skipped')
          if (earlier.some((h) => h.hash === context.hash))
            return {
              outcome: 'skipped',
              problems: [{ code: 'DUPLICATE', message: 'seen' }],
              decisions: [],
              warnings: [],
            }
          if (order.bad || holds.has(order.number))
            return {
              outcome: 'held',
              problems: [{ code: 'NOT_MAPPED', message: 'no partner' }],
              decisions: [],
              warnings: [],
            }
          const reference = `${order.number}/${order.revision}`
          return {
            outcome: 'write',
            writes: [{ connection: 'erp', operation: 'create', reference, record: { number: order.number } }],
            decisions: [],
            warnings: [],
          }
        },
        followUp: (document: unknown) => {
          const order = document as Order
          return {
            outcome: 'write',
            writes: [
              {
                connection: 'erp',
                operation: 'acknowledge',
                reference: `ack ${order.number}/${order.revision}`,
                record: {},
              },
            ],
            decisions: [],
            warnings: [],
          }
        },
      },
    ],
  }
  const slice: ConnectionSlice = {
    name: 'shop',
    system: 'shop',
    settings: {},
    allowHosts: [],
    routes: [{ integration: 'toy', flow: 'orders', types: ['order'] }],
  }
  const undo: Undo = ({ write }) =>
    write.operation === 'create'
      ? { operation: 'cancel', record: {}, does: `cancels ${write.reference}`, absent: ['NOT_THERE'] }
      : acknowledgementsToo.has(write.reference)
        ? { operation: 'cancel', record: {}, does: `calls ${write.reference} back`, absent: ['NOT_THERE'] }
        : { byHand: `Tell them that ${write.reference} does not hold.` }
  /** Acknowledgements that can be taken back, too. */
  const acknowledgementsToo = new Set<string>()
  let asked = 0
  let owners = 0

  /** A process that may die: Killed ends it; whatever it had in its hands comes back by visibility. */
  const process = async (work: () => Promise<unknown>): Promise<void> => {
    try {
      await work()
    } catch (error) {
      if (!(error instanceof Killed)) throw error
    } finally {
      dead = false
    }
  }
  const runPoll = () =>
    process(() =>
      poll({
        ...observability,
        slice,
        reader,
        ledger: newLedger(),
        agenda: newAgenda(),
        state,
        outbox,
        clock,
        owner: `o${++owners}`,
        remaining: () => 120_000,
      }),
    )
  const drain = async <M>(queue: Fifo<M>, ledger: Ledger, handle: (r: Received<M>) => Promise<Verdict>) => {
    const batch = queue.receive()
    if (batch.length === 0) return false
    await process(async () => {
      const stay = await handleBatch(batch, {
        width: 1,
        handle,
        setVisibility: async (r, seconds) => {
          if (!dead) queue.setVisibility(r.messageId, seconds)
        },
      })
      if (!dead) await ledger.attest()
      if (!dead) for (const r of batch) if (!stay.includes(r.messageId)) queue.delete(r.messageId)
    })
    return true
  }
  const runMap = () => {
    const context = {
      ...observability,
      ledger: newLedger(),
      agenda: newAgenda(),
      sources: {
        integrations: {
          toy: { integration, connections: { shop: 'shop', erp: 'erp' }, flows: ['orders'], settings: {} },
        },
        parsers: { shop: (_type: string, value: Json) => ({ document: value, warnings: [] }) },
        tables: async () => ({}),
        history: (n: string) => newLedger().history(n),
      },
      undo: { erp: undo },
      outbox,
      clock,
      random,
    }
    return drain(documents, context.ledger, (r) => handleDocument(r, context))
  }
  const pusher = () => ({
    ...observability,
    connection: 'erp',
    writer,
    ledger: newLedger(),
    state,
    outbox,
    clock,
    random,
    sleep: async (ms: number) => {
      time += ms
    },
    owner: `o${++owners}`,
    remaining: () => 120_000,
  })
  const runPush = () => {
    const context = pusher()
    return drain(pushes, context.ledger, createPusher(context))
  }
  const runProbe = () => probeConnection(pusher())
  /** Somebody asks for a document to be undone. */
  const askUndo = async (number: string, why = 'dana: ordered twice') => {
    const [story] = await createLedger(raw, blobs, clock.now).stories(number)
    if (!story) throw new Error(`no document ${number}`)
    const { documentId, group } = story.entry
    asked += 1
    documents.send({ documentId, number, task: 'undo', by: why }, group, `undo ${asked}`)
  }
  /** Runs everything until nothing moves any more; time jumps to whatever waits. */
  const settle = async (limit = 5000): Promise<void> => {
    for (let i = 0; i < limit; i += 1) {
      await runPoll()
      const moved = [await runMap(), await runPush()].some(Boolean)
      if (documents.size === 0 && pushes.size === 0 && !moved && cursors.get('shop/orders')?.cursor === source.length)
        return
      const next = Math.min(documents.nextVisible(), pushes.nextVisible())
      // What the keeper asks for while the connection is down.
      const isDown = connections.get('erp')?.status === 'down'
      if (isDown) await runProbe()
      // Trials of a connection are up to an hour apart.
      if (!moved) time = Math.max(time + (isDown ? 60_000 : 1000), Number.isFinite(next) ? next : 0)
    }
    throw new Error('the world does not come to rest')
  }
  return {
    world,
    clock,
    source,
    target,
    holds,
    documents,
    pushes,
    events,
    connections,
    newLedger,
    newAgenda,
    /** What was stored, past every fault. */
    audit: { items: raw, blobs, heads },
    settle,
    askUndo,
    acknowledgementsToo,
    runPoll,
    runMap,
    runPush,
    runProbe,
    state,
    /** Lets time pass, in milliseconds. */
    pass: (ms: number) => {
      time += ms
    },
  }
}
