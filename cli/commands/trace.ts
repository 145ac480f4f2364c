import { Command } from 'commander'
import type { Ledger, Story } from '../../lib/pipeline/ledger/ledger.ts'
import type { Deployment, Where } from '../deployment/deployment.ts'
import { withDeployment, withWhere } from '../deployment/where.ts'
import { type ExitCode, exitCodeHelp, exitCodes } from '../exit.ts'
import { paragraphs } from '../layout.ts'
import { commandLine } from '../next.ts'
import type { Run } from '../program.ts'
import type { Terminal } from '../terminal.ts'
import { chainOf } from '../trace/chain.ts'
import { relatedStories } from '../trace/related.ts'
import { showStory } from '../trace/show.ts'

export interface TraceOptions extends Where {
  full?: boolean
  everywhere?: boolean
  json?: boolean
}

export const traceCommand = (run: Run): Command =>
  withWhere(
    new Command('trace')
      .summary("a document's whole story, from either side")
      .description(
        paragraphs(`Finds every document by a number of either side: purchase order, sales order, shipment, invoice, credit memo,
receiving order, return, tracking number; by a document id, a correlation id, the delivery id of a webhook, a record's id
(SO/SO-20931, stock.picking/4), our reference at the target; or item/<item> and partner/<partner> for the reports about
them. Shows its state, every attempt, every decision with the table row it came from, and the answer of the system it was
written to.

What is known under none of these is looked for in everything that came in and was answered: at once in a run on this
machine, with --everywhere in a deployed stack.`),
      )
      .argument('<id>', 'any number or id')
      .option('--everywhere', 'also where the id only stands somewhere in a document; reads the whole ledger')
      .option('--full', 'also what came in and the records that were sent')
      .option('--json', 'the whole story as one JSON object')
      .addHelpText('after', `${exitCodeHelp}\n     1 also where nothing is known under the id`),
  ).action((id: string, options: TraceOptions) =>
    run(options, (terminal) => withDeployment(options, (deployment) => trace(id, deployment, options, terminal))),
  )

/** @returns 1 where nothing is known under the id, or a document found under it is held or rejected */
export async function trace(
  id: string,
  deployment: Deployment,
  options: { full?: boolean; everywhere?: boolean; json?: boolean },
  terminal: Terminal,
): Promise<ExitCode> {
  const { found, others } = await relatedStories(id, deployment.ledger, {
    everywhere: options.everywhere === true || deployment.local,
  })
  const waits = found.some(({ progress }) => progress?.state === 'held' || progress?.state === 'rejected')
  const code = found.length === 0 || waits ? exitCodes.found : exitCodes.ok
  const thread = [...found, ...others].sort((a, b) => (a.entry.capturedAt < b.entry.capturedAt ? -1 : 1))
  if (options.json) {
    const related = others.map((s) => s.entry)
    terminal.print(JSON.stringify({ id, thread: chainOf(thread), documents: found, related }, null, 2))
    return code
  }
  if (found.length === 0) {
    await nothingFound(id, deployment, terminal)
    return code
  }
  if (thread.length > 1 || !waits) terminal.print(`${chainOf(thread)}\n`)
  for (const story of found) showStory(story, options.full === true, terminal)
  showOthers(found, others, deployment, terminal)
  const [held] = found.filter(({ progress }) => progress?.state === 'held' || progress?.state === 'rejected')
  if (held)
    terminal.print(
      `Next: mend what is named above, then ${commandLine('redrive', '--document', held.entry.documentId, ...deployment.arguments)}`,
    )
  else if (options.full !== true) terminal.print(`With --full: what came in and the records that were sent.`)
  return code
}

/** The rest of the thread by number; a number may have several documents. */
function showOthers(
  found: readonly Story[],
  others: readonly Story[],
  deployment: Deployment,
  terminal: Terminal,
): void {
  const shown = new Set(found.map((s) => s.entry.number))
  const rest = new Map(others.filter((s) => !shown.has(s.entry.number)).map((s) => [s.entry.number, s.entry]))
  if (rest.size === 0) return
  terminal.print('Of the same thread:')
  for (const { number, flow } of rest.values())
    terminal.print(`  ${commandLine('trace', number, ...deployment.arguments)}  (${flow})`)
}

async function nothingFound(id: string, deployment: Deployment, terminal: Terminal): Promise<void> {
  terminal.print(`Nothing in ${deployment.title} is known under "${id}".`)
  const near = deployment.local ? await numbersLike(id, deployment.ledger) : []
  if (near.length > 0) terminal.print(`There is ${near.join(', ')}.`)
  else
    terminal.print(
      'Ids are whole and written as in the document: 4500187801, SO-20931, JS-SHP-0031877, item/JS-MUG-12.',
    )
  if (!deployment.local)
    terminal.print(
      `Next, which reads the whole ledger: ${commandLine('trace', id, '--everywhere', ...deployment.arguments)}`,
    )
}

/** Numbers that contain what was typed, for somebody who typed a part of it. Reads the whole ledger. */
async function numbersLike(id: string, ledger: Ledger): Promise<string[]> {
  const wanted = id.toLowerCase()
  const numbers = new Set<string>()
  for await (const { entry, progress } of ledger.all())
    for (const number of [entry.number, ...(progress?.targets.flatMap((t) => t.numbers) ?? [])])
      if (number.toLowerCase().includes(wanted)) numbers.add(number)
  return [...numbers].sort().slice(0, 8)
}
