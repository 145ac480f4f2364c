import * as z from 'zod'
import type { Part } from '../stream.ts'
import { packTexts, unpackTexts } from './packed.ts'

/** Part of a cursor: what documents are made of, as far as it may vanish without a trace. */
export const watchedParts = z.object({
  /** What stood there at the end of the window before. One text for each: its id, what it belongs to, what it holds. */
  there: z.string().default(''),
  /** What documents were told with since then, written down before they were. */
  told: z.string().default(''),
  /** What something was taken from: seen gone at this second of the server's clock, and not told yet. */
  vanished: z.object({ at: z.string(), roots: z.array(z.number().int()) }).optional(),
})
export type WatchedParts = z.output<typeof watchedParts>

export const noParts: WatchedParts = { there: '', told: '' }

export const packParts = (all: Iterable<Part>): string =>
  packTexts([...all].map(({ id, root, holds }) => [id, root, ...holds].join(' ')))

export const unpackParts = (text: string): Part[] =>
  unpackTexts(text).map((line) => {
    const [id = 0, root = 0, ...holds] = line.split(' ').map(Number)
    return { id, root, holds }
  })

/** What parts belong to of which something is not there; what was added is found by its own stamp. */
export function rootsChanged(before: readonly Part[], now: readonly Part[]): number[] {
  const standing = new Map(now.map((part) => [part.id, part]))
  return before.flatMap(({ id, root, holds }) => {
    const still = standing.get(id)
    return still?.root === root && holds.every((one) => still.holds.includes(one)) ? [] : [root]
  })
}
