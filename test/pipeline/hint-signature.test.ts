import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { signingKeys } from '../../lib/pipeline/hint-secret.ts'
import { claimOf, isSigned } from '../../lib/pipeline/hint-signature.ts'
import { signatureOf, toySecret, toyWebhook } from '../support/signed-webhook.ts'

interface Vector {
  name: string
  secret: string
  webhook_id: string | null
  webhook_timestamp: string | null
  webhook_signature: string | null
  body_base64: string
  now_unix: number
  reason?: string
}
const file = join(import.meta.dirname, '..', 'fixtures', 'shipbob', 'webhook-signature-vectors.json')
const vectors = JSON.parse(readFileSync(file, 'utf8')) as Record<'valid' | 'invalid', Vector[]>
const { signature } = toyWebhook

/** "valid", or why not. */
function verdict(
  headers: Record<string, string | null>,
  body: Uint8Array,
  atSeconds: number,
  secret: string | undefined,
): string {
  const sent = Object.entries(headers).flatMap(([name, value]) => (value === null ? [] : [[name, value] as const]))
  const claimed = claimOf(new Map(sent), signature, atSeconds * 1000)
  if ('refused' in claimed) return claimed.refused
  const keys = signingKeys(secret, signature.keyPrefix)
  return isSigned(claimed, body, keys, signature) ? 'valid' : 'signature_mismatch'
}
const stored = (current: string, previous?: string) => JSON.stringify({ current, ...(previous ? { previous } : {}) })
const ofVector = (vector: Vector, secret: string | undefined) =>
  verdict(
    {
      'webhook-id': vector.webhook_id,
      'webhook-timestamp': vector.webhook_timestamp,
      'webhook-signature': vector.webhook_signature,
    },
    Buffer.from(vector.body_base64, 'base64'),
    vector.now_unix,
    secret,
  )

describe('the recorded deliveries', () => {
  it('are 28', () => {
    expect([vectors.valid.length, vectors.invalid.length]).toEqual([12, 16])
  })
  it.each(vectors.valid.map((v) => [v.name, v] as const))('genuine: %s', (_, vector) => {
    expect(ofVector(vector, stored(vector.secret))).toBe('valid')
  })
  it.each(vectors.invalid.map((v) => [v.name, v] as const))('refused: %s', (_, vector) => {
    expect(ofVector(vector, stored(vector.secret))).toBe(vector.reason)
  })
  it('are genuine by the secret before the current one too, and by no other', () => {
    const other = `whsec_${Buffer.alloc(24, 9).toString('base64')}`
    for (const vector of vectors.valid) {
      expect(ofVector(vector, stored(other, vector.secret))).toBe('valid')
      expect(ofVector(vector, stored(other))).toBe('signature_mismatch')
    }
  })
})

describe('a secret lets nobody in', () => {
  const [vector] = vectors.valid
  it.each([
    ['that has no value yet', undefined],
    ['that is empty', ''],
    ['that is no JSON', toySecret],
    ['without its prefix', stored(toySecret.slice(6))],
    ['that is a prefix alone', stored('whsec_')],
    ['that is too short', stored(`whsec_${Buffer.alloc(23).toString('base64')}`)],
    ['that is no base64', stored('whsec_****************************************')],
    ['that is a list', JSON.stringify([toySecret])],
  ])('%s', (_, text) => {
    expect(signingKeys(text, 'whsec_')).toEqual([])
    expect(vector && ofVector(vector, text)).toBe('signature_mismatch')
  })
})

describe('a signature', () => {
  const at = 1_789_372_800
  const sign = (id: string, body: Uint8Array, timestamp = String(at)) => ({
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': signatureOf(toySecret, id, timestamp, body),
  })

  it('holds for every body as the bytes that came, and for none that differs in one', () => {
    const bytes = fc.uint8Array({ minLength: 1, maxLength: 200 })
    fc.assert(
      fc.property(bytes, fc.nat(), fc.integer({ min: 1, max: 255 }), (body, where, change) => {
        const headers = sign('msg_1', body)
        expect(verdict(headers, body, at, stored(toySecret))).toBe('valid')
        const changed = Uint8Array.from(body)
        const index = where % body.length
        changed[index] = (changed[index] ?? 0) ^ change
        expect(verdict(headers, changed, at, stored(toySecret))).toBe('signature_mismatch')
      }),
    )
  })

  it('is found among others, wherever it stands, with or without its padding', () => {
    const entry = fc.oneof(
      fc.constant('v2,AAAA'),
      fc.constant('v1,'),
      fc.constant('v1a,AAAA'),
      fc.uint8Array({ minLength: 32, maxLength: 32 }).map((b) => `v1,${Buffer.from(b).toString('base64')}`),
    )
    fc.assert(
      fc.property(
        fc.array(entry, { maxLength: 5 }),
        fc.array(entry, { maxLength: 5 }),
        fc.boolean(),
        (a, b, padded) => {
          const headers = sign('msg_1', Buffer.from('{}'))
          const own = padded ? headers['webhook-signature'] : headers['webhook-signature'].replace(/=+$/, '')
          const all = { ...headers, 'webhook-signature': [...a, own, ...b].join(' ') }
          expect(verdict(all, Buffer.from('{}'), at, stored(toySecret))).toBe('valid')
          const without = { ...headers, 'webhook-signature': [...a, ...b].join(' ') }
          expect(verdict(without, Buffer.from('{}'), at, stored(toySecret))).not.toBe('valid')
        },
      ),
    )
  })

  it.each(['', 'msg 1', 'msg.1', 'x'.repeat(201), 'müll'])('never covers an id that is none: %j', (id) => {
    expect(verdict(sign(id, Buffer.from('{}')), Buffer.from('{}'), at, stored(toySecret))).toBe('missing_header')
  })

  it.each(['', '-1', '1e9', ' 1789372800', '1789372800000', '0x6aa7', '١٧٨٩٣٧٢٨٠٠'])(
    'is not asked for where the time is no time: %j',
    (timestamp) => {
      const headers = sign('msg_1', Buffer.from('{}'), timestamp)
      expect(verdict(headers, Buffer.from('{}'), at, stored(toySecret))).toMatch(/^timestamp_/)
    },
  )
})
