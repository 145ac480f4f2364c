import type { Finding } from '../../lib/pipeline/watch/finding.ts'
import { look, type Memory, watchRecord } from '../../lib/pipeline/watch/look.ts'
import { configOf } from '../deployment/connection.ts'
import type { Deployment } from '../deployment/deployment.ts'

export interface Late {
  /** ISO date-time of the watcher's own last look; absent before its first. */
  lookedAt?: string
  late: Finding[]
}

/**
 * What did not happen, as of now: looked for as the watcher does, beside it. Nothing is told and nothing written.
 * @param now epoch milliseconds
 */
export async function lateNow(deployment: Deployment, configFile: string | undefined, now: number): Promise<Late> {
  const { agenda, ledger, state } = deployment
  const config = configOf(deployment, configFile)
  const polled = Object.entries(deployment.connections).flatMap(([name, { schedule }]) => {
    const configured = config.connections[name]
    return schedule !== undefined && configured?.enabled ? [[name, { schedule: configured.schedule }] as const] : []
  })
  const before = await state.record<Memory>(watchRecord)
  const context = { connections: Object.fromEntries(polled), agenda, ledger, state, timeIsUp: () => false }
  const { findings } = await look(before, context, now)
  return { ...(before ? { lookedAt: before.at } : {}), late: findings }
}
