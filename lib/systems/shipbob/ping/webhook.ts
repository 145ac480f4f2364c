import type { ConnectionContext } from '../../../core/connection.ts'
import { type PingLine, type PingWanted, pass, warn } from '../../../core/ping.ts'
import type { Client } from '../client.ts'
import type { Settings } from '../settings.ts'
import { markOf } from '../standing.ts'
import { listSubscriptions } from '../subscriptions.ts'
import { isListed, topicsFor } from '../topics.ts'

/**
 * Whether ShipBob still tells us: a subscription of this connection that is switched on, and has every topic the version
 * has. What it does not tell is polled, so nothing here is worse than late. Whether the URL is still ours only the command
 * `webhook` knows.
 */
export async function webhookLines(
  { connection }: ConnectionContext<Settings>,
  client: Client,
  { reads }: PingWanted,
): Promise<PingLine[]> {
  const topics = topicsFor(reads)
  if (topics.length === 0) return []
  const ours = (await listSubscriptions(client)).filter((one) => markOf(one)?.connection === connection)
  const remedy = `Subscribe, or repair: webhook ${connection} --register.`
  if (ours.length === 0) return [warn('webhook', 'no subscription: everything is polled, and so comes later', remedy)]
  const off = ours.filter(({ enabled }) => !enabled)
  const told = new Set(ours.filter(({ enabled }) => enabled).flatMap((one) => one.topics))
  const lacking = topics.filter((topic) => !told.has(topic))
  const polled = lacking.filter((topic) => !isListed(topic, client.profile))
  const lines: PingLine[] = []
  if (off.length > 0)
    lines.push(warn('webhook', `ShipBob has switched off ${off.map(({ url }) => url).join(', ')}`, remedy))
  if (lacking.length > polled.length)
    lines.push(warn('webhook', `nobody tells of ${lacking.filter((t) => !polled.includes(t)).join(', ')}`, remedy))
  if (lines.length === 0)
    lines.push(pass('webhook', `${told.size} topics${polled.length > 0 ? `; polled only: ${polled.join(', ')}` : ''}`))
  return lines
}
