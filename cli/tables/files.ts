import type { Integration } from '../../lib/core/flow.ts'
import { readTables } from '../csv/directory.ts'
import { type ExitCode, exitCodes } from '../exit.ts'
import { count, tableLines } from '../layout.ts'
import { commandLine } from '../next.ts'
import { problemsText } from '../show/problems.ts'
import type { Terminal } from '../terminal.ts'
import { brief, showTables } from './show.ts'

/** Lists the tables of an integration with their columns. */
export function columns(integration: Integration, options: { json?: boolean }, terminal: Terminal): ExitCode {
  if (options.json) {
    terminal.print(JSON.stringify({ tables: integration.tables }, null, 2))
    return exitCodes.ok
  }
  for (const table of integration.tables) {
    terminal.print(`${terminal.style('bold', table.name)}  ${table.description}`)
    const rows = table.columns.map((c) => [
      c.name,
      table.key.includes(c.name) ? 'key' : '',
      c.required ? 'required' : '',
      c.description + (c.values ? ` One of: ${c.values.join(', ')}.` : ''),
    ])
    for (const line of tableLines(
      ['column', '', '', 'what it holds'].map((title) => ({ title })),
      rows,
    ))
      terminal.print(`  ${line}`)
    terminal.print()
  }
  return exitCodes.ok
}

/** @returns 1 where a file has a problem */
export function check(
  integration: Integration,
  name: string,
  paths: readonly string[],
  options: { json?: boolean },
  terminal: Terminal,
): ExitCode {
  const { tables, problems } = readTables(integration, paths)
  if (options.json) terminal.print(JSON.stringify({ tables: tables.map(brief), problems }, null, 2))
  else {
    showTables(tables, terminal)
    for (const line of problemsText('problems', problems, terminal)) terminal.print(line)
    terminal.print(
      problems.length > 0
        ? `${count(problems.length, 'problem')}. Next: correct the files and check again.`
        : `No problem found. Next: ${commandLine('tables', 'import', name, ...paths)}`,
    )
  }
  return problems.length > 0 ? exitCodes.found : exitCodes.ok
}
