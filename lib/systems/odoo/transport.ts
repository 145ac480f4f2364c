import type { ConnectionContext } from '../../core/connection.ts'
import { Failure } from '../../core/failures.ts'
import type { HttpResponse } from '../../core/http.ts'
import type { Send } from './protocol/protocol.ts'
import type { Settings } from './settings.ts'

/** Requests to one server: time limits, the connection's pause, and what a lost answer means. */
export interface Transport {
  send: Send
  get(path: string): Promise<HttpResponse>
  /** No request is begun or waited for after this moment (epoch milliseconds). */
  until(deadline: number | undefined): void
}

export function createTransport({ settings, http, gate, clock }: ConnectionContext<Settings>): Transport {
  let deadline: number | undefined
  const timeoutMs = (): number => {
    const limit = settings.requestTimeoutSeconds * 1000
    const left = deadline === undefined ? limit : deadline - clock.now()
    if (left < 1000) throw new Failure('transient', 'UNREACHABLE', 'no time is left for another request')
    return Math.min(limit, left)
  }
  const checkPause = async (): Promise<void> => {
    const wait = (await gate.pausedUntil()) - clock.now()
    if (wait > 0)
      throw new Failure('rate-limited', 'ODOO_RATE_LIMITED', 'the connection is paused', { retryAfterMs: wait })
  }
  /** A proxy's 429 slows the whole connection down. */
  const settle = async (response: HttpResponse): Promise<HttpResponse> => {
    if (response.status !== 429 && response.status !== 503) return response
    const stated = Number(response.headers['retry-after'])
    const waitMs = Number.isFinite(stated) && stated > 0 ? stated * 1000 : response.status === 429 ? 30_000 : 0
    if (waitMs === 0) return response
    await gate.pause(clock.now() + waitMs)
    const message = `HTTP ${response.status}: the server asks to wait ${Math.ceil(waitMs / 1000)} seconds`
    throw new Failure('rate-limited', 'ODOO_RATE_LIMITED', message, { retryAfterMs: waitMs })
  }
  return {
    send: async (path, { headers, body, writes }) => {
      await checkPause()
      const request = { method: 'POST' as const, url: settings.baseUrl + path, headers, body, timeoutMs: timeoutMs() }
      try {
        return await settle(await http.send(request))
      } catch (error) {
        // Every call is a POST; one that only reads may simply be repeated.
        if (error instanceof Failure && error.class === 'ambiguous' && !writes)
          throw new Failure('transient', 'UNREACHABLE', error.message, { cause: error })
        throw error
      }
    },
    get: async (path) => {
      await checkPause()
      return settle(
        await http.send({
          method: 'GET',
          url: settings.baseUrl + path,
          headers: { accept: 'application/json' },
          timeoutMs: timeoutMs(),
        }),
      )
    },
    until: (moment) => {
      deadline = moment
    },
  }
}
