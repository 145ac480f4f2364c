import type { ProblemCode } from './index.ts'

/** Codes of documents read from Odoo. */
export const odooDocumentCodes = {
  ODOO_BUNDLE_INVALID: {
    class: 'held',
    remedy: 'The stored records are no Odoo document of this kind. Check the file, or replay the document.',
  },
  ODOO_FIELD_MISSING: {
    class: 'held',
    remedy: 'Fill the field in Odoo and save the record; the changed record is read again by itself.',
  },
  ODOO_VALUE_INVALID: {
    class: 'held',
    remedy: 'Correct the field in Odoo and save the record; the changed record is read again by itself.',
  },
  ODOO_RECORD_MISSING: {
    class: 'held',
    remedy: 'Give the integration user the right to read the record named (group, company), then read it again.',
  },
  ODOO_UNITS_DIFFER: {
    class: 'held',
    remedy: 'Correct the unit of measure of the order line or the product, so that one can be told in the other.',
  },
  ODOO_KIT_INCOMPLETE: {
    class: 'held',
    remedy: 'Ship whole kits, or change the quantity of the order line to the kits that were shipped.',
  },
  ODOO_NEGATIVE_LINE: {
    class: 'held',
    remedy: 'Take the returned goods off the invoice and credit them with a credit note.',
  },
  ODOO_TOTALS_DIFFER: {
    class: 'held',
    remedy: 'Compare the lines and taxes of the invoice with its total in Odoo; it is never sent a cent off.',
  },
} satisfies Record<string, ProblemCode>

export type OdooDocumentCode = keyof typeof odooDocumentCodes
