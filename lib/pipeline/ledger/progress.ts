import { parseStep } from '../messages.ts'
import type { BlobStore, Item, ItemStore } from './items.ts'
import { keys } from './keys.ts'
import type { Attempt, Claim, DocumentRef, Ledger, Progress } from './ledger.ts'
import { pack, unpack } from './pack.ts'
import { isAsSeen, notUndone, undoing, undone } from './undoing.ts'

/** The audit trail keeps the newest attempts; a document that is redriven for weeks must not outgrow its item. */
const attemptsKept = 50

const notesKept = 50

interface Stored extends Progress {
  lease?: { owner: string; until: number }
}

const fresh = (step: string, at: string): Stored => ({
  state: 'mapped',
  step,
  begun: {},
  attempts: [],
  problems: [],
  warnings: [],
  targets: [],
  updatedAt: at,
})

/**
 * What changes while a document goes its way: one small item, written under the condition that nobody else wrote
 * it since it was read. The last state this worker wrote is remembered, so a claim and its outcome cost one read.
 */
export function progressBook(
  items: ItemStore,
  blobs: BlobStore,
  now: () => number,
): Pick<
  Ledger,
  'progress' | 'reopen' | 'claim' | 'wrote' | 'settle' | 'note' | 'hold' | 'remark' | 'beginUndo' | 'endUndo'
> {
  const remembered = new Map<string, { revision: number; value: Stored }>()

  const load = async (ref: DocumentRef) => {
    const item = await items.get(keys.partition(ref.number), keys.state(ref.documentId))
    return item && { revision: item.revision, value: await unpack<Stored>(item, blobs) }
  }

  /** Applies `change` to the newest state; undefined from `change` means "leave it". */
  const update = async (entry: DocumentRef, change: (before: Stored | undefined) => Stored | undefined) => {
    let before = remembered.get(entry.documentId) ?? (await load(entry))
    for (let tries = 0; tries < 10; tries += 1) {
      const after = change(before?.value)
      if (!after) return
      after.updatedAt = new Date(now()).toISOString()
      after.attempts = after.attempts.slice(-attemptsKept)
      const expected = before?.revision ?? 0
      const item: Item = {
        pk: keys.partition(entry.number),
        sk: keys.state(entry.documentId),
        revision: expected + 1,
        ...(await pack(after, `ledger/${entry.documentId}`, blobs)),
      }
      if (await items.put(item, expected)) {
        // Only a document under way will be written again by this worker: nothing else is worth remembering.
        if (after.state === 'pushing') remembered.set(entry.documentId, { revision: expected + 1, value: after })
        else remembered.delete(entry.documentId)
        return
      }
      remembered.delete(entry.documentId)
      before = await load(entry)
    }
    throw new Error(`ledger: ${entry.documentId} is written by too many workers at once`)
  }

  const withAttempt = (before: Stored, attempt: Attempt): Stored => {
    const { lease: _, ...rest } = before
    return { ...rest, attempts: [...before.attempts, attempt] }
  }

  return {
    progress: async (ref) => (await load(ref))?.value,

    reopen: (document, step, attempt) =>
      update(document, (before) => {
        if (!before || before.state === 'delivered' || before.hold) return undefined
        const { heldMessage: _, ...rest } = withAttempt(before, attempt)
        return { ...rest, state: 'mapped', step, problems: [] }
      }),

    async claim(entry, step, owner, until) {
      let claim: Claim = { claimed: false, why: 'done', underWay: false }
      await update(entry, (stored) => {
        const before = stored ?? fresh(step, '')
        const leased = before.lease && before.lease.owner !== owner && before.lease.until > now()
        const finished = before.state === 'delivered' || before.state === 'skipped'
        if (finished || isPast(step, before.step)) {
          claim = { claimed: false, why: 'done', underWay: !finished }
          return undefined
        }
        if (before.state === 'held' || before.state === 'rejected') {
          claim = { claimed: false, why: 'settled', progress: before }
          return undefined
        }
        if (leased) {
          claim = { claimed: false, why: 'leased' }
          return undefined
        }
        const attempt = (before.begun[step] ?? 0) + 1
        claim = { claimed: true, attempt }
        return { ...before, state: 'pushing', begun: { ...before.begun, [step]: attempt }, lease: { owner, until } }
      })
      return claim
    },

    wrote: (entry, write) =>
      update(entry, (before) => {
        // A repeat of a write whose answer was lost: it is recorded already.
        if (before && before.step === write.next) return undefined
        const state = withAttempt(before ?? fresh(write.next, ''), write.attempt)
        const after: Stored = {
          ...state,
          state: write.done ? 'delivered' : 'pushing',
          step: write.next,
          problems: [],
          warnings: [...state.warnings, ...write.warnings],
          targets: write.target ? [...state.targets, write.target] : state.targets,
        }
        return write.done && after.undo ? undone(after, after.undo, write.attempt.at) : after
      }),

    settle: (entry, outcome) =>
      update(entry, (before) => {
        if (before?.state === 'delivered') return undefined
        const { heldMessage: _, ...state } = withAttempt(before ?? fresh(outcome.step, ''), outcome.attempt)
        return {
          ...state,
          state: outcome.state,
          step: outcome.step,
          problems: outcome.problems,
          warnings: outcome.warnings,
          ...(outcome.heldMessage === undefined ? {} : { heldMessage: outcome.heldMessage }),
        }
      }),

    async hold(document, word) {
      let result: Awaited<ReturnType<Ledger['hold']>> = 'done'
      await update(document, (stored) => {
        const before = stored ?? fresh('1.0', '')
        const over = before.state === 'delivered' || before.state === 'skipped'
        const sending = before.lease !== undefined && before.lease.until > now()
        result = over ? 'over' : sending ? 'sending' : 'done'
        if (result !== 'done') return undefined
        const { hold: _, heldMessage: __, ...rest } = before
        if (!word) return rest
        const problems = [{ code: 'HELD_BY_HAND', message: `${word.by} holds it: ${word.text}` }]
        return { ...rest, state: 'held', problems, hold: word }
      })
      return result
    },

    remark: (document, { note, assignee }) =>
      update(
        document,
        (before) =>
          before && {
            ...before,
            ...(note ? { notes: [...(before.notes ?? []), note].slice(-notesKept) } : {}),
            ...(assignee === undefined ? {} : { assignee }),
          },
      ),

    async beginUndo(document, seen, generation, word) {
      let begun = false
      await update(document, (before) => {
        begun = before !== undefined && isAsSeen(before, seen)
        return before && begun ? undoing(before, generation, word) : undefined
      })
      return begun
    },

    endUndo: (document, warning, attempt) =>
      update(document, (before) => before && notUndone(withAttempt(before, attempt), warning)),

    note: (entry, step, attempt) =>
      update(entry, (before) =>
        withAttempt({ ...(before ?? fresh(step, '')), state: before?.state ?? 'mapped' }, attempt),
      ),
  }
}

/** True where a document has gone beyond a step: the message is a repeat of one that was handled. */
function isPast(step: string, reached: string): boolean {
  const [a, b] = [parseStep(step), parseStep(reached)]
  return a.generation < b.generation || (a.generation === b.generation && a.index < b.index)
}
