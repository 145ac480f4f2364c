import type { ConnectionContext } from '../../../core/connection.ts'
import type { Clock, Json, SourceDocument, SourcePage } from '../../../core/exchange.ts'
import type { Client } from '../client.ts'
import type { Dialect, PageRequest } from '../paging.ts'
import type { Fields } from '../parse/reading.ts'
import type { Settings } from '../settings.ts'

/** What reading needs of the connection. */
export interface Work {
  client: Client
  settings: Settings
  clock: Clock
  log: ConnectionContext<Settings>['log']
}

/** What one record came to. */
export interface Found {
  documents: SourceDocument[]
  /** False where it is to be read again by the next round although it looks the same. */
  settled: boolean
  /** True where it is of a sales channel that is not ours. */
  foreign?: boolean
}

/** Kind of record that is polled by lists, and what becomes of it. */
export interface Feed {
  dialect: Dialect
  /** Milliseconds from one round to the next. */
  everyMs: number
  /** How far the lists reach back behind the mark: for what shows late. */
  overlapMs: number
  /**
   * First requests of the lists of a round.
   * @param from ISO date-time: the mark less the overlap
   * @param since ISO date-time: where reading began
   */
  lists(from: string, since: string): PageRequest[]
  /** True where rows may change their places while the list is paged: it is then read until nothing new shows. */
  moving: boolean
  /** A record's id; undefined for what is none. */
  id(row: Fields): string | undefined
  /** The time by which the lists find it, ISO. */
  stamp(row: Fields): string | undefined
  /** What of a row tells that it has changed. */
  content(row: Fields): Json
  /**
   * The documents of a record; none for one that ended before reading began.
   * @param since ISO date-time; "" where a webhook asks
   */
  read(row: Fields, since: string): Promise<Found>
  /** Where the end of a record is not seen in the lists: records to be read again by their ids, and how. */
  open?: {
    holds(row: Fields): boolean
    byIds(ids: readonly string[]): PageRequest
  }
}

/** Ids in one request: as many as a page has rows. */
export const idsAtOnce = 250

/** A page ends after this time even if rows are left, so that the poller can store how far it came. */
export const pageMs = 25_000

export const page = (documents: SourceDocument[], cursor: Json, more: boolean): SourcePage => ({
  documents,
  cursor,
  more,
})

export const minuteMs = 60_000
export const hourMs = 60 * minuteMs
export const dayMs = 24 * hourMs

export const shift = (iso: string, ms: number): string => new Date(Date.parse(iso) + ms).toISOString()

/** Batches of ids for lists that take several. */
export const batches = (ids: readonly string[]): string[][] =>
  Array.from({ length: Math.ceil(ids.length / idsAtOnce) }, (_, i) => ids.slice(i * idsAtOnce, (i + 1) * idsAtOnce))
