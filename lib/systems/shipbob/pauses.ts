import type { ConnectionContext } from '../../core/connection.ts'
import type { HttpResponse } from '../../core/http.ts'
import { remainingOf, waitOf } from './errors.ts'

/** How long a look at the shared pause is good for. */
const gateMemoryMs = 5_000
/** With so few requests left the window is nearly full: room for those of others whose answers are on their way. */
const nearlyNone = 2
/** In this time a steady sender's window has room for some requests again. */
const shortMs = 2_000
/** Workers that waited for the same moment do not all begin at it. */
const spreadMs = 1_000

/** The connection's shared pauses: one worker's 429 slows all of them down (shipbob.md §3.2). */
export function createPauses({ gate, clock, random }: Pick<ConnectionContext<unknown>, 'gate' | 'clock' | 'random'>) {
  let pause = { until: 0, knownAt: Number.NEGATIVE_INFINITY }
  const begin = async (waitMs: number): Promise<void> => {
    pause = { until: Math.max(pause.until, clock.now() + waitMs), knownAt: clock.now() }
    await gate.pause(pause.until)
  }
  return {
    /** Milliseconds until something may be sent; 0 or less = now. */
    left: async (): Promise<number> => {
      if (clock.now() - pause.knownAt > gateMemoryMs) pause = { until: await gate.pausedUntil(), knownAt: clock.now() }
      return pause.until - clock.now()
    },
    /** Begins a pause where an answer asks for one, or is the last but few that the window has room for. */
    heed: async (response: HttpResponse): Promise<void> => {
      if (response.status === 429) await begin(waitOf(response) + Math.round(random() * spreadMs))
      else if ((remainingOf(response) ?? Number.POSITIVE_INFINITY) <= nearlyNone) await begin(shortMs)
    },
  }
}
