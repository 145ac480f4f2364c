import { randomBytes } from 'node:crypto'
import { userInfo } from 'node:os'
import { Command, InvalidArgumentError } from 'commander'
import { pageFiles } from '../console/page-files.ts'
import { serveConsole } from '../console/server.ts'
import { configOf } from '../deployment/connection.ts'
import type { Deployment, Where } from '../deployment/deployment.ts'
import { withDeployment, withWhere } from '../deployment/where.ts'
import { type ExitCode, exitCodeHelp, exitCodes } from '../exit.ts'
import { paragraphs } from '../layout.ts'
import type { Run } from '../program.ts'
import { onSignal } from '../run/signals.ts'
import type { Terminal } from '../terminal.ts'

interface Options extends Where {
  config?: string
  port?: number
  json?: boolean
}

const port = (text: string): number => {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 0 || value > 65_535) throw new InvalidArgumentError('write a port number')
  return value
}

export const consoleCommand = (run: Run): Command =>
  withWhere(
    new Command('console')
      .summary('a page to look at it all: flows, exceptions, stories, tables, replay')
      .description(
        paragraphs(`Serves a page on 127.0.0.1, for whoever has the URL it prints, with your own rights on the deployment. Nothing
is deployed for it, nothing else listens, and it ends with Ctrl-C.`),
      )
      .option('--port <number>', 'port; any free one where absent', port)
      .option('--config <file>', 'the configuration of the deployment')
      .option('--json', 'the URL as one JSON object')
      .addHelpText('after', exitCodeHelp),
  ).action((options: Options) =>
    run(options, (terminal) =>
      withDeployment(options, (deployment) => openConsole(deployment, options, terminal, onSignal()), true),
    ),
  )

/** Serves the console until the signal. */
export async function openConsole(
  deployment: Deployment,
  options: Pick<Options, 'port' | 'config' | 'json'>,
  terminal: Terminal,
  signals: ReturnType<typeof onSignal>,
): Promise<ExitCode> {
  const config = configOf(deployment, options.config)
  let working = 0
  const nudge = () => {
    working += 1
    deployment
      .settle()
      .catch((error: Error) => terminal.note(`The functions did not come to rest: ${error.message}`))
      .finally(() => {
        working -= 1
      })
  }
  const served = await serveConsole({
    token: randomBytes(24).toString('base64url'),
    port: options.port ?? 0,
    files: await pageFiles(),
    work: () => ({
      deployment,
      config,
      actor: { user: userInfo().username, now: Date.now() },
      busy: working > 0,
      nudge,
    }),
    trouble: (error) => terminal.note(error.stack ?? error.message),
  })
  if (options.json) terminal.print(JSON.stringify({ url: served.url }))
  else {
    terminal.print(`${terminal.style('bold', served.url)}`)
    terminal.print(
      `The console of ${deployment.title}, for you alone: whoever has this URL can do what you can. Ctrl-C ends it.`,
    )
  }
  await new Promise<void>((done) => {
    if (signals.signal.aborted) done()
    signals.signal.addEventListener('abort', () => done())
  })
  await served.close()
  signals.done()
  return exitCodes.ok
}
