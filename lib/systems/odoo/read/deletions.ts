import * as z from 'zod'
import { acceptedDeletions, refusedDeletions } from '../../../core/deletions.ts'
import type { Json, SourcePage } from '../../../core/exchange.ts'
import { Failure } from '../../../core/failures.ts'
import type { Domain } from '../rpc.ts'
import { packIds, packTexts, unpackIds, unpackTexts } from './packed.ts'
import type { PollingSettings } from './polling-settings.ts'
import { dayMs, toStamp } from './stamp.ts'
import { page, type Work, withArchived } from './work.ts'

const hourMs = 3_600_000
/** A cursor is one item of 400 KB at most. */
const largest = 300_000
/** Ids of one look at what is gone. */
const lookUp = 5_000
/** A few are always believed, unless they are all there were. */
const few = 3

const schema = z.object({
  /** When the last sweep ended, by our own clock: it only decides when the next one is due. */
  sweptAt: z.iso.datetime().optional(),
  /** The records watched, with the numbers people know them by, in the order of their ids. */
  ids: z.string().default(''),
  numbers: z.string().default(''),
  refused: refusedDeletions.optional(),
  accepted: acceptedDeletions.optional(),
})
type Cursor = z.output<typeof schema>
type Watched = Map<number, string>

const readCursor = (stored: Json | undefined): Cursor => schema.parse(stored ?? {})

export function isSweepDue(stored: Json | undefined, now: number, { deletionSweepHours }: PollingSettings): boolean {
  const { sweptAt, refused, accepted } = readCursor(stored)
  if (accepted && refused) return true
  // While it waits for a person it looks every hour whether the records are back.
  if (refused) return now >= Date.parse(refused.at) + Math.min(1, deletionSweepHours) * hourMs
  return sweptAt === undefined || now >= Date.parse(sweptAt) + deletionSweepHours * hourMs
}

/**
 * Compares the ids of a stream's records with those of the sweep before; what is gone becomes a deleted document.
 * There are no tombstones (odoo.md §4.6), so a lost right looks like a thousand deletions: where too many vanish at
 * once nothing is passed on until a person says so or they are back. A record that was made and deleted between two
 * sweeps is not noticed.
 */
export async function sweepDeletions(work: Work, stored: Json | undefined): Promise<SourcePage> {
  const { stream, settings, clock } = work
  const cursor = readCursor(stored)
  const now = new Date(clock.now()).toISOString()
  const before = watchedIn(cursor)
  const there = await recordsThere(work)
  const gone = await absent(
    work,
    [...before.keys()].filter((id) => !there.has(id)),
  )
  if (tooMany(gone.length, before.size, settings) && !isAccepted(cursor, gone.length, now))
    return refuse(work, cursor, { count: gone.length, of: before.size, at: now })

  const deleted = gone.slice(0, settings.documentsPerPage)
  const documents = deleted.flatMap((id) => stream.deleted?.(id, before.get(id) ?? '') ?? [])
  if (gone.length === deleted.length) return page(documents, written({ sweptAt: now }, there, stream.name), false)
  // The rest is found again by the next page.
  const rest: Watched = new Map([...before].filter(([id]) => !deleted.includes(id)))
  const accepted = cursor.accepted && { ...cursor.accepted, upTo: cursor.accepted.upTo - deleted.length }
  const { sweptAt, refused } = cursor
  return page(documents, written({ sweptAt, refused, accepted }, rest, stream.name), true)
}

/** Told once in the cursor, for people, and then as a failure of the stream, so that it is seen. */
function refuse({ stream, log }: Work, cursor: Cursor, refused: NonNullable<Cursor['refused']>): SourcePage {
  const message = `${refused.count} of ${refused.of} records of ${stream.name} vanished at once. Check the rights and companies of the user in Odoo; if they were deleted on purpose, confirm it with "ml-connector gaps <connection> --accept-deletions".`
  const told = cursor.refused && Date.parse(refused.at) - Date.parse(cursor.refused.at) < hourMs / 2
  if (told) throw new Failure('transient', 'ODOO_TOO_MANY_DELETED', message)
  log.error(message, { code: 'ODOO_TOO_MANY_DELETED', stream: stream.name })
  const { accepted: _, ...rest } = cursor
  return page([], { ...asJson(rest), refused }, true)
}

const tooMany = (gone: number, of: number, { deletionStopCount, deletionStopPercent }: PollingSettings): boolean =>
  gone > deletionStopCount || (gone > few && gone * 100 > deletionStopPercent * of) || (gone > 1 && gone === of)

const isAccepted = ({ accepted }: Cursor, gone: number, now: string): boolean =>
  accepted !== undefined && gone <= accepted.upTo && now < accepted.until

/** Every record made within the horizon that is a document of the stream, with its number. */
async function recordsThere({ odoo, stream, settings, clock }: Work): Promise<Watched> {
  const since = toStamp(clock.now() - settings.deletionHorizonDays * dayMs)
  const domain: Domain = [...stream.domain, ...(stream.ageless ? [] : [['create_date', '>=', since]])]
  const found: Watched = new Map()
  for (let last = 0; ; ) {
    const rows = await odoo.searchRead(stream.model, [...domain, ['id', '>', last]], {
      fields: stream.headerFields,
      order: 'id asc',
      limit: settings.pageSize,
      context: withArchived,
    })
    const end = rows.at(-1)
    if (!end) return found
    for (const { id, name } of rows.filter(stream.eligible))
      found.set(id, stream.ageless ? '' : typeof name === 'string' && name !== '' ? name : `${stream.model}/${id}`)
    last = end.id
  }
}

/** Which of these are no more at all. A record that left the stream's domain or the horizon is still there. */
async function absent({ odoo, stream }: Work, ids: number[]): Promise<number[]> {
  const gone: number[] = []
  for (let at = 0; at < ids.length; at += lookUp) {
    const part = ids.slice(at, at + lookUp)
    const domain: Domain = [['id', 'in', part]]
    const found = await odoo.searchRead(stream.model, domain, {
      fields: ['id'],
      order: 'id asc',
      context: withArchived,
    })
    const there = new Set(found.map(({ id }) => id))
    gone.push(...part.filter((id) => !there.has(id)))
  }
  return gone
}

function watchedIn({ ids, numbers }: Cursor): Watched {
  const texts = unpackTexts(numbers)
  return new Map(unpackIds(ids).map((id, i) => [id, texts[i] ?? '']))
}

function written(rest: Omit<Cursor, 'ids' | 'numbers'>, watched: Watched, stream: string): Json {
  const sorted = [...watched].sort(([a], [b]) => a - b)
  const ids = packIds(sorted.map(([id]) => id))
  const numbers = packTexts(sorted.map(([, number]) => number.replaceAll('\n', ' ')))
  if (ids.length + numbers.length > largest)
    throw new Failure(
      'transient',
      'ODOO_TOO_MANY_WATCHED',
      `${watched.size} records of ${stream} are too many to watch for deletion; lower deletionHorizonDays.`,
    )
  return asJson({ ...rest, ids, numbers })
}

const asJson = (cursor: Cursor): { [field: string]: Json } => JSON.parse(JSON.stringify(cursor))
