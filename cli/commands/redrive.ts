import { Command } from 'commander'
import type { Deployment, Where } from '../deployment/deployment.ts'
import { withDeployment, withWhere } from '../deployment/where.ts'
import { redriveDocuments } from '../exceptions/redrive.ts'
import { waitingDocuments } from '../exceptions/waiting.ts'
import { type ExitCode, exitCodeHelp, exitCodes } from '../exit.ts'
import { count, paragraphs } from '../layout.ts'
import { commandLine } from '../next.ts'
import type { Run } from '../program.ts'
import { outcomesOf, showOutcomes, triedAgain } from '../show/outcomes.ts'
import type { Terminal } from '../terminal.ts'

export interface RedriveOptions extends Where {
  document?: string
  cause?: string
  json?: boolean
}

export const redriveCommand = (run: Run): Command =>
  withWhere(
    new Command('redrive')
      .summary('dead letters back to their queue, after the cause is mended')
      .description(
        paragraphs(`Brings held, rejected and failed documents back to the queue they came from, by SQS's own move task. They are
mapped anew with today's tables. A redrive is a new attempt and writes nothing twice.`),
      )
      .argument('[queue]', 'a connection, "documents", or "all"', 'all')
      .option('--document <id>', 'only the dead letters of this document')
      .option('--cause <cause>', 'only documents that wait for this cause or code, as errors names it')
      .option('--json', 'one JSON object instead of text')
      .addHelpText('after', exitCodeHelp),
  ).action((queue: string, options: RedriveOptions) =>
    run(options, (terminal) =>
      withDeployment(options, (deployment) => redrive(queue, deployment, options, terminal), true),
    ),
  )

/** @returns 1 where a redriven document is held or rejected again */
export async function redrive(
  wanted: string,
  deployment: Deployment,
  options: { document?: string; cause?: string; json?: boolean },
  terminal: Terminal,
): Promise<ExitCode> {
  // A stack's ledger is not read as a whole for this: it may hold millions of documents.
  const before = deployment.local || options.cause ? await waitingDocuments(deployment.ledger) : []
  const { moved, finished } = await redriveDocuments(deployment, { queue: wanted, ...options }, before)
  const settled = moved > 0 && (await deployment.settle())
  const outcomes = settled ? await outcomesOf(await triedAgain(before, deployment.ledger), deployment.ledger) : []
  const again = outcomes.some((o) => o.state === 'held' || o.state === 'rejected')
  const code = again ? exitCodes.found : exitCodes.ok
  if (options.json) {
    terminal.print(JSON.stringify({ moved, documents: outcomes }, null, 2))
    return code
  }
  terminal.print(`${count(moved, 'dead letter')} moved back to where ${moved === 1 ? 'it' : 'they'} came from.`)
  if (!finished) terminal.print('SQS is still moving some; it goes on by itself.')
  if (moved === 0 && options.document !== undefined)
    terminal.print(`${options.document} is not among the dead letters; ${replayHint(options.document, deployment)}`)
  showOutcomes(outcomes, deployment, terminal)
  if (moved > 0 && !settled)
    terminal.print(`Next, when the functions have worked on them: ${commandLine('errors', ...deployment.arguments)}`)
  return code
}

const replayHint = (documentId: string, deployment: Deployment): string =>
  `${commandLine('replay', documentId, '--why', 'after mending', ...deployment.arguments)} sends it from the ledger`
