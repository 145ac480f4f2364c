import { createHash, timingSafeEqual } from 'node:crypto'

/**
 * The values of a webhook's secret that are accepted: the current one, and while it is being replaced at the sender the
 * one before. Stored as {"current": "…", "previous": "…"}.
 */
export interface WebhookSecret {
  current: string
  previous?: string
}

/** A secret that somebody could guess is none: 32 random bytes are 43 characters of base64url. */
const shortest = 43

/** The accepted values in a secret's text. None where there is no text, or not what we would have stored. */
export function activeSecrets(text: string | undefined): string[] {
  if (text === undefined) return []
  try {
    const { current, previous } = JSON.parse(text) as Record<string, unknown>
    return [current, previous].filter((s): s is string => typeof s === 'string' && s.length >= shortest)
  } catch {
    return []
  }
}

/** Whether a presented value is an accepted one, in a time that tells nothing of either: equal hashes, all compared. */
export function isAccepted(presented: string, active: readonly string[]): boolean {
  const hash = sha256(presented)
  return active.map((secret) => timingSafeEqual(sha256(secret), hash)).includes(true)
}

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest()
