import type { Problem } from '../../lib/core/problems.ts'
import type { PersonsWord, Story } from '../../lib/pipeline/ledger/ledger.ts'
import { planUndo, type UndoPlan } from '../../lib/pipeline/undo-plan.ts'
import type { Deployment } from '../deployment/deployment.ts'
import { WrongUse } from '../exit.ts'
import { ask } from '../replay/documents.ts'
import { undoneSystems } from '../systems.ts'

/** What an undo would do at the targets, or why it would not; nothing is asked of them, nothing is written. */
export async function undoPreview(
  { ledger, connections }: Deployment,
  { entry, progress, mappings }: Story,
): Promise<UndoPlan | { refused: Problem }> {
  const history = await ledger.history(entry.number)
  return planUndo(
    { documentId: entry.documentId, progress, mappings, history },
    (connection) => undoneSystems[connections[connection]?.system ?? ''],
  )
}

/**
 * Has a document undone: the mapper decides it anew and sends the writes that undo. One that is undone, or of which only
 * a person can undo anything, is left alone. Throws WrongUse where it is on its way, or nothing was written of it.
 */
export async function undoDocument(
  deployment: Deployment,
  story: Story,
  { by, text }: PersonsWord,
): Promise<UndoPlan | { refused: Problem }> {
  const plan = await undoPreview(deployment, story)
  if (!('refused' in plan)) await ask(deployment, [story.entry], 'undo', `${by}: ${text}`)
  else if (plan.refused.code === 'UNDO_IN_FLIGHT' || plan.refused.code === 'UNDO_NOTHING')
    throw new WrongUse(`${story.entry.documentId}: ${plan.refused.message}`)
  return plan
}
