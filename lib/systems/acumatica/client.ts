import { setTimeout as delay } from 'node:timers/promises'
import type { ConnectionContext } from '../../core/connection.ts'
import type { Json } from '../../core/exchange.ts'
import { ConfigurationError, Failure } from '../../core/failures.ts'
import type { HttpRequest, HttpResponse } from '../../core/http.ts'
import { createAuth } from './auth.ts'
import { type Endpoint, explainNotFound, parseEndpoints } from './discovery.ts'
import { type Asked, judge, retryAfter } from './errors.ts'
import type { Settings } from './settings.ts'

/** One request to the instance. `path` follows the base URL and may hold a query. */
export interface Call {
  method: 'GET' | 'PUT' | 'POST'
  path: string
  /** In words, for messages: "PUT SalesOrder". */
  what: string
  /** What a 404 would mean is missing: "entity SalesOrder". */
  subject: string
  body?: Json
  headers?: Record<string, string>
  /** See Asked.operation. */
  operation?: boolean
}

/** An answer that the caller goes on with; everything else is thrown. */
export interface Answer {
  kind: 'ok' | 'no-record' | 'precondition-failed'
  response: HttpResponse
  /**
   * The server's time when the request was sent at the latest, in epoch milliseconds: its Date header less the
   * time the exchange took. undefined where the answer has no date.
   */
  serverTime: number | undefined
}

/** A client of one connection. Holds the count of declined requests, so create it once. */
export interface Client {
  /** Begins a piece of work: waits for nothing, throws `rate-limited` while the connection is paused. */
  open(deadline?: number): Promise<Exchange>
}

export interface Exchange {
  send(call: Call): Promise<Answer>
  endpoints(): Promise<Endpoint[] | undefined>
  settings: Settings
  /** Local time, in epoch milliseconds. */
  now(): number
  /** Milliseconds left of the caller's time; Infinity where it set none. */
  remaining(): number
}

/** What must be left of the caller's time to begin a read or a write, and what is kept back of it. */
const least = { read: 1_000, write: 5_000, keptBack: 500 }
/** Backoff after a declined request, where the server names none: full jitter (acumatica.md §3). */
const backoff = { baseMs: 4_000, capMs: 60_000, floorMs: 500 }

export function createClient(context: ConnectionContext<Settings>): Client {
  const auth = createAuth(context)
  let declined = 0

  return {
    open: async (deadline = Number.POSITIVE_INFINITY) => {
      const until = await context.gate.pausedUntil()
      const wait = until - context.clock.now()
      if (wait > 0)
        throw new Failure('rate-limited', 'ACUMATICA_PAUSED', 'Acumatica declined requests a moment ago.', {
          retryAfterMs: wait,
        })
      let token: string | undefined
      const remaining = () => deadline - context.clock.now()

      /**
       * Sends; a refused token is renewed and the call repeated once with a token that was just issued. What another
       * worker had stored meanwhile may be refused too: that is tried first and does not count.
       */
      const transmit = async (call: Call): Promise<HttpResponse> => {
        for (let renewals = 0, fresh = false; ; renewals += 1) {
          token ??= await auth.bearer()
          const response = await transmitOnce(context, call, token, remaining())
          if (response.status !== 401 || fresh || renewals === 2) return response
          const renewed = await auth.renew(token)
          token = renewed.token
          fresh = renewed.fresh
        }
      }

      const endpoints = async () => {
        const call = { method: 'GET', path: '/entity', what: 'GET /entity', subject: 'endpoint list' } as const
        const response = await transmit(call)
        if (response.status === 404) return undefined
        const verdict = judge(response, { what: call.what, writes: false })
        if (verdict.kind === 'fault') throw verdict.error
        return parseEndpoints(json(response, { what: call.what, writes: false }, context.settings))
      }

      const send = async (call: Call): Promise<Answer> => {
        const asked = { what: call.what, writes: call.method !== 'GET', operation: call.operation ?? false }
        const before = context.clock.now()
        const response = await patiently(call, transmit)
        const took = context.clock.now() - before
        const verdict = judge(response, asked)
        if (verdict.kind !== 'declined') declined = 0
        switch (verdict.kind) {
          case 'ok':
          case 'no-record':
          case 'precondition-failed':
            return { kind: verdict.kind, response, serverTime: serverTime(response, took) }
          case 'declined': {
            declined += 1
            const wait = verdict.retryAfterMs ?? jitter(declined, context.random())
            await context.gate.pause(context.clock.now() + wait)
            throw new Failure('rate-limited', 'ACUMATICA_DECLINED', `${call.what}: ${verdict.why}.`, {
              retryAfterMs: wait,
            })
          }
          case 'not-found':
            throw new ConfigurationError([explainNotFound(context.settings, call.subject, await endpoints())])
          case 'fault':
            throw mayStillRun(response.status) ? withWait(verdict.error, context.settings) : verdict.error
        }
      }
      return { send, endpoints, settings: context.settings, now: () => context.clock.now(), remaining }
    },
  }
}

