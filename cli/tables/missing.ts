import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Config, integrationInstances } from '../../lib/config/config.ts'
import { integrations } from '../../lib/config/register.ts'
import type { TableDefinition } from '../../lib/core/flow.ts'
import type { Row } from '../../lib/core/tables.ts'
import { writeTable } from '../csv/write.ts'
import { configOf } from '../deployment/connection.ts'
import type { Deployment } from '../deployment/deployment.ts'
import { type WaitingDocument, waitingDocuments } from '../exceptions/waiting.ts'
import { type ExitCode, exitCodes } from '../exit.ts'
import { count } from '../layout.ts'
import { commandLine } from '../next.ts'
import type { Terminal } from '../terminal.ts'

/** Rows that documents wait for, of one table. */
export interface MissingRows {
  integration: string
  definition: TableDefinition
  /** As far as the documents tell them; the other cells are blank. */
  rows: Row[]
  /** How many documents wait for some of them. */
  documents: number
}

/** The rows of cross-reference tables that waiting documents need, each once, by integration and table. */
export function missingRows(waiting: readonly WaitingDocument[], config: Config): MissingRows[] {
  const found = new Map<string, MissingRows & { keys: Set<string>; of: Set<string> }>()
  const types = new Map(integrationInstances(config).map(({ name, type }) => [name, type]))
  for (const { entry, progress } of waiting)
    for (const { row } of progress.problems) {
      const tables = integrations[types.get(entry.integration) ?? '']?.tables
      const definition = row && tables?.find(({ name }) => name === row.table)
      if (!row || !definition) continue
      const place = `${entry.integration}/${row.table}`
      const one = found.get(place) ?? {
        integration: entry.integration,
        definition,
        rows: [],
        documents: 0,
        keys: new Set<string>(),
        of: new Set<string>(),
      }
      found.set(place, one)
      one.of.add(entry.documentId)
      const key = JSON.stringify(Object.entries(row.cells).sort())
      if (one.keys.has(key)) continue
      one.keys.add(key)
      one.rows.push(row.cells)
    }
  return [...found.values()].map(({ keys: _, of, ...rest }) => ({ ...rest, documents: of.size }))
}

/**
 * Writes the rows as CSV that `tables import` takes once its blanks are filled: <directory>/<integration>/<table>.csv.
 * @returns the files written
 */
export function writeMissing(missing: readonly MissingRows[], directory: string): string[] {
  return missing.map(({ integration, definition, rows }) => {
    const folder = join(directory, integration)
    mkdirSync(folder, { recursive: true })
    const file = join(folder, `${definition.name}.csv`)
    writeFileSync(file, writeTable(definition, rows))
    return file
  })
}

/** @returns 1 where rows are missing */
export async function exportMissing(
  directory: string,
  deployment: Deployment,
  options: { config?: string; json?: boolean },
  terminal: Terminal,
): Promise<ExitCode> {
  const missing = missingRows(await waitingDocuments(deployment.ledger), configOf(deployment, options.config))
  const files = writeMissing(missing, directory)
  if (options.json) {
    const tables = missing.map(({ definition, ...rest }, i) => ({ table: definition.name, ...rest, file: files[i] }))
    terminal.print(JSON.stringify({ tables }, null, 2))
  } else if (missing.length === 0) terminal.print(`No document in ${deployment.title} waits for a row of a table.`)
  else {
    for (const [i, { rows, documents }] of missing.entries())
      terminal.print(`${files[i]}  ${count(rows.length, 'row')} for ${count(documents, 'document')}`)
    const [first] = missing
    const next = commandLine('tables', 'export', first?.integration ?? '', '<directory>', ...deployment.arguments)
    terminal.print(
      `Next: fill the blanks and add the rows to the tables that ${next} writes, or to them in the console.`,
    )
  }
  return missing.length > 0 ? exitCodes.found : exitCodes.ok
}
