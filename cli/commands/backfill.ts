import { Command, Option } from 'commander'
import {
  addRequest,
  type BackfillRequest,
  backfillOf,
  readBackfill,
  stopRequests,
  writeBackfill,
} from '../../lib/core/backfill.ts'
import { type AuditedConnection, auditedConnection } from '../deployment/connection.ts'
import { changeCursor } from '../deployment/cursors.ts'
import type { Deployment, Where } from '../deployment/deployment.ts'
import { withDeployment, withWhere } from '../deployment/where.ts'
import { type ExitCode, exitCodeHelp, exitCodes, WrongUse } from '../exit.ts'
import { paragraphs } from '../layout.ts'
import { commandLine } from '../next.ts'
import type { Run } from '../program.ts'
import { backfillLines, backfillsOf, type StreamBackfill } from '../show/progress.ts'
import { instant } from '../show/time.ts'
import type { Terminal } from '../terminal.ts'

export interface BackfillOptions extends Where {
  from?: string
  to?: string
  by?: 'date' | 'changed'
  stream?: string
  config?: string
  show?: boolean
  stop?: boolean
  json?: boolean
}

export const backfillCommand = (run: Run): Command =>
  withWhere(
    new Command('backfill')
      .summary('documents of the past from their source, behind the live ones')
      .description(
        paragraphs(`Asks the polls of a connection to read documents of the past as well: some with each poll, after
everything new. An interruption loses nothing. What is known already is not handled again.

Without --from it shows how far the backfills are.`),
      )
      .argument('<connection>', 'such as odoo')
      .option('--from <date>', 'documents of this date or later (2026-03-02 or 2026-03-02T09:00Z)')
      .option('--to <date>', 'documents before this date; now where absent')
      .addOption(
        new Option('--by <what>', 'the date meant: the document’s own, or that of its last change')
          .choices(['date', 'changed'])
          .default('date'),
      )
      .option('--stream <name>', 'only this stream; all where absent')
      .option('--show', 'how far it is')
      .option('--stop', 'ends what is under way and what waits')
      .option('--config <file>', 'the configuration of the deployment')
      .option('--json', 'one JSON object instead of text')
      .addHelpText('after', exitCodeHelp),
  ).action((connection: string, options: BackfillOptions) =>
    run(options, (terminal) =>
      withDeployment(options, (deployment) =>
        backfill(auditedConnection(connection, deployment, options), deployment, options, terminal),
      ),
    ),
  )

/** @param now epoch milliseconds: the end of the range where none is named */
export async function backfill(
  connection: AuditedConnection,
  deployment: Deployment,
  options: BackfillOptions,
  terminal: Terminal,
  now: number = Date.now(),
): Promise<ExitCode> {
  const { name } = connection
  const request = requestOf(options, now)
  if (options.stop && request) throw new WrongUse('--stop ends a backfill, --from begins one; name one of them')
  for (const one of request || options.stop ? connection.streams : [])
    await changeCursor(
      deployment,
      name,
      backfillOf(one),
      (stored) => {
        const cursor = readBackfill(stored)
        return writeBackfill(request ? added(cursor, request) : stopRequests(cursor))
      },
      now,
    )
  const found = await backfills(connection, deployment)
  if (options.json) terminal.print(JSON.stringify({ connection: name, backfills: found }, null, 2))
  else show(name, found, { begun: request !== undefined, stopped: options.stop === true }, deployment, terminal)
  return exitCodes.ok
}

function requestOf({ from, to, by, show }: BackfillOptions, now: number): BackfillRequest | undefined {
  const begin = instant('--from', from)
  const end = instant('--to', to) ?? new Date(now).toISOString()
  if (begin === undefined) {
    if (to !== undefined) throw new WrongUse('--to needs --from')
    return undefined
  }
  if (show) throw new WrongUse('--show asks for nothing; leave it out, or leave out --from')
  if (begin >= end) throw new WrongUse(`--from ${from} is not before ${to === undefined ? 'now' : `--to ${to}`}`)
  return { from: begin, to: end, by: by ?? 'date', requestedAt: new Date(now).toISOString() }
}

function added(...[cursor, request]: Parameters<typeof addRequest>): ReturnType<typeof addRequest> {
  try {
    return addRequest(cursor, request)
  } catch (error) {
    if (error instanceof RangeError) throw new WrongUse(`${error.message}; --show lists them, --stop ends them`)
    throw error
  }
}

/** What is under way, in the order in which the streams are read. */
async function backfills({ name, streams }: AuditedConnection, { state }: Deployment): Promise<StreamBackfill[]> {
  const cursors = await state.cursors(name, streams.map(backfillOf))
  return streams.flatMap((stream) => backfillsOf(stream, readBackfill(cursors[backfillOf(stream)]?.cursor)))
}

function show(
  name: string,
  found: readonly StreamBackfill[],
  { begun, stopped }: { begun: boolean; stopped: boolean },
  deployment: Deployment,
  terminal: Terminal,
): void {
  if (stopped) terminal.print(`Stopped in ${deployment.title}. What is enqueued goes its way.`)
  if (found.length === 0) terminal.print(`No backfill of ${name} in ${deployment.title}.`)
  else for (const line of backfillLines(found, terminal)) terminal.print(line)
  if (begun)
    terminal.print(
      `The polls read them behind what is new. Later: ${commandLine('backfill', name, '--show', ...deployment.arguments)}`,
    )
}
