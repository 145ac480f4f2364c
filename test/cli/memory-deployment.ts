import type { Deployment } from '../../cli/deployment/deployment.ts'
import type { Json, Write } from '../../lib/core/exchange.ts'
import type { Table } from '../../lib/core/tables.ts'
import { tableVersion } from '../../lib/core/tables.ts'
import { memoryHeads } from '../../lib/pipeline/ledger/audit/heads.ts'
import { auditTrail } from '../../lib/pipeline/ledger/audit/trail.ts'
import { createLedger } from '../../lib/pipeline/ledger/item-ledger.ts'
import { memoryBlobs, memoryItems } from '../../lib/pipeline/ledger/items.ts'
import type { DocumentEntry, Ledger } from '../../lib/pipeline/ledger/ledger.ts'
import { createAgenda } from '../../lib/pipeline/watch/agenda.ts'

/** A call to AWS that a command made. */
export interface Call {
  operation: string
  input: Record<string, unknown>
}

/**
 * A deployment in memory: the real ledger, tables in a map, and an SQS that notes what it is asked and answers what
 * the test says.
 */
export function memoryDeployment(
  answers: (call: Call) => object = () => ({}),
): Deployment & { calls: Call[]; settled: number } {
  const tables = new Map<string, Table>()
  const calls: Call[] = []
  let time = Date.parse('2026-03-02T09:00:00Z')
  const now = () => {
    time += 1000
    return time
  }
  const audit = { items: memoryItems(), blobs: memoryBlobs(), heads: memoryHeads() }
  const deployment = {
    title: 'the run in memory',
    local: true,
    arguments: [],
    calls,
    settled: 0,
    ledger: createLedger(audit.items, audit.blobs, now, auditTrail({ ...audit, worker: 'command', now })),
    audit,
    agenda: createAgenda(audit.items, audit.blobs),
    tables: {
      load: async () => Object.fromEntries(tables),
      head: async () =>
        tables.size === 0
          ? undefined
          : { revision: 1, tables: Object.fromEntries([...tables].map(([name, t]) => [name, t.version])) },
      read: async (_integration: string, name: string) => tables.get(name),
      save: async (_integration: string, name: string, rows: Table['rows']) => {
        const table = { name, version: tableVersion(rows), rows }
        tables.set(name, table)
        return table
      },
    },
    state: {} as Deployment['state'],
    aws: {
      call: async <T>(_service: string, operation: string, input: object) => {
        const call = { operation, input: input as Record<string, unknown> }
        calls.push(call)
        return answers(call) as T
      },
      rest: async () => Buffer.alloc(0),
    },
    documents: { url: 'documents', deadLettersUrl: 'documents-dead' },
    connections: {
      acumatica: {
        url: 'acumatica',
        deadLettersUrl: 'acumatica-dead',
        system: 'acumatica',
        eventSourceMapping: 'mapping',
        secretArn: 'secret',
      },
    },
    settle: async () => {
      deployment.settled += 1
      return true
    },
    close: async () => undefined,
  }
  return deployment
}

/** A captured document; `progress` settles it. */
export async function captured(
  ledger: Ledger,
  given: Partial<DocumentEntry> & { number: string },
  settled?: Parameters<typeof settle>[2],
  raw: Json = { from: 'the retailer', number: given.number },
): Promise<DocumentEntry> {
  const type = given.type ?? 'purchase-order'
  const entry: DocumentEntry = {
    documentId: `sps:${type}:${given.number}#1`,
    connection: 'sps',
    integration: 'acumatica-sps-commerce',
    flow: type,
    type,
    key: given.number,
    group: `order/${given.number}`,
    version: '',
    hash: 'hash',
    arrival: 'arrival',
    capturedAt: '2026-03-02T09:00:00.000Z',
    ...given,
  }
  await ledger.capture(entry, raw)
  if (settled) await settle(ledger, entry, settled)
  return entry
}

export const settle = (
  ledger: Ledger,
  entry: DocumentEntry,
  { state, code }: { state: 'held' | 'rejected' | 'skipped'; code: string },
): Promise<void> =>
  ledger.settle(entry, {
    state,
    step: '1.0',
    problems: [{ code, message: `${code} in words`, path: 'Header.TradingPartnerId' }],
    warnings: [],
    attempt: { at: entry.capturedAt, stage: 'map', outcome: state, code },
  })

/** A document that is delivered with these writes, each answered with its number. */
export async function delivered(ledger: Ledger, number: string, writes: [Write, string][]): Promise<DocumentEntry> {
  const entry = await captured(ledger, { number })
  const common = { entry, decisions: [], warnings: [], tables: {}, at: entry.capturedAt }
  await ledger.saveMapping({ ...common, generation: 1, final: true, writes: writes.map(([write]) => write) })
  for (const [i, [write, target]] of writes.entries()) {
    await ledger.claim(entry, `1.${i}`, 'a worker', Date.parse(entry.capturedAt))
    await ledger.wrote(entry, {
      target: {
        operation: write.operation,
        connection: write.connection,
        targetId: target,
        numbers: [target],
        adopted: false,
        result: {},
        at: entry.capturedAt,
      },
      warnings: [],
      next: i + 1 === writes.length ? '2.0' : `1.${i + 1}`,
      done: i + 1 === writes.length,
      attempt: { at: entry.capturedAt, stage: 'push', outcome: 'written', step: `1.${i}` },
    })
  }
  return entry
}
