import type { SourceDocument } from '../../lib/core/exchange.ts'
import type { Parse } from '../../lib/core/flow.ts'
import { parse as parseAcumatica } from '../../lib/systems/acumatica/parse.ts'
import { documentsOf as acumaticaDocuments } from '../../lib/systems/acumatica/preview.ts'
import { parse as parseSpsCommerce } from '../../lib/systems/sps-commerce/parse.ts'
import { documentsOf as spsCommerceDocuments } from '../../lib/systems/sps-commerce/preview.ts'

/** What a preview needs of a source system: its documents in a file, and their parse. No network. */
export interface PreviewSystem {
  documentsOf(flowTypes: string[], file: unknown): SourceDocument[]
  parse: Parse
}

/** The systems a preview can read from. A new system is one line. */
export const previewSystems: Readonly<Record<string, PreviewSystem>> = {
  acumatica: { documentsOf: acumaticaDocuments, parse: parseAcumatica },
  'sps-commerce': { documentsOf: spsCommerceDocuments, parse: parseSpsCommerce },
}
