import { isBackfill } from '../../core/backfill.ts'
import { isDeletions } from '../../core/deletions.ts'
import type { Concern } from '../../core/exchange.ts'
import type { ReadFault } from '../read-fault.ts'
import { type Pace, paced } from './pace.ts'

/** What the polls of a connection leave behind for whoever watches. */
export interface Polling {
  /** How often it is polled. */
  polls: Pace
  /** How often each stream has something new. */
  streams: { [stream: string]: Pace }
  /** Streams that failed the last time they were read. */
  failing: { [stream: string]: Failing }
  /** What was found when the system was last asked, once a day. */
  concerns: Concern[]
  /** Epoch milliseconds. */
  askedAt: number
}

export interface Failing {
  /** Epoch milliseconds since when. */
  since: number
  code: string
  message: string
  /** What it means beyond itself. */
  concern?: Concern['kind']
}

/** What became of the streams in one poll; one that had nothing to do is not among them. */
export interface Polled {
  streams: { [stream: string]: { fresh: number } | { fault: ReadFault } }
  /** Where they were asked for. */
  concerns?: Concern[]
}

const dayMs = 24 * 3_600_000

/** Whether a system should be asked again what will end soon. */
export const areConcernsDue = (before: Polling | undefined, now: number): boolean =>
  before === undefined || now - before.askedAt >= dayMs

/** The book after one more poll. */
export function booked(before: Polling | undefined, { streams, concerns }: Polled, now: number): Polling {
  const paces = { ...before?.streams }
  const failing = { ...before?.failing }
  for (const [stream, found] of Object.entries(streams)) {
    if ('fault' in found) {
      const { code, message, concern } = found.fault
      failing[stream] = { since: failing[stream]?.since ?? now, code, message, ...(concern ? { concern } : {}) }
      continue
    }
    delete failing[stream]
    // What somebody asked for, and what is deleted, comes at no pace.
    if (found.fresh > 0 && !isBackfill(stream) && !isDeletions(stream)) paces[stream] = paced(paces[stream], now)
  }
  return {
    polls: paced(before?.polls, now),
    streams: paces,
    failing,
    concerns: concerns ?? before?.concerns ?? [],
    askedAt: concerns ? now : (before?.askedAt ?? 0),
  }
}
