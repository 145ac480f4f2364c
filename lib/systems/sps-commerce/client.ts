import { setTimeout as delay } from 'node:timers/promises'
import type { ConnectionContext } from '../../core/connection.ts'
import { Failure } from '../../core/failures.ts'
import type { HttpResponse } from '../../core/http.ts'
import { createAuth } from './auth.ts'
import { errorOf, retryAfter } from './errors.ts'
import type { Settings } from './settings.ts'

export interface Call {
  method: 'GET' | 'POST' | 'DELETE'
  /** Below the base URL, percent-encoded, no query. */
  path: string
  query?: Record<string, string | number | undefined>
  headers?: Record<string, string>
  body?: string | Uint8Array
  /** Statuses beside 2xx that the caller goes on with. */
  accept?: number[]
  /** Epoch milliseconds after which the caller has no time left. */
  deadline?: number
}

export interface Client {
  /**
   * Sends one request with the connection's token and returns a 2xx answer or one of `accept`. Throws Refusal for any
   * other 4xx, Failure otherwise. Reads and deletions are repeated a few times; a POST never is, unless SPS said that
   * it did nothing (401, 429).
   */
  send(call: Call): Promise<HttpResponse>
  /** Epoch milliseconds at SPS, by the Date of its last answer; our own clock before the first. */
  now(): number
}

/** Full jitter, 1 s base, 60 s cap (sps-commerce.md §8). In the function only a little is waited out. */
const backoff = { baseMs: 1_000, capMs: 60_000, patienceMs: 4_000, tries: 5 }
/** How long a look at the shared pause is good for. */
const gateMemoryMs = 5_000
/** What must be left of the caller's time to begin a request. */
const leastMs = 1_000

export function createClient(context: ConnectionContext<Settings>): Client {
  const { settings, gate, clock } = context
  const auth = createAuth(context)
  let skew = 0
  let pause = { until: 0, knownAt: Number.NEGATIVE_INFINITY }

  const jitter = (attempt: number) =>
    Math.round(context.random() * Math.min(backoff.capMs, backoff.baseMs * 2 ** (attempt - 1)))

  /** Slows down every worker of these credentials. */
  const slowDown = async (waitMs: number) => {
    pause = { until: clock.now() + waitMs, knownAt: clock.now() }
    await gate.pause(pause.until)
  }
  const pausedFor = async () => {
    if (clock.now() - pause.knownAt > gateMemoryMs) pause = { until: await gate.pausedUntil(), knownAt: clock.now() }
    return pause.until - clock.now()
  }

  /** One exchange with a token; a refused token is renewed once and the call repeated once. */
  const exchange = async (call: Call): Promise<HttpResponse> => {
    let token = await auth.bearer()
    for (let renewals = 0, fresh = false; ; renewals += 1) {
      const response = await transmit(call, token)
      // Another worker's newer token may be refused as well: then one of our own is asked for.
      if (response.status !== 401 || fresh || renewals === 2) return response
      const renewed = await auth.renew(token)
      token = renewed.token
      fresh = renewed.fresh
    }
  }

  const transmit = async (call: Call, token: string): Promise<HttpResponse> => {
    const left = (call.deadline ?? Number.POSITIVE_INFINITY) - clock.now()
    const what = `${call.method} ${call.path}`
    if (left < leastMs) throw new Failure('transient', 'SPS_UNAVAILABLE', `${what} was not sent: no time was left.`)
    const response = await context.http.send({
      method: call.method,
      url: urlOf(settings.baseUrl, call),
      headers: { accept: 'application/json', ...call.headers, authorization: `Bearer ${token}` },
      ...(call.body === undefined ? {} : { body: call.body }),
      timeoutMs: Math.min(settings.timeoutSeconds * 1000, left),
    })
    const date = Date.parse(response.headers.date ?? '')
    if (!Number.isNaN(date)) skew = date - clock.now()
    return response
  }

  const send = async (call: Call): Promise<HttpResponse> => {
    const asked = { what: `${call.method} ${call.path}`, writes: call.method === 'POST' }
    let patience = backoff.patienceMs
    const waitOrThrow = async (waitMs: number, error: Failure) => {
      if (waitMs > patience) throw error
      patience -= waitMs
      await delay(waitMs)
    }
    for (let attempt = 1; ; attempt += 1) {
      const paused = await pausedFor()
      if (paused > 0) await waitOrThrow(paused, rateLimited(`${asked.what}: SPS asked for a pause`, paused))
      try {
        const response = await exchange(call)
        if ((response.status >= 200 && response.status < 300) || call.accept?.includes(response.status)) return response
        if (response.status !== 429) throw errorOf(response, asked)
        const wait = retryAfter(response) ?? jitter(attempt)
        await slowDown(wait)
        if (attempt >= backoff.tries) throw rateLimited(`${asked.what}: SPS answers 429`, wait)
      } catch (error) {
        const repeatable = error instanceof Failure && (error.class === 'transient' || error.class === 'ambiguous')
        if (!repeatable || asked.writes || attempt >= backoff.tries) throw settled(error, asked.writes)
        await waitOrThrow(jitter(attempt), settled(error, false) as Failure)
      }
    }
  }

  return { send, now: () => clock.now() + skew }
}

/** A lost answer to a deletion leaves nothing open: it may be repeated. */
const settled = (error: unknown, writes: boolean): unknown =>
  error instanceof Failure && error.class === 'ambiguous' && !writes
    ? new Failure('transient', error.code, error.message, { cause: error })
    : error

const rateLimited = (message: string, retryAfterMs: number): Failure =>
  new Failure('rate-limited', 'SPS_RATE_LIMITED', message, { retryAfterMs })

/** Always the configured host: a URL that an answer names is never called, so the token cannot leave. */
function urlOf(baseUrl: string, call: Call): string {
  const query = Object.entries(call.query ?? {}).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}=${encodeURIComponent(value)}`],
  )
  return `${baseUrl.replace(/\/$/, '')}${call.path}${query.length > 0 ? `?${query.join('&')}` : ''}`
}
