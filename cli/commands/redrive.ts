import { randomUUID } from 'node:crypto'
import { Command } from 'commander'
import { moveAll, moveSome } from '../dead-letters/move.ts'
import type { Deployment, QueuePair, Where } from '../deployment/deployment.ts'
import { withDeployment, withWhere } from '../deployment/where.ts'
import { causesOf, type WaitingDocument, waitingDocuments, withCause } from '../exceptions/waiting.ts'
import { type ExitCode, exitCodeHelp, exitCodes, WrongUse } from '../exit.ts'
import { count, paragraphs } from '../layout.ts'
import { commandLine } from '../next.ts'
import type { Run } from '../program.ts'
import { outcomesOf, showOutcomes, triedAgain } from '../show/outcomes.ts'
import { didYouMean } from '../suggest.ts'
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
  const queues = queuesOf(wanted, deployment)
  // A stack's ledger is not read as a whole for this: it may hold millions of documents.
  const before = deployment.local || options.cause ? await waitingDocuments(deployment.ledger) : []
  const chosen = chosenBy(options, before)
  let moved = 0
  let unfinished = false
  for (const queue of queues) {
    if (chosen) {
      moved += await moveSome(deployment.aws, queue, (id) => chosen.has(id), randomUUID())
      continue
    }
    const result = await moveAll(deployment.aws, queue)
    moved += result.moved
    unfinished ||= !result.finished
  }
  const settled = moved > 0 && (await deployment.settle())
  const outcomes = settled ? await outcomesOf(await triedAgain(before, deployment.ledger), deployment.ledger) : []
  const again = outcomes.some((o) => o.state === 'held' || o.state === 'rejected')
  const code = again ? exitCodes.found : exitCodes.ok
  if (options.json) {
    terminal.print(JSON.stringify({ moved, documents: outcomes }, null, 2))
    return code
  }
  terminal.print(`${count(moved, 'dead letter')} moved back to where ${moved === 1 ? 'it' : 'they'} came from.`)
  if (unfinished) terminal.print('SQS is still moving some; it goes on by itself.')
  if (moved === 0 && options.document !== undefined)
    terminal.print(`${options.document} is not among the dead letters; ${replayHint(options.document, deployment)}`)
  showOutcomes(outcomes, deployment, terminal)
  if (moved > 0 && !settled)
    terminal.print(`Next, when the functions have worked on them: ${commandLine('errors', ...deployment.arguments)}`)
  return code
}

/** The documents meant, where not all are. Throws WrongUse where none waits for the cause. */
function chosenBy(
  { document, cause }: { document?: string; cause?: string },
  waiting: readonly WaitingDocument[],
): ReadonlySet<string> | undefined {
  if (document !== undefined && cause !== undefined) throw new WrongUse('name a document or a cause, not both')
  if (document !== undefined) return new Set([document])
  if (cause === undefined) return undefined
  const meant = withCause(waiting, cause)
  if (meant.length === 0) {
    const causes = causesOf(waiting).map((one) => one.cause)
    throw new WrongUse(`no document waits for "${cause}"; ${didYouMean(cause, causes)}`)
  }
  return new Set(meant.map(({ entry }) => entry.documentId))
}

function queuesOf(wanted: string, { documents, connections }: Deployment): QueuePair[] {
  if (wanted === 'all') return [documents, ...Object.values(connections)]
  if (wanted === 'documents') return [documents]
  const queue = connections[wanted]
  if (queue) return [queue]
  throw new WrongUse(
    `there is no queue "${wanted}"; ${didYouMean(wanted, ['all', 'documents', ...Object.keys(connections)])}`,
  )
}

const replayHint = (documentId: string, deployment: Deployment): string =>
  `${commandLine('replay', documentId, '--why', 'after mending', ...deployment.arguments)} sends it from the ledger`
