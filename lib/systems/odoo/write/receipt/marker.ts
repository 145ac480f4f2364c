import { contentHash, sha256 } from '../../../../core/hash.ts'
import type { ReceiptRecord } from '../../records.ts'
import { escaped } from '../html.ts'
import type { Goods, Way } from './way.ts'

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
  /** The one of the two that says "this is booked": the receipt, unless it is booked in steps. */
  settles: string
  /** When what it tells was so, whole seconds. */
  at: number | undefined
}

/**
 * @param step what tells apart the steps of a receipt that is booked as it grows: how much of it was booked before
 */
export function markerOf(reference: string, goods: Goods, way: Way, step?: string): Marker {
  const receipt = signOf(reference, goods.mode === 'announce' ? 'a' : way.sign)
  const said = [goods.quarantine ?? null, goods.lines, ...[goods.place, step].filter((one) => one !== undefined)]
  const content = `${receipt}-${contentHash(said).slice(0, 8)}`
  const at = goods.at === undefined ? Number.NaN : Math.floor(Date.parse(goods.at) / 1000)
  return {
    receipt,
    content,
    settles: step === undefined ? receipt : content,
    at: Number.isNaN(at) ? undefined : at,
  }
}

/** The sign of a reference on transfers that are announced (a), received (r) or shipped (s). */
export const signOf = (reference: string, letter: 'a' | Way['sign']): string => `ml-${letter}-${sha256(reference, 12)}`

/** True where a note carries the sign of a receipt, or of one with this content. */
export const carries = (note: string, marker: string): boolean => note.includes(`[${marker}`)

/** Announcements in a note, by their receipts. */
export const announcementsIn = (note: string): string[] =>
  [...note.matchAll(/\[(ml-a-[0-9a-f]+)/g)].flatMap(([, receipt]) => receipt ?? [])

/** A sign in a note, taken apart. */
export interface Sign {
  content: string
  /** When what it tells was so, epoch seconds; 0 where nobody said. */
  at: number
  /** Number of transfers that carry the same content, all of them written before one is booked. */
  transfers: number
}

/** The signs of a receipt in a note, whatever it said. */
export const signsIn = (note: string, receipt: string): Sign[] =>
  [...note.matchAll(/\[(ml-[ars]-[0-9a-f]{12})-([0-9a-f]{8})(?:-(\d+))?(?:-(\d+))?\]/g)].flatMap(
    ([, of, content, at, count]) =>
      of === receipt ? [{ content: `${of}-${content}`, at: Number(at ?? 0), transfers: Number(count ?? 1) }] : [],
  )

/**
 * A note with a receipt's line added. Signs of other receipts that a transfer still open carries are taken away: their
 * quantities are about to be replaced, or are on the done transfer it was split from. Announcements stay.
 */
export function withMarker(
  note: string,
  { receipt, content, at }: Marker,
  { html, mode, text, transfers }: { html: boolean; mode: ReceiptRecord['mode']; text: string; transfers: number },
): string {
  const old = mode === 'validate' ? /\s*\[ml-[rs]-[0-9a-f-]+\]/g : new RegExp(`\\s*\\[${receipt}-[0-9a-f-]+\\]`, 'g')
  const kept = note.replace(old, '')
  const several = transfers > 1
  const more = `${at === undefined && !several ? '' : `-${at ?? 0}`}${several ? `-${transfers}` : ''}`
  const line = `${text} [${content}${more}]`
  return html ? `${kept}<p>${escaped(line)}</p>` : [kept, line].filter((part) => part !== '').join('\n')
}
