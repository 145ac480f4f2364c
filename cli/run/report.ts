import { type ExitCode, exitCodes } from '../exit.ts'
import { type Counts, isBalanced } from './counts.ts'
import type { RoundsResult } from './rounds.ts'
import type { RunReport } from './summary.ts'
import type { Workplace } from './workplace.ts'

/** @param run `before` is how many documents the state held already; `started` is of performance.now() */
export function reportOf(
  { embedded }: Workplace,
  { counts, failures }: RoundsResult,
  run: { dryRun: boolean; before: number; stateDir: string; started: number },
): RunReport {
  const elapsed = (performance.now() - run.started) / 1000
  return {
    flows: counts.flows,
    balanced: isBalanced(counts.flows),
    aws: embedded.counter.report(counts.captured - run.before),
    waiting: counts.waiting,
    failures,
    denied: embedded.denials().map(({ by, action, resource }) => `${by}: ${action} on ${resource}`),
    seconds: elapsed,
    documentsPerSecond: (counts.captured - run.before) / elapsed,
    state: run.stateDir,
    dryRun: run.dryRun,
    continued: run.before > 0,
  }
}

export function codeOf(report: RunReport, { counts, quiet }: RoundsResult): ExitCode {
  if (report.failures.length > 0) return exitCodes.unreachable
  if (report.dryRun) return settledDry(counts) ? exitCodes.ok : exitCodes.found
  return report.balanced && quiet ? exitCodes.ok : exitCodes.found
}

/** In a dry run everything that would be written is in flight, and nothing else should be. */
const settledDry = ({ flows, mapped }: Counts): boolean => flows.reduce((n, f) => n + f.inFlight, 0) === mapped
