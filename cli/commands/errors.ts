import { Command } from 'commander'
import { problemCodes } from '../../lib/core/problem-codes/index.ts'
import type { DocumentEntry } from '../../lib/pipeline/ledger/ledger.ts'
import type { Deployment, Where } from '../deployment/deployment.ts'
import { withDeployment, withWhere } from '../deployment/where.ts'
import { type ExitCode, exitCodeHelp, exitCodes } from '../exit.ts'
import { count, wrap } from '../layout.ts'
import { commandLine } from '../next.ts'
import type { Run } from '../program.ts'
import { runbookLink } from '../show/problems.ts'
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
        'Every document that waits for a person, grouped by problem code, with what to do. A document with several problems stands in several groups. Reads the whole ledger.',
      )
      .option('--json', 'one JSON object instead of text')
      .addHelpText('after', exitCodeHelp),
  ).action((options: Options) =>
    run(options, (terminal) => withDeployment(options, (deployment) => errors(deployment, options, terminal))),
  )

/** Documents with the same problem code. */
interface Group {
  code: string
  documents: number
  first: string
  last: string
  example: { documentId: string; number: string; message: string }
  remedy: string
  runbook: string
}

/** @returns 1 where a document is held or rejected */
export async function errors(
  deployment: Deployment,
  options: { json?: boolean },
  terminal: Terminal,
): Promise<ExitCode> {
  const { waiting, groups } = await grouped(deployment)
  if (options.json) terminal.print(JSON.stringify({ documents: waiting, errors: groups }, null, 2))
  else show(waiting, groups, deployment, terminal)
  return waiting > 0 ? exitCodes.found : exitCodes.ok
}

async function grouped({ ledger }: Deployment): Promise<{ waiting: number; groups: Group[] }> {
  const groups = new Map<string, Group>()
  let waiting = 0
  for await (const { entry, progress } of ledger.all()) {
    if (progress?.state !== 'held' && progress?.state !== 'rejected') continue
    waiting += 1
    const byCode = new Map(progress.problems.map((p) => [p.code, p.message]).reverse() as [string, string][])
    for (const [code, message] of byCode) add(groups, code, message, entry, progress.updatedAt)
  }
  return { waiting, groups: [...groups.values()].sort((a, b) => b.documents - a.documents) }
}

function add(groups: Map<string, Group>, code: string, message: string, entry: DocumentEntry, at: string): void {
  const before = groups.get(code)
  groups.set(code, {
    code,
    documents: (before?.documents ?? 0) + 1,
    first: before && before.first < at ? before.first : at,
    last: before && before.last > at ? before.last : at,
    example:
      before && before.first <= at ? before.example : { documentId: entry.documentId, number: entry.number, message },
    remedy: problemCodes[code]?.remedy ?? '',
    runbook: runbookLink(code),
  })
}

function show(waiting: number, groups: readonly Group[], deployment: Deployment, terminal: Terminal): void {
  if (waiting === 0) terminal.print(`No document in ${deployment.title} waits for a person.`)
  for (const group of groups) {
    const when = group.documents === 1 ? timeText(group.last) : `${timeText(group.first)} to ${timeText(group.last)}`
    terminal.print(
      `${terminal.style(['bold', 'yellow'], group.code)}  ${count(group.documents, 'document')}, ${when} UTC`,
    )
    terminal.print(`  ${wrap(group.example.message, terminal.width - 2, '  ')}`)
    if (group.remedy)
      terminal.print(`  ${terminal.style('dim', 'to do:')} ${wrap(group.remedy, terminal.width - 9, '  ')}`)
    terminal.print(`  more:  ${group.runbook}`)
    terminal.print(`  see:   ${commandLine('trace', group.example.number, ...deployment.arguments)}\n`)
  }
  if (waiting > 0) showTotal(waiting, deployment, terminal)
}

function showTotal(waiting: number, deployment: Deployment, terminal: Terminal): void {
  terminal.print(`${count(waiting, 'document waits', 'documents wait')} for a person in ${deployment.title}.`)
  terminal.print(`Next, when the causes are mended: ${commandLine('redrive', 'all', ...deployment.arguments)}`)
}
