import { contentHash, sha256 } from '../../../../core/hash.ts'
import type { ReturnRecord } from '../../records.ts'
import { escaped } from '../html.ts'

export type Action = ReturnRecord['lines'][number]['action']

const letters = { restock: 'r', quarantine: 'q', scrap: 'x' } as const
const actions = { r: 'restock', q: 'quarantine', x: 'scrap' } as const

/*
 * Signs in the notes of transfers, by which a return is found again. A transfer of returned goods does one thing with them
 * (its letter), so that what is booked of a return can be told from the transfers alone, wherever the goods went since.
 *
 * Odoo's dialog copies the delivery with its note. So the sign of a return that is about to be made is put on the delivery
 * first: the transfer carries it from its first moment on, and is found where the dialog's answer was lost. Once its
 * quantities are written, in one transaction, it carries the sign of a return; then the delivery's is taken away.
 */

const hashOf = (reference: string): string => sha256(reference, 12)

/** Part of every sign of a reference: what notes are searched for. */
export const anySign = (reference: string): string => `-${hashOf(reference)}-`

/** What a transfer is to take, as the end of its sign. */
export const contentOf = (parts: unknown): string => contentHash(parts).slice(0, 8)

export const beginSign = (reference: string, action: Action, content: string): string =>
  `ml-p${letters[action]}-${hashOf(reference)}-${content}`
export const bookSign = (reference: string, action: Action, content: string): string =>
  `ml-b${letters[action]}-${hashOf(reference)}-${content}`

/** The sign of a reference in a note: p where the transfer is about to be filled in, b where it is. */
export function signIn(
  note: string,
  reference: string,
): { step: 'p' | 'b'; action: Action; content: string } | undefined {
  const found = [...note.matchAll(/\[ml-([pb])([rqx])-([0-9a-f]{12})-([0-9a-f]{8})\]/g)]
    .filter(([, , , hash]) => hash === hashOf(reference))
    // A transfer that is filled in says so, whatever was copied beside it.
    .sort(([, a], [, b]) => (a === b ? 0 : a === 'b' ? -1 : 1))[0]
  const [, step, letter, , content] = found ?? []
  if (step === undefined || content === undefined) return undefined
  return { step: step as 'p' | 'b', action: actions[letter as keyof typeof actions], content }
}

/** A note with a line and a sign added. */
export function signed(note: string, text: string, sign: string, html: boolean): string {
  const line = `${text} [${sign}]`
  return html ? `${note}<p>${escaped(line)}</p>` : [note, line].filter((part) => part !== '').join('\n')
}

/** A delivery's note without the lines of a return that is made by now. */
export function unsigned(note: string, reference: string): string {
  const sign = `\\[ml-p[rqx]-${hashOf(reference)}-[0-9a-f]{8}\\]`
  return note.replace(new RegExp(`<p>[^<]*${sign}</p>`, 'g'), '').replace(new RegExp(`\\n?[^\\n<>]*${sign}`, 'g'), '')
}
