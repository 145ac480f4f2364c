import { Command } from 'commander'
import type { Integration } from '../../lib/core/flow.ts'
import { configuredIntegration } from '../configuration.ts'
import type { Where } from '../deployment/deployment.ts'
import { withDeployment, withWhere } from '../deployment/where.ts'
import { exitCodeHelp } from '../exit.ts'
import type { Run } from '../program.ts'
import { check, columns } from '../tables/files.ts'
import { exportMissing } from '../tables/missing.ts'
import { exportTables, importTables } from '../tables/stored.ts'

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
  command.addCommand(
    withWhere(
      new Command('missing')
        .summary('rows that held documents wait for, as CSV ready to fill in')
        .description(
          'Writes <directory>/<integration>/<table>.csv with what the documents tell of each missing row; fill the blanks and import the file after merging it with the table. Reads the whole ledger.',
        )
        .argument('<directory>', 'made where it does not exist')
        .option('--config <file>', 'the configuration of the deployment')
        .option('--json', 'one JSON object instead of text')
        .addHelpText('after', exitCodeHelp),
    ).action((directory: string, options: Options) =>
      run(options, (terminal) =>
        withDeployment(options, (deployment) => exportMissing(directory, deployment, options, terminal)),
      ),
    ),
  )
  return command
}

const integrationOf = (name: string, options: Options): Integration =>
  configuredIntegration(name, options.config).integration