/**
 * A read that meets a long operation on its screen (409) tries again for some seconds: over one grant, every action of
 * the writer blocks the reads of that screen for a moment (acumatica.md §3).
 */
async function patiently(call: Call, transmit: (call: Call) => Promise<HttpResponse>): Promise<HttpResponse> {
  let response = await transmit(call)
  for (let attempt = 1; response.status === 409 && call.method === 'GET' && attempt <= 3; attempt += 1) {
    await delay(Math.min(retryAfter(response) ?? 500 * attempt, 2_000))
    response = await transmit(call)
  }
  return response
}

async function transmitOnce(
  context: ConnectionContext<Settings>,
  call: Call,
  token: string,
  remaining: number,
): Promise<HttpResponse> {
  const { settings } = context
  const writes = call.method !== 'GET'
  if (remaining < (writes ? least.write : least.read))
    throw new Failure('transient', 'ACUMATICA_NO_TIME', `${call.what} was not sent: no time was left for it.`)
  const body = call.body === undefined ? undefined : JSON.stringify(call.body)
  const request: HttpRequest = {
    method: call.method,
    url: `${settings.baseUrl}${call.path}`,
    headers: {
      authorization: `Bearer ${token}`,
      accept: 'application/json',
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(settings.branch === undefined ? {} : { 'PX-CbApiBranch': settings.branch }),
      ...call.headers,
    },
    ...(body === undefined ? {} : { body }),
    timeoutMs: Math.min(settings.requestTimeoutSeconds * 1000, remaining - least.keptBack),
  }
  try {
    return await context.http.send(request)
  } catch (error) {
    throw withWait(error, settings)
  }
}

/**
 * A write whose answer was lost may still wait in the server's queue: looking for it before that time is over would
 * find nothing and write it twice (acumatica.md §6).
 */
function withWait(error: unknown, settings: Settings): unknown {
  if (!(error instanceof Failure) || error.class !== 'ambiguous') return error
  const retryAfterMs = settings.lostAnswerWaitSeconds * 1000
  return new Failure('ambiguous', error.code, error.message, { retryAfterMs, cause: error })
}

/** A gateway's answer says nothing of the server behind it; a 500 is the server's own, and nothing waits any more. */
const mayStillRun = (status: number): boolean => status >= 502 && status <= 504

const jitter = (times: number, random: number): number =>
  Math.max(backoff.floorMs, Math.round(random * Math.min(backoff.capMs, backoff.baseMs * 2 ** (times - 1))))

function serverTime(response: HttpResponse, took: number): number | undefined {
  const date = Date.parse(response.headers.date ?? '')
  return Number.isNaN(date) ? undefined : date - Math.max(0, took)
}

/** The body of a good answer. One that is no JSON (cut off, a sign-in page) says nothing about what was written. */
export function json(response: HttpResponse, asked: Asked, settings: Pick<Settings, 'baseUrl'>): Json {
  try {
    return JSON.parse(response.body.toString('utf8')) as Json
  } catch {
    const page = (response.headers['content-type'] ?? '').includes('html')
    const message = `${asked.what}: the answer is no JSON${page ? `, but a web page; check ${settings.baseUrl}` : ''}.`
    throw asked.writes
      ? new Failure('ambiguous', 'ACUMATICA_OUTCOME_UNKNOWN', message)
      : new Failure('transient', 'ACUMATICA_UNREADABLE', message)
  }
}
