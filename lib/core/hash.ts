import { createHash } from 'node:crypto'

/** JSON with sorted keys, so that equal content has equal text whatever order a system sends its fields in. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((v) => canonicalJson(v ?? null)).join(',')}]`
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null'
  const fields = Object.entries(value).filter(([, v]) => v !== undefined)
  fields.sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  return `{${fields.map(([k, v]) => `${JSON.stringify(k)}:${canonicalJson(v)}`).join(',')}}`
}

/** SHA-256 of text or bytes, as hex, cut to `length` characters (64 = whole). */
export const sha256 = (input: string | Uint8Array, length = 64): string =>
  createHash('sha256').update(input).digest('hex').slice(0, length)

/** Content hash of a JSON value; field order does not matter. 24 hex characters = 96 bits. */
export const contentHash = (value: unknown): string => sha256(canonicalJson(value), 24)
