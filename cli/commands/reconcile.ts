import { Command } from 'commander'
import { integrationInstances } from '../../lib/config/config.ts'
import { configOf } from '../deployment/connection.ts'
import type { Deployment, Where } from '../deployment/deployment.ts'
import { withDeployment, withWhere } from '../deployment/where.ts'
import { type ExitCode, exitCodeHelp, exitCodes, WrongUse } from '../exit.ts'
import { paragraphs } from '../layout.ts'
import type { Run } from '../program.ts'
import { writeReconciliation } from '../reconcile/csv.ts'
import { reconcile } from '../reconcile/reconcile.ts'
import { showReconciliation } from '../reconcile/show.ts'
import { instant } from '../show/time.ts'
import { didYouMean } from '../suggest.ts'
import type { Terminal } from '../terminal.ts'

interface Options extends Where {
  from?: string
  to?: string
  flow?: string
  sources?: boolean
  config?: string
  csv?: string
  json?: boolean
}

const usualDays = 30

export const reconcileCommand = (run: Run): Command =>
  withWhere(
    new Command('reconcile')
      .summary('is every document accounted for, and is the money the same on both sides?')
      .description(
        paragraphs(`Per flow and day: captured = delivered + held + rejected + skipped + in flight. Per source that can be
asked: what it holds of the window (by business date) against the ledger. Per flow and currency: money and quantity of
the delivered orders, invoices and receipts as their source states them, against what the target answered or took, with
each difference named.

What the source states is reckoned from the document alone, without tables and mapping rules. Taxes, charges and freight
count in invoices and bills; of orders the lines are compared.`),
      )
      .option('--from <date>', `documents captured at this time or later; ${usualDays} days ago where absent`)
      .option('--to <date>', 'documents captured before this time; now where absent')
      .option('--flow <name>', 'only this flow')
      .option('--no-sources', 'do not ask the sources; the ledger alone')
      .option('--config <file>', 'the configuration of the deployment')
      .option('--csv <directory>', 'also write balance, sources, totals and differences as CSV files')
      .option('--json', 'one JSON object instead of text')
      .addHelpText('after', exitCodeHelp),
  ).action((options: Options) =>
    run(options, (terminal) =>
      // A sample's systems run in the command itself.
      withDeployment(options, (deployment) => reconciled(deployment, options, terminal), options.sources !== false),
    ),
  )

/**
 * @param now epoch milliseconds
 * @returns 1 where something differs, is missing, or could not be asked
 */
export async function reconciled(
  deployment: Deployment,
  options: Omit<Options, keyof Where>,
  terminal: Terminal,
  now: number = Date.now(),
): Promise<ExitCode> {
  const from = instant('--from', options.from) ?? new Date(now - usualDays * 86_400_000).toISOString()
  const to = instant('--to', options.to) ?? new Date(now).toISOString()
  if (from >= to) throw new WrongUse(`--from ${from} is not before --to ${to}`)
  const config = configOf(deployment, options.config)
  const flows = integrationInstances(config).flatMap((one) => one.flows)
  if (options.flow !== undefined && !flows.includes(options.flow))
    throw new WrongUse(`there is no flow "${options.flow}"; ${didYouMean(options.flow, flows)}`)
  const found = await reconcile(deployment, config, {
    from,
    to,
    flow: options.flow,
    sources: options.sources !== false,
    now,
    config: options.config,
  })
  const files = options.csv === undefined ? [] : writeReconciliation(options.csv, found)
  if (options.json) terminal.print(JSON.stringify(found, null, 2))
  else {
    showReconciliation(found, deployment, terminal)
    if (files.length > 0) terminal.print(`Written: ${files.join(', ')}`)
  }
  return found.agrees ? exitCodes.ok : exitCodes.found
}
