import type { Problem } from '../../core/problems.ts'
import { stepOf } from '../messages.ts'
import type { PersonsWord, Progress, Undoing } from './ledger.ts'

/** True where nothing happened to a settled document since it was looked at. */
export const isAsSeen = (now: Progress, seen: Progress): boolean =>
  now.updatedAt === seen.updatedAt && now.attempts.length === seen.attempts.length && now.state === seen.state

/** It is on its way again, to the first of the writes that undo. Whatever was held is not sent any more. */
export function undoing(before: Progress, generation: number, { at, by, text }: PersonsWord): Progress {
  const { heldMessage: _, hold, ...rest } = before
  const { state, step, problems } = before
  const undo: Undoing = { at, by, text, generation, before: { state, step, problems, ...(hold ? { hold } : {}) } }
  return { ...rest, state: 'mapped', step: stepOf(generation, 0), problems: [], undo }
}

/** Everything that could be taken back was: nothing of the document is written any more. */
export function undone(progress: Progress, undo: Undoing, at: string): Progress {
  const message = `${undo.by} had it undone: ${undo.text}`
  return { ...progress, state: 'skipped', problems: [{ code: 'UNDONE', message }], undo: { ...undo, done: at } }
}

/** As it stood before, with a warning of why nothing was undone; an older such warning has had its day. */
export function notUndone(progress: Progress, warning: Problem): Progress {
  const { undo, ...rest } = progress
  if (!undo || undo.done !== undefined) return progress
  const warnings = [...progress.warnings.filter(({ code }) => code !== warning.code), warning]
  return { ...rest, ...undo.before, warnings }
}
