import type { Decision, Problem } from './problems.ts'

/** JSON that survives a round trip through a queue or a table. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

/**
 * What a reader found at its source, before any mapping. The pipeline stores `raw` and queues a reference;
 * the mapper parses `raw` again with the same system's `parse`, so a replay sees exactly what arrived.
 */
export interface SourceDocument {
  /** Canonical document type ("purchase-order", "ship-notice", ...), or "unknown" for a kind nobody handles. */
  type: string
  /** Natural key within connection and type: trading partner, PO number, release ("3F1HARBORPINE/4500187734/"). */
  key: string
  /** The business number a person would search for (PO number, shipment number, invoice number). */
  number: string
  /** Documents of one group are handled in order, one at a time (an order and its changes share a group). */
  group: string
  /** Orders two states of the same key at the source: sorts as text (ISO time stamp, sequence number). "" = no order. */
  version: string
  /** Hash of the content that matters (without envelope data such as Meta). */
  hash: string
  /** This arrival at the source: file path, or hash over everything. The same arrival read again is not a new document. */
  arrival: string
  /**
   * True where a record is sent once in its life (a shipment, an invoice): once delivered, its later states at the
   * source are no new documents.
   */
  once?: boolean
  /** The record(s) exactly as read, as JSON; text formats as a string. `preview` takes the same shape. */
  raw: Json
}

/** A page a reader read. `cursor` is stored by the pipeline only after every document of the page is enqueued. */
export interface SourcePage {
  documents: SourceDocument[]
  /** Opaque to the pipeline; given back at the next call of `readPage` for this stream. */
  cursor: Json
  /** True where another page is ready now. */
  more: boolean
  /** Handed to `acknowledge` after the page is safe (files to delete). */
  receipt?: Json
}

/** A document of a record that was asked for by name. */
export interface NamedDocument {
  /** The one of the ids asked for that it answers: the delivery that named it is found by the document from then on. */
  id: string
  document: SourceDocument
}

/** Something that works today and soon will not, or that only a person notices. */
export interface Concern {
  kind: 'WebhookOff' | 'KeyExpiring' | 'SchemaDrift'
  /** The same as long as it lasts ("API key"). */
  id: string
  /** For people, with what to do. */
  message: string
}

/** Reads one connection's streams. Throws Failure; never loses a page: the same cursor reads the same or more. */
export interface SourceReader {
  /** Names of the independent streams of this connection, in the order in which to poll them. */
  streams(): string[]
  readPage(stream: string, cursor: Json | undefined): Promise<SourcePage>
  /**
   * True where a stream has nothing to do at this cursor: no request is made and no cursor stored (a backfill that
   * nobody asked for).
   */
  idle?(stream: string, cursor: Json | undefined): boolean
  /**
   * The documents of single records that a webhook named, by the ids it gave, as `readPage` would give them. Ids that are
   * not there any more, or not of interest, give none. Called with hundreds at once.
   */
  readRecords?(stream: string, ids: readonly string[]): Promise<NamedDocument[]>
  /** Tells the source that a page is stored (deletes files). May be repeated; a missing file is fine. */
  acknowledge?(stream: string, receipt: Json): Promise<void>
  /** What should be told before it fails (a key that ends, a version without support). Asked once a day. */
  concerns?(): Promise<Concern[]>
}

/** One record to write at a connection, as a mapping made it. */
export interface Write {
  connection: string
  /** The writer's operation ("create-order", "change-order", "cancel-order", "send-ship-notice", ...). */
  operation: string
  /** Our own key at the target: found again before a repeat. Stable over replays. */
  reference: string
  record: { [key: string]: Json }
  /** Of a write that undoes another: codes with which the writer says that nothing is there. It is done then. */
  absent?: string[]
}

export interface WriteContext {
  documentId: string
  correlationId: string
  /** True where an earlier attempt may have reached the target (crash, timeout, redrive): look before writing. */
  mayHaveWritten: boolean
  /** Epoch milliseconds after which the function has no time left. */
  deadline: number
}

/** What became of a write. Faults are thrown (Failure); everything expected is one of these. */
export type WriteOutcome =
  | {
      outcome: 'delivered'
      /** The target's id ("SO/SO-20931", "/in/SHJS-SHP-0031877.xml"). */
      targetId: string
      /** Numbers by which a person or a later document finds it ("SO-20931"). The first is indexed by the ledger. */
      targetNumbers: string[]
      /** What later steps need (order number, lines as accepted). Small. */
      result: { [key: string]: Json }
      /** True where the target already had it and nothing was written. */
      adopted: boolean
      warnings: Problem[]
    }
  | { outcome: 'held'; problems: Problem[]; result?: { [key: string]: Json } }
  | { outcome: 'rejected'; problems: Problem[] }

/** Writes to one connection, at most once per reference. */
export interface TargetWriter {
  write(write: Write, context: WriteContext): Promise<WriteOutcome>
  /**
   * One small read that fails where every write would: throws Failure or ConfigurationError while the system cannot be
   * reached or lets nobody in. What it proves is that and no more; a single kind of record may be refused all the same.
   * @param deadline epoch milliseconds after which the function has no time left
   */
  probe?(deadline: number): Promise<void>
}

/** What is to follow a document by a time. */
export interface Expectation {
  /** For people: "acknowledgement", "ship notice". */
  what: string
  /** ISO date-time. */
  by: string
  /** It is met, or nothing is expected any more, once a document of the same number has delivered one of these operations. */
  met: string[]
}

/** What a mapping returns: closed, no exceptions for expected cases. */
export type MapResult =
  | {
      outcome: 'write'
      writes: Write[]
      /** What later documents of the thread need to know (the order as it now stands). Kept in the ledger. */
      snapshot?: Json
      /** Values this document is also found by in the ledger, without a target (item and partner of a report). */
      index?: string[]
      expect?: Expectation[]
      decisions: Decision[]
      warnings: Problem[]
    }
  | {
      outcome: 'held' | 'rejected'
      problems: Problem[]
      /** A document that waits for a person does not make a deadline wait. */
      expect?: Expectation[]
      decisions: Decision[]
      warnings: Problem[]
    }
  | { outcome: 'skipped'; problems: Problem[]; decisions: Decision[]; warnings: Problem[] }

/** Where time and chance come from; parameters everywhere, so that tests own them. */
export interface Clock {
  now(): number
}
export const systemClock: Clock = { now: () => Date.now() }
