import { stringify } from 'csv-stringify/sync'
import type { TableDefinition } from '../../lib/core/flow.ts'
import type { Row } from '../../lib/core/tables.ts'

/** A table as CSV that `readTable` reads back to the same rows: all columns of the definition, in its order. */
export const writeTable = (definition: TableDefinition, rows: readonly Row[]): string =>
  stringify(
    rows.map((row) => definition.columns.map(({ name }) => row[name] ?? '')),
    { header: true, columns: definition.columns.map((c) => c.name) },
  )
