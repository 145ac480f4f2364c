import type { SourceDocument } from '../../core/exchange.ts'
import { sourceDocuments } from './source-document.ts'

/**
 * The documents of a preview file, by the same code as the reader's: one RSX document, a page of them in any
 * wrapper, XML as text, or an object of lists by entity ({"orders": [...], "orderChanges": [...]}). `arrival` is the
 * position in the file. The content decides a document's type; the flow's first type counts where it does not.
 */
export function documentsOf(flowTypes: string[], file: unknown): SourceDocument[] {
  const [type] = flowTypes
  const documents = sourceDocuments(file, type === undefined ? {} : { type, assumed: true })
  return documents.map((document, i) => ({ ...document, arrival: String(i) }))
}
