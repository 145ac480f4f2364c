import * as z from 'zod'
import type { Json } from './exchange.ts'

/** A stream that looks for what was deleted at the source. */
export const deletionsOf = (stream: string): string => `${stream}:deletions`
export const isDeletions = (stream: string): boolean => stream.endsWith(':deletions')

/** Part of such a stream's cursor: too many records vanished at once, and a person has to say whether that is true. */
export const refusedDeletions = z.object({
  count: z.number().int(),
  /** Of so many that were watched. */
  of: z.number().int(),
  /** ISO date-time. */
  at: z.string(),
})
export const acceptedDeletions = z.object({ upTo: z.number().int(), until: z.string() })

/** What a stream waits for a person with; undefined where it does not. */
export function refusedIn(cursor: Json | undefined): z.output<typeof refusedDeletions> | undefined {
  const parsed = z.object({ refused: refusedDeletions }).safeParse(cursor)
  return parsed.success ? parsed.data.refused : undefined
}

/** The cursor with a person's word: so many at most are passed on, once, until then. */
export const acceptIn = (cursor: Json, accepted: z.output<typeof acceptedDeletions>): Json => ({
  ...(cursor as { [field: string]: Json }),
  accepted,
})
