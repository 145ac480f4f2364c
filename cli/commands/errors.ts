import { Command } from 'commander'
import type { Deployment, Where } from '../deployment/deployment.ts'
import { withDeployment, withWhere } from '../deployment/where.ts'
import { type Cause, causesOf, waitingDocuments } from '../exceptions/waiting.ts'
import { type ExitCode, exitCodeHelp, exitCodes } from '../exit.ts'
import { count, wrap } from '../layout.ts'
import { commandLine } from '../next.ts'
import type { Run } from '../program.ts'
import { timeText } from '../show/time.ts'
import type { Terminal } from '../terminal.ts'

interface Options extends Where {
  json?: boolean
}

export const errorsCommand = (run: Run): Command =>
  withWhere(
    new Command('errors')
      .summary('held and rejected documents, grouped by cause')
      .description(
        'Every document that waits for a person, grouped by cause: a missing row, a missing right, a price that is off. With what to do, and the command that retries the group. A document with several problems stands under several causes. Reads the whole ledger.',
      )
      .option('--json', 'one JSON object instead of text')
      .addHelpText('after', exitCodeHelp),
  ).action((options: Options) =>
    run(options, (terminal) => withDeployment(options, (deployment) => errors(deployment, options, terminal))),
  )

/** @returns 1 where a document is held or rejected */
export async function errors(
  deployment: Deployment,
  options: { json?: boolean },
  terminal: Terminal,
): Promise<ExitCode> {
  const waiting = await waitingDocuments(deployment.ledger)
  const causes = causesOf(waiting)
  if (options.json) terminal.print(JSON.stringify({ documents: waiting.length, causes }, null, 2))
  else show(waiting.length, causes, deployment, terminal)
  return waiting.length > 0 ? exitCodes.found : exitCodes.ok
}

function show(waiting: number, causes: readonly Cause[], deployment: Deployment, terminal: Terminal): void {
  if (waiting === 0) terminal.print(`No document in ${deployment.title} waits for a person.`)
  for (const one of causes) {
    const when = one.documents === 1 ? timeText(one.last) : `${timeText(one.first)} to ${timeText(one.last)}`
    terminal.print(
      `${terminal.style(['bold', 'yellow'], one.cause)}  ${count(one.documents, 'document')} of ${one.flows.join(', ')}, ${when} UTC`,
    )
    terminal.print(`  ${wrap(one.example.message, terminal.width - 2, '  ')}`)
    if (one.remedy) terminal.print(`  ${terminal.style('dim', 'to do:')} ${wrap(one.remedy, terminal.width - 9, '  ')}`)
    terminal.print(`  more:  ${one.runbook}`)
    terminal.print(`  see:   ${commandLine('trace', one.example.number, ...deployment.arguments)}`)
    terminal.print(`  then:  ${commandLine('redrive', '--cause', one.cause, ...deployment.arguments)}\n`)
  }
  if (waiting > 0) showTotal(waiting, causes.length, deployment, terminal)
}

function showTotal(waiting: number, causes: number, deployment: Deployment, terminal: Terminal): void {
  const why = `for ${count(causes, 'cause')}`
  terminal.print(`${count(waiting, 'document waits', 'documents wait')} for a person in ${deployment.title}, ${why}.`)
  terminal.print(`Next, when the causes are mended: ${commandLine('redrive', 'all', ...deployment.arguments)}`)
}
