import type { Json, MapResult, SourceDocument } from '../core/exchange.ts'
import { contentHash } from '../core/hash.ts'
import type { UnreadHint, UnreadReason } from './hint.ts'

/** The document type of a genuine delivery that named no record of ours. */
export const webhookDelivery = 'webhook-delivery'

/** Told to a person, with whether somebody should look at it. */
const reasons: Readonly<Record<UnreadReason, { outcome: 'held' | 'skipped'; why: string }>> = {
  WEBHOOK_TOPIC_UNKNOWN: { outcome: 'skipped', why: 'its topic is none that is read' },
  WEBHOOK_CHANNEL_FOREIGN: { outcome: 'skipped', why: 'it is about a channel that is not on the connection’s list' },
  WEBHOOK_WITHOUT_ID: { outcome: 'held', why: 'it names no record that could be read anew' },
  WEBHOOK_NOT_JSON: { outcome: 'held', why: 'its body is no JSON' },
}

/** A delivery as a document: found by its id, the same however often it comes. */
export function deliveryDocument({ hint: _, receivedAt, ...delivery }: UnreadHint): SourceDocument {
  const { deliveryId } = delivery
  return {
    type: webhookDelivery,
    key: deliveryId,
    number: deliveryId,
    group: `${webhookDelivery}/${deliveryId}`,
    version: '',
    hash: contentHash(delivery),
    arrival: deliveryId,
    raw: { ...delivery, receivedAt } as Json,
  }
}

/** What becomes of such a document: nothing is ever written of it. */
export function settleDelivery(raw: Json): MapResult {
  const { reason, topic, deliveryId, ids } = raw as unknown as Omit<UnreadHint, 'hint'>
  const { outcome, why } = reasons[reason]
  const about = ids ? ` (${ids.join(', ')})` : ''
  const message = `The delivery ${deliveryId} of ${topic || 'no topic'}${about} was taken and not read: ${why}.`
  return { outcome, problems: [{ code: reason, message }], decisions: [], warnings: [] }
}
