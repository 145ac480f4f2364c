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
/** The shortest key of Standard Webhooks, and the length of ShipBob's (shipbob.md §5). In bytes. */
const shortestKey = 24

/** The values in a secret's text. None where there is no text, or not what we would have stored. */
function storedValues(text: string | undefined): string[] {
  if (text === undefined) return []
  try {
    const { current, previous } = JSON.parse(text) as Record<string, unknown>
    return [current, previous].filter((s): s is string => typeof s === 'string')
  } catch {
    return []
  }
}

/** The accepted values of a nudge's secret. */
export const activeSecrets = (text: string | undefined): string[] =>
  storedValues(text).filter((secret) => secret.length >= shortest)

/** Whether a presented value is an accepted one, in a time that tells nothing of either: equal hashes, all compared. */
export function isAccepted(presented: string, active: readonly string[]): boolean {
  const hash = sha256(presented)
  return active.map((secret) => timingSafeEqual(sha256(secret), hash)).includes(true)
}

/**
 * The keys in a signing secret's text. A value without the prefix, no base64 or too short is no key: nobody is let in by it.
 * @param prefix what stands before the base64 ("whsec_")
 */
export function signingKeys(text: string | undefined, prefix: string): Buffer[] {
  return storedValues(text).flatMap((value) => {
    const encoded = value.slice(prefix.length)
    if (!value.startsWith(prefix) || !/^[A-Za-z0-9+/]+={0,2}$/.test(encoded)) return []
    const key = Buffer.from(encoded, 'base64')
    return key.length < shortestKey ? [] : [key]
  })
}

const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest()
