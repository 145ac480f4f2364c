import { randomUUID } from 'node:crypto'
import * as z from 'zod'
import { watcherEnvironment } from '../../config/environment.ts'
import { systemClock } from '../../core/exchange.ts'
import { createAwsApi } from '../aws/api.ts'
import { putEvents } from '../aws/notices.ts'
import { type Tiding, type Watched, watch } from '../watch/watch.ts'
import type { LambdaContext } from './lambda.ts'
import { observe } from './observe.ts'
import { stores } from './stores.ts'

/** With less than this, in milliseconds, the rest is left to the next look. */
const margin = 30_000

/** The Lambda handler that looks for what did not happen: on a schedule. */
export function watchHandler(): (event: unknown, context: LambdaContext) => Promise<Watched | { busy: true }> {
  const environment = z.parse(watcherEnvironment, process.env)
  const api = createAwsApi()
  const parts = stores(api, 'watch', environment)
  const { log, metrics } = observe(api, environment)
  const tell = (tidings: readonly Tiding[]): Promise<void> => {
    for (const { finding, status } of tidings) log.warn(`${finding.kind} ${status}`, { ...finding })
    const entries = tidings.map(({ finding: { kind, ...detail }, status }) => ({ kind, detail: { ...detail, status } }))
    return putEvents(api, environment.EVENT_BUS, entries)
  }
  const owner = randomUUID()

  return async (_event, lambda) => {
    const remaining = () => lambda.getRemainingTimeInMillis()
    const timeIsUp = () => remaining() < margin
    const connections = environment.CONNECTIONS
    const context = { ...parts, connections, metrics, tell, clock: systemClock, owner, remaining, timeIsUp }
    return (await watch(context)) ?? { busy: true }
  }
}
