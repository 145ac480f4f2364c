import { contentHash, sha256 } from '../../../../core/hash.ts'
import type { ReturnRecord } from '../../records.ts'
import { escaped } from '../html.ts'

export type Action = ReturnRecord['lines'][number]['action']

const letters = { restock: 'r', quarantine: 'q', scrap: 'x' } as const
const actions = { r: 'restock', q: 'quarantine', x: 'scrap' } as const

/*
 * Signs in the notes of transfers, by which a return is found again. A transfer of returned goods does one thing with them
 * (its letter), so that what is booked of a return can be told from the transfers alone, wherever the goods went since.
 */

const hashOf = (reference: string): string => sha256(reference, 12)

/** Part of every sign of a reference: what notes are searched for. */
export const anySign = (reference: string): string => `-${hashOf(reference)}-`

/** What a transfer is to take, as the end of its sign. */
export const contentOf = (parts: unknown): string => contentHash(parts).slice(0, 8)

export const signOf = (reference: string, action: Action, content: string): string =>
  `ml-b${letters[action]}-${hashOf(reference)}-${content}`

/** The sign of a reference in a note. */
export function signIn(note: string, reference: string): { action: Action; content: string } | undefined {
  const found = [...note.matchAll(/\[ml-b([rqx])-([0-9a-f]{12})-([0-9a-f]{8})\]/g)]
  const [, letter, , content] = found.find(([, , hash]) => hash === hashOf(reference)) ?? []
  return content === undefined ? undefined : { action: actions[letter as keyof typeof actions], content }
}

/** What people read on the transfer, with its sign. */
export const signed = (text: string, sign: string, html: boolean): string =>
  html ? `<p>${escaped(`${text} [${sign}]`)}</p>` : `${text} [${sign}]`
