import * as z from 'zod'
import type { Json } from '../../../core/exchange.ts'
import { type Marks, readMarks, writeMarks } from './marks.ts'
import type { PollingSettings } from './polling-settings.ts'
import { dayMs, earlier, minuteMs, type Stamp, shift } from './stamp.ts'
import { watchedParts } from './watched-parts.ts'

/**
 * Where a stream's poll stands (odoo.md §4.4). All stamps are whole seconds of the server's clock, and a window holds
 * `from` and not `to`, which means the same in every version:
 *
 *     … mark − overlap                mark          to = server's now − lag
 *          |←————— read again —————→|←——— new ———→|  left to the next poll
 *         from                                     to, the next mark
 */
const schema = z.object({
  /** Everything stamped before it was read, as far as it could be seen then. */
  mark: z.string(),
  /** The window under way: frozen, so that paging by id inside it cannot skip. */
  window: z
    .object({
      from: z.string(),
      to: z.string(),
      /** 0 = the headers, then each child model. */
      phase: z.number().int(),
      /** Greatest id dealt with in this phase. */
      last: z.number().int(),
    })
    .optional(),
  /** Marks of the windows before, and of this one. */
  known: z.string().default(''),
  met: z.string().default(''),
  /** Records read in full in this window. */
  fresh: z.string().default(''),
  /** Ids of records that could not be read; tried again with each window. */
  postponed: z.array(z.number().int()).default([]),
  /** When the last daily sweep's window began. */
  swept: z.string(),
  /** What documents are made of and may vanish without a trace (vanished-parts.ts). */
  parts: watchedParts.optional(),
})

type Packed = z.output<typeof schema>
export type Window = NonNullable<Packed['window']>
export interface Cursor extends Omit<Packed, 'known' | 'met' | 'fresh' | 'window'> {
  window?: Window | undefined
  known: Marks
  met: Marks
  fresh: Marks
}

/** A stored cursor; undefined before the first poll. A cursor of another shape is a fault, never a silent restart. */
export function readCursor(stored: Json | undefined): Cursor | undefined {
  if (stored === undefined || stored === null) return undefined
  const packed = schema.parse(stored)
  return { ...packed, known: readMarks(packed.known), met: readMarks(packed.met), fresh: readMarks(packed.fresh) }
}

export function writeCursor({ known, met, fresh, window, ...rest }: Cursor): Json {
  return {
    ...rest,
    ...(window ? { window: { ...window } } : {}),
    known: writeMarks(known),
    met: writeMarks(met),
    fresh: writeMarks(fresh),
  }
}

/** The stream's first cursor: it begins now, less the overlap. */
export const firstCursor = (now: Stamp): Cursor => ({
  mark: now,
  swept: now,
  known: new Map(),
  met: new Map(),
  fresh: new Map(),
  postponed: [],
})

/** Fixes the next window; once a day it reaches back whole days. */
export function openWindow(cursor: Cursor, now: Stamp, settings: PollingSettings): Cursor & { window: Window } {
  const to = shift(now, -settings.lagSeconds * 1000)
  // A server whose clock was set back stamps rows before the mark: the window follows its clock.
  const from = shift(earlier(cursor.mark, to), -settings.overlapMinutes * minuteMs)
  const due = settings.sweepDays > 0 && shift(cursor.swept, dayMs) <= now
  const sweep = earlier(cursor.swept, shift(now, -settings.sweepDays * dayMs))
  return {
    ...cursor,
    window: { from: due ? earlier(from, sweep) : from, to, phase: 0, last: 0 },
    met: new Map(),
    fresh: new Map(),
    swept: due ? now : cursor.swept,
  }
}

/** The cursor after a window's last row. What the window did not show again is no longer remembered. */
export const closeWindow = (cursor: Cursor & { window: Window }): Cursor => ({
  ...cursor,
  mark: cursor.window.to,
  window: undefined,
  known: cursor.met,
  met: new Map(),
  fresh: new Map(),
})
