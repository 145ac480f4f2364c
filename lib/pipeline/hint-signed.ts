import type { HintTarget } from './hint.ts'
import { hintsOf } from './hint-delivery.ts'
import type { IntakePorts, Signed, Taker } from './hint-intake.ts'
import {
  taken as acknowledged,
  bodyBytes,
  bodySize,
  headersOf,
  notFound,
  notJson,
  queued,
  tooLarge,
  unauthorised,
  unavailable,
} from './hint-request.ts'
import { signingKeys } from './hint-secret.ts'
import { type Claimed, claimOf, isSigned } from './hint-signature.ts'

/**
 * Larger than a record of ten thousand lines, smaller than what Lambda is given at once. A refused delivery is repeated
 * for a day and more, and an endpoint that refuses for days is switched off (shipbob.md §5, §6.3): generous.
 */
export const maxDeliveryBytes = 4 * 1024 * 1024

/**
 * Takes signed deliveries, in this order: size, headers, time, signature, repeats, JSON, channel (shipbob.md §6.2). A
 * delivery is remembered only when its hint is safe; a crash in between costs a second hint, which does no harm.
 *
 * 401 for what is not genuine, and nothing is kept of it; 200 for a repeat, and for what names no record of ours (kept
 * with its reason); 400 for what is signed and no JSON (kept; its repeats are answered 200); 202 where the hint is safe.
 */
export function deliveries(ports: IntakePorts, { declaration, taken }: Signed): Taker {
  const { trouble, clock } = ports
  const { signature } = declaration

  const isGenuine = async (claimed: Claimed, body: Buffer, { secretArn }: HintTarget): Promise<boolean> => {
    const by = async (fresh: boolean) =>
      isSigned(claimed, body, signingKeys(await ports.secret(secretArn, fresh), signature.keyPrefix), signature)
    // The sender may know a new secret a minute before we would.
    return (await by(false)) || (await by(true))
  }

  return async ({ request, connection, target, presented }) => {
    if (presented !== undefined) return notFound
    if (bodySize(request) > maxDeliveryBytes) return tooLarge
    const headers = headersOf(request)
    const at = request.requestContext.timeEpoch ?? clock.now()
    const claimed = claimOf(headers, signature, at)
    const refuse = (why: string) => {
      ports.refused(connection, why)
      return unauthorised
    }
    if ('refused' in claimed) return refuse(claimed.refused)
    const body = bodyBytes(request)
    try {
      if (!(await isGenuine(claimed, body, target))) return refuse('signature_mismatch')
    } catch (error) {
      trouble(connection, 'the secret of a webhook cannot be read', error)
      return unavailable
    }
    try {
      if (await taken.has(connection, claimed.id)) return acknowledged
    } catch (error) {
      trouble(connection, 'it cannot be known whether a delivery was taken before', error)
      return unavailable
    }
    const delivery = { deliveryId: claimed.id, topic: claimed.topic, receivedAt: new Date(at).toISOString() }
    const hints = hintsOf(declaration, delivery, body, headers, target.channels ?? [])
    try {
      for (const hint of hints) await ports.send(target, hint)
    } catch (error) {
      trouble(connection, 'a hint could not be queued', error)
      return unavailable
    }
    try {
      await taken.add(connection, claimed.id, signature.rememberSeconds)
    } catch (error) {
      // Its hint is safe: a repeat would only make another one.
      trouble(connection, 'a delivery could not be remembered', error)
    }
    if (hints.some((h) => h.hint === 'unread' && h.reason === 'WEBHOOK_NOT_JSON')) return notJson
    return hints.some((h) => h.hint === 'records') ? queued : acknowledged
  }
}
