import type { ConnectionContext } from '../../lib/core/connection.ts'
import type { Json } from '../../lib/core/exchange.ts'
import { Failure } from '../../lib/core/failures.ts'
import { apiKey } from './auth.ts'
import { errorOf, waitOf } from './errors.ts'
import type { Settings } from './settings.ts'

/**
 * One account of Example. Throws Refusal for a 4xx, Failure `rate-limited`, `transient`, `unauthorised`, or `ambiguous`
 * where a write may have happened; ConfigurationError where the secret is not complete. Nothing is repeated here but a
 * request with a key that was replaced.
 */
export interface Client {
  get(path: string, query?: Readonly<Record<string, string>>): Promise<Json>
  post(path: string, body: Json): Promise<Json>
}

export function createClient(context: ConnectionContext<Settings>): Client {
  const { settings, gate, clock, http } = context

  const send = async (method: 'GET' | 'POST', path: string, body?: Json): Promise<Json> => {
    const what = `${method} ${path.split('?')[0]}`
    const writes = method === 'POST'
    const paused = (await gate.pausedUntil()) - clock.now()
    if (paused > 0) throw new Failure('rate-limited', 'EXAMPLE_RATE_LIMITED', `${what} waits`, { retryAfterMs: paused })
    const exchange = async (fresh: boolean) =>
      http.send({
        method,
        url: `${settings.baseUrl}${path}`,
        headers: {
          authorization: `Bearer ${await apiKey(context, fresh)}`,
          accept: 'application/json',
          ...(writes ? { 'content-type': 'application/json' } : {}),
        },
        ...(writes ? { body: JSON.stringify(body) } : {}),
        timeoutMs: settings.requestTimeoutSeconds * 1000,
      })
    const first = await exchange(false)
    const response = first.status === 401 ? await exchange(true) : first
    // One worker's 429 slows all workers of the connection down.
    if (response.status === 429) await gate.pause(clock.now() + waitOf(response))
    if (response.status < 200 || response.status >= 300) throw errorOf(response, what, writes)
    try {
      return JSON.parse(response.body.toString('utf8')) as Json
    } catch {
      throw errorOf(response, what, writes)
    }
  }

  return {
    get: (path, query = {}) => send('GET', `${path}?${new URLSearchParams(query)}`),
    post: (path, body) => send('POST', path, body),
  }
}
