import type { ProblemCode } from './index.ts'

/** Codes of reading ShipBob and of the documents read. */
export const shipbobDocumentCodes = {
  SHIPBOB_WEBHOOKS_MISSING: {
    class: 'transient',
    remedy:
      'Run ml-connector webhook <connection> --register, which repairs what is lacking; until then polls find everything.',
  },
  SHIPBOB_BUNDLE_INVALID: {
    class: 'held',
    remedy: 'The stored records are no ShipBob document of this kind. Check the file, or replay the document.',
  },
  SHIPBOB_FIELD_MISSING: {
    class: 'held',
    remedy: 'Ask ShipBob why the record lacks the field named, then read it again; it is read again when it changes.',
  },
  SHIPBOB_VALUE_INVALID: {
    class: 'held',
    remedy: 'Look at the record in the ShipBob dashboard, and at the field named; it is read again when it changes.',
  },
  SHIPBOB_WORD_UNKNOWN: {
    class: 'warning',
    remedy: 'ShipBob has a new word for a state or kind: look at the record in its dashboard, and report the word.',
  },
  SHIPBOB_BOXES_DISAGREE: {
    class: 'warning',
    remedy: 'Nothing while boxes are stowed. If the order is completed, ask ShipBob which of the quantities is right.',
  },
  SHIPBOB_LOT_UNCLEAR: {
    class: 'warning',
    remedy: 'Compare the lots of the boxes in the ShipBob dashboard with the goods, and correct them there.',
  },
  SHIPBOB_INVOICE_DIFFERS: {
    class: 'warning',
    remedy: 'Compare the invoice with its transactions in the ShipBob dashboard; fees may show some hours late.',
  },
} satisfies Record<string, ProblemCode>

export type ShipBobDocumentCode = keyof typeof shipbobDocumentCodes
