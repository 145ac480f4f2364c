import { setTimeout as delay } from 'node:timers/promises'
import type * as z from 'zod'
import type { ConnectionSlice } from '../../config/environment.ts'
import type { ConnectionContext, Logger } from '../../core/connection.ts'
import { systemClock } from '../../core/exchange.ts'
import { createHttp } from '../../core/http.ts'
import type { AwsApi } from '../aws/api.ts'
import { dynamoGrants } from '../aws/grants.ts'
import { secretSource, secretTokens } from '../aws/secrets.ts'
import { sharedLimiter } from '../limiter.ts'
import type { StateStore } from '../state.ts'

export interface ConnectionParts {
  CONNECTION: ConnectionSlice
  STATE_TABLE: string
  SECRET_ARN: string
  TOKEN_SECRET_ARN?: string | undefined
}

/** Everything a reader or writer of this function's one connection needs, from the function's environment. */
export function connectionContext<Schema extends z.ZodType>(
  api: AwsApi,
  environment: ConnectionParts,
  schema: Schema,
  parts: { state: StateStore; log: Logger; owner: string },
): ConnectionContext<z.infer<Schema>> {
  const slice = environment.CONNECTION
  const clock = systemClock
  const { state, owner } = parts
  return {
    connection: slice.name,
    wanted: slice.routes.flatMap((r) => r.types),
    settings: schema.parse(slice.settings),
    secrets: secretSource(api, environment.SECRET_ARN, slice.name, clock),
    tokens: secretTokens(api, environment.TOKEN_SECRET_ARN ?? environment.SECRET_ARN, slice.name, {
      state,
      clock,
      owner,
      sleep: delay,
    }),
    gate: {
      pausedUntil: () => state.pausedUntil(slice.name),
      pause: (until) => state.pause(slice.name, until),
    },
    limiter: sharedLimiter(dynamoGrants(api, environment.STATE_TABLE, slice.name), {
      clock,
      sleep: delay,
      random: Math.random,
    }),
    http: createHttp({ allowHosts: slice.allowHosts }),
    clock,
    random: Math.random,
    log: parts.log,
  }
}
