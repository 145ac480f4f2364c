import { tablesFrom } from '../../../cli/csv/directory.ts'
import type { Expectation, Json, MapResult, SourceDocument, Write } from '../../../lib/core/exchange.ts'
import type { DeliveredWrite, HistoryEntry, Parse } from '../../../lib/core/flow.ts'
import { type Row, type Tables, tableVersion } from '../../../lib/core/tables.ts'
import { integration } from '../../../lib/integrations/acumatica-sps-commerce/index.ts'
import { parseSettings } from '../../../lib/integrations/acumatica-sps-commerce/settings.ts'
import { toEntry } from '../../../lib/pipeline/capture.ts'
import type { DocumentEntry } from '../../../lib/pipeline/ledger/ledger.ts'
import { type Mapped, type MappingSources, mapDocument, mapFollowUp } from '../../../lib/pipeline/map-document.ts'
import { acceptAsSent } from '../../../lib/systems/acumatica/accept.ts'
import { parse as parseAcumatica } from '../../../lib/systems/acumatica/parse.ts'
import { documentsOf as acumaticaDocuments } from '../../../lib/systems/acumatica/preview.ts'
import { parse as parseSps } from '../../../lib/systems/sps-commerce/parse.ts'
import { documentsOf as spsDocuments } from '../../../lib/systems/sps-commerce/preview.ts'
import { fixture } from './invoice-world.ts'

export { changed, changedFields, fixture } from './invoice-world.ts'

/** JSON of which a test knows the shape. */
export type Raw = ReturnType<typeof JSON.parse>

const sample = tablesFrom(integration, 'events/tables')

/** The sample tables with other rows: `edit` gets each table's rows by name and gives back those it wants otherwise. */
export function tablesOf(edit: (rows: Record<string, Row[]>) => Record<string, Row[]> = () => ({})): Tables {
  const rows = Object.fromEntries(Object.values(sample).map((t) => [t.name, t.rows.map((r) => ({ ...r }))]))
  const all = { ...rows, ...edit(rows) }
  return Object.fromEntries(
    Object.entries(all).map(([name, list]) => [name, { name, version: tableVersion(list), rows: list }]),
  )
}

/** The sample tables with other wishes of Harbor & Pine. */
export const withPartner = (wishes: Row): Tables =>
  tablesOf(({ partners = [] }) => ({
    partners: partners.map((row) => (row.tradingPartner === '3F1HARBORPINE' ? { ...row, ...wishes } : row)),
  }))

/** What became of one document: every write, follow-ups included, and every problem. */
export interface Outcome {
  entry: DocumentEntry
  outcome: MapResult['outcome']
  codes: string[]
  problems: { code: string; message: string; path?: string }[]
  warnings: string[]
  warned: { code: string; message: string; path?: string }[]
  decisions: MapResult['decisions']
  writes: Raw[]
  /** The first write's record. */
  record: Raw
  snapshot: Raw
  expected: Expectation[]
}

type Answer = (write: Write, result: Raw) => Raw

interface DeskOptions {
  tables?: Tables
  settings?: unknown
  /** What Acumatica makes of an order, where that is not just what was sent. */
  answer?: Answer
  at?: string
}

/**
 * Documents one after the other through parse, flow and follow-up, with a ledger that remembers them and a target that
 * takes what it is sent. Numbers of new sales orders are SO-20931, SO-20932 ...
 */
