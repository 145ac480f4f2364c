import type { Flow, MapContext } from '../../core/flow.ts'
import { cell, rowsBy } from '../../core/table-index.ts'
import type { Row, Table, Tables } from '../../core/tables.ts'

/** Columns that name contacts, by table. */
const columns = { partners: ['customer'], locations: ['location', 'customer'], items: ['customer'] } as const

/**
 * A flow whose tables may name a contact by its database id although it has a reference. On the way in the writer takes
 * either; on the way out a row that says the id must not make the document look like nobody's.
 */
export function knowingContacts<Document, Settings>(flow: Flow<Document, Settings>): Flow<Document, Settings> {
  return {
    ...flow,
    map: (document, context) => flow.map(document, { ...context, tables: named(document, context) }),
  }
}

function named(document: unknown, { tables }: Pick<MapContext, 'tables'>): Tables {
  const { contactIds } = document as { contactIds?: Readonly<Record<string, string>> | undefined }
  let known: Tables = tables
  for (const [reference, id] of Object.entries(contactIds ?? {}))
    for (const [name, ofTable] of Object.entries(columns))
      for (const column of ofTable) {
        const table = known[name]
        if (!table || rowsBy(table, column, id).length === 0) continue
        known = { ...known, [name]: renamed(table, column, id, reference) }
      }
  return known
}

const renamed = (table: Table, column: string, id: string, reference: string): Table => ({
  ...table,
  rows: table.rows.map((row): Row => (cell(row, column) === id ? { ...row, [column]: reference } : row)),
})
