import { Command } from 'commander'
import { addRequest, backfillOf, mostBackfillIds, readBackfill, writeBackfill } from '../../lib/core/backfill.ts'
import { acceptIn, deletionsOf, refusedIn } from '../../lib/core/deletions.ts'
import { type AuditedConnection, auditedConnection } from '../deployment/connection.ts'
import { changeCursor } from '../deployment/cursors.ts'
import type { Deployment, Where } from '../deployment/deployment.ts'
import { withDeployment, withWhere } from '../deployment/where.ts'
import { type ExitCode, exitCodeHelp, exitCodes, WrongUse } from '../exit.ts'
import { auditStream, type StreamAudit } from '../gaps/audit.ts'
import { showAudit } from '../gaps/show.ts'
import { count, paragraphs } from '../layout.ts'
import type { Run } from '../program.ts'
import { instant } from '../show/time.ts'
import type { Terminal } from '../terminal.ts'

export interface GapsOptions extends Where {
  from?: string
  to?: string
  stream?: string
  config?: string
  fetch?: boolean
  acceptDeletions?: boolean
  json?: boolean
}

const dayMs = 86_400_000
const usualDays = 30

export const gapsCommand = (run: Run): Command =>
  withWhere(
    new Command('gaps')
      .summary('what a source holds and the ledger does not')
      .description(
        paragraphs(`Lists the documents of a past window at their source and looks each up in the ledger. What is missing is
named; --fetch has the next polls read it. What changed within the last minutes is left to the polls.

The credentials are those the deployment stores; the system must be reachable from here.`),
      )
      .argument('<connection>', 'such as odoo')
      .option('--from <date>', `documents of this date or later; ${usualDays} days ago where absent`)
      .option('--to <date>', 'documents before this date; now where absent')
      .option('--stream <name>', 'only this stream; all where absent')
      .option('--fetch', 'read what is missing with the next polls')
      .option('--accept-deletions', 'the many records that vanished at once were deleted on purpose')
      .option('--config <file>', 'the configuration of the deployment')
      .option('--json', 'one JSON object instead of text')
      .addHelpText('after', exitCodeHelp),
  ).action((connection: string, options: GapsOptions) =>
    run(options, (terminal) =>
      // A sample's systems run in the command itself.
      withDeployment(
        options,
        (deployment) => gaps(auditedConnection(connection, deployment, options), deployment, options, terminal),
        true,
      ),
    ),
  )

/**
 * @param now epoch milliseconds
 * @returns 1 where documents are missing and were not asked for
 */
export async function gaps(
  connection: AuditedConnection,
  deployment: Deployment,
  options: GapsOptions,
  terminal: Terminal,
  now: number = Date.now(),
): Promise<ExitCode> {
  const { name } = connection
  if (options.acceptDeletions) return acceptDeletions(connection, deployment, options, terminal, now)
  const range = {
    from: instant('--from', options.from) ?? new Date(now - usualDays * dayMs).toISOString(),
    to: instant('--to', options.to) ?? new Date(now).toISOString(),
  }
  if (range.from >= range.to) throw new WrongUse(`--from ${range.from} is not before --to ${range.to}`)
  const audits: StreamAudit[] = []
  for (const one of connection.streams) audits.push(await auditStream(connection, one, range, deployment.ledger, now))
  const fetched = options.fetch ? await fetchMissing(name, audits, deployment, now) : 0
  if (options.json) terminal.print(JSON.stringify({ connection: name, ...range, fetched, streams: audits }, null, 2))
  else showAudit(name, { ...range, audits, fetched }, deployment, terminal)
  const missing = audits.reduce((n, audit) => n + audit.missing.length, 0)
  return missing > fetched ? exitCodes.found : exitCodes.ok
}

/** Puts the missing records into the cursors of their backfills. */
async function fetchMissing(
  name: string,
  audits: readonly StreamAudit[],
  deployment: Deployment,
  now: number,
): Promise<number> {
  let fetched = 0
  for (const { stream, missing } of audits) {
    if (missing.length > mostBackfillIds)
      throw new WrongUse(
        `${missing.length} documents of ${stream} are missing; read them with "backfill ${name} --from …", not one by one`,
      )
    if (missing.length === 0) continue
    const request = { by: 'date' as const, ids: missing.map(({ id }) => id), requestedAt: new Date(now).toISOString() }
    const change = (stored: Parameters<typeof readBackfill>[0]) =>
      writeBackfill(addRequest(readBackfill(stored), request))
    await changeCursor(deployment, name, backfillOf(stream), change, now)
    fetched += missing.length
  }
  return fetched
}

/** A person's word that the records a stream misses were deleted. It holds for a day, for so many and no more. */
async function acceptDeletions(
  { name, streams }: AuditedConnection,
  deployment: Deployment,
  options: GapsOptions,
  terminal: Terminal,
  now: number,
): Promise<ExitCode> {
  const cursors = await deployment.state.cursors(name, streams.map(deletionsOf))
  const accepted: { stream: string; count: number }[] = []
  for (const stream of streams) {
    const refused = refusedIn(cursors[deletionsOf(stream)]?.cursor)
    if (!refused) continue
    const until = new Date(now + dayMs).toISOString()
    const change = (stored: Parameters<typeof readBackfill>[0]) =>
      acceptIn(stored ?? {}, { upTo: refused.count, until })
    await changeCursor(deployment, name, deletionsOf(stream), change, now)
    accepted.push({ stream, count: refused.count })
  }
  if (options.json) terminal.print(JSON.stringify({ connection: name, accepted }, null, 2))
  else if (accepted.length === 0) terminal.print(`No stream of ${name} waits for a word on deletions.`)
  else
    for (const { stream, count: n } of accepted)
      terminal.print(
        `${count(n, 'deletion')} of ${stream} accepted: the next poll passes them on, and no more than these.`,
      )
  return exitCodes.ok
}
