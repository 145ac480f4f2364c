import type { Write } from '../core/exchange.ts'
import type { DeliveredWrite, HistoryEntry } from '../core/flow.ts'
import type { Problem } from '../core/problems.ts'
import { recordName, type Undo, type WriteToUndo } from '../core/undo.ts'
import type { Mapping, Progress } from './ledger/ledger.ts'
import { stepOf } from './messages.ts'

/** What undoing a document comes to. */
export interface UndoPlan {
  /** In the order in which they are done: the newest write is undone first. */
  writes: Write[]
  /** For people, one for each of them. */
  does: { connection: string; what: string }[]
  /** Writes that nothing undoes, with what a person does about each; and what is undone with them. */
  warnings: Problem[]
}

/** A document as it stands, with everything else that is known under its number. */
export interface DocumentToUndo {
  documentId: string
  progress: Progress | undefined
  mappings: readonly Mapping[]
  history: readonly HistoryEntry[]
}

/**
 * How a document is undone, or why it is not. Pure; nothing is asked of any system.
 * @param undoOf what undoes writes at a connection; undefined where its system is not known
 */
export function planUndo(
  document: DocumentToUndo,
  undoOf: (connection: string) => Undo | undefined,
): UndoPlan | { refused: Problem } {
  const refused = notNow(document)
  if (refused) return { refused }
  const plan: UndoPlan = { writes: [], does: [], warnings: [] }
  const done = writesOf(document)
  for (const one of done.reverse()) add(plan, one, document, undoOf(one.write.connection))
  if (plan.writes.length > 0) return plan
  const hands = plan.warnings.map(({ message }) => message).join(' ')
  return done.length === 0
    ? { refused: { code: 'UNDO_NOTHING', message: 'Nothing was written of this document.' } }
    : { refused: { code: 'UNDO_BY_HAND', message: `Nothing of it is undone from here. ${hands}` } }
}

function notNow({ progress }: DocumentToUndo): Problem | undefined {
  if (progress?.undo?.done !== undefined)
    return { code: 'UNDONE', message: `It is undone since ${progress.undo.done}, by ${progress.undo.by}.` }
  if (progress?.undo) return { code: 'UNDO_UNDER_WAY', message: `${progress.undo.by} is having it undone already.` }
  if (!progress || progress.state === 'mapped' || progress.state === 'pushing')
    return { code: 'UNDO_IN_FLIGHT', message: 'It is on its way: wait until it is delivered, or hold it.' }
  if (progress.state === 'skipped')
    return { code: 'UNDO_NOTHING', message: 'It was skipped: nothing was written of it.' }
  return undefined
}

/** The writes that were done or begun, oldest first. Every one that was done has its target, in the same order. */
function writesOf({ progress, mappings }: DocumentToUndo): WriteToUndo[] {
  const { targets = [], begun = {} } = progress ?? {}
  return mappings
    .filter(({ undoes }) => !undoes)
    .toSorted((a, b) => a.generation - b.generation)
    .flatMap(({ generation, writes }) =>
      writes.map((write, i) => ({ write, begun: begun[stepOf(generation, i)] ?? 0 })),
    )
    .flatMap(({ write, begun: times }, i): WriteToUndo[] => {
      const target = targets[i]
      return target || times > 0 ? [{ write, begun: times, later: [], ...(target ? { target } : {}) }] : []
    })
}

function add(plan: UndoPlan, done: WriteToUndo, document: DocumentToUndo, undo: Undo | undefined): void {
  const { write, target } = done
  const changes = target ? laterOf(target, document) : []
  const later = changes.map((one) => one.target)
  const found = undo?.({ ...done, later }) ?? {
    byHand: `Take ${write.operation} of ${recordName(done)} back at ${write.connection}.`,
  }
  if ('byHand' in found) {
    const perhaps = target ? '' : 'It is not known whether this arrived. '
    plan.warnings.push({ code: 'UNDO_BY_HAND', message: perhaps + found.byHand })
    return
  }
  const { operation, record, reference = write.reference, does, absent } = found
  plan.writes.push({ connection: write.connection, operation, reference, record, absent })
  plan.does.push({ connection: write.connection, what: target ? does : `${does}, if it is there at all` })
  const others = [...new Set(changes.map(({ documentId }) => documentId))]
  if (others.length > 0)
    plan.warnings.push({
      code: 'UNDO_OTHERS',
      message: `What ${others.join(' and ')} wrote to ${recordName(done)} since is undone with it.`,
    })
}

/** What other documents wrote to the same record since. */
const laterOf = (
  { connection, targetId, at }: DeliveredWrite,
  { documentId, history }: DocumentToUndo,
): { documentId: string; target: DeliveredWrite }[] =>
  history
    .filter((h) => h.documentId !== documentId && h.state !== 'skipped')
    .flatMap((h) => h.targets.map((target) => ({ documentId: h.documentId, target })))
    .filter(({ target: t }) => t.connection === connection && t.targetId === targetId && t.at > at)
