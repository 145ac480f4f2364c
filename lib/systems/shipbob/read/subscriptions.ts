import * as z from 'zod'
import type { Json, SourcePage } from '../../../core/exchange.ts'
import { ConfigurationError, Failure } from '../../../core/failures.ts'
import { markOf } from '../standing.ts'
import { listSubscriptions } from '../subscriptions.ts'
import { isListed, topicsFor } from '../topics.ts'
import { hourMs, page, type Work } from './feed.ts'

const schema = z.object({
  /** When the last check began. */
  at: z.string(),
  /** True until it ended well: the next one is then due sooner. */
  failing: z.boolean(),
  /** True once there was a subscription of ours: before that there is nothing to miss. */
  registered: z.boolean(),
})

const toleranceMs = 60_000
const again = 1

const read = (stored: Json | undefined) => (stored === undefined || stored === null ? undefined : schema.parse(stored))

/** True where a check is due: at the configured interval, and hourly while something is wrong. */
export function isCheckDue(stored: Json | undefined, now: number, everyHours: number): boolean {
  const cursor = read(stored)
  if (!cursor) return true
  const hours = cursor.failing ? Math.min(again, everyHours) : everyHours
  return now >= Date.parse(cursor.at) + hours * hourMs - toleranceMs
}

/**
 * Looks whether ShipBob still tells us what the flows need: it switches an endpoint off after days of failures and mails
 * the owner alone (shipbob.md §5). Two pages: the first one notes that a check began, so that one that fails is repeated
 * hourly and not by every poll; the second one throws a Failure where topics are missing. Polls go on all the same.
 * @param wanted canonical document types that some flow takes
 */
export async function checkSubscriptions(
  { client, settings }: Pick<Work, 'client' | 'settings'>,
  connection: string,
  wanted: readonly string[],
  stored: Json | undefined,
): Promise<SourcePage> {
  const before = read(stored)
  const now = client.now()
  if (isCheckDue(stored, now, settings.subscriptionCheckHours)) {
    const begun = { at: new Date(now).toISOString(), failing: true, registered: before?.registered ?? false }
    return page([], begun, true)
  }
  if (!before?.failing) return page([], stored ?? null, false)
  const ours = (await list(client)).filter((one) => markOf(one)?.connection === connection)
  const told = new Set(ours.filter(({ enabled }) => enabled).flatMap(({ topics }) => topics))
  const missing = topicsFor(wanted).filter((topic) => isListed(topic, client.profile) && !told.has(topic))
  const registered = before.registered || ours.length > 0
  if (registered && missing.length > 0)
    throw new Failure('transient', 'SHIPBOB_WEBHOOKS_MISSING', wordsOf(ours, missing), { concern: 'WebhookOff' })
  return page([], { ...before, failing: false, registered }, false)
}

const wordsOf = (ours: readonly { enabled: boolean; url: string }[], missing: readonly string[]): string => {
  const off = ours.filter(({ enabled }) => !enabled).map(({ url }) => url)
  const why =
    off.length > 0 ? `ShipBob has switched off ${[...new Set(off)].join(' and ')}` : 'no subscription has them'
  return `ShipBob does not tell of ${missing.join(', ')}: ${why}. Polls go on.`
}

/** A token without the right to list webhooks is no reason to stop the connection. */
async function list(client: Work['client']): Promise<Awaited<ReturnType<typeof listSubscriptions>>> {
  try {
    return await listSubscriptions(client)
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error
    throw new Failure('transient', 'SHIPBOB_WEBHOOKS_MISSING', error.message, { cause: error })
  }
}
