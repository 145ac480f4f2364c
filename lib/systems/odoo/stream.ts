import type { SourceDocument } from '../../core/exchange.ts'
import type { Domain, Odoo, OdooRecord } from './rpc.ts'

/** What the streams need of a connection's settings. */
export interface StreamSettings {
  /** IANA name: in whose days Odoo's UTC date-times are told. The company's own zone, else UTC, where absent. */
  timeZone?: string | undefined
  /** Codes of the warehouses that are reported one by one; one report over all where absent. */
  stockWarehouses?: readonly string[] | undefined
}

/** A model whose rows are polled for the sake of the headers they belong to. */
export interface Child {
  model: string
  /** Field of a row that holds the header's id, or the id by which `through` finds headers. */
  parent: string
  domain: Domain
  /** Headers by the values of `parent`, where these are no headers. */
  through?(odoo: Odoo, values: readonly number[]): Promise<ReadonlyMap<number, readonly number[]>>
  /** Passed over where this database has no such model or field: an add-on's, or not to be seen by this user. */
  optional?: boolean
}

/** A record inside of documents, with what it belongs to and the ids of what it holds. */
export interface Part {
  id: number
  root: number
  holds: readonly number[]
}

/** Records inside of documents whose deletion touches no other record (a bill of materials, a line of one). */
export interface Parts {
  /** All of them as they stand; undefined where they cannot be seen. */
  list(odoo: Odoo): Promise<Part[] | undefined>
  /** Those that a document was made of. */
  inside(document: SourceDocument): Part[]
  /** Headers whose documents have to do with these roots. */
  headers(odoo: Odoo, roots: readonly number[]): Promise<readonly number[]>
}

/** One thing that is polled by its changes: a model, narrowed to what can become a document. */
export interface Stream {
  name: string
  /** Document types it gives. */
  types: string[]
  model: string
  /** Narrows polling and counting. A record that leaves the domain later is not a deleted one. */
  domain: Domain
  /** Of a header row; `eligible` needs no others. */
  headerFields: readonly string[]
  /** Models whose changes do not always touch the header (odoo.md §4.5): polled by themselves. */
  children: readonly Child[]
  /** True where a record in this state becomes a document at all. */
  eligible(record: OdooRecord): boolean
  /** Documents of these records with all they refer to; records that are gone or no longer eligible give none. */
  readFull(odoo: Odoo, ids: readonly number[]): Promise<SourceDocument[]>
  /** True where records may vanish: ids that were once read are compared with what is still there. */
  deletable: boolean
  /** Watched for deletion whatever its age, and known by nothing but its id: there are too many for more. */
  ageless?: boolean
  /** What may vanish without a trace and is no header. */
  parts?: Parts
  /** Date or date-time by which a backfill is limited. */
  dateField: string
  /** The last state of a record that is gone. */
  deleted?(id: number, number: string): SourceDocument
}

/** Stock has no changes of its own to poll (odoo.md §4.5): the whole of it is read at one moment. */
export interface StockSnapshot {
  name: string
  types: string[]
  model: string
  /** @param at the server's time, epoch milliseconds: number and version of the reports */
  read(odoo: Odoo, at: number): Promise<SourceDocument[]>
}

/** A stream without its connection. */
export type Description = Omit<Stream, 'readFull'>
