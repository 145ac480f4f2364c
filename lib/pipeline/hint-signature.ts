import { createHmac, timingSafeEqual } from 'node:crypto'
import type { WebhookSignature } from '../core/webhook.ts'

/** The headers of a delivery that claims to be signed, in time. Nothing of it is believed yet. */
export interface Claimed {
  id: string
  timestamp: string
  topic: string
  /** Those of the scheme; others are passed over. */
  signatures: Buffer[]
}

/** Why a delivery is not genuine: for our log, never for its sender. */
export type Refused =
  | 'missing_header'
  | 'timestamp_malformed'
  | 'timestamp_too_old'
  | 'timestamp_too_new'
  | 'no_supported_signature'
  | 'signature_mismatch'

/** Printable, without the full stop that separates what is signed; long enough for every id in use. */
const idForm = /^[!-\-/-~]{1,200}$/

/**
 * Reads a delivery's headers and its time, before any secret is asked for.
 * @param headers by lower-case name
 * @param at when it arrived, epoch milliseconds
 */
export function claimOf(
  headers: ReadonlyMap<string, string>,
  declaration: WebhookSignature,
  at: number,
): Claimed | { refused: Refused } {
  const { headers: names, toleranceSeconds, separator, scheme } = declaration
  const id = headers.get(names.id) ?? ''
  const timestamp = headers.get(names.timestamp)
  const signed = headers.get(names.signature)
  if (!idForm.test(id) || timestamp === undefined || !signed) return { refused: 'missing_header' }
  if (!/^\d{1,12}$/.test(timestamp)) return { refused: 'timestamp_malformed' }
  const age = Math.floor(at / 1000) - Number(timestamp)
  if (age > toleranceSeconds) return { refused: 'timestamp_too_old' }
  if (age < -toleranceSeconds) return { refused: 'timestamp_too_new' }
  const signatures = signed.split(separator).filter((entry) => entry.startsWith(scheme))
  if (signatures.length === 0) return { refused: 'no_supported_signature' }
  return {
    id,
    timestamp,
    topic: headers.get(names.topic) ?? '',
    signatures: signatures.map((entry) => decoded(entry.slice(scheme.length))),
  }
}

/**
 * Whether one of the keys made one of the signatures, over the bytes as they came. Every key is tried with every
 * signature in a time that tells nothing of them. No key, no entry.
 */
export function isSigned(
  claimed: Claimed,
  body: Uint8Array,
  keys: readonly Buffer[],
  { content, algorithm }: WebhookSignature,
): boolean {
  const matches = keys.flatMap((key) => {
    const hmac = createHmac(algorithm, key)
    for (const [i, part] of content.entries())
      hmac.update(i > 0 ? '.' : '').update(part === 'body' ? body : claimed[part])
    const expected = hmac.digest()
    return claimed.signatures.map((s) => s.length === expected.length && timingSafeEqual(s, expected))
  })
  return matches.includes(true)
}

/** The bytes of base64 with or without its padding (shipbob.md §6.2 shows both); none where it is anything else. */
const decoded = (text: string): Buffer => Buffer.from(/^[A-Za-z0-9+/]+={0,2}$/.test(text) ? text : '', 'base64')
