import { setTimeout as delay } from 'node:timers/promises'
import type { ConnectionContext } from '../../core/connection.ts'
import type { Json } from '../../core/exchange.ts'
import { Failure } from '../../core/failures.ts'
import type { HttpResponse } from '../../core/http.ts'
import { createAuth, userAgent } from './auth.ts'
import { type Channel, channelsIn, needsChannel, ownChannel } from './channels.ts'
import { type Asked, errorOf, remainingOf, waitOf } from './errors.ts'
import { parseExact } from './json.ts'
import { createPauses } from './pauses.ts'
import { type Query, queryString } from './query.ts'
import { profileFor, type Settings } from './settings.ts'
import type { Profile } from './versions.ts'

export interface CallOptions {
  query?: Query
  /** Statuses beside 2xx that the caller goes on with (404 for a record that may be gone). */
  accept?: readonly number[]
}

export interface BodyOptions extends CallOptions {
  body?: Json
  /** A POST that only asks: repeated like a read, and its lost answer leaves nothing open. */
  reads?: boolean
}

export interface Answer {
  status: number
  /** As `parseExact` reads it; null where there is none. Of an accepted error status: null where it is no JSON. */
  body: Json
  /** Names in lower case. */
  headers: Readonly<Record<string, string>>
}

/**
 * One account of ShipBob. Paths are without the version ("/receiving/918363"). A read that fails is repeated a few times,
 * a write never, unless ShipBob said that it did nothing (401, 429). Throws Refusal for a 4xx, with code SHIPBOB_DUPLICATE
 * where something of that key exists; Failure `rate-limited`, `transient`, `unauthorised`, or `ambiguous` where a write may
 * have happened; ConfigurationError where a scope is missing.
 */
export interface Client {
  get(path: string, options?: CallOptions): Promise<Answer>
  post(path: string, options?: BodyOptions): Promise<Answer>
  patch(path: string, options?: BodyOptions): Promise<Answer>
  delete(path: string, options?: CallOptions): Promise<Answer>
  /** The same client for a caller whose time ends at `deadline` (epoch milliseconds). */
  until(deadline: number): Client
  /** Every channel that the token sees. */
  channels(): Promise<Channel[]>
  /** The channel we write as. Throws ConfigurationError where there is none, or more than one to choose from. */
  ownChannel(): Promise<Channel>
  readonly profile: Profile
  /** Epoch milliseconds at ShipBob, by the Date of its last answer; our own clock before the first. */
  now(): number
  /** Requests left in the minute, as ShipBob last told. */
  remaining(): number | undefined
}

type Method = 'GET' | 'POST' | 'PATCH' | 'DELETE'

/** In the function only a little is waited out. */
const backoff = { baseMs: 500, capMs: 10_000, patienceMs: 5_000, tries: 4 }
/** What must be left of the caller's time to begin a read or a write. */
const leastMs = { read: 1_000, write: 5_000 }
/**
 * How many requests may go at once. Reading has a smaller share, so that writes find room. ShipBob's minute slides: what
 * goes at once has to be taken off the rate, or more than the limit fits into one minute.
 */
const bursts = { reader: 5, writer: 20 } as const

