import { userInfo } from 'node:os'
import { Command } from 'commander'
import type { Problem } from '../../lib/core/problems.ts'
import type { Story } from '../../lib/pipeline/ledger/ledger.ts'
import type { UndoPlan } from '../../lib/pipeline/undo-plan.ts'
import type { Deployment, Where } from '../deployment/deployment.ts'
import { withDeployment, withWhere } from '../deployment/where.ts'
import { meantDocument } from '../exceptions/meant.ts'
import { type ExitCode, exitCodeHelp, exitCodes, WrongUse } from '../exit.ts'
import { paragraphs, wrap } from '../layout.ts'
import { commandLine } from '../next.ts'
import type { Run } from '../program.ts'
import { documentName } from '../show/names.ts'
import { type Outcome, outcomesOf, showOutcomes } from '../show/outcomes.ts'
import { problemsText } from '../show/problems.ts'
import type { Terminal } from '../terminal.ts'
import { undoDocument, undoPreview } from '../undo/undo.ts'

export interface UndoOptions extends Where {
  why?: string
  preview?: boolean
  json?: boolean
}

export const undoCommand = (run: Run): Command =>
  withWhere(
    new Command('undo')
      .summary('take back at the target what was written of one document')
      .description(
        paragraphs(`Takes back what was written of a document, the newest write first: cancels the order that was made of it, cancels
or reverses the bill. What cannot be taken back from here is named, with what a person does about it. Where the target
refuses (goods have moved), the document stands as it was, and says why. An undone document is not written again by a
redrive or a replay, and is undone once. Who asked and why is kept.

--preview shows what would be done and asks nothing of any system.`),
      )
      .argument('<id>', 'document id, or a business number that means one document')
      .option('--why <text>', 'the reason, for the audit trail')
      .option('--preview', 'only show what would be done at the target')
      .option('--json', 'one JSON object instead of text')
      .addHelpText('after', exitCodeHelp),
  ).action((id: string, options: UndoOptions) =>
    run(options, (terminal) =>
      withDeployment(options, (deployment) => undo(id, deployment, options, terminal), !options.preview),
    ),
  )

/**
 * @param user who asks; kept in the ledger
 * @returns 1 where nothing is undone, or only a part
 */
export async function undo(
  id: string,
  deployment: Deployment,
  options: UndoOptions,
  terminal: Terminal,
  user: string = userInfo().username,
  now: number = Date.now(),
): Promise<ExitCode> {
  const text = options.why?.trim() ?? ''
  if (text === '' && !options.preview) throw new WrongUse('say why with --why; it is kept in the audit trail')
  const story = await meantDocument(id, deployment)
  if (options.preview) return preview(story, deployment, options, terminal)
  const plan = await undoDocument(deployment, story, { at: new Date(now).toISOString(), by: user, text })
  const asked = !('refused' in plan)
  const settled = asked && (await deployment.settle())
  const outcomes = await outcomesOf([story.entry], deployment.ledger)
  const undone = outcomes[0]?.state === 'undone'
  if (options.json) terminal.print(JSON.stringify({ asked, ...plan, document: outcomes[0] }, null, 2))
  else {
    // Where the target refused, nothing is left to do by hand.
    showPlan(story, settled && !undone && !('refused' in plan) ? { ...plan, warnings: [] } : plan, terminal)
    if (settled) await showEnd(story, outcomes, deployment, terminal)
    else if (asked)
      terminal.print(
        `The functions work on it now. Later: ${commandLine('trace', story.entry.documentId, ...deployment.arguments)}`,
      )
  }
  const left = (settled || !asked) && !undone
  return left || (asked && leftByHand(plan)) ? exitCodes.found : exitCodes.ok
}

const leftByHand = (plan: UndoPlan | { refused: Problem }): boolean =>
  'refused' in plan || plan.warnings.some(({ code }) => code === 'UNDO_BY_HAND')

/** What became of it; where the target refused, in its words. */
async function showEnd(
  { entry }: Story,
  outcomes: readonly Outcome[],
  deployment: Deployment,
  terminal: Terminal,
): Promise<void> {
  const progress = await deployment.ledger.progress(entry)
  const refused = progress?.warnings.filter(({ code }) => code === 'UNDO_REFUSED') ?? []
  for (const line of problemsText('', refused, terminal).slice(1)) terminal.print(line)
  showOutcomes(outcomes, deployment, terminal)
}

/** @returns 1 where nothing would be undone, or only a part */
async function preview(
  story: Story,
  deployment: Deployment,
  options: UndoOptions,
  terminal: Terminal,
): Promise<ExitCode> {
  const plan = await undoPreview(deployment, story)
  if (options.json) terminal.print(JSON.stringify({ documentId: story.entry.documentId, ...plan }, null, 2))
  else {
    showPlan(story, plan, terminal)
    terminal.print(
      'refused' in plan
        ? 'Nothing was done.'
        : `Nothing was done yet. Next: ${commandLine('undo', story.entry.documentId, '--why', '…', ...deployment.arguments)}`,
    )
  }
  return leftByHand(plan) ? exitCodes.found : exitCodes.ok
}

function showPlan({ entry }: Story, plan: UndoPlan | { refused: Problem }, terminal: Terminal): void {
  terminal.print(terminal.style('bold', `${documentName(entry.type)} ${entry.number}`))
  const said = (what: string) => terminal.print(`  ${wrap(what, terminal.width - 2, '  ')}`)
  if ('refused' in plan) {
    said(plan.refused.message)
    return
  }
  for (const { connection, what } of plan.does) said(`${connection}: ${what}`)
  for (const { code, message } of plan.warnings)
    said(`${terminal.style('yellow', code === 'UNDO_BY_HAND' ? 'by hand:' : 'note:')} ${message}`)
}
