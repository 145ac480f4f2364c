import { Command } from 'commander'
import type { Json } from '../../lib/core/exchange.ts'
import { connectionNamed } from '../connections/named.ts'
import { streamsOf } from '../connections/streams.ts'
import { changeCursor } from '../deployment/cursors.ts'
import type { Deployment, Where } from '../deployment/deployment.ts'
import { withDeployment, withWhere } from '../deployment/where.ts'
import { type ExitCode, exitCodeHelp, exitCodes, WrongUse } from '../exit.ts'
import { indented, paragraphs } from '../layout.ts'
import { commandLine } from '../next.ts'
import type { Run } from '../program.ts'
import { timeText } from '../show/time.ts'
import { didYouMean } from '../suggest.ts'
import type { Terminal } from '../terminal.ts'

interface Options extends Where {
  config?: string
  json?: boolean
}

export const cursorCommand = (run: Run): Command => {
  const command = new Command('cursor').summary('how far a connection has been read, and setting it').description(
    paragraphs(`A cursor says how far one stream of a connection has been read. It is the system's own: a time with an id, a
page, a list of open records. Setting one back reads again: what is known is recognised and not taken twice. Setting one
forward leaves out what lies between; gaps finds it again.`),
  )
  const configured = (one: Command) =>
    withWhere(one)
      .option('--config <file>', 'the configuration of the deployment')
      .option('--json', 'one JSON object instead of text')
      .addHelpText('after', exitCodeHelp)
  command.addCommand(
    configured(
      new Command('show').summary('every stream of a connection').argument('<connection>', 'such as odoo'),
    ).action((name: string, options: Options) =>
      run(options, (terminal) =>
        withDeployment(options, (deployment) => showCursors(name, deployment, options, terminal)),
      ),
    ),
  )
  command.addCommand(
    configured(
      new Command('set')
        .summary("a stream's cursor, as JSON")
        .argument('<connection>', 'such as odoo')
        .argument('<stream>', 'as cursor show names it')
        .argument('<cursor>', 'JSON as cursor show prints it; null reads the stream from its beginning'),
    ).action((name: string, stream: string, text: string, options: Options) =>
      run(options, (terminal) =>
        withDeployment(options, (deployment) => setCursor(name, stream, text, deployment, options, terminal)),
      ),
    ),
  )
  return command
}

/** Prints where every stream of a connection stands. */
export async function showCursors(
  name: string,
  deployment: Deployment,
  options: Options,
  terminal: Terminal,
): Promise<ExitCode> {
  connectionNamed(deployment, name)
  const streams = streamsOf(name, deployment, options.config)
  const cursors = await deployment.state.cursors(name, streams)
  if (options.json) {
    const rows = streams.map((stream) => {
      const { polledAt, lastDocumentAt, cursor } = cursors[stream] ?? {}
      return { stream, polledAt, lastDocumentAt, cursor: cursor ?? null }
    })
    terminal.print(JSON.stringify({ connection: name, streams: rows }, null, 2))
    return exitCodes.ok
  }
  for (const stream of streams) {
    const stored = cursors[stream]
    const last = stored?.lastDocumentAt ? `, last document ${timeText(stored.lastDocumentAt)} UTC` : ''
    terminal.print(
      `${terminal.style('bold', stream)}  ${stored ? `polled ${timeText(stored.polledAt)} UTC${last}` : 'never polled'}`,
    )
    if (stored) terminal.print(indented(JSON.stringify(stored.cursor)))
  }
  if (streams.length === 0) terminal.print(`Nothing is read from ${name}.`)
  return exitCodes.ok
}

/** Sets one stream's cursor; a poll that is just reading a page repeats it from there. Throws WrongUse. */
export async function setCursor(
  name: string,
  stream: string,
  text: string,
  deployment: Deployment,
  options: Options,
  terminal: Terminal,
): Promise<ExitCode> {
  connectionNamed(deployment, name)
  const streams = streamsOf(name, deployment, options.config)
  if (!streams.includes(stream)) throw new WrongUse(`${name} has no stream "${stream}"; ${didYouMean(stream, streams)}`)
  const cursor = parsed(text)
  const before = (await deployment.state.cursor(name, stream))?.cursor ?? null
  await changeCursor(deployment, name, stream, () => cursor)
  if (options.json) terminal.print(JSON.stringify({ connection: name, stream, before, cursor }, null, 2))
  else {
    terminal.print(`${stream} of ${name} stands at ${JSON.stringify(cursor)} now; the next poll reads from there.`)
    terminal.print(
      `Back: ${commandLine('cursor', 'set', name, stream, JSON.stringify(before), ...deployment.arguments)}`,
    )
  }
  return exitCodes.ok
}

function parsed(text: string): Json {
  try {
    return JSON.parse(text) as Json
  } catch (error) {
    throw new WrongUse(`${text} is no JSON: ${(error as Error).message}`)
  }
}
