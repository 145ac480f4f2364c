import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { sha256 } from '../../core/hash.ts'
import { dictionary } from './dictionary.ts'
import type { BlobStore, Item } from './items.ts'

/** An item may be 400 KB with all its attributes; what is larger goes to the bucket. */
const largestInline = 300 * 1024

/** How `body` is to be read: deflated with the first dictionary. */
const encoding = 'd1'

/**
 * JSON as an item's `body` attribute: deflated, and in the bucket where it is too large. DynamoDB bills by the
 * kilobyte written, so every byte before the first thousand counts.
 * @param key where a spilled body goes; its content hash is appended, so a repeat writes the same object.
 */
export async function pack(
  value: unknown,
  key: string,
  blobs: BlobStore,
): Promise<{ body: Uint8Array; encoding: string; spilled?: string }> {
  const bytes = deflateRawSync(JSON.stringify(value), { level: 9, dictionary })
  if (bytes.length <= largestInline) return { body: bytes, encoding }
  const spilled = spilledKey(key, bytes)
  await blobs.put(spilled, bytes)
  return { body: Buffer.alloc(0), encoding, spilled }
}

/** Where bytes go that are too large for an item. */
const spilledKey = (key: string, bytes: Uint8Array): string => `${key}/${sha256(bytes, 24)}`

/** True where a payload in the bucket is the one that was put there. */
export const isAsSpilled = (spilled: string, bytes: Uint8Array): boolean =>
  spilled === spilledKey(spilled.slice(0, spilled.lastIndexOf('/')), bytes)

export async function unpack<T>(item: Item, blobs: BlobStore): Promise<T> {
  if (item.encoding !== encoding)
    throw new Error(`the ledger item ${item.sk} is written as "${item.encoding}", which this release cannot read`)
  const bytes = item.spilled === undefined ? (item.body as Uint8Array) : await blobs.get(String(item.spilled))
  return JSON.parse(inflateRawSync(bytes, { dictionary }).toString()) as T
}
