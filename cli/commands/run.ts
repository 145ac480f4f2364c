import { existsSync, rmSync } from 'node:fs'
import { Command, InvalidArgumentError, Option } from 'commander'
import { usualState } from '../deployment/local.ts'
import { type ExitCode, exitCodeHelp, exitCodes, WrongUse } from '../exit.ts'
import { paragraphs } from '../layout.ts'
import { commandLine } from '../next.ts'
import type { Run } from '../program.ts'
import { dryState, readingOnly } from '../run/dry.ts'
import { writeDryReport } from '../run/dry-report.ts'
import { liveTable, type Progress, progressLines } from '../run/live.ts'
import { assertFree } from '../run/lock.ts'
import { checkBefore, prepare } from '../run/prepare.ts'
import { codeOf, reportOf } from '../run/report.ts'
import { runRounds, watch } from '../run/rounds.ts'
import { type ApiStyle, apiStyles, type OdooVersion, odooVersions } from '../run/sample.ts'
import { secretVariable } from '../run/secrets.ts'
import { onSignal } from '../run/signals.ts'
import { showSummary } from '../run/summary.ts'
import { openWorkplace, type Workplace } from '../run/workplace.ts'
import type { Terminal } from '../terminal.ts'

export interface RunOptions {
  config?: string
  secrets?: string
  tables?: string
  state?: string
  apiStyle?: ApiStyle
  odoo?: OdooVersion
  dryRun?: boolean
  report?: string
  watch?: boolean
  faults?: boolean
  limit?: number
  json?: boolean
}

const seconds = (text: string): number => {
  const value = Number(text)
  if (!(value > 0)) throw new InvalidArgumentError('write a number of seconds')
  return value
}

export const runCommand = (run: Run): Command =>
  new Command('run')
    .summary('the pipeline on this machine: the sample, or real systems with --config')
    .description(
      paragraphs(`
Runs the synthesised stack in an embedded AWS, with the functions' roles enforced, until nothing moves any more. No
account, no container.

Without --config: a sample morning with one simulated SPS Commerce account that feeds two companies, a supplier to
retailers with a simulated Acumatica and a distributor with a simulated Odoo. With --config: your own systems, a trial before any deployment. Credentials come from --secrets, a JSON
file of one object a connection, or from ${secretVariable('<connection>')} as JSON; they are kept in the state directory,
which only you can read.

--dry-run reads and maps and writes nothing: the queues towards the systems stay switched off, in a state directory of
their own. Nothing is deleted at the source. --report writes what came of it as CSV. An acknowledgement, which would follow a delivered write, is not made.

With --state everything is kept there. A run that was stopped or killed goes on when it is started again with the same
directory: nothing is lost, and nothing is written twice.`),
    )
    .option('--config <file>', 'configuration of real systems')
    .option('--secrets <file>', 'their credentials')
    .option('--tables <dir>', 'cross-reference tables to import first')
    .option('--state <dir>', `keep everything here and go on with what is there (default: ${usualState}, made anew)`)
    .option('--dry-run', 'read and map, write nothing')
    .option('--report <dir>', 'of a dry run: what would be sent, what is held and why, and missing rows, as CSV')
    .option('--watch', 'then poll at the schedules of the configuration, until Ctrl-C')
    .option('--faults', 'the sample systems fail now and then: 503, 429, lost and cut answers')
    .addOption(new Option('--api-style <style>', 'how the sample speaks to SPS Commerce').choices([...apiStyles]))
    .addOption(
      new Option('--odoo <version>', "version of the sample's Odoo; 19 where absent").choices([...odooVersions]),
    )
    .option('--limit <seconds>', 'end a run that does not come to rest (default: 120, with --config 600)', seconds)
    .option('--json', 'one JSON object last; progress goes to standard error')
    .addHelpText('after', exitCodeHelp)
    .action((options: RunOptions) => run(options, (terminal) => runPipeline(options, terminal)))

/** @returns 0 where every captured document is delivered, held, rejected or skipped; 3 where a system cannot be read */
export async function runPipeline(options: RunOptions, terminal: Terminal): Promise<ExitCode> {
  if (options.report !== undefined && !options.dryRun) throw new WrongUse('--report belongs to --dry-run')
  const { stateDir, where } = stateOf(options)
  const live = terminal.live && options.json !== true
  const progress = live ? liveTable(terminal) : progressLines(terminal)
  const signals = onSignal()
  const started = performance.now()
  let workplace: Workplace | undefined
  try {
    if (options.config !== undefined) checkBefore(options.config, options)
    workplace = await open(options, stateDir, progress, signals.signal)
    await prepare(workplace, options)
    if (workplace.interrupted > 0)
      progress.say(`${workplace.interrupted} writes were under way; they are looked for first`)
    const before = await capturedSoFar(workplace)
    const rounds = roundsOptions(workplace, options, progress, signals.signal)
    const first = await runRounds(workplace, rounds)
    const result = options.watch ? await watch(workplace, rounds) : first
    progress.end()
    const report = reportOf(workplace, result, { dryRun: options.dryRun === true, before, stateDir, started })
    const files = options.report === undefined ? [] : await writeDryReport(workplace, options.report)
    if (options.json) terminal.print(JSON.stringify(report))
    else showSummary(report, result.counts, where, terminal)
    for (const file of options.json ? [] : files) terminal.print(`Written: ${file}`)
    return codeOf(report, result)
  } catch (error) {
    progress.end()
    if (!signals.signal.aborted) throw error
    terminal.note(`Stopped. ${commandLine('run', '--state', stateDir)} goes on where it was.`)
    return exitCodes.found
  } finally {
    await workplace?.close()
    signals.done()
  }
}

/** A named directory is kept and gone on with; the usual ones are made anew. */
function stateOf({ state, dryRun }: RunOptions): { stateDir: string; where: string[] } {
  const stateDir = state ?? (dryRun ? dryState : usualState)
  if (state === undefined && existsSync(stateDir)) {
    assertFree(stateDir)
    rmSync(stateDir, { recursive: true, force: true })
  }
  return { stateDir, where: stateDir === usualState ? [] : ['--state', stateDir] }
}

const open = (options: RunOptions, stateDir: string, progress: Progress, signal: AbortSignal): Promise<Workplace> =>
  openWorkplace({
    stateDir,
    signal,
    say: progress.say,
    ...(options.config === undefined ? {} : { configFile: options.config }),
    ...(options.apiStyle === undefined ? {} : { apiStyle: options.apiStyle }),
    ...(options.odoo === undefined ? {} : { odooVersion: options.odoo }),
    dryRun: options.dryRun === true,
    hurry: options.config === undefined,
    ...(options.dryRun ? { adapt: readingOnly } : {}),
  })

async function capturedSoFar({ ledger }: Workplace): Promise<number> {
  let captured = 0
  for await (const _ of ledger.all()) captured += 1
  return captured
}

const roundsOptions = (
  { embedded, outputs, sample }: Workplace,
  options: RunOptions,
  progress: Progress,
  signal: AbortSignal,
): Parameters<typeof runRounds>[1] => {
  const polls = new Map(outputs.connections.map((c) => [c.schedule, c.name]))
  return {
    limitMs: 1000 * (options.limit ?? (sample && !options.faults ? 120 : 600)),
    // The keeper would switch on what a dry run keeps off.
    schedules: embedded.deployment.schedules
      .filter((s) => options.dryRun !== true || polls.has(s.name))
      .map((s) => ({ title: polls.get(s.name) ?? s.name, schedule: s.name })),
    signal,
    progress,
  }
}
