import { setTimeout as sleep } from 'node:timers/promises'
import type { Config } from '../../lib/config/config.ts'
import type { ConnectionContext, RateGate } from '../../lib/core/connection.ts'
import { systemClock } from '../../lib/core/exchange.ts'
import { createHttp } from '../../lib/core/http.ts'
import { localLimiter } from '../../lib/core/limiter.ts'
import { ownTokens } from '../deployment/tokens.ts'
import type { Secrets } from '../run/secrets.ts'

/** A connection of a configuration that was never deployed, with the credentials as they were given. */
export function configuredContext(name: string, config: Config, secrets: Secrets): ConnectionContext<unknown> {
  const configured = config.connections[name]
  return {
    connection: name,
    wanted: [],
    settings: configured?.settings,
    secrets: { credentials: async () => secrets[name] ?? {} },
    tokens: ownTokens(),
    gate: ownGate(),
    limiter: localLimiter(systemClock, sleep),
    http: createHttp({ allowHosts: configured?.allowHosts ?? [] }),
    clock: systemClock,
    random: Math.random,
    log: { info() {}, warn() {}, error() {} },
  }
}

function ownGate(): RateGate {
  let until = 0
  return {
    pausedUntil: async () => until,
    pause: async (moment) => {
      until = Math.max(until, moment)
    },
  }
}
