import { sharedHintMs } from './hint.ts'
import type { IntakePorts, Taker } from './hint-intake.ts'
import { bodySize, notFound, queued, tooLarge, unavailable } from './hint-request.ts'
import { activeSecrets, isAccepted } from './hint-secret.ts'

/** Larger than any notification; a request over it is no nudge of ours. */
export const maxBodyBytes = 256 * 1024

/**
 * Takes nudges: whoever knows the secret in the path has the connection polled. The body is measured and not looked at.
 *
 * 202 where the hint is safe; 404 for anything without the right secret, which learns nothing of a limit.
 */
export function nudges({ secret, send, trouble, clock }: IntakePorts): Taker {
  /** Until when a queued hint covers what comes, by connection. */
  const shared = new Map<string, number>()

  return async ({ request, connection, target, presented }) => {
    if (presented === undefined) return notFound
    try {
      if (!isAccepted(presented, activeSecrets(await secret(target.secretArn)))) return notFound
    } catch (error) {
      trouble(connection, 'the secret of a webhook cannot be read', error)
      return unavailable
    }
    if (bodySize(request) > maxBodyBytes) return tooLarge
    const at = clock.now()
    if (at < (shared.get(connection) ?? 0)) return queued
    try {
      await send(target, { hint: 'poll' })
    } catch (error) {
      trouble(connection, 'a hint could not be queued', error)
      return unavailable
    }
    shared.set(connection, at + sharedHintMs)
    return queued
  }
}
