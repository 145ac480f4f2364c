import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib'
import { sha256 } from '../../core/hash.ts'
import type { BlobStore, Item } from './items.ts'

/** An item may be 400 KB with all its attributes; what is larger goes to the bucket. */
const largestInline = 300 * 1024
/** Below this, compression costs more than the write unit it could save. */
const smallestCompressed = 400

/** How `body` is to be read: plain JSON, or brotli. */
type Encoding = 'json' | 'br'

/**
 * JSON as an item's `body` attribute: compressed where that helps, in the bucket where it is too large.
 * @param key where a spilled body goes; its content hash is appended, so a repeat writes the same object.
 */
export async function pack(
  value: unknown,
  key: string,
  blobs: BlobStore,
): Promise<{ body: Uint8Array; encoding: Encoding; spilled?: string }> {
  const text = Buffer.from(JSON.stringify(value))
  const encoding: Encoding = text.length < smallestCompressed ? 'json' : 'br'
  const bytes = encoding === 'json' ? text : compress(text)
  if (bytes.length <= largestInline) return { body: bytes, encoding }
  const spilled = `${key}/${sha256(bytes, 24)}`
  await blobs.put(spilled, bytes)
  return { body: Buffer.alloc(0), encoding, spilled }
}

export async function unpack<T>(item: Item, blobs: BlobStore): Promise<T> {
  const bytes = item.spilled === undefined ? (item.body as Uint8Array) : await blobs.get(String(item.spilled))
  return JSON.parse((item.encoding === 'br' ? brotliDecompressSync(bytes) : Buffer.from(bytes)).toString()) as T
}

/** Quality 5: on an order of three lines 1,483 bytes in 0.06 ms; 11 would be 1,292 in 3.9 ms. */
const compress = (text: Buffer): Buffer =>
  brotliCompressSync(text, {
    params: {
      [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
      [constants.BROTLI_PARAM_QUALITY]: 5,
      [constants.BROTLI_PARAM_SIZE_HINT]: text.length,
    },
  })