/** @param part what the client is for; the reader leaves room to the writer */
export function createClient(context: ConnectionContext<Settings>, part: keyof typeof bursts = 'reader'): Client {
  const { settings, clock, limiter } = context
  const auth = createAuth(context)
  const pauses = createPauses(context)
  const profile = profileFor(settings)
  const budget = { perMinute: settings.requestsPerMinute - bursts.writer, burst: bursts[part] }
  const jitter = (attempt: number) =>
    Math.round(context.random() * Math.min(backoff.capMs, backoff.baseMs * 2 ** attempt))
  let skew = 0
  let remaining: number | undefined
  let known: Promise<Channel[]> | undefined

  const clientUntil = (deadline: number): Client => {
    const transmit = async (method: Method, path: string, options: BodyOptions, asked: Asked, token: string) => {
      const channel = needsChannel(method, path, settings.channelHeaderMode) ? await ownId() : undefined
      await limiter.take(budget)
      const left = deadline - clock.now()
      if (left < leastMs[asked.writes ? 'write' : 'read'])
        throw new Failure('transient', 'SHIPBOB_NO_TIME', `${asked.what} was not sent: no time was left for it.`)
      const body = options.body === undefined ? undefined : JSON.stringify(options.body)
      const response = await context.http.send({
        method,
        url: `${settings.baseUrl}/${settings.apiVersion}${path}${queryString(options.query ?? {})}`,
        headers: {
          authorization: `Bearer ${token}`,
          accept: 'application/json',
          'user-agent': userAgent,
          ...(body === undefined ? {} : { 'content-type': 'application/json' }),
          ...(channel === undefined ? {} : { shipbob_channel_id: String(channel) }),
        },
        ...(body === undefined ? {} : { body }),
        timeoutMs: Math.min(settings.requestTimeoutSeconds * 1000, left),
      })
      const date = Date.parse(response.headers.date ?? '')
      if (!Number.isNaN(date)) skew = date - clock.now()
      remaining = remainingOf(response) ?? remaining
      await pauses.heed(response)
      return response
    }

    /** One exchange; a refused token is renewed, and the call repeated once with one that cannot be newer. */
    const exchange = async (method: Method, path: string, options: BodyOptions, asked: Asked) => {
      let token = await auth.bearer()
      for (let renewals = 0, fresh = false; ; renewals += 1) {
        const response = await transmit(method, path, options, asked, token)
        if (response.status !== 401 || fresh || renewals === 2) return response
        const renewed = await auth.renew(token)
        token = renewed.token
        fresh = renewed.fresh
      }
    }

    const send = async (method: Method, path: string, options: BodyOptions): Promise<Answer> => {
      const writes = method !== 'GET' && method !== 'DELETE' && options.reads !== true
      const asked = { what: `${method} ${path}`, writes }
      const lostMs = settings.lostAnswerWaitSeconds * 1000
      let patience = backoff.patienceMs
      const waitOrThrow = async (waitMs: number, error: Failure) => {
        if (waitMs > patience || clock.now() + waitMs > deadline) throw error
        patience -= waitMs
        await delay(waitMs)
      }
      for (let attempt = 0; ; attempt += 1) {
        const paused = await pauses.left()
        if (paused > 0) await waitOrThrow(paused, rateLimited(`${asked.what}: ShipBob asked for a pause`, paused))
        try {
          const response = await exchange(method, path, options, asked)
          if (isGood(response, options)) return answerOf(response, asked)
          if (response.status !== 429) throw errorOf(response, asked, lostMs)
          const wait = waitOf(response)
          if (attempt + 1 >= backoff.tries) throw rateLimited(`${asked.what}: ShipBob answers 429`, wait)
        } catch (error) {
          const failure = settled(error, asked, lostMs)
          const repeatable = failure instanceof Failure && failure.class === 'transient' && repeated.has(failure.code)
          if (writes || !repeatable || attempt + 1 >= backoff.tries) throw failure
          await waitOrThrow(jitter(attempt), failure)
        }
      }
    }

    const channels = (): Promise<Channel[]> => {
      known ??= readChannels(send).catch((error: unknown) => {
        known = undefined
        throw error
      })
      return known
    }
    const own = async () => ownChannel(await channels(), settings.channelId)
    const ownId = async () => (await own()).id

    return {
      get: (path, options = {}) => send('GET', path, options),
      post: (path, options = {}) => send('POST', path, options),
      patch: (path, options = {}) => send('PATCH', path, options),
      delete: (path, options = {}) => send('DELETE', path, options),
      until: clientUntil,
      channels,
      ownChannel: own,
      profile,
      now: () => clock.now() + skew,
      remaining: () => remaining,
    }
  }
  return clientUntil(Number.POSITIVE_INFINITY)
}

/** More than any merchant has channels. */
const readChannels = async (send: (method: Method, path: string, options: BodyOptions) => Promise<Answer>) =>
  channelsIn((await send('GET', '/channel', { query: { RecordsPerPage: 250 } })).body)

const repeated = new Set(['UNREACHABLE', 'ANSWER_LOST', 'SHIPBOB_UNAVAILABLE', 'SHIPBOB_UNREADABLE'])

const isGood = ({ status }: HttpResponse, { accept }: CallOptions): boolean =>
  (status >= 200 && status < 300) || accept?.includes(status) === true

/** A good answer that is no JSON says nothing about what was written. */
function answerOf({ status, headers, body }: HttpResponse, asked: Asked): Answer {
  const text = body
    .toString('utf8')
    .replace(/^\uFEFF/, '')
    .trim()
  try {
    return { status, headers, body: text === '' ? null : parseExact(text) }
  } catch {
    if (status >= 300) return { status, headers, body: null }
    throw asked.writes
      ? new Failure('ambiguous', 'SHIPBOB_OUTCOME_UNKNOWN', `${asked.what}: the answer is no JSON.`)
      : new Failure('transient', 'SHIPBOB_UNREADABLE', `${asked.what}: the answer is no JSON.`)
  }
}

/** A lost answer to a read or a deletion leaves nothing open; a write has to be looked for, and not at once. */
function settled(error: unknown, { writes }: Asked, lostMs: number): unknown {
  if (!(error instanceof Failure) || error.class !== 'ambiguous') return error
  return writes
    ? new Failure('ambiguous', error.code, error.message, { retryAfterMs: lostMs, cause: error })
    : new Failure('transient', error.code, error.message, { cause: error })
}

const rateLimited = (message: string, retryAfterMs: number): Failure =>
  new Failure('rate-limited', 'SHIPBOB_RATE_LIMITED', message, { retryAfterMs })
