import { verifyAudit } from '../../cli/audit/verify.ts'
import type { Json, NamedDocument, SourceDocument, SourceReader } from '../../lib/core/exchange.ts'
import { contentHash } from '../../lib/core/hash.ts'
import type { Hint, RecordsHint } from '../../lib/pipeline/hint.ts'
import { answerHints } from '../../lib/pipeline/hint-answer.ts'
import type { HintContext } from '../../lib/pipeline/hint-read.ts'
import { memoryHeads } from '../../lib/pipeline/ledger/audit/heads.ts'
import { auditTrail } from '../../lib/pipeline/ledger/audit/trail.ts'
import { createLedger } from '../../lib/pipeline/ledger/item-ledger.ts'
import { memoryBlobs, memoryItems } from '../../lib/pipeline/ledger/items.ts'
import { type DocumentRef, toMapping } from '../../lib/pipeline/ledger/ledger.ts'
import type { StateStore } from '../../lib/pipeline/state.ts'
import { createAgenda } from '../../lib/pipeline/watch/agenda.ts'
import { memoryState } from '../support/memory-state.ts'

/** Thrown where the process "dies". */
export class Killed extends Error {}

const receivedAt = '2026-09-14T08:00:00.000Z'

export const records = (deliveryId: string, ids: string[], stream = 'orders'): RecordsHint => ({
  hint: 'records',
  stream,
  ids,
  deliveryId,
  topic: 'order.shipped',
  receivedAt,
})

/** An SQS record that holds a hint. */
export const recordOf = (hint: Hint | string, messageId: string, receives = 1) => ({
  messageId,
  receiptHandle: messageId,
  body: typeof hint === 'string' ? hint : JSON.stringify(hint),
  attributes: { ApproximateReceiveCount: String(receives) },
})

/** A poller over memory with a source of orders by id; `step` is called around everything that leaves the process. */
export function createHintWorld() {
  let time = Date.parse(receivedAt)
  let left = 300_000
  const source = new Map<string, number>()
  const reads: { stream: string; ids: readonly string[] }[] = []
  const polls: string[] = []
  const enqueued: string[] = []
  const hooks = {
    step: (_where: string): void => {},
    /** While hints wait for another poll. */
    waited: async (): Promise<void> => {},
    /** Throws what the source answers with. */
    fault: (_stream: string, _ids: readonly string[]): void => {},
  }
  const around = <A extends unknown[], R>(where: string, work: (...args: A) => Promise<R>) => {
    return async (...args: A): Promise<R> => {
      hooks.step(`before ${where}`)
      const result = await work(...args)
      hooks.step(`after ${where}`)
      return result
    }
  }

  const documentOf = (stream: string, id: string, revision: number): SourceDocument => ({
    type: 'order',
    key: id,
    number: `SO-${id}`,
    group: `${stream}/${id}`,
    version: String(revision).padStart(6, '0'),
    hash: contentHash({ id, revision }),
    arrival: String(revision),
    raw: { id, revision } as Json,
  })
  const reader: SourceReader = {
    streams: () => ['orders'],
    readPage: async (stream) => {
      polls.push(stream)
      return { documents: [], cursor: 1, more: false }
    },
    readRecords: around('read', async (stream, ids) => {
      reads.push({ stream, ids })
      hooks.fault(stream, ids)
      return ids.flatMap((id): NamedDocument[] => {
        const revision = source.get(id)
        return revision === undefined ? [] : [{ id, document: documentOf(stream, id, revision) }]
      })
    }),
  }
  const items = memoryItems()
  const blobs = memoryBlobs()
  const heads = memoryHeads()
  /** Each invocation is a worker of its own: what one that died had in memory is gone. */
  const ledgerOf = (worker: string) => {
    const parts = { items: { ...items, put: around('store', items.put) }, blobs, heads, worker, now: () => time }
    return createLedger(parts.items, blobs, parts.now, auditTrail(parts))
  }
  const ledger = createLedger(items, blobs, () => time)
  const memory = memoryState(() => time)
  const state: StateStore = { ...memory, moveCursor: around('cursor', memory.moveCursor) }
  const context = (owner: string): HintContext => ({
    log: { info() {}, warn() {}, error() {} },
    metrics: { count() {} },
    notices: { add() {}, connection() {}, flush: async () => {} },
    slice: {
      name: 'shop',
      system: 'shop',
      settings: {},
      allowHosts: [],
      routes: [{ integration: 'toy', flow: 'orders', types: ['order'] }],
    },
    reader,
    ledger: ledgerOf(owner),
    agenda: createAgenda(items, memoryBlobs()),
    state,
    outbox: {
      toMapper: around('send', async (messages) => {
        for (const { message } of messages) enqueued.push(message.documentId)
      }),
      toPusher: async () => {},
    },
    clock: { now: () => time },
    random: () => 0.5,
    sleep: async (ms) => {
      time += ms
      await hooks.waited()
    },
    owner,
    remaining: () => left,
  })
  let owners = 0
  return {
    source,
    reads,
    polls,
    enqueued,
    hooks,
    ledger,
    items,
    state,
    wait: (ms: number) => {
      time += ms
    },
    leave: (ms: number) => {
      left = ms
    },
    /** @returns ids of the messages that come back, with their seconds */
    take: async (given: ReturnType<typeof recordOf>[]) => {
      const kept = await answerHints(given, context(`poller ${++owners}`))
      return new Map(kept.map(({ record, afterSeconds }) => [record.messageId, afterSeconds]))
    },
    /** What an audit finds a day later. */
    audit: () => verifyAudit({ audit: { items, blobs, heads }, ledger }, { youngMs: 0, now: time + 86_400_000 }),
    /** What the mapper leaves of a document, so that it is found under other numbers. */
    map: async (ref: DocumentRef) => {
      const stored = await ledger.read(ref)
      if (!stored) throw new Error(`there is no ${ref.documentId}`)
      const result = { outcome: 'write' as const, writes: [], decisions: [], warnings: [] }
      await ledger.saveMapping(
        toMapping(stored.entry, result, { generation: 1, final: true, tables: {}, at: receivedAt }),
      )
    },
  }
}
