import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Integration } from '../../lib/core/flow.ts'
import { definitionOf, readTables } from '../csv/directory.ts'
import { writeTable } from '../csv/write.ts'
import type { Deployment } from '../deployment/deployment.ts'
import { type ExitCode, exitCodes, WrongUse } from '../exit.ts'
import { count } from '../layout.ts'
import { commandLine } from '../next.ts'
import type { Terminal } from '../terminal.ts'
import { check } from './files.ts'
import { brief, showTables } from './show.ts'

/** @returns 1 where a file has a problem; nothing is stored then */
export async function importTables(
  integration: Integration,
  name: string,
  paths: readonly string[],
  deployment: Deployment,
  options: { json?: boolean },
  terminal: Terminal,
): Promise<ExitCode> {
  const { tables, problems } = readTables(integration, paths)
  if (problems.length > 0) {
    check(integration, name, paths, options, terminal)
    if (!options.json) terminal.print('Nothing was stored.')
    return exitCodes.found
  }
  const before = (await deployment.tables.head(name))?.tables ?? {}
  for (const table of tables) await deployment.tables.save(name, table.name, table.rows)
  const stored = tables.map((t) => ({ ...brief(t), changed: before[t.name] !== t.version }))
  if (options.json) terminal.print(JSON.stringify({ tables: stored, problems }, null, 2))
  else {
    showTables(tables, terminal, (t) => (before[t.name] === t.version ? 'as before' : 'new'))
    const changed = stored.filter((t) => t.changed).length
    terminal.print(`${count(changed, 'table')} changed in ${deployment.title}.`)
    if (changed > 0)
      terminal.print(`Next: ${commandLine('redrive', 'all', ...deployment.arguments)} maps what is held with them.`)
  }
  return exitCodes.ok
}

export async function exportTables(
  integration: Integration,
  name: string,
  directory: string,
  deployment: Deployment,
  options: { json?: boolean },
  terminal: Terminal,
): Promise<ExitCode> {
  const tables = Object.values(await deployment.tables.load(name))
  if (tables.length === 0)
    throw new WrongUse(
      `${deployment.title} holds no table of ${name}; ${commandLine('tables', 'import', name, 'events/tables', ...deployment.arguments)} stores some`,
    )
  mkdirSync(directory, { recursive: true })
  const written = tables.map((table) => {
    const definition = definitionOf(integration, table.name)
    // A table of an earlier release: its rows are kept as they are, under the columns they have.
    const columns = [...new Set(table.rows.flatMap((row) => Object.keys(row)))]
    const shape = definition ?? {
      name: table.name,
      description: '',
      key: [],
      columns: columns.map((c) => ({ name: c, description: '', required: false })),
    }
    const file = join(directory, `${table.name}.csv`)
    writeFileSync(file, writeTable(shape, table.rows))
    return { ...brief(table), file }
  })
  if (options.json) terminal.print(JSON.stringify({ tables: written }, null, 2))
  else {
    showTables(tables, terminal)
    terminal.print(`Written to ${directory}. Next, after editing: ${commandLine('tables', 'check', name, directory)}`)
  }
  return exitCodes.ok
}
