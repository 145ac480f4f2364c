import { deflateRawSync, inflateRawSync } from 'node:zlib'

/** Ids in ascending order as text: differences in base 128, deflated. A run of ids takes about a bit for each. */
export function packIds(ids: Iterable<number>): string {
  const bytes: number[] = []
  let last = 0
  for (const id of [...new Set(ids)].sort((a, b) => a - b)) {
    let step = id - last
    last = id
    for (; step > 127; step = Math.floor(step / 128)) bytes.push((step % 128) + 128)
    bytes.push(step)
  }
  return bytes.length === 0 ? '' : deflateRawSync(Buffer.from(bytes)).toString('base64')
}

export function unpackIds(packed: string): number[] {
  if (packed === '') return []
  const ids: number[] = []
  let last = 0
  let step = 0
  let weight = 1
  for (const byte of inflateRawSync(Buffer.from(packed, 'base64'))) {
    step += (byte % 128) * weight
    weight *= 128
    if (byte >= 128) continue
    last += step
    ids.push(last)
    step = 0
    weight = 1
  }
  return ids
}

/** Pairs of twelve hex digits, twelve bytes each. They are hashes: nothing can be deflated. */
export const packPairs = (pairs: ReadonlyMap<string, string>): string =>
  Buffer.from([...pairs].map(([key, value]) => key + value).join(''), 'hex').toString('base64')

export function unpackPairs(packed: string): Map<string, string> {
  const hex = Buffer.from(packed, 'base64').toString('hex')
  const pairs = new Map<string, string>()
  for (let at = 0; at < hex.length; at += 24) pairs.set(hex.slice(at, at + 12), hex.slice(at + 12, at + 24))
  return pairs
}

/** Texts without line breaks, deflated together. */
export const packTexts = (texts: readonly string[]): string =>
  texts.length === 0 ? '' : deflateRawSync(texts.join('\n'), { level: 9 }).toString('base64')

export const unpackTexts = (packed: string): string[] =>
  packed === '' ? [] : inflateRawSync(Buffer.from(packed, 'base64')).toString().split('\n')
