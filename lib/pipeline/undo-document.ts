import type { Problem } from '../core/problems.ts'
import type { Undo } from '../core/undo.ts'
import type { Received } from './batch.ts'
import type { DocumentEntry, Mapping, PersonsWord, Progress } from './ledger/ledger.ts'
import type { MapperContext } from './map.ts'
import { type DocumentMessage, parseStep } from './messages.ts'
import { refusal } from './settle.ts'
import { planUndo, type UndoPlan } from './undo-plan.ts'

/** A document with everything that the ledger knows of it. */
export interface Known {
  entry: DocumentEntry
  progress: Progress
  mappings: readonly Mapping[]
}

/**
 * Begins the undo that somebody asked for. The decision is one conditional write; what follows from it may be repeated:
 * the writes that undo are made of what the ledger has. What cannot be undone now is recorded as asked for.
 * @returns the undo to go on with; undefined where there is none
 */
export async function beginUndo(
  known: Known,
  received: Received<DocumentMessage>,
  context: MapperContext,
): Promise<Known | undefined> {
  const { entry, progress, mappings } = known
  const word = wordOf(received.message.by, context.clock.now())
  const plan = await planOf(known, context)
  if ('refused' in plan) {
    // What is on its way is somebody's lease: nothing is written to it.
    if (plan.refused.code === 'UNDO_IN_FLIGHT') return undefined
    const attempt = { at: word.at, stage: 'map', outcome: 'skipped', code: plan.refused.code } as const
    await context.ledger.note(entry, progress.step, { ...attempt, by: received.message.by ?? word.by })
    return undefined
  }
  const generation = Math.max(parseStep(progress.step).generation, ...mappings.map((m) => m.generation)) + 1
  // Somebody was quicker: the message comes back and finds out what is now.
  if (!(await context.ledger.beginUndo(entry, progress, generation, word)))
    throw new Error(`${entry.documentId} changed while it was to be undone`)
  const now = await context.ledger.progress(entry)
  return now?.undo && { entry, progress: now, mappings: await withWrites(known, now, plan, context) }
}

/**
 * The undo that is under way, with its writes: made now where the process died before they were stored.
 * @returns undefined where there is nothing to undo any more, and the document stands as before
 */
export async function undoUnderWay(known: Known, context: MapperContext): Promise<Known | undefined> {
  const { entry, progress, mappings } = known
  if (mappings.some((m) => m.generation === progress.undo?.generation)) return known
  const { undo: _, ...rest } = progress
  const plan = await planOf({ ...known, progress: { ...rest, ...progress.undo?.before } }, context)
  if (!('refused' in plan)) return { ...known, mappings: await withWrites(known, progress, plan, context) }
  const at = new Date(context.clock.now()).toISOString()
  const attempt = { at, stage: 'map', outcome: 'skipped', code: plan.refused.code } as const
  await context.ledger.endUndo(entry, refusal([plan.refused]), attempt)
  return undefined
}

async function planOf(
  { entry, progress, mappings }: Known,
  { ledger, sources, undo }: MapperContext,
): Promise<UndoPlan | { refused: Problem }> {
  const connections = Object.entries(sources.integrations[entry.integration]?.connections ?? {})
  const undoOf = (connection: string): Undo | undefined =>
    undo[connections.find(([, name]) => name === connection)?.[0] ?? '']
  const history = await ledger.history(entry.number)
  return planUndo({ documentId: entry.documentId, progress, mappings, history }, undoOf)
}

async function withWrites(
  { entry, mappings }: Known,
  { undo }: Progress,
  { writes, warnings }: UndoPlan,
  { ledger, clock }: MapperContext,
): Promise<Mapping[]> {
  const at = new Date(clock.now()).toISOString()
  const generation = undo?.generation ?? 0
  const mapping = { entry, generation, final: true, undoes: true, writes, decisions: [], warnings, tables: {}, at }
  await ledger.saveMapping(mapping)
  return [...mappings, mapping]
}

/** "dana: ordered twice" as who and why. */
function wordOf(by: string | undefined, now: number): PersonsWord {
  const [who = '', ...why] = (by ?? '').split(': ')
  return { at: new Date(now).toISOString(), by: who || 'somebody', text: why.join(': ') || 'no reason given' }
}
