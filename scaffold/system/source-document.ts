import type { Json, SourceDocument } from '../../lib/core/exchange.ts'
import { contentHash } from '../../lib/core/hash.ts'
import { parse } from './parse.ts'

const textOf = (raw: Json, field: string): string => {
  const value = raw !== null && typeof raw === 'object' && !Array.isArray(raw) ? raw[field] : undefined
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

/**
 * A raw record with its identity. The hash is of what the canonical document says, so that fields nobody reads make no
 * new document; of the record itself where it cannot be parsed: that is a document too, and is refused with its reasons.
 * @param arrival what names this arrival; the record's own state where absent
 */
export function describe(raw: Json, arrival?: string): SourceDocument {
  const parsed = parse('product', raw)
  const hash = contentHash('document' in parsed ? parsed.document : raw)
  const id = textOf(raw, 'id') || hash
  const version = textOf(raw, 'updated_at')
  return {
    type: 'product',
    key: id,
    number: textOf(raw, 'sku') || id,
    group: `product/${id}`,
    version,
    hash,
    arrival: arrival ?? `${id}@${version}+${hash.slice(0, 8)}`,
    raw,
  }
}
