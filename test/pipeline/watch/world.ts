import type { HistoryEntry } from '../../../lib/core/flow.ts'
import { createLedger } from '../../../lib/pipeline/ledger/item-ledger.ts'
import { memoryBlobs, memoryItems } from '../../../lib/pipeline/ledger/items.ts'
import type { DocumentEntry, Mapping } from '../../../lib/pipeline/ledger/ledger.ts'
import { createAgenda } from '../../../lib/pipeline/watch/agenda.ts'
import type { PolledConnections } from '../../../lib/pipeline/watch/sources.ts'
import { type Tiding, watch } from '../../../lib/pipeline/watch/watch.ts'
import { memoryState } from '../../support/memory-state.ts'

export const minute = 60_000
export const hour = 60 * minute
export const day = 24 * hour

/** The watcher over a real ledger, agenda and state in memory, with a clock that the test sets. */
export function watching(connections: PolledConnections = {}) {
  let time = Date.parse('2026-03-02T09:00:00Z')
  const clock = { now: () => time }
  const items = memoryItems()
  const blobs = memoryBlobs()
  const ledger = createLedger(items, blobs, clock.now)
  const agenda = createAgenda(items, blobs)
  const state = memoryState(clock.now)
  const told: string[] = []
  const counts: Record<string, number>[] = []
  let failing = false
  let owners = 0
  const at = () => new Date(time).toISOString()

  return {
    ledger,
    agenda,
    state,
    told,
    counts,
    clock,
    pass: (ms: number) => {
      time += ms
    },
    busFails: (fails: boolean) => {
      failing = fails
    },
    at,
    look: async () => {
      const late: Record<string, number> = {}
      const result = await watch({
        connections,
        agenda,
        ledger,
        state,
        clock,
        owner: `watcher ${++owners}`,
        metrics: {
          count: (_name, value, { kind = '' }) => {
            late[kind] = value
          },
        },
        tell: async (tidings: readonly Tiding[]) => {
          if (failing) throw new Error('the bus takes nothing')
          told.push(...tidings.map(({ finding, status }) => `${status} ${finding.id}`))
        },
        remaining: () => 5 * minute,
        timeIsUp: () => false,
      })
      counts.push(late)
      return result
    },
    /** Captures a document as a poll does. */
    capture: async (number: string, type = 'purchase-order'): Promise<DocumentEntry> => {
      const entry: DocumentEntry = {
        documentId: `sps:${type}:${number}#1`,
        number,
        connection: 'sps',
        integration: 'toy',
        flow: type,
        type,
        key: number,
        group: `sps/${number}`,
        version: '',
        hash: number,
        arrival: number,
        capturedAt: at(),
      }
      await agenda.captured('sps#orders', { at: at(), documents: [{ documentId: entry.documentId, number }] })
      await ledger.capture(entry, { number })
      return entry
    },
    map: (entry: DocumentEntry) => ledger.saveMapping(mappingOf(entry, at())),
    /** Ends a document as its pusher does. */
    deliver: async (entry: DocumentEntry, operation = 'create-order') => {
      await ledger.saveMapping(mappingOf(entry, at()))
      await ledger.wrote(entry, {
        target: targetOf(operation, at()),
        warnings: [],
        next: '2.0',
        done: true,
        attempt: { at: at(), stage: 'push', outcome: 'written' },
      })
    },
    settle: (entry: DocumentEntry, outcome: 'held' | 'skipped') =>
      ledger.settle(entry, {
        state: outcome,
        step: '1.0',
        problems: [],
        warnings: [],
        attempt: { at: at(), stage: 'map', outcome },
      }),
  }
}

const targetOf = (operation: string, at: string): HistoryEntry['targets'][number] => ({
  operation,
  connection: 'erp',
  targetId: 'SO/1',
  numbers: [],
  adopted: false,
  result: {},
  at,
})

const mappingOf = (entry: DocumentEntry, at: string): Mapping => ({
  entry,
  generation: 1,
  final: true,
  writes: [{ connection: 'erp', operation: 'create-order', reference: entry.number, record: {} }],
  decisions: [],
  warnings: [],
  tables: {},
  at,
})
