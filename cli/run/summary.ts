import { problemCodes } from '../../lib/core/problem-codes/index.ts'
import type { CostReport } from '../../sandbox/aws/counter.ts'
import { count, wrap } from '../layout.ts'
import { commandLine } from '../next.ts'
import { documentName } from '../show/names.ts'
import type { Terminal } from '../terminal.ts'
import { type Counts, type FlowCount, isBalanced, type Waiting } from './counts.ts'
import type { PollFailure } from './rounds.ts'
import { flowLines } from './table.ts'

/** What a run found, as `--json` prints it. */
export interface RunReport {
  flows: FlowCount[]
  balanced: boolean
  aws: CostReport
  waiting: Waiting[]
  failures: PollFailure[]
  /** Calls that a role did not allow: the deployment would fail there. */
  denied: string[]
  seconds: number
  documentsPerSecond: number
  state: string
  dryRun: boolean
  /** True where the state directory held documents already; speed and cost are of the rest. */
  continued: boolean
}

/** Held documents named one by one; more than these are what `errors` groups. */
const named = 15

export function showSummary(report: RunReport, counts: Counts, where: readonly string[], terminal: Terminal): void {
  for (const line of flowLines(report.flows, terminal)) terminal.print(line)
  terminal.print()
  terminal.print(balanceText(report, counts, terminal))
  showFailures(report, terminal)
  showWaiting(report.waiting, where, terminal)
  const { aws, seconds, documentsPerSecond } = report
  const requests = Object.values(aws.requestsPerDocument).reduce((sum, n) => sum + n, 0)
  const speed = `${seconds.toFixed(1)} seconds, ${documentsPerSecond.toFixed(1)} documents a second.`
  const cost = `On AWS: ${requests.toFixed(1)} requests a document, $${aws.dollarsPerMillion.toFixed(2)} for a million documents.`
  // Of a run that went on, only the rest was counted.
  terminal.print(report.continued || counts.captured === 0 ? speed : `${speed} ${cost}`)
  terminal.print(`Kept in ${report.state}. ${nextStep(report, counts, where)}`.trimEnd())
}

function balanceText(report: RunReport, counts: Counts, terminal: Terminal): string {
  const sum = (field: 'captured' | 'delivered' | 'held' | 'rejected' | 'skipped' | 'inFlight') =>
    report.flows.reduce((n, f) => n + f[field], 0)
  const parts = `${sum('captured')} captured = ${sum('delivered')} delivered + ${sum('held')} held + ${sum('rejected')} rejected + ${sum('skipped')} skipped`
  if (report.dryRun)
    return `Dry run: ${count(counts.mapped, 'document')} would be written, and nothing was. ${parts} + ${sum('inFlight')} in flight.`
  if (isBalanced(report.flows)) return `${terminal.style('green', 'Balanced:')} ${parts}.`
  return `${terminal.style('red', 'Not balanced:')} ${parts} + ${terminal.style('red', `${sum('inFlight')} in flight`)}.`
}

function showFailures({ failures, denied }: RunReport, terminal: Terminal): void {
  for (const { connection, code, message } of failures) {
    terminal.print(`\n${terminal.style('red', `${connection} could not be read`)}: ${code}: ${message}`)
    const remedy = problemCodes[code]?.remedy
    if (remedy) terminal.print(`  ${terminal.style('dim', 'to do:')} ${remedy}`)
  }
  for (const one of denied) terminal.print(`\n${terminal.style('red', 'A role does not allow')} ${one}`)
}

function showWaiting(waiting: readonly Waiting[], where: readonly string[], terminal: Terminal): void {
  terminal.print()
  if (waiting.length === 0) return
  terminal.print(`${count(waiting.length, 'document waits', 'documents wait')} for a person:`)
  for (const { type, number, problems } of waiting.slice(0, named)) {
    const [first] = problems
    const more = problems.length > 1 ? ` and ${problems.length - 1} more` : ''
    const why = first ? `${terminal.style('yellow', first.code)}${more}` : ''
    terminal.print(`  ${terminal.style('bold', `${documentName(type)} ${number}`)}  ${why}`)
    if (first) terminal.print(`    ${wrap(first.message, terminal.width - 4, '    ')}`)
    terminal.print(`    ${terminal.style('dim', commandLine('trace', number, ...where))}`)
  }
  if (waiting.length > named) terminal.print(`  … and ${waiting.length - named} more`)
  terminal.print()
}

function nextStep({ flows, waiting, dryRun, state }: RunReport, counts: Counts, where: readonly string[]): string {
  if (dryRun) return `Next, for one of them: ${commandLine('trace', '<number>', '--full', ...where)}`
  if (!isBalanced(flows)) return `Next: ${commandLine('run', '--state', state)} goes on where this run stopped.`
  if (waiting.length > 0) return `Next: ${commandLine('errors', ...where)}`
  return counts.captured > 0 ? `Next: ${commandLine('trace', '<number>', ...where)}` : ''
}
