import type { Json, MapResult } from './exchange.ts'
import type { Problem } from './problems.ts'
import type { Tables } from './tables.ts'

/** What the ledger knows of one earlier document, as a mapping sees it. */
export interface HistoryEntry {
  documentId: string
  connection: string
  type: string
  key: string
  number: string
  version: string
  hash: string
  flow: string
  /** captured and mapped are in flight. */
  state: 'captured' | 'mapped' | 'delivered' | 'held' | 'rejected' | 'skipped'
  /** The target's numbers of delivered writes, first write first. */
  targetNumbers: string[]
  /** As the mapping returned it for that document. */
  snapshot?: Json
  /** Delivered writes in their order, with what the target answered (order number, lines as accepted). */
  targets: DeliveredWrite[]
  capturedAt: string
}

/** A write that was delivered, as the ledger keeps it. */
export interface DeliveredWrite {
  operation: string
  connection: string
  targetId: string
  numbers: string[]
  /** True where the target already had it and nothing was written. */
  adopted: boolean
  result: { [key: string]: Json }
  at: string
}

/** What a flow wants to know of the ledger: every document found under a business or target number. */
export interface Lookup {
  number: string
}

export interface MapContext<Settings = unknown> {
  tables: Tables
  settings: Settings
  /** This document's own ids, to leave itself out of the history and to derive references. */
  documentId: string
  key: string
  hash: string
  version: string
  /** Entries of the asked-for numbers, oldest first, this document excluded. Snapshot and results included. */
  history(number: string): HistoryEntry[]
  /** ISO date-time of the capture: the only "now" a mapping may use, so that a replay gives the same result. */
  capturedAt: string
  /** The connection that plays each system's part in this integration: system name → connection name. */
  connections: Readonly<Record<string, string>>
}

/** One document type in one direction. `map` and `followUp` are pure: same input, same output. */
export interface Flow<Document = unknown, Settings = unknown> {
  name: string
  /** The system it reads from. */
  source: string
  /** The document types it takes. */
  types: string[]
  /** Ledger numbers that `map` needs. */
  lookups(document: Document, settings: Settings): Lookup[]
  map(document: Document, context: MapContext<Settings>): MapResult
  /**
   * Called after the last write of `map` was delivered, with all of them; its writes are the next ones of the
   * same document (a 855 tells the retailer what the ERP accepted).
   */
  followUp?(
    document: Document,
    context: MapContext<Settings>,
    /** What `map` kept of this document. */
    snapshot: Json | undefined,
    delivered: readonly DeliveredWrite[],
  ): MapResult | undefined
}

/** Parse of a stored raw document by its system: the canonical document, or every problem at once. Pure. */
export type Parse = (type: string, raw: Json) => { document: unknown; warnings: Problem[] } | { problems: Problem[] }

/** An integration: two systems and the flows between them. */
export interface Integration<Settings = unknown> {
  name: string
  /** The systems it joins ("acumatica", "sps-commerce"); the configuration names a connection for each. */
  systems: string[]
  flows: Flow<unknown, Settings>[]
  /** Validates the integration's settings from the configuration; throws ConfigurationError naming every path. */
  settings(raw: unknown, path: string): Settings
  /**
   * Of several integrations that one connection feeds, whether a document is this one's: by the trading partner, as
   * its tables have it. Absent = every document is.
   */
  owns?(document: unknown, tables: Tables): boolean
  /** The tables it uses with their columns: what `tables import` and `check` validate. */
  tables: TableDefinition[]
}

export interface TableDefinition {
  name: string
  description: string
  /** Columns that form the row's key, in order, first. */
  key: string[]
  columns: { name: string; description: string; required: boolean; values?: string[] }[]
}
