import { Command } from 'commander'
import type { Deployment, Where } from '../deployment/deployment.ts'
import { withDeployment, withWhere } from '../deployment/where.ts'
import { type ExitCode, exitCodeHelp, exitCodes } from '../exit.ts'
import { count, paragraphs, wrap } from '../layout.ts'
import { commandLine } from '../next.ts'
import type { Run } from '../program.ts'
import { ageText } from '../show/time.ts'
import type { Terminal } from '../terminal.ts'
import { type Late, lateNow } from '../watch/late.ts'

interface Options extends Where {
  config?: string
  json?: boolean
}

export const watchCommand = (run: Run): Command =>
  withWhere(
    new Command('watch')
      .summary('what did not happen: stuck documents, missed deadlines, silent sources, keys that end')
      .description(
        paragraphs(`Looks once, as the deployed watcher does every five minutes: documents that came to no end, answers and ship notices that
their partners wait for, pollers and sources that fell silent, webhooks that are off, keys that end. Nothing is told and
nothing is written.`),
      )
      .option('--config <file>', 'the configuration of the deployment')
      .option('--json', 'one JSON object instead of text')
      .addHelpText('after', `${exitCodeHelp}\n     1 where something is late`),
  ).action((options: Options) =>
    run(options, (terminal) => withDeployment(options, (deployment) => watch(deployment, options, terminal))),
  )

/**
 * @param now epoch milliseconds
 * @returns 1 where something is late
 */
export async function watch(
  deployment: Deployment,
  options: Options,
  terminal: Terminal,
  now: number = Date.now(),
): Promise<ExitCode> {
  const found = await lateNow(deployment, options.config, now)
  if (options.json) terminal.print(JSON.stringify(found, null, 2))
  else show(found, deployment, terminal, now)
  return found.late.length > 0 ? exitCodes.found : exitCodes.ok
}

function show({ late, lookedAt }: Late, deployment: Deployment, terminal: Terminal, now: number): void {
  for (const { kind, since, message } of late) {
    terminal.print(`${terminal.style('yellow', kind)}  ${terminal.style('dim', `since ${ageText(since, now)}`)}`)
    terminal.print(`  ${wrap(message, terminal.width, '  ')}`)
  }
  terminal.print(late.length === 0 ? 'Nothing is late.' : `\n${count(late.length, 'finding')}`)
  if (!deployment.local) terminal.print(terminal.style('dim', `The watcher last looked ${ageText(lookedAt, now)}.`))
  const [document] = late.flatMap((one) => one.document ?? [])
  if (document) terminal.print(`Next: ${commandLine('trace', document.number, ...deployment.arguments)}`)
  const [connection] = late.flatMap(({ connection: name, document: of }) => (name && !of ? [name] : []))
  if (connection) terminal.print(`Next: ${commandLine('ping', connection, ...deployment.arguments)}`)
}
