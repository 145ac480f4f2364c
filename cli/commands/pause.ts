import { userInfo } from 'node:os'
import { Command } from 'commander'
import { pauseConnection, resumeConnection } from '../connections/pause.ts'
import type { Deployment, Where } from '../deployment/deployment.ts'
import { withDeployment, withWhere } from '../deployment/where.ts'
import { type ExitCode, exitCodeHelp, exitCodes, WrongUse } from '../exit.ts'
import { paragraphs } from '../layout.ts'
import { commandLine } from '../next.ts'
import type { Run } from '../program.ts'
import { timeText } from '../show/time.ts'
import type { Terminal } from '../terminal.ts'

export interface PauseOptions extends Where {
  why: string
  json?: boolean
}

export const pauseCommand = (run: Run): Command =>
  withWhere(
    new Command('pause')
      .summary('a connection off: nothing is read from it or written to it, nothing is lost')
      .description(
        paragraphs(`Switches a connection's schedule and its push queue off. Documents for it wait in the queue, for two weeks at
most; changes at the source wait there. It stays off, deployments included, until it is resumed.`),
      )
      .argument('<connection>', 'such as odoo')
      .requiredOption('--why <text>', 'the reason, shown by status')
      .option('--json', 'one JSON object instead of text')
      .addHelpText('after', exitCodeHelp),
  ).action((name: string, options: PauseOptions) =>
    run(options, (terminal) => withDeployment(options, (deployment) => pause(name, deployment, options, terminal))),
  )

export const resumeCommand = (run: Run): Command =>
  withWhere(
    new Command('resume')
      .summary('a paused connection on again')
      .description('Switches the schedule and the push queue on. What waited is worked on at once, in its order.')
      .argument('<connection>', 'such as odoo')
      .option('--json', 'one JSON object instead of text')
      .addHelpText('after', exitCodeHelp),
  ).action((name: string, options: Where & { json?: boolean }) =>
    run(options, (terminal) => withDeployment(options, (deployment) => resume(name, deployment, options, terminal))),
  )

/** @param user who asks; shown by status */
export async function pause(
  name: string,
  deployment: Deployment,
  options: PauseOptions,
  terminal: Terminal,
  user: string = userInfo().username,
  now: number = Date.now(),
): Promise<ExitCode> {
  if (options.why.trim() === '') throw new WrongUse('--why needs a reason; status shows it')
  const asked = { since: new Date(now).toISOString(), by: user, why: options.why.trim() }
  const holds = await pauseConnection(deployment, name, asked)
  if (options.json) terminal.print(JSON.stringify({ connection: name, paused: holds }, null, 2))
  else {
    const earlier =
      holds === asked ? '' : `, as it was before: since ${timeText(holds.since)} UTC by ${holds.by}, ${holds.why}`
    terminal.print(`${name} is paused${earlier}. What is being written now is finished.`)
    terminal.print(`Later: ${commandLine('resume', name, ...deployment.arguments)}`)
  }
  return exitCodes.ok
}

/** Resumes a connection; one that was not paused is switched on all the same. */
export async function resume(
  name: string,
  deployment: Deployment,
  options: { json?: boolean },
  terminal: Terminal,
): Promise<ExitCode> {
  const before = await resumeConnection(deployment, name)
  const down = (await deployment.state.connection(name))?.status === 'down'
  if (options.json) {
    terminal.print(JSON.stringify({ connection: name, resumed: before !== undefined, down }, null, 2))
    return down ? exitCodes.found : exitCodes.ok
  }
  terminal.print(
    before
      ? `${name} is resumed; it was paused since ${timeText(before.since)} UTC.`
      : `${name} was not paused; it is on.`,
  )
  if (down)
    terminal.print(
      `It is down: its queue is switched on by the first poll that works. ${commandLine('status', name, ...deployment.arguments)} says why.`,
    )
  return down ? exitCodes.found : exitCodes.ok
}
