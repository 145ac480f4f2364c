import * as z from 'zod'
import type { SourceDocument } from '../../../core/exchange.ts'
import { noOlderThan } from '../source-document.ts'
import type { Part } from '../stream.ts'
import { readFull } from './full-read.ts'
import { packTexts, unpackTexts } from './packed.ts'
import type { PollingSettings } from './polling-settings.ts'
import { fromStamp, minuteMs, toStamp } from './stamp.ts'
import type { Work } from './work.ts'

/** Part of a sweep's cursor: what documents are made of, as the sweep before saw it. */
export const watchedParts = z.object({
  /** One text for each part: its id, what it belongs to, what it holds. */
  there: z.string(),
  /** What something was taken from: seen gone at this second of the server's clock, not told yet. */
  vanished: z.object({ at: z.string(), roots: z.array(z.number().int()) }).optional(),
})
type Watched = z.output<typeof watchedParts>

/** So long after a moment every transaction that was begun before it is over. */
export const settledMs = ({ overlapMinutes, lagSeconds }: PollingSettings): number =>
  overlapMinutes * minuteMs + lagSeconds * 1000

/**
 * Finds what is gone from inside of documents and tells these anew. A kit without one of its lines has no younger stamp
 * than before, so it is told as of the moment at which the line was seen gone: later than every state that had it, and
 * earlier than every change that is not in it, since it is read when all transactions begun before that moment are over.
 * Where records cannot be seen (any more), nothing is concluded from that.
 */
export async function sweepParts(
  work: Work,
  before: Watched | undefined,
): Promise<{ documents: SourceDocument[]; watched: Watched | undefined }> {
  const { odoo, stream, settings } = work
  const there = await stream.parts?.list(odoo)
  if (!there) return { documents: [], watched: before }
  const now = toStamp(await odoo.serverNow())
  const pending = before?.vanished
  const due = pending && fromStamp(now) >= fromStamp(pending.at) + settledMs(settings)
  const told = due ? await tell(work, pending) : { documents: [], whole: false }
  const left = told.whole ? [] : (pending?.roots ?? [])
  const changed = rootsChanged(parts(before?.there), there)
  const roots = [...new Set([...left, ...changed])]
  const at = pending && !due && changed.length === 0 ? pending.at : now
  return {
    documents: told.documents,
    watched: { there: packed(there), ...(roots.length > 0 ? { vanished: { at, roots } } : {}) },
  }
}

async function tell(work: Work, { at, roots }: NonNullable<Watched['vanished']>) {
  const { stream, odoo } = work
  const ids = (await stream.parts?.headers(odoo, roots)) ?? []
  const { documents, failed } = await readFull(work, ids)
  const stamp = `${at.replace(' ', 'T')}Z`
  return {
    documents: [...documents.values()].flat().map((document) => noOlderThan(document, stamp)),
    whole: failed.length === 0,
  }
}

/** What parts belong to of which something is gone; what was added is found by its own stamp. */
function rootsChanged(before: ReadonlyMap<number, Part>, now: ReadonlyMap<number, Part>): number[] {
  return [...before].flatMap(([id, { root, holds }]) => {
    const still = now.get(id)
    const whole = still?.root === root && holds.every((one) => still.holds.includes(one))
    return whole ? [] : [root]
  })
}

const packed = (all: ReadonlyMap<number, Part>): string =>
  packTexts([...all].map(([id, { root, holds }]) => [id, root, ...holds].join(' ')))

const parts = (text: string | undefined): Map<number, Part> =>
  new Map(
    unpackTexts(text ?? '').map((line) => {
      const [id = 0, root = 0, ...holds] = line.split(' ').map(Number)
      return [id, { root, holds }]
    }),
  )
