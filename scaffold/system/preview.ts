import type { Json, SourceDocument } from '../../lib/core/exchange.ts'
import { describe } from './source-document.ts'

/** The documents of a preview file, by the same code as the reader's: one record, a list of them, or a page. */
export function documentsOf(flowTypes: string[], file: unknown): SourceDocument[] {
  if (!flowTypes.includes('product')) return []
  const value = file as Json
  const records = value !== null && typeof value === 'object' && 'records' in value ? value.records : value
  return (Array.isArray(records) ? records : [records ?? null]).map((record, i) => describe(record, String(i)))
}
