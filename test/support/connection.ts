import { setTimeout as delay } from 'node:timers/promises'
import type { ConnectionContext, Token } from '../../lib/core/connection.ts'
import { systemClock } from '../../lib/core/exchange.ts'
import { createHttp } from '../../lib/core/http.ts'
import { localLimiter } from '../../lib/core/limiter.ts'

/** A connection's surroundings in memory, for tests of one system against its sandbox on 127.0.0.1. */
export function memoryConnection<Settings>(
  settings: Settings,
  credentials: Record<string, string>,
  over: Partial<ConnectionContext<Settings>> = {},
): ConnectionContext<Settings> & { stored: { token?: Token; pausedUntil: number } } {
  const stored: { token?: Token; pausedUntil: number } = { pausedUntil: 0 }
  let renewing: Promise<Token> | undefined
  return {
    connection: 'test',
    wanted: [],
    settings,
    secrets: { credentials: async () => credentials },
    tokens: {
      current: async () => stored.token,
      renew: (stale, request) => {
        if (stored.token && stored.token.accessToken !== stale) return Promise.resolve(stored.token)
        renewing ??= request(stored.token)
          .then((token) => {
            stored.token = token
            return token
          })
          .finally(() => {
            renewing = undefined
          })
        return renewing
      },
    },
    limiter: localLimiter(systemClock, delay),
    gate: {
      pausedUntil: async () => stored.pausedUntil,
      pause: async (until) => {
        stored.pausedUntil = Math.max(stored.pausedUntil, until)
      },
    },
    http: createHttp({ allowHosts: ['127.0.0.1'] }),
    clock: systemClock,
    random: () => 0.5,
    log: { info() {}, warn() {}, error() {} },
    stored,
    ...over,
  }
}
