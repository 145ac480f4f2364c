import { contentHash } from './hash.ts'

/** One row of a cross-reference table: column → text. Never a number: leading zeros matter. */
export type Row = Readonly<Record<string, string>>

/** A cross-reference table at one version. `version` is a hash of its content, the same in preview and in AWS. */
export interface Table {
  name: string
  version: string
  rows: readonly Row[]
}

/** The tables of one integration by name ("partners", "items", ...). A table that was never imported is absent. */
export type Tables = Readonly<Record<string, Table>>

/** The version of a table's content: the same rows in the same order have the same version everywhere. */
export const tableVersion = (rows: readonly Row[]): string => contentHash(rows).slice(0, 8)
