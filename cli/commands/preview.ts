import { Command } from 'commander'
import type { ConnectionSlice } from '../../lib/config/environment.ts'
import type { Clock } from '../../lib/core/exchange.ts'
import { systemClock } from '../../lib/core/exchange.ts'
import type { Flow } from '../../lib/core/flow.ts'
import { type ConfiguredIntegration, configuredIntegration } from '../configuration.ts'
import { tablesFrom } from '../csv/directory.ts'
import { type ExitCode, exitCodeHelp, exitCodes, WrongUse } from '../exit.ts'
import { paragraphs } from '../layout.ts'
import { commandLine } from '../next.ts'
import { readRaw } from '../preview/file.ts'
import { type Previewed, previewPage } from '../preview/page.ts'
import { showDocument, summaryOf } from '../preview/show.ts'
import { previewSystems } from '../preview/systems.ts'
import { acceptingTarget } from '../preview/target.ts'
import type { Run } from '../program.ts'
import { didYouMean } from '../suggest.ts'
import type { Terminal } from '../terminal.ts'

export interface PreviewOptions {
  tables: string
  config?: string
  at?: string
  json?: boolean
}

export const previewCommand = (run: Run): Command =>
  new Command('preview')
    .summary('what would become of a raw source document; no network, nothing is written')
    .description(
      paragraphs(`Sends the raw documents of a file through reader and mapping, over an empty ledger in memory: what would be
written, held or skipped, every problem at once, every decision with the table row it came from, and the exact record.

The file holds one raw source document, a list of them (applied in order, so duplicates, replacements, changes and
cancellations within the file show), or an object of lists by entity, such as {"shipments": [...], "salesOrders": [...]}.`),
    )
    .argument('<integration>', 'such as acumatica-sps-commerce')
    .argument('<flow>', 'such as purchase-order; documents of other types in the file go to their own flows')
    .argument('<file>', 'JSON or XML; - reads standard input')
    .requiredOption('--tables <dir>', 'directory of the cross-reference tables as CSV')
    .option('--config <file>', 'configuration to take settings and connection names from')
    .option('--at <time>', 'look at the documents as at this time; on the day of each document where absent')
    .option('--json', 'one JSON object instead of text')
    .addHelpText('after', exitCodeHelp)
    .addHelpText(
      'after',
      `
Example:
  ${commandLine('preview', 'acumatica-sps-commerce', 'purchase-order', 'events/documents/acumatica-sps-commerce/purchase-order.json', '--tables', 'events/tables')}`,
    )
    .action((integration: string, flow: string, file: string, options: PreviewOptions) =>
      run(options, (terminal) => preview({ integration, flow, file, ...options }, terminal)),
    )

/** @returns 1 where a document would be held or rejected */
export async function preview(
  asked: PreviewOptions & { integration: string; flow: string; file: string },
  terminal: Terminal,
  clock: Clock = systemClock,
): Promise<ExitCode> {
  const configured = configuredIntegration(asked.integration, asked.config)
  const flow = flowOf(configured, asked.flow)
  const system = previewSystems[flow.source]
  if (!system) throw new WrongUse(`documents of ${flow.source} cannot be previewed`)
  const tables = tablesFrom(configured.integration, asked.tables)
  const raw = readRaw(asked.file)
  const found = system.documentsOf(flow.types, raw)
  if (found.length === 0)
    throw new WrongUse(`${asked.file} holds no document of ${flow.source} for the flow ${flow.name}`)
  const documents = await previewPage(found, {
    slice: sliceOf(configured, flow),
    sources: {
      integrations: { [configured.name]: configured },
      parsers: Object.fromEntries(Object.entries(previewSystems).map(([name, s]) => [name, s.parse])),
      tables: async () => tables,
    },
    writer: acceptingTarget((connection) => previewSystems[systemOf(configured, connection)]),
    now: clock.now(),
    ...(asked.at === undefined ? {} : { at: timeOf(asked.at) }),
  })
  if (asked.json) terminal.print(JSON.stringify({ documents: documents.map(asJson) }, null, 2))
  else show(documents, asked.tables, terminal)
  return documents.some((d) => d.outcome === 'held' || d.outcome === 'rejected') ? exitCodes.found : exitCodes.ok
}

function timeOf(text: string): number {
  const time = Date.parse(text)
  if (Number.isNaN(time)) throw new WrongUse(`--at "${text}" is no time; write 2026-10-05 or 2026-10-05T12:00:00Z`)
  return time
}

function flowOf({ name, integration, flows }: ConfiguredIntegration, wanted: string): Flow {
  const flow = integration.flows.find((f) => f.name === wanted)
  if (!flow) {
    const known = integration.flows.map((f) => f.name)
    throw new WrongUse(`${integration.name} has no flow "${wanted}"; ${didYouMean(wanted, known)}`)
  }
  if (!flows.includes(wanted)) throw new WrongUse(`the flow ${wanted} is switched off for ${name} in the configuration`)
  return flow
}

/** The source connection as its poller would see it, with this integration's flows. */
function sliceOf({ name, integration, connections, flows }: ConfiguredIntegration, flow: Flow): ConnectionSlice {
  return {
    name: connections[flow.source] ?? flow.source,
    system: flow.source,
    settings: {},
    allowHosts: [],
    routes: integration.flows
      .filter((f) => f.source === flow.source && flows.includes(f.name))
      .map((f) => ({ integration: name, flow: f.name, types: f.types })),
  }
}

const systemOf = ({ connections }: ConfiguredIntegration, connection: string): string =>
  Object.entries(connections).find(([, name]) => name === connection)?.[0] ?? ''

const asJson = (d: Previewed) => ({
  key: d.key,
  type: d.type,
  outcome: d.outcome,
  problems: d.problems.map(withPath),
  warnings: d.warnings.map(withPath),
  decisions: d.decisions,
  document: d.document,
  writes: d.writes,
})
const withPath = ({ code, message, path = '' }: Previewed['problems'][number]) => ({ code, message, path })

function show(documents: readonly Previewed[], tables: string, terminal: Terminal): void {
  for (const document of documents) showDocument(document, terminal)
  terminal.print(summaryOf(documents))
  const held = documents.some((d) => d.outcome === 'held')
  terminal.print(
    held
      ? `Next: correct what is named above (tables are in ${tables}) and run the same command again.`
      : `Next: ${commandLine('run')} runs the whole pipeline on this machine.`,
  )
}
