import type { Table } from '../../lib/core/tables.ts'
import { tableLines } from '../layout.ts'
import type { Terminal } from '../terminal.ts'

/** A table without its rows, for --json. */
export const brief = ({ name, version, rows }: Table) => ({ name, version, rows: rows.length })

export function showTables(
  tables: readonly Table[],
  terminal: Terminal,
  remark: (table: Table) => string = () => '',
): void {
  if (tables.length === 0) return
  const rows = tables.map((t) => [t.name, t.version, String(t.rows.length), remark(t)])
  const titles = [{ title: 'table' }, { title: 'version' }, { title: 'rows', right: true }, { title: '' }]
  for (const line of tableLines(titles, rows)) terminal.print(line)
}
