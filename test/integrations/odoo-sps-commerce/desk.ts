import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Json, MapResult, SourceDocument, Write } from '../../../lib/core/exchange.ts'
import type { DeliveredWrite, HistoryEntry, Parse } from '../../../lib/core/flow.ts'
import type { Tables } from '../../../lib/core/tables.ts'
import { integration } from '../../../lib/integrations/odoo-sps-commerce/index.ts'
import { parseSettings } from '../../../lib/integrations/odoo-sps-commerce/settings.ts'
import { toEntry } from '../../../lib/pipeline/capture.ts'
import type { DocumentEntry } from '../../../lib/pipeline/ledger/ledger.ts'
import { type MappingSources, mapDocument, mapFollowUp } from '../../../lib/pipeline/map-document.ts'
import { acceptAsSent } from '../../../lib/systems/odoo/accept.ts'
import { parse as parseOdoo } from '../../../lib/systems/odoo/parse.ts'
import { documentsOf as odooDocuments } from '../../../lib/systems/odoo/preview.ts'
import { parse as parseSps } from '../../../lib/systems/sps-commerce/parse.ts'
import { documentsOf as spsDocuments } from '../../../lib/systems/sps-commerce/preview.ts'
import { tablesOf } from './tables.ts'

/** JSON of which a test knows the shape. */
export type Raw = ReturnType<typeof JSON.parse>

/** A fresh copy of an example of the fact sheets, edited. */
export function fixture(path: string, edit: (raw: Raw) => void = () => undefined): Raw {
  const raw = JSON.parse(readFileSync(resolve('test/fixtures', `${path}.json`), 'utf8'))
  edit(raw)
  return raw
}
export const rsx = (name: string, edit?: (raw: Raw) => void): Raw => fixture(`sps-commerce/${name}`, edit)
/** Records as live Odoo gave them. */
export const records = (name: string, edit?: (raw: Raw) => void): Raw => fixture(`odoo/documents/${name}`, edit)

/** What became of one document: every write, follow-ups included, and every problem. */
export interface Outcome {
  entry: DocumentEntry
  outcome: MapResult['outcome']
  codes: string[]
  problems: { code: string; message: string; path?: string }[]
  warnings: string[]
  warned: { code: string; message: string; path?: string }[]
  decisions: MapResult['decisions']
  writes: Write[]
  /** The first write's record. */
  record: Raw
}

/** How far the worker that wrote a document has got with recording it. */
type Recorded = 'nothing' | 'its writes' | 'all'

export interface DeskOptions {
  tables?: Tables
  settings?: unknown
  /** Number of the first order that Odoo makes; the next ones count on. */
  first?: string
  at?: string
}

/**
 * Documents one after the other through parse, flow and follow-up, with a ledger that remembers them, and targets that
 * take what they are sent.
 */
