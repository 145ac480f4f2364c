import { setTimeout as delay } from 'node:timers/promises'
import type { ConnectionContext } from '../../core/connection.ts'
import { Failure } from '../../core/failures.ts'
import type { HttpResponse } from '../../core/http.ts'
import type { Send } from './protocol/protocol.ts'
import type { Settings } from './settings.ts'

/** Requests to one server within the caller's time. */
export interface Line {
  send: Send
  get(path: string): Promise<HttpResponse>
}

/** @param deadline epoch milliseconds after which no request is begun or waited for */
export type Transport = (deadline?: number) => Line

/** What must be left of the caller's time to begin a read or a write: a write cut short is one of unknown outcome. */
const leastMs = { read: 1_000, write: 5_000 }
/** How long a look at the shared pause is good for. */
const gateMemoryMs = 5_000
/**
 * How often a request that did nothing is repeated at once, and the first wait before that. One that came to nothing
 * only after a while met a server that takes no more, and is left to the next attempt.
 */
const mostRepeats = 2
const repeatMs = 150
const whileMs = 10_000
/** After a 429 that names no time. */
const usualPauseMs = 30_000

/** Time limits, the connection's shared pause, and what a lost answer means (odoo.md §6.1). */
export function createTransport({ settings, http, gate, clock, random }: ConnectionContext<Settings>): Transport {
  let pause = { until: 0, knownAt: Number.NEGATIVE_INFINITY }

  const checkPause = async (): Promise<void> => {
    const now = clock.now()
    if (now - pause.knownAt > gateMemoryMs) pause = { until: await gate.pausedUntil(), knownAt: now }
    const wait = pause.until - now
    if (wait > 0)
      throw new Failure('rate-limited', 'ODOO_RATE_LIMITED', 'The server asked for a pause.', { retryAfterMs: wait })
  }
  /** A proxy's 429, or its 503 that names a time, slows the whole connection down. */
  const settle = async (response: HttpResponse): Promise<HttpResponse> => {
    const { status } = response
    if (status !== 429 && status !== 503) return response
    const wait = retryAfterMs(response, clock.now()) ?? (status === 429 ? usualPauseMs : 0)
    if (wait === 0) return response
    pause = { until: clock.now() + wait, knownAt: clock.now() }
    await gate.pause(pause.until)
    const message = `HTTP ${status}: the server asks to wait ${Math.ceil(wait / 1000)} seconds.`
    throw new Failure('rate-limited', 'ODOO_RATE_LIMITED', message, { retryAfterMs: wait })
  }
  return (deadline = Number.POSITIVE_INFINITY) => {
    const timeoutMs = (writes: boolean): number => {
      const left = deadline - clock.now()
      if (left < (writes ? leastMs.write : leastMs.read))
        throw new Failure('transient', 'ODOO_NO_TIME', 'The request was not sent: no time was left for it.')
      return Math.min(settings.requestTimeoutSeconds * 1000, left)
    }
    return {
      send: async (path, { headers, body, writes }) => {
        await checkPause()
        const url = settings.baseUrl + path
        const began = clock.now()
        for (let repeats = 0; ; repeats += 1)
          try {
            return await settle(await http.send({ method: 'POST', url, headers, body, timeoutMs: timeoutMs(writes) }))
          } catch (error) {
            const failure = lost(error, writes, settings)
            // A document takes some twenty reads: one lost answer among them must not cost the whole attempt.
            const repeatable = failure instanceof Failure && failure.code === 'UNREACHABLE'
            if (!repeatable || repeats >= mostRepeats || clock.now() - began > whileMs) throw failure
            await delay(repeatMs * 2 ** repeats * (0.5 + random()))
          }
      },
      get: async (path) => {
        await checkPause()
        const url = settings.baseUrl + path
        const headers = { accept: 'application/json' }
        return settle(await http.send({ method: 'GET', url, headers, timeoutMs: timeoutMs(false) }))
      },
    }
  }
}

/**
 * Every call is a POST: one that only reads may simply be repeated. A write goes on at the server after its answer is
 * lost, so the next attempt, which looks for it first, waits until it can be seen.
 */
function lost(error: unknown, writes: boolean, settings: Settings): unknown {
  if (!(error instanceof Failure) || error.class !== 'ambiguous') return error
  if (!writes) return new Failure('transient', 'UNREACHABLE', error.message, { cause: error })
  const retryAfterMs = settings.lostAnswerWaitSeconds * 1000
  return new Failure('ambiguous', error.code, error.message, { retryAfterMs, cause: error })
}

/** Retry-After in milliseconds, as seconds or as a date compared with the answer's own Date. */
function retryAfterMs({ headers }: HttpResponse, now: number): number | undefined {
  const header = headers['retry-after']?.trim()
  if (!header) return undefined
  if (/^\d{1,9}$/.test(header)) return Number(header) * 1000
  const sent = Date.parse(headers.date ?? '')
  const wait = Date.parse(header) - (Number.isNaN(sent) ? now : sent)
  return Number.isNaN(wait) ? undefined : Math.max(0, wait)
}
