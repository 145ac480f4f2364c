import { sha256 } from '../../../core/hash.ts'
import type { Client } from '../client.ts'
import { errorOf } from '../errors.ts'
import { problem } from '../problem.ts'
import { isSection } from '../rsx/clean.ts'
import { parseJson } from '../rsx/text.ts'
import type { Settings } from '../settings.ts'
import { delivered, type Parcel, type Sender } from './parcel.ts'

/**
 * Sends by POST to the document's collection (sps-commerce.md 3.1). The idempotency key comes from our reference, so
 * a repeat after a lost answer is answered like the first and makes no second document.
 */
export function postSender(settings: Settings, client: Client): Sender {
  return {
    send: async (parcel, { mayHaveWritten, deadline }) => {
      const path = settings.paths[parcel.kind.path]
      const response = await client.send({
        method: 'POST',
        path,
        headers: {
          'content-type': parcel.format === 'json' ? 'application/json' : 'application/xml',
          'Sps-Idempotency-Key': idempotencyKey(parcel),
        },
        body: parcel.body,
        accept: [409],
        deadline,
      })
      const id = `${path}/${idOf(response.body) ?? parcel.reference}`
      if (response.status !== 409) return delivered(parcel, id)
      // A conflict with our own key: SPS has it from an attempt whose answer was lost. Otherwise it is a refusal.
      if (!mayHaveWritten) throw errorOf(response, { what: `POST ${path}`, writes: true })
      return delivered(parcel, id, {
        adopted: true,
        warnings: [problem('SPS_ALREADY_SENT', `an earlier attempt to send ${parcel.reference} had arrived`)],
      })
    },
  }
}

/** 20 to 255 of a-z, 0-9 and hyphen (sps-commerce.md 3.1); the same for every attempt at one reference. */
export function idempotencyKey({ operation, reference }: Pick<Parcel, 'operation' | 'reference'>): string {
  const readable = reference.toLowerCase().replace(/[^a-z0-9]+/g, '-')
  return `${readable.slice(0, 100)}-${sha256(`${operation} ${reference}`, 32)}`.replace(/^-/, '')
}

/** The id an answer gives; undefined where it gives none or cannot be read: the status says that it was taken. */
function idOf(body: Buffer): string | undefined {
  try {
    const value = parseJson(body.toString('utf8'))
    return isSection(value) && ['string', 'number'].includes(typeof value.id) ? String(value.id) : undefined
  } catch {
    return undefined
  }
}
