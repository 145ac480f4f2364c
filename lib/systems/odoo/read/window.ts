import type { Json, SourceDocument, SourcePage } from '../../../core/exchange.ts'
import type { OdooRecord } from '../rpc.ts'
import { type Cursor, closeWindow, firstCursor, openWindow, readCursor, type Window, writeCursor } from './cursor.ts'
import { type FullRead, postponed, readFull } from './full-read.ts'
import { contentOf, type Marks, markOf } from './marks.ts'
import { type Phase, phasesOf } from './phases.ts'
import { minuteMs, type Stamp, shift, toStamp } from './stamp.ts'
import { lookForVanished, tellVanished, withParts } from './vanished-parts.ts'
import { page, pageMs, rowsFor, type Work, withArchived } from './work.ts'

type Open = Cursor & { window: Window }

/**
 * One page of a stream's changes (odoo.md §4.4). The proof that nothing is missed rests on one promise alone, that no
 * transaction takes longer than overlap and lag:
 *
 * - A row is visible in every window that is opened later than its commit and holds its stamp. Its last such window,
 *   the one after which its second leaves the overlap, is opened when every transaction begun in that second is over:
 *   there the record is always read in full, whatever was met before.
 * - In the windows before, marks save the reading of what has been enqueued; they may be wrong (two transactions begun
 *   in one second look alike) or forgotten, and it costs time or a read.
 * - A row that is rewritten while its window is paged leaves it and stands in the next one.
 */
export async function readWindow(work: Work, stored: Json | undefined): Promise<SourcePage> {
  const documents: SourceDocument[] = []
  const { settings, clock, stream } = work
  const until = clock.now() + pageMs
  const phases = phasesOf(stream)
  const before = readCursor(stored)
  let cursor = await opened(work, before, documents)
  const begun = before ?? cursor
  const pageOf = (next: Cursor, more: boolean): SourcePage => {
    const first = withParts(work, begun, documents)
    return first ? page([], writeCursor(first), true) : page(documents, writeCursor(next), more)
  }
  for (;;) {
    const phase = phases[cursor.window.phase]
    if (!phase) return pageOf(closeWindow(await lookForVanished(work, cursor)), false)
    const room = settings.documentsPerPage - documents.length
    if (room <= 0 || clock.now() >= until) return pageOf(cursor, true)
    const rows = await rowsAfter(work, phase, cursor.window, room)
    cursor =
      rows.length === 0
        ? { ...cursor, window: { ...cursor.window, phase: cursor.window.phase + 1, last: 0 } }
        : await takeRows(work, phase, rows, cursor, room, documents)
  }
}

/** The window under way, or the next one, which begins with the records that could not be read before. */
async function opened(work: Work, cursor: Cursor | undefined, documents: SourceDocument[]): Promise<Open> {
  if (cursor?.window) return { ...cursor, window: cursor.window }
  const now = toStamp(await work.odoo.serverNow())
  if (cursor && cursor.mark > now)
    work.log.warn("the server's clock was set back", { stream: work.stream.name, mark: cursor.mark, now })
  const open = openWindow(cursor ?? firstCursor(now), now, work.settings)
  const read = await readFull(work, open.postponed)
  for (const [id, found] of read.documents) {
    documents.push(...found)
    open.fresh.set(freshKey(id), contentOf(found))
  }
  return tellVanished(work, { ...open, postponed: read.failed }, now, documents)
}

async function rowsAfter({ odoo, settings }: Work, phase: Phase, { from, to, last }: Window, room: number) {
  if (!(await phase.isThere(odoo))) return []
  return odoo.searchRead(
    phase.model,
    [...phase.domain, ['write_date', '>=', from], ['write_date', '<', to], ['id', '>', last]],
    { fields: phase.fields, order: 'id asc', limit: rowsFor(room, settings), context: withArchived },
  )
}

/** A row whose record is read in full, with what was enqueued when it was met before. */
interface Wanted {
  owner: number
  mark: string
  before: string | undefined
  leaving: boolean
}

/**
 * Rows in the order of their ids, until all are dealt with or the page is full. A row with many records (a template with
 * all its variants) is dealt with as a whole.
 */
async function takeRows(
  work: Work,
  phase: Phase,
  rows: readonly OdooRecord[],
  cursor: Open,
  room: number,
  documents: SourceDocument[],
): Promise<Open> {
  const cut = shift(cursor.window.to, -work.settings.overlapMinutes * minuteMs)
  const met: Marks = new Map(cursor.met)
  const wanted: Wanted[] = []
  const owners = new Set<number>()
  const ownersOf = await phase.owners(work.odoo, rows)
  let last = cursor.window.last
  for (const row of rows) {
    const leaving = !isStampFrom(row.write_date, cut)
    const own = (ownersOf.get(row.id) ?? []).filter((owner) => !cursor.postponed.includes(owner))
    const looked = own.map((owner) => {
      const mark = own.length === 1 ? markOf(phase.model, row) : markOf(phase.model, [owner, row])
      const before = cursor.known.get(mark)
      // Read in this window already; or enqueued, and met again later.
      const settled = cursor.fresh.get(freshKey(owner)) ?? (leaving ? undefined : before)
      return { owner, mark, before, leaving, settled }
    })
    const open = looked.filter(({ settled }) => settled === undefined)
    const added = open.filter(({ owner }) => !owners.has(owner)).length
    if (owners.size > 0 && owners.size + added > room) break
    for (const { settled, mark } of looked) if (settled !== undefined && !leaving) met.set(mark, settled)
    for (const { owner, mark, before } of open) {
      owners.add(owner)
      wanted.push({ owner, mark, before, leaving })
    }
    last = row.id
  }
  const read = await readFull(work, await eligible(work, phase, [...owners]))
  const fresh = enqueue(read, wanted, new Map(cursor.fresh), met, documents)
  return {
    ...cursor,
    window: { ...cursor.window, last },
    met,
    fresh,
    postponed: postponed([...cursor.postponed, ...read.failed], work),
  }
}

/** Documents that are not known to be enqueued in this very state; each row is marked with what its record held. */
function enqueue(
  { documents }: FullRead,
  wanted: readonly Wanted[],
  fresh: Marks,
  met: Marks,
  into: SourceDocument[],
): Marks {
  for (const [owner, found] of documents) {
    const rows = wanted.filter((row) => row.owner === owner)
    const content = contentOf(found)
    fresh.set(freshKey(owner), content)
    if (!rows.some(({ before }) => before === content)) into.push(...found)
    for (const { mark, leaving } of rows) if (!leaving) met.set(mark, content)
  }
  return fresh
}

/** Headers of changed lines are looked at before they are read in full: most lines belong to drafts. */
async function eligible({ odoo, stream }: Work, phase: Phase, ids: number[]): Promise<number[]> {
  if (phase.model === stream.model || ids.length === 0) return ids
  const headers = await odoo.searchRead(stream.model, [...stream.domain, ['id', 'in', ids]], {
    fields: stream.headerFields,
    order: 'id asc',
    context: withArchived,
  })
  return headers.filter(stream.eligible).map(({ id }) => id)
}

const isStampFrom = (value: Json | undefined, from: Stamp): boolean => typeof value === 'string' && value >= from

/** Twelve hex digits, like a mark. */
const freshKey = (id: number): string => id.toString(16).padStart(12, '0')
