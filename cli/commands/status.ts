import { Command } from 'commander'
import { type Depth, depthOf, type Standing, standingsOf } from '../connections/standing.ts'
import type { Deployment, Where } from '../deployment/deployment.ts'
import { withDeployment, withWhere } from '../deployment/where.ts'
import { type ExitCode, exitCodeHelp, exitCodes } from '../exit.ts'
import { tableLines } from '../layout.ts'
import { commandLine } from '../next.ts'
import type { Run } from '../program.ts'
import { ageText, timeText } from '../show/time.ts'
import type { Terminal } from '../terminal.ts'

interface Options extends Where {
  config?: string
  json?: boolean
}

export const statusCommand = (run: Run): Command =>
  withWhere(
    new Command('status')
      .summary('how every connection stands: on, paused or down, last poll, what waits')
      .description(
        'One line a connection: its state, its last poll, the last document that came from it, and what waits to be written to it. Reads no document, so it is quick however much the ledger holds.',
      )
      .option('--config <file>', 'the configuration of the deployment')
      .option('--json', 'one JSON object instead of text')
      .addHelpText('after', `${exitCodeHelp}\n     1 also where a connection is down, or dead letters wait`),
  ).action((options: Options) =>
    run(options, (terminal) => withDeployment(options, (deployment) => status(deployment, options, terminal))),
  )

/**
 * @param now epoch milliseconds
 * @returns 1 where a connection is down or dead letters wait
 */
export async function status(
  deployment: Deployment,
  options: Options,
  terminal: Terminal,
  now: number = Date.now(),
): Promise<ExitCode> {
  const [connections, documents] = await Promise.all([
    standingsOf(deployment, options.config),
    depthOf(deployment.aws, deployment.documents),
  ])
  const dead = documents.deadLetters + connections.reduce((sum, { queue }) => sum + queue.deadLetters, 0)
  const code = dead > 0 || connections.some(({ state }) => state === 'down') ? exitCodes.found : exitCodes.ok
  if (options.json) terminal.print(JSON.stringify({ connections, documents }, null, 2))
  else show(connections, documents, deployment, terminal, now)
  return code
}

const colours = { on: 'green', off: 'gray', paused: 'yellow', down: 'red' } as const

function show(
  connections: readonly Standing[],
  documents: Depth,
  deployment: Deployment,
  terminal: Terminal,
  now: number,
): void {
  const columns = [
    { title: 'connection' },
    { title: 'state' },
    { title: 'last poll' },
    { title: 'last document' },
    { title: 'to write', right: true },
    { title: 'dead letters', right: true },
  ]
  const rows = connections.map(({ connection, state, polledAt, lastDocumentAt, queue }) => [
    connection,
    terminal.style(colours[state], state),
    ageText(polledAt, now),
    ageText(lastDocumentAt, now),
    String(queue.waiting + queue.inFlight),
    String(queue.deadLetters),
  ])
  const mapping = [
    '(mapping)',
    '',
    '',
    '',
    String(documents.waiting + documents.inFlight),
    String(documents.deadLetters),
  ]
  const [header = '', ...lines] = tableLines(columns, [...rows, mapping])
  terminal.print(terminal.style('dim', header))
  for (const line of lines) terminal.print(line)
  for (const { connection, pause, down } of connections) {
    if (pause)
      terminal.print(
        `\n${connection} is paused since ${timeText(pause.since)} UTC by ${pause.by}: ${pause.why}\n  ${commandLine('resume', connection, ...deployment.arguments)}`,
      )
    if (down)
      terminal.print(
        `\n${connection} is down since ${timeText(down.since)} UTC: ${down.code ?? ''} ${down.message ?? ''}\n  It is tried again by itself, and what waits is written once it works. ${commandLine('ping', connection, ...deployment.arguments)} says what is wrong.`,
      )
  }
  const dead = documents.deadLetters + connections.reduce((sum, { queue }) => sum + queue.deadLetters, 0)
  if (dead > 0) terminal.print(`\nNext: ${commandLine('errors', ...deployment.arguments)}`)
}
