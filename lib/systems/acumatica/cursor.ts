import * as z from 'zod'
import type { Json } from '../../core/exchange.ts'
import { sha256 } from '../../core/hash.ts'

/**
 * Where a stream's poll stands (acumatica.md §5). Between windows only the watermark counts:
 *
 *     … watermark − overlap          watermark            upper = server's now − lag
 *          |←—— read again ——→|←————— new ————————→|  left to the next poll
 *          from                                     upper
 */
const schema = z.object({
  /** The latest stamp met so far; never later than the window it was met in. */
  watermark: z.string(),
  /** The window under way. `upper` is fixed by its first page. */
  window: z.object({ from: z.string(), upper: z.string().optional() }).optional(),
  /** Key of the last row dealt with in the window. */
  last: z.string().optional(),
  /** Latest stamp met in the window. */
  maxSeen: z.string().optional(),
  /** The site does not return this window by key: it is read whole, with $skip, until two readings agree. */
  unsorted: z.boolean().optional(),
  /** Arrivals inside the overlap that are safely enqueued: not read in full again. */
  seen: z.array(z.string()).default([]),
  /** Keys of records that could not be read when their row was met; tried again with each window. */
  postponed: z.array(z.string()).default([]),
  /** When the last daily sweep's window began. */
  swept: z.string(),
})

export type Cursor = z.output<typeof schema>

/** A stored cursor; undefined before the first poll. A cursor of another shape is a fault, never a silent restart. */
export const readCursor = (stored: Json | undefined): Cursor | undefined =>
  stored === undefined || stored === null ? undefined : schema.parse(stored)

export const writeCursor = (cursor: Cursor): Json => JSON.parse(JSON.stringify(cursor)) as Json

/** The stream's first cursor. */
export const firstCursor = (watermark: string): Cursor => ({ watermark, seen: [], postponed: [], swept: watermark })

/** How many arrivals are remembered; a forgotten one costs a read, nothing else. */
const remembered = 200

export const mark = (arrival: string): string => sha256(arrival, 16)

export const remember = (seen: string[], arrival: string): string[] => [...seen, mark(arrival)].slice(-remembered)

export const shift = (iso: string, ms: number): string => new Date(Date.parse(iso) + ms).toISOString()
export const later = (a: string, b: string): string => (a > b ? a : b)
export const earlier = (a: string, b: string): string => (a < b ? a : b)

/** Begins the next window; once a day it is a sweep over whole days. `now` only decides when that is. */
export function openWindow(
  cursor: Cursor,
  now: string,
  settings: { overlapMinutes: number; sweepDays: number },
): Cursor {
  const from = shift(cursor.watermark, -settings.overlapMinutes * 60_000)
  const due = settings.sweepDays > 0 && shift(cursor.swept, dayMs) <= now
  const sweep = earlier(cursor.swept, shift(now, -settings.sweepDays * dayMs))
  return {
    watermark: cursor.watermark,
    window: { from: due ? earlier(from, sweep) : from },
    ...(cursor.unsorted ? { unsorted: true } : {}),
    seen: cursor.seen,
    postponed: cursor.postponed,
    swept: due ? now : cursor.swept,
  }
}

const dayMs = 86_400_000

/** The cursor after a window's last row: the watermark moves to the latest stamp met, never beyond the window. */
export const closeWindow = (cursor: Cursor): Cursor => ({
  watermark: later(cursor.watermark, earlier(cursor.window?.upper ?? '', cursor.maxSeen ?? '')),
  ...(cursor.unsorted ? { unsorted: true } : {}),
  seen: cursor.seen,
  postponed: cursor.postponed,
  swept: cursor.swept,
})
