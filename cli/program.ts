import { Command, CommanderError } from 'commander'
import packageJson from '../package.json' with { type: 'json' }
import { auditCommand } from './commands/audit.ts'
import { backfillCommand } from './commands/backfill.ts'
import { consoleCommand } from './commands/console.ts'
import { credsCommand } from './commands/creds.ts'
import { cursorCommand } from './commands/cursor.ts'
import { errorsCommand } from './commands/errors.ts'
import { gapsCommand } from './commands/gaps.ts'
import { holdCommand, releaseCommand, resolveCommand } from './commands/hold.ts'
import { invokeCommand } from './commands/invoke.ts'
import { noteCommand } from './commands/note.ts'
import { pauseCommand, resumeCommand } from './commands/pause.ts'
import { pingCommand } from './commands/ping.ts'
import { previewCommand } from './commands/preview.ts'
import { reconcileCommand } from './commands/reconcile.ts'
import { redriveCommand } from './commands/redrive.ts'
import { replayCommand } from './commands/replay.ts'
import { runCommand } from './commands/run.ts'
import { statusCommand } from './commands/status.ts'
import { tablesCommand } from './commands/tables.ts'
import { traceCommand } from './commands/trace.ts'
import { undoCommand } from './commands/undo.ts'
import { watchCommand } from './commands/watch.ts'
import { webhookCommand } from './commands/webhook.ts'
import { type ExitCode, exitCodeHelp, exitCodes, explain } from './exit.ts'
import { problemsText } from './show/problems.ts'
import type { Terminal } from './terminal.ts'

/** Runs a command's work and keeps its exit code; an error is told in words, and with --json also as JSON. */
export type Run = (options: { json?: boolean }, work: (terminal: Terminal) => Promise<ExitCode>) => Promise<void>

/** Every command, in the order of the help. A new command is one file and one line. */
const commands = [
  runCommand,
  previewCommand,
  pingCommand,
  traceCommand,
  errorsCommand,
  redriveCommand,
  replayCommand,
  undoCommand,
  holdCommand,
  releaseCommand,
  resolveCommand,
  noteCommand,
  backfillCommand,
  gapsCommand,
  reconcileCommand,
  auditCommand,
  statusCommand,
  watchCommand,
  consoleCommand,
  pauseCommand,
  resumeCommand,
  cursorCommand,
  tablesCommand,
  credsCommand,
  webhookCommand,
  invokeCommand,
]

/**
 * Parses the arguments and runs the command. Resolves to the exit code; never throws.
 * @param args what follows the command's name
 */
export async function main(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  let code: ExitCode = exitCodes.ok
  const run: Run = async (options, work) => {
    try {
      code = await work(terminal)
    } catch (error) {
      code = tell(error, options.json === true, terminal)
    }
  }
  const program = programOf(run, terminal)
  try {
    await program.parseAsync([...args], { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) return tell(error, false, terminal)
    return error.exitCode === 0 ? exitCodes.ok : exitCodes.wrongUse
  }
  return code
}

/** The whole command. `run` gets the work of whichever subcommand was asked for; nothing is done without it. */
export function programOf(run: Run, terminal: Terminal): Command {
  const program = new Command('ml-connector')
    .description('Moves business documents between ERP and EDI systems. Every command has --help and --json.')
    .version(packageJson.version)
    .addHelpText('after', exitCodeHelp)
    .showHelpAfterError('(add --help for what it takes)')
  for (const make of commands) program.addCommand(make(run))
  for (const command of withChildren(program))
    command.exitOverride().configureOutput({
      writeOut: (text) => terminal.print(text.trimEnd()),
      writeErr: (text) => terminal.note(text.trimEnd()),
    })
  return program
}

const withChildren = (command: Command): Command[] => [command, ...command.commands.flatMap(withChildren)]

function tell(error: unknown, json: boolean, terminal: Terminal): ExitCode {
  const { code, message, problems, remedy } = explain(error)
  if (json) terminal.print(JSON.stringify({ error: { message, problems, ...(remedy ? { remedy } : {}) } }, null, 2))
  terminal.note(terminal.style('red', message))
  for (const line of problemsText('', problems, terminal).slice(1)) terminal.note(line)
  if (remedy) terminal.note(`To do: ${remedy}`)
  if (code === exitCodes.broken) terminal.note((error as Error).stack ?? '')
  return code
}
