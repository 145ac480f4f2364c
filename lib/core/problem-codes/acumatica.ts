import type { ProblemCode } from './index.ts'

/** Codes of the Acumatica system. */
export const acumaticaCodes = {
  ACUMATICA_BUNDLE_INVALID: {
    class: 'held',
    remedy: 'The stored record is no Acumatica record of this kind. Check the file, or replay the document.',
  },
  ACUMATICA_FIELD_MISSING: {
    class: 'held',
    remedy: 'Fill the field in Acumatica; the changed record is read again by itself.',
  },
  ACUMATICA_VALUE_INVALID: {
    class: 'held',
    remedy: 'Correct the field in Acumatica; the changed record is read again by itself.',
  },
  ACUMATICA_DETAIL_NOT_READ: {
    class: 'held',
    remedy:
      'The record came without these rows, which is not the same as none. Check the endpoint version, then replay.',
  },
} satisfies Record<string, ProblemCode>