export function createDesk({ tables = tablesOf(), settings = {}, answer = (_, r) => r, at }: DeskOptions = {}) {
  let now = Date.parse(at ?? '2026-10-05T11:20:00Z')
  let made = 20930
  let knownTables = tables
  const history: (HistoryEntry & { index: string[] })[] = []
  const raws = new Map<string, { entry: DocumentEntry; raw: Json }>()
  const standing = new Map<string, Raw>()
  const parsers: Record<string, Parse> = { acumatica: parseAcumatica, 'sps-commerce': parseSps }
  const sources = (): MappingSources => ({
    integrations: {
      'acumatica-sps-commerce': {
        integration,
        connections: { acumatica: 'acumatica', 'sps-commerce': 'sps' },
        flows: integration.flows.map((f) => f.name),
        settings: parseSettings(settings, ''),
      },
    },
    parsers,
    tables: async () => knownTables,
    history: async (number) =>
      history.filter((h) => h.number === number || h.targetNumbers.includes(number) || h.index.includes(number)),
  })

  function deliver(write: Write): DeliveredWrite {
    const isOrder = write.connection === 'acumatica'
    const before = standing.get(write.reference)
    if (isOrder && !before) made += 1
    const accepted = isOrder ? acceptAsSent(write, before, `SO-${made}`) : { record: {}, result: {}, numbers: [] }
    standing.set(write.reference, accepted.record)
    return {
      operation: write.operation,
      connection: write.connection,
      targetId: write.reference,
      numbers: accepted.numbers,
      adopted: false,
      result: isOrder ? answer(write, accepted.result) : {},
      at: new Date(now).toISOString(),
    }
  }

  async function run({ entry, raw }: { entry: DocumentEntry; raw: Json }): Promise<Outcome> {
    now += 1000
    const mapped = await mapDocument(entry, raw, sources())
    const { result } = mapped
    const writes = result.outcome === 'write' ? result.writes : []
    const snapshot = result.outcome === 'write' ? result.snapshot : undefined
    const targets = writes.map(deliver)
    const followed = mapped.mayFollow ? await mapFollowUp(entry, raw, snapshot, targets, sources()) : undefined
    const after = followed?.result.outcome === 'write' ? followed.result.writes : []
    const found = history.findIndex((h) => h.documentId === entry.documentId)
    const kept = {
      ...entry,
      state: result.outcome === 'write' ? ('delivered' as const) : result.outcome,
      targetNumbers: targets.flatMap((t) => t.numbers),
      targets,
      index: (result.outcome === 'write' && result.index) || [],
      ...(snapshot === undefined ? {} : { snapshot }),
    }
    if (found < 0) history.push(kept)
    else history[found] = kept
    return outcomeOf(entry, mapped, followed, [...writes, ...after])
  }

  const take = async (documents: SourceDocument[], connection: string, system: string): Promise<Outcome[]> => {
    const routes = integration.flows
      .filter((f) => f.source === system)
      .map((f) => ({ integration: 'acumatica-sps-commerce', flow: f.name, types: f.types }))
    const outcomes: Outcome[] = []
    for (const document of documents) {
      now += 60_000
      const slice = { name: connection, system, settings: {}, allowHosts: [], routes }
      // Every arrival is one of its own, as in a file that came again.
      const arrival = `${document.arrival}@${now}`
      const entry = toEntry({ ...document, arrival }, slice, new Date(now).toISOString())
      const captured = { entry, raw: document.raw }
      raws.set(entry.documentId, captured)
      outcomes.push(await run(captured))
    }
    return outcomes
  }

  return {
    /** RSX documents: orders and changes, one or a page. */
    receive: (...raw: unknown[]): Promise<Outcome[]> =>
      take(
        raw.flatMap((one) => spsDocuments(['purchase-order'], one)),
        'sps',
        'sps-commerce',
      ),
    /** Shipments with the records they refer to. */
    ship: (...bundles: unknown[]): Promise<Outcome[]> =>
      take(
        bundles.flatMap((bundle) => acumaticaDocuments(['ship-notice'], bundle)),
        'acumatica',
        'acumatica',
      ),
    /** A held document again, with other tables perhaps. */
    redrive: async (outcome: Outcome, corrected: Tables = knownTables): Promise<Outcome> => {
      knownTables = corrected
      const captured = raws.get(outcome.entry.documentId)
      if (!captured) throw new Error('nothing of that id was captured')
      return run(captured)
    },
    /** Sets the time at which the next document arrives. */
    at: (time: string): void => {
      now = Date.parse(time)
    },
  }
}

function outcomeOf(entry: DocumentEntry, { result }: Mapped, followed: Mapped | undefined, writes: Write[]): Outcome {
  const also = followed?.result
  const problems = [
    ...(result.outcome === 'write' ? [] : result.problems),
    ...(also && also.outcome !== 'write' ? also.problems : []),
  ]
  const warned = [...result.warnings, ...(also?.warnings ?? [])]
  return {
    entry,
    outcome: also && also.outcome !== 'write' ? also.outcome : result.outcome,
    codes: problems.map((p) => p.code),
    problems: problems as Outcome['problems'],
    warnings: warned.map((w) => w.code),
    warned: warned as Outcome['warned'],
    decisions: [...result.decisions, ...(also?.decisions ?? [])],
    writes,
    record: writes[0]?.record,
    snapshot: result.outcome === 'write' ? result.snapshot : undefined,
    expected: (result.outcome !== 'skipped' && result.expect) || [],
  }
}

/** The documents alone, each at a desk that knows nothing. */
export const receive = (raw: unknown, options?: DeskOptions): Promise<Outcome[]> => createDesk(options).receive(raw)
export async function receiveOne(raw: unknown, options?: DeskOptions): Promise<Outcome> {
  const [outcome] = await receive(raw, options)
  if (!outcome) throw new Error('no document in the fixture')
  return outcome
}

/** "write", or the outcome and its problem codes. */
export const told = (outcomes: Outcome[]): string[] => outcomes.map((o) => [o.outcome, ...o.codes].join(' '))

/** A fresh copy of an example, edited. */
export function edited(path: string, edit: (raw: Raw) => void = () => undefined): Raw {
  const raw = fixture(path)
  edit(raw)
  return raw
}

export const order = (edit?: (raw: Raw) => void): Raw => edited('sps-commerce/order-850.json', edit)
export const change = (edit?: (raw: Raw) => void): Raw => edited('sps-commerce/order-change-860.json', edit)

/** The example shipment with everything it refers to. */
export function shipment(edit: (bundle: Raw) => void = () => undefined): Raw {
  const bundle: Raw = {
    shipments: [fixture('acumatica/shipment-two-packages.json')],
    salesOrders: [fixture('acumatica/sales-order-after-shipping.json')],
    stockItems: fixture('acumatica/stock-items.json'),
    customerLocations: fixture('acumatica/customer-locations.json'),
  }
  edit(bundle)
  return bundle
}

/** Rows of a wrapped record as plain values. */
export const plain = (record: Raw): Raw =>
  Array.isArray(record)
    ? record.map(plain)
    : record !== null && typeof record === 'object'
      ? 'value' in record && Object.keys(record).length === 1
        ? record.value
        : Object.fromEntries(Object.entries(record).map(([k, v]) => [k, plain(v)]))
      : record
