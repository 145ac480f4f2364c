import type { SourceDocument } from '../../../core/exchange.ts'
import { noOlderThan } from '../source-document.ts'
import type { Cursor } from './cursor.ts'
import { readFull } from './full-read.ts'
import { fromStamp, minuteMs, type Stamp, toStamp } from './stamp.ts'
import { noParts, packParts, rootsChanged, unpackParts } from './watched-parts.ts'
import type { Work } from './work.ts'

/*
 * A kit without one of its lines has no younger stamp than before, and nothing else is touched when a line is deleted. So
 * every window ends with a look at what there is, compared with what there was and what documents were told with; the
 * kits of what is gone are told anew.
 */

/** A cursor is one item of 400 KB at most. */
const largest = 200_000

/**
 * Tells anew what something is gone from. As of the moment at which it was seen gone: later than every state that had
 * it. And not before every transaction is over that was begun until then, so that whatever such a one changed is in it,
 * and whatever a younger one changes makes a later state.
 * @param now the server's time
 */
export async function tellVanished<C extends Cursor>(
  work: Work,
  cursor: C,
  now: Stamp,
  into: SourceDocument[],
): Promise<C> {
  const { stream, odoo, settings } = work
  const { parts } = cursor
  const settledMs = settings.overlapMinutes * minuteMs + settings.lagSeconds * 1000
  if (!stream.parts || !parts?.vanished || fromStamp(now) < fromStamp(parts.vanished.at) + settledMs) return cursor
  const { at, roots } = parts.vanished
  const { documents, failed } = await readFull(work, await stream.parts.headers(odoo, roots))
  const stamp = `${at.replace(' ', 'T')}Z`
  into.push(...[...documents.values()].flat().map((document) => noOlderThan(document, stamp)))
  return failed.length > 0 ? cursor : { ...cursor, parts: { ...parts, vanished: undefined } }
}

/**
 * The cursor with what these documents were made of written down; undefined where it is. It has to be stored before they
 * are told: else a part that is gone by the time a lost page is read again would never be missed.
 */
export function withParts<C extends Cursor>(
  { stream }: Work,
  cursor: C,
  documents: readonly SourceDocument[],
): C | undefined {
  const inside = documents.flatMap((document) => stream.parts?.inside(document) ?? [])
  if (inside.length === 0) return undefined
  const parts = cursor.parts ?? noParts
  const told = unpackParts(parts.told)
  const known = [...unpackParts(parts.there), ...told]
  const added = inside.filter(
    (part) =>
      rootsChanged(
        [part],
        known.filter(({ id }) => id === part.id),
      ).length > 0,
  )
  if (added.length === 0) return undefined
  const all = [...new Map([...told, ...added].map((part) => [JSON.stringify(part), part])).values()]
  return { ...cursor, parts: { ...parts, told: packParts(all) } }
}

/** The cursor after a window's last row: what there is now, and what of all that was known is not. */
export async function lookForVanished<C extends Cursor>({ stream, odoo, log }: Work, cursor: C): Promise<C> {
  const now = await stream.parts?.list(odoo)
  // Where they cannot be seen (any more), nothing is concluded from that.
  if (!now) return cursor
  const parts = cursor.parts ?? noParts
  const changed = rootsChanged([...unpackParts(parts.there), ...unpackParts(parts.told)], now)
  const there = packParts(now)
  if (there.length > largest)
    log.warn('too many kits to notice deleted bills of materials', { stream: stream.name, count: now.length })
  const watched = { there: there.length > largest ? '' : there, told: '' }
  if (changed.length === 0) return { ...cursor, parts: { ...watched, vanished: parts.vanished } }
  const roots = [...new Set([...(parts.vanished?.roots ?? []), ...changed])]
  return { ...cursor, parts: { ...watched, vanished: { at: toStamp(await odoo.serverNow()), roots } } }
}
