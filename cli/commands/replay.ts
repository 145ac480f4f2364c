import { userInfo } from 'node:os'
import { Command } from 'commander'
import { type Story, stateOf } from '../../lib/pipeline/ledger/ledger.ts'
import { configOf } from '../deployment/connection.ts'
import type { Deployment, Where } from '../deployment/deployment.ts'
import { withDeployment, withWhere } from '../deployment/where.ts'
import { meantDocument } from '../exceptions/meant.ts'
import { type ExitCode, exitCodeHelp, exitCodes, WrongUse } from '../exit.ts'
import { count, paragraphs } from '../layout.ts'
import { commandLine } from '../next.ts'
import type { Run } from '../program.ts'
import { type StoredDocument, sendAgain, storedDocuments } from '../replay/documents.ts'
import { effortOf } from '../replay/effort.ts'
import { type DocumentPreview, previewReplay } from '../replay/preview.ts'
import { showPreviews } from '../replay/show.ts'
import { type Outcome, outcomesOf, showOutcomes } from '../show/outcomes.ts'
import type { Terminal } from '../terminal.ts'

export interface ReplayOptions extends Where {
  flow?: string
  from?: string
  to?: string
  code?: string
  why?: string
  preview?: boolean
  config?: string
  json?: boolean
}

export const replayCommand = (run: Run): Command =>
  withWhere(
    new Command('replay')
      .summary('documents again from the ledger: by id, or by flow, time and problem code')
      .description(
        paragraphs(`Sends documents through the mapping again, from what the ledger kept when they came in. Needs nothing of the
source system. What is delivered is recorded as asked for again and is not written twice; what is on its way is left
alone. Who asked and why is kept with the attempt.

--preview runs the stored documents through today's mapping and tables and shows field by field what would be sent
otherwise than it was, what would still wait and why, how many requests a replay costs and how long it takes. Nothing is
written.`),
      )
      .argument('[id]', 'document id, or a business number that means one document')
      .option('--flow <name>', 'every document of this flow')
      .option('--from <time>', 'captured at this time or later (2026-03-02 or 2026-03-02T09:00Z)')
      .option('--to <time>', 'captured before this time')
      .option('--code <code>', 'held or rejected with this problem code')
      .option('--why <text>', 'the reason, for the audit trail')
      .option('--preview', 'only show what would become of them today')
      .option('--config <file>', 'the configuration of the deployment, for --preview')
      .option('--json', 'one JSON object instead of text')
      .addHelpText('after', exitCodeHelp),
  ).action((id: string | undefined, options: ReplayOptions) =>
    run(options, (terminal) =>
      withDeployment(options, (deployment) => replay(id, deployment, options, terminal), !options.preview),
    ),
  )

/**
 * @param user who asks; kept in the ledger
 * @returns 1 where a replayed document is held or rejected
 */
export async function replay(
  id: string | undefined,
  deployment: Deployment,
  options: ReplayOptions,
  terminal: Terminal,
  user: string = userInfo().username,
): Promise<ExitCode> {
  const why = options.why?.trim() ?? ''
  if (why === '' && !options.preview) throw new WrongUse('say why with --why; it is kept in the audit trail')
  const found =
    id === undefined ? await storedDocuments(deployment, options) : [storedIn(await meantDocument(id, deployment))]
  if (options.preview) return preview(found, deployment, options, terminal)
  const inFlight = found.filter((f) => ['captured', 'mapped'].includes(stateOf(f.progress, f.mapped)))
  const chosen = found.filter((f) => !inFlight.includes(f)).map((f) => f.entry)
  await sendAgain(deployment, chosen, `${user}: ${why}`)
  const settled = chosen.length > 0 && (await deployment.settle())
  const outcomes = await outcomesOf(chosen, deployment.ledger)
  if (options.json)
    terminal.print(JSON.stringify({ replayed: chosen.length, inFlight: inFlight.length, documents: outcomes }, null, 2))
  else show({ outcomes, inFlight: inFlight.length, settled }, id, deployment, terminal)
  return settled && outcomes.some((o) => o.state === 'held' || o.state === 'rejected') ? exitCodes.found : exitCodes.ok
}

function show(
  result: { outcomes: Outcome[]; inFlight: number; settled: boolean },
  id: string | undefined,
  deployment: Deployment,
  terminal: Terminal,
): void {
  const { outcomes, inFlight, settled } = result
  if (outcomes.length === 0 && inFlight === 0) terminal.print(`No document in ${deployment.title} fits.`)
  else {
    terminal.print(`${count(outcomes.length, 'document')} replayed in ${deployment.title}.`)
    if (inFlight > 0)
      terminal.print(`${count(inFlight, 'document is', 'documents are')} on the way already and left alone.`)
  }
  showOutcomes(outcomes, deployment, terminal)
  if (!settled && outcomes.length > 0)
    terminal.print(
      `The functions work on them now. Later: ${commandLine('trace', id ?? outcomes[0]?.number ?? '', ...deployment.arguments)}`,
    )
}

/** @returns 1 where a document would wait for a person */
async function preview(
  found: readonly StoredDocument[],
  deployment: Deployment,
  options: ReplayOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const config = configOf(deployment, options.config)
  const previews: DocumentPreview[] = []
  for (const { entry } of found) {
    const one = await previewReplay(entry, deployment, config)
    if (one) previews.push(one)
  }
  const efforts = effortOf(previews, config)
  if (options.json) terminal.print(JSON.stringify({ documents: previews, efforts }, null, 2))
  else showPreviews(previews, efforts, deployment, terminal)
  return previews.some(({ outcome }) => outcome === 'held' || outcome === 'rejected') ? exitCodes.found : exitCodes.ok
}

const storedIn = ({ entry, progress, mappings }: Story): StoredDocument => ({
  entry,
  mapped: mappings.length > 0,
  ...(progress ? { progress } : {}),
})
