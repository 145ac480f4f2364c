import { contentHash, sha256 } from '../../../../core/hash.ts'
import type { ReceiptRecord } from '../../records.ts'
import { escaped } from '../html.ts'

/**
 * The sign of a receipt on the transfer that takes its goods: in the note, which everybody may write and search, and
 * which is written in the same transaction as the quantities. A hash, since a reference may contain anything.
 *
 * A backorder is a copy of its transfer, note and all. So a sign on a transfer that is not done may be an old one: the
 * sign counts where the transfer is done, or where no done transfer it was split from carries it.
 */
export interface Marker {
  /** The receipt, whatever it said. */
  receipt: string
  /** The receipt with exactly this content. */
  content: string
}

const kinds = { announce: 'a', validate: 'r' } as const

export function markerOf(reference: string, record: ReceiptRecord): Marker {
  const receipt = `ml-${kinds[record.mode]}-${sha256(reference, 12)}`
  return { receipt, content: `${receipt}-${contentHash([record.quarantine ?? null, record.lines]).slice(0, 8)}` }
}

/** True where a note carries the sign of a receipt, or of one with this content. */
export const carries = (note: string, marker: string): boolean => note.includes(`[${marker}`)

/** Announcements in a note, by their receipts. */
export const announcementsIn = (note: string): string[] =>
  [...note.matchAll(/\[(ml-a-[0-9a-f]+)/g)].flatMap(([, receipt]) => receipt ?? [])

/**
 * A note with a receipt's line added. Signs of other receipts that a transfer still open carries are taken away: their
 * quantities are about to be replaced, or are on the done transfer it was split from. Announcements stay.
 */
export function withMarker(
  note: string,
  { receipt, content }: Marker,
  { html, mode, text }: { html: boolean; mode: ReceiptRecord['mode']; text: string },
): string {
  const old = mode === 'validate' ? /\s*\[ml-r-[0-9a-f-]+\]/g : new RegExp(`\\s*\\[${receipt}-[0-9a-f]+\\]`, 'g')
  const kept = note.replace(old, '')
  const line = `${text} [${content}]`
  return html ? `${kept}<p>${escaped(line)}</p>` : [kept, line].filter((part) => part !== '').join('\n')
}
