import type { Json, SourceDocument, Write } from '../../lib/core/exchange.ts'
import type { Parse } from '../../lib/core/flow.ts'
import { acceptAsSent as acceptAcumatica } from '../../lib/systems/acumatica/accept.ts'
import { parse as parseAcumatica } from '../../lib/systems/acumatica/parse.ts'
import { documentsOf as acumaticaDocuments } from '../../lib/systems/acumatica/preview.ts'
import { acceptAsSent as acceptOdoo } from '../../lib/systems/odoo/accept.ts'
import { parse as parseOdoo } from '../../lib/systems/odoo/parse.ts'
import { documentsOf as odooDocuments } from '../../lib/systems/odoo/preview.ts'
import { parse as parseShipBob } from '../../lib/systems/shipbob/parse.ts'
import { documentsOf as shipbobDocuments } from '../../lib/systems/shipbob/preview.ts'
import { parse as parseSpsCommerce } from '../../lib/systems/sps-commerce/parse.ts'
import { documentsOf as spsCommerceDocuments } from '../../lib/systems/sps-commerce/preview.ts'

/** A record as JSON: what was sent, or what stands at the target. */
type Stored = { [field: string]: Json }

/** What a preview needs of a system, all of it without network. */
export interface PreviewSystem {
  /** As a source: its documents in a file, and their parse. */
  documentsOf(flowTypes: string[], file: unknown): SourceDocument[]
  parse: Parse
  /** As a target whose answers later steps need: what it would answer if it took a write as it was sent. */
  accept?(
    write: Write,
    standing: Stored | undefined,
    number: string,
  ): { record: Stored; result: Stored; numbers: string[] }
}

/** The systems a preview knows. A new system is one line. */
export const previewSystems: Readonly<Record<string, PreviewSystem>> = {
  acumatica: { documentsOf: acumaticaDocuments, parse: parseAcumatica, accept: acceptAcumatica },
  odoo: { documentsOf: odooDocuments, parse: parseOdoo, accept: acceptOdoo },
  shipbob: { documentsOf: shipbobDocuments, parse: parseShipBob },
  'sps-commerce': { documentsOf: spsCommerceDocuments, parse: parseSpsCommerce },
}
