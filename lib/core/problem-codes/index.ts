import type { FailureClass } from '../failures.ts'
import { acumaticaCodes } from './acumatica.ts'
import { fulfilmentCodes } from './fulfilment.ts'
import { mappingCodes } from './mapping.ts'
import { odooCodes } from './odoo.ts'
import { odooDocumentCodes } from './odoo-documents.ts'
import { odooFulfilmentCodes } from './odoo-fulfilment.ts'
import { odooReadCodes } from './odoo-read.ts'
import { odooWriteCodes } from './odoo-write.ts'
import { pipelineCodes } from './pipeline.ts'
import { shipbobCodes } from './shipbob.ts'
import { shipbobDocumentCodes } from './shipbob-documents.ts'
import { shipbobWriteCodes } from './shipbob-write.ts'
import { spsCommerceCodes } from './sps-commerce.ts'
import { tableCodes } from './tables.ts'

/** The catalogue's entry of a code: its class, what to do, and by its key the anchor in docs/runbook.md. */
export interface ProblemCode {
  class: FailureClass | 'held' | 'rejected' | 'skipped' | 'warning' | 'configuration'
  /** What a person does about it, in one sentence. */
  remedy: string
}

/** Every code the product can show, by area. The runbook has one anchor for each (a test compares the two). */
export const problemCodes: Readonly<Record<string, ProblemCode>> = {
  ...pipelineCodes,
  ...mappingCodes,
  ...fulfilmentCodes,
  ...tableCodes,
  ...acumaticaCodes,
  ...odooCodes,
  ...odooDocumentCodes,
  ...odooReadCodes,
  ...odooWriteCodes,
  ...odooFulfilmentCodes,
  ...shipbobCodes,
  ...shipbobDocumentCodes,
  ...shipbobWriteCodes,
  ...spsCommerceCodes,
}
