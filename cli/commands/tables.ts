import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Command } from 'commander'
import type { Integration } from '../../lib/core/flow.ts'
import type { Table } from '../../lib/core/tables.ts'
import { configuredIntegration } from '../configuration.ts'
import { definitionOf, readTables } from '../csv/directory.ts'
import { writeTable } from '../csv/write.ts'
import type { Deployment, Where } from '../deployment/deployment.ts'
import { withDeployment, withWhere } from '../deployment/where.ts'
import { type ExitCode, exitCodeHelp, exitCodes, WrongUse } from '../exit.ts'
import { count, tableLines } from '../layout.ts'
import { commandLine } from '../next.ts'
import type { Run } from '../program.ts'
import { problemsText } from '../show/problems.ts'
import type { Terminal } from '../terminal.ts'

interface Options extends Where {
  config?: string
  json?: boolean
}

export function tablesCommand(run: Run): Command {
  const command = new Command('tables')
    .summary('cross-reference tables: columns, check, import, export')
    .description(
      'Cross-reference tables as CSV: one file a table, named after it (partners.csv), first line the header.',
    )
  const add = (name: string, summary: string, more: string) => {
    const one = new Command(name)
      .summary(summary)
      .description(more)
      .argument('<integration>', 'such as acumatica-sps-commerce')
      .option('--config <file>', 'configuration that names the integration, where it is not called after its type')
      .option('--json', 'one JSON object instead of text')
      .addHelpText('after', exitCodeHelp)
    command.addCommand(one)
    return one
  }
  add('columns', 'which tables and columns there are', 'Lists the tables of an integration with their columns.').action(
    (integration: string, options: Options) =>
      run(options, async (terminal) => columns(integrationOf(integration, options), options, terminal)),
  )
  add(
    'check',
    'are these files right? every problem with file and line',
    'Checks CSV files without storing anything. No network.',
  )
    .argument('<paths...>', 'directory or CSV files')
    .action((integration: string, paths: string[], options: Options) =>
      run(options, async (terminal) =>
        check(integrationOf(integration, options), integration, paths, options, terminal),
      ),
    )
  withWhere(
    add(
      'import',
      'store tables as a new version; documents from then on use it',
      'Stores tables, all or none: where a file has a problem, nothing is stored. Versions before stay readable, because the ledger names the version each decision came from.',
    ).argument('<paths...>', 'directory or CSV files'),
  ).action((integration: string, paths: string[], options: Options) =>
    run(options, (terminal) =>
      withDeployment(options, (deployment) =>
        importTables(integrationOf(integration, options), integration, paths, deployment, options, terminal),
      ),
    ),
  )
  withWhere(
    add(
      'export',
      'write the current tables as CSV',
      'Writes the current version of every table to <directory>/<table>.csv.',
    ).argument('<directory>', 'made where it does not exist'),
  ).action((integration: string, directory: string, options: Options) =>
    run(options, (terminal) =>
      withDeployment(options, (deployment) =>
        exportTables(integrationOf(integration, options), integration, directory, deployment, options, terminal),
      ),
    ),
  )
  return command
}

const integrationOf = (name: string, options: Options): Integration =>
  configuredIntegration(name, options.config).integration

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

const brief = ({ name, version, rows }: Table) => ({ name, version, rows: rows.length })

function showTables(tables: readonly Table[], terminal: Terminal, remark: (table: Table) => string = () => ''): void {
  if (tables.length === 0) return
  const rows = tables.map((t) => [t.name, t.version, String(t.rows.length), remark(t)])
  const titles = [{ title: 'table' }, { title: 'version' }, { title: 'rows', right: true }, { title: '' }]
  for (const line of tableLines(titles, rows)) terminal.print(line)
}