export function createDesk({ tables = tablesOf(), settings = {}, first = 'S00005', at }: DeskOptions = {}) {
  let now = Date.parse(at ?? '2026-10-05T11:20:00Z')
  let made = Number(first.replace(/\D/g, '')) - 1
  let knownTables = tables
  let recorded: Recorded = 'all'
  const history: (HistoryEntry & { index: string[] })[] = []
  const raws = new Map<string, { entry: DocumentEntry; raw: Json }>()
  const standing = new Map<string, Raw>()
  const parsers: Record<string, Parse> = { odoo: parseOdoo, 'sps-commerce': parseSps }
  const sources = (): MappingSources => ({
    integrations: {
      'odoo-sps-commerce': {
        integration,
        connections: { odoo: 'odoo', 'sps-commerce': 'sps' },
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
    /** The first document of the records: those after it are there for its sake. */
    const ofOdoo = write.connection === 'odoo'
    const before = standing.get(write.reference)
    const isNew = write.operation === 'create-order' && !before
    if (isNew) made += 1
    const number = first.replace(/\d+$/, (digits) => String(made).padStart(digits.length, '0'))
    const accepted = ofOdoo ? acceptAsSent(write, before, number) : { record: {}, result: {}, numbers: [] }
    standing.set(write.reference, accepted.record)
    return {
      operation: write.operation,
      connection: write.connection,
      targetId: write.reference,
      numbers: accepted.numbers,
      adopted: false,
      result: accepted.result,
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
    const known = recorded === 'nothing' ? [] : targets
    const kept = {
      ...entry,
      state:
        result.outcome !== 'write' ? result.outcome : recorded === 'all' ? ('delivered' as const) : ('mapped' as const),
      targetNumbers: known.flatMap((t) => t.numbers),
      targets: known,
      index: (result.outcome === 'write' && result.index) || [],
      ...(snapshot === undefined ? {} : { snapshot }),
    }
    const found = history.findIndex((h) => h.documentId === entry.documentId)
    if (found < 0) history.push(kept)
    else history[found] = kept
    const results = [result, ...(followed ? [followed.result] : [])]
    const problems = results.flatMap((r) => (r.outcome === 'write' ? [] : r.problems)) as Outcome['problems']
    const warned = results.flatMap((r) => r.warnings) as Outcome['warned']
    return {
      entry,
      outcome: results.at(-1)?.outcome ?? result.outcome,
      codes: problems.map((p) => p.code),
      problems,
      warnings: warned.map((w) => w.code),
      warned,
      decisions: results.flatMap((r) => r.decisions),
      writes: [...writes, ...after],
      record: [...writes, ...after][0]?.record,
    }
  }

  async function take(documents: SourceDocument[], connection: string, system: string): Promise<Outcome[]> {
    const routes = integration.flows
      .filter((f) => f.source === system)
      .map((f) => ({ integration: 'odoo-sps-commerce', flow: f.name, types: f.types }))
    const outcomes: Outcome[] = []
    for (const document of documents) {
      now += 60_000
      const slice = { name: connection, system, settings: {}, allowHosts: [], routes }
      // Every arrival is one of its own, as in a file that came again.
      const entry = toEntry({ ...document, arrival: `${document.arrival}@${now}` }, slice, new Date(now).toISOString())
      const captured = { entry, raw: document.raw }
      raws.set(entry.documentId, captured)
      outcomes.push(await run(captured))
    }
    return outcomes
  }

  /** The first document of the records: those after it are there for its sake. */
  const ofOdoo =
    (type: string) =>
    async (bundle: Raw): Promise<Outcome> =>
      only(await take(odooDocuments([type], bundle).slice(0, 1), 'odoo', 'odoo'))

  return {
    /** An RSX document of any kind. */
    receive: async (raw: Raw, type = 'purchase-order'): Promise<Outcome> =>
      only(await take(spsDocuments([type], raw), 'sps', 'sps-commerce')),
    order: ofOdoo('erp-purchase-order'),
    received: ofOdoo('received-order'),
    deliver: ofOdoo('ship-notice'),
    bill: ofOdoo('invoice'),
    stock: ofOdoo('stock-report'),
    /** Documents that no file holds: a record that is gone. */
    take: async (document: SourceDocument): Promise<Outcome> => only(await take([document], 'odoo', 'odoo')),
    /** A held document again, with other tables perhaps. */
    redrive: async (outcome: Outcome, corrected: Tables = knownTables): Promise<Outcome> => {
      knownTables = corrected
      const captured = raws.get(outcome.entry.documentId)
      if (!captured) throw new Error('nothing of that id was captured')
      return run(captured)
    },
    /** Other tables from now on. */
    use: (tables: Tables): void => {
      knownTables = tables
    },
    /** From now on the ledger knows no more than this of what was written. */
    record: (far: Recorded): void => {
      recorded = far
    },
    /** What the ledger holds under a number or an index value. */
    found: (number: string) => history.filter((h) => h.number === number || h.index.includes(number)),
    at: (time: string): void => {
      now = Date.parse(time)
    },
  }
}

export type Desk = ReturnType<typeof createDesk>

function only(outcomes: Outcome[]): Outcome {
  const [outcome, ...others] = outcomes
  if (!outcome || others.length > 0) throw new Error(`${outcomes.length} documents, where one was expected`)
  return outcome
}

/** "write", or the outcome with its problem codes. */
export const told = ({ outcome, codes }: Outcome): string => [outcome, ...codes].join(' ')
