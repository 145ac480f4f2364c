import type { Row, Table, Tables } from '../core/tables.ts'

/** Which version of each table of an integration is the current one. */
export interface TableHead {
  tables: { [name: string]: string }
  revision: number
}

/**
 * Cross-reference tables as data: every imported version is kept (the ledger names it), one is current.
 * The version is a hash of the content.
 */
export interface TableStore {
  /** The current tables of an integration; what was read before is reused while the head stays. */
  load(integration: string): Promise<Tables>
  head(integration: string): Promise<TableHead | undefined>
  read(integration: string, name: string, version: string): Promise<Table | undefined>
  /** Stores a new version and makes it current. The same content again changes nothing. */
  save(integration: string, name: string, rows: readonly Row[]): Promise<Table>
}
