import type { Json, MapResult } from '../core/exchange.ts'
import type { DeliveredWrite, Flow, HistoryEntry, Integration, MapContext, Parse } from '../core/flow.ts'
import type { Problem } from '../core/problems.ts'
import type { Tables } from '../core/tables.ts'
import type { DocumentEntry } from './ledger/ledger.ts'
import { settleDelivery, webhookDelivery } from './webhook-delivery.ts'

/** An integration instance as the mapper runs it: settings validated, flows switched on. */
export interface RunningIntegration {
  integration: Integration
  connections: Readonly<Record<string, string>>
  flows: readonly string[]
  settings: unknown
}

export interface MappingSources {
  /** Integration instances by name. */
  integrations: Readonly<Record<string, RunningIntegration>>
  /** Each source system's parse, by system name. */
  parsers: Readonly<Record<string, Parse>>
  tables(integration: string): Promise<Tables>
  history(number: string): Promise<HistoryEntry[]>
}

/** A document ready to be mapped: parsed, with everything the mapping may look at already read. */
interface Prepared {
  entry: DocumentEntry
  flow: Flow
  document: unknown
  context: MapContext
  warnings: Problem[]
}

export interface Mapped {
  /** The document's entry with the integration and flow that took it. */
  entry: DocumentEntry
  result: MapResult
  /** The canonical document, where the raw one could be parsed. */
  document?: unknown
  /** Version of every table the mapping could see. */
  tables: { [name: string]: string }
  /** False where nothing more follows after the writes of this result. */
  mayFollow: boolean
}

/** Maps one document: parse, look up, map. Used by the deployed mapper and by `preview` alike. */
export async function mapDocument(entry: DocumentEntry, raw: Json, sources: MappingSources): Promise<Mapped> {
  if (entry.type === webhookDelivery) return { entry, result: settleDelivery(raw), tables: {}, mayFollow: false }
  const routed = await route(entry, raw, sources)
  if ('outcome' in routed) return { entry, result: routed, tables: {}, mayFollow: false }
  const prepared = await prepare(routed, raw, sources)
  if ('outcome' in prepared) return { entry: routed, result: prepared, tables: {}, mayFollow: false }
  const { flow, document, context, warnings } = prepared
  const result = stale(entry, context) ?? flow.map(document, context)
  return {
    entry: routed,
    result: { ...result, warnings: [...warnings, ...result.warnings] },
    document,
    tables: versionsOf(context.tables),
    mayFollow: flow.followUp !== undefined && result.outcome === 'write' && result.writes.length > 0,
  }
}

/** What follows a document's delivered writes (an acknowledgement of the order), if anything. */
export async function mapFollowUp(
  entry: DocumentEntry,
  raw: Json,
  snapshot: Json | undefined,
  delivered: readonly DeliveredWrite[],
  sources: MappingSources,
): Promise<Mapped | undefined> {
  const prepared = await prepare(entry, raw, sources)
  if ('outcome' in prepared) return { entry, result: prepared, tables: {}, mayFollow: false }
  const { flow, document, context } = prepared
  const result = flow.followUp?.(document, context, snapshot, delivered)
  return result && { entry, result, document, tables: versionsOf(context.tables), mayFollow: false }
}

/**
 * The integration a document is for, where one connection feeds several: the one whose tables know its partner.
 * Decided at each mapping, so that a table row and a redrive are all it takes to move a document to another company.
 */
async function route(entry: DocumentEntry, raw: Json, sources: MappingSources): Promise<DocumentEntry | MapResult> {
  const takers = Object.entries(sources.integrations).flatMap(([name, running]) => {
    const flow = running.integration.flows.find(
      (f) =>
        running.flows.includes(f.name) &&
        running.connections[f.source] === entry.connection &&
        f.types.includes(entry.type),
    )
    return flow ? [{ name, flow, integration: running.integration }] : []
  })
  const parse = sources.parsers[takers[0]?.flow.source ?? '']
  if (takers.length < 2 || !parse) return entry
  const parsed = parse(entry.type, raw)
  if ('problems' in parsed) return entry
  const owning = []
  for (const taker of takers)
    if (taker.integration.owns?.(parsed.document, await sources.tables(taker.name)) ?? true) owning.push(taker)
  const [owner, ...others] = owning
  if (!owner) return entry
  if (others.length === 0) return { ...entry, integration: owner.name, flow: owner.flow.name }
  const message = `The partners tables of ${owning.map((o) => o.name).join(' and ')} both take this document. Tell them apart by vendor number, or remove the row from one.`
  return { outcome: 'held', problems: [{ code: 'INTEGRATION_AMBIGUOUS', message }], decisions: [], warnings: [] }
}

async function prepare(entry: DocumentEntry, raw: Json, sources: MappingSources): Promise<Prepared | MapResult> {
  const running = sources.integrations[entry.integration]
  const flow = running?.integration.flows.find((f) => f.name === entry.flow && running.flows.includes(f.name))
  const parse = flow && sources.parsers[flow.source]
  if (!running || !flow || !parse) return notHandled(entry)

  const parsed = parse(entry.type, raw)
  if ('problems' in parsed) return { outcome: 'rejected', problems: parsed.problems, decisions: [], warnings: [] }

  const numbers = [...new Set(flow.lookups(parsed.document, running.settings).map((l) => l.number))]
  const [tables, ...found] = await Promise.all([
    sources.tables(entry.integration),
    ...numbers.map((n) => sources.history(n)),
  ])
  const history = new Map(numbers.map((n, i) => [n, (found[i] ?? []).filter((h) => h.documentId !== entry.documentId)]))
  const context: MapContext = {
    tables,
    settings: running.settings,
    documentId: entry.documentId,
    key: entry.key,
    hash: entry.hash,
    version: entry.version,
    history: (number) => history.get(number) ?? [],
    capturedAt: entry.capturedAt,
    connections: running.connections,
  }
  return { entry, flow, document: parsed.document, context, warnings: parsed.warnings }
}

/** An older state never overwrites a newer one of the same document that is on its way or delivered. */
function stale(entry: DocumentEntry, context: MapContext): MapResult | undefined {
  const newer = context
    .history(entry.number)
    .find(
      (h) =>
        h.connection === entry.connection &&
        h.type === entry.type &&
        h.key === entry.key &&
        h.version > entry.version &&
        (h.state === 'mapped' || h.state === 'delivered'),
    )
  if (!newer || entry.version === '') return undefined
  const message = `A newer state (${newer.version}) of this document was taken before this one (${entry.version}).`
  return { outcome: 'skipped', problems: [{ code: 'STALE', message }], decisions: [], warnings: [] }
}

const notHandled = (entry: DocumentEntry): MapResult => ({
  outcome: 'skipped',
  problems: [
    {
      code: 'UNKNOWN_DOCUMENT_TYPE',
      message: `no flow of this deployment takes a ${entry.type}; it is stored and not handled`,
    },
  ],
  decisions: [],
  warnings: [],
})

const versionsOf = (tables: Tables): { [name: string]: string } =>
  Object.fromEntries(Object.values(tables).map((t) => [t.name, t.version]))
