import type { ProblemCode } from './index.ts'

/** Codes of reading Odoo, beside those of its client. */
export const odooReadCodes = {
  ODOO_TOO_MANY_DELETED: {
    class: 'transient',
    remedy:
      "Check the user's rights, record rules and companies in Odoo. If the records were deleted on purpose, run ml-connector gaps <connection> --accept-deletions.",
  },
  ODOO_TOO_MANY_WATCHED: {
    class: 'transient',
    remedy: 'Lower deletionHorizonDays of the connection: fewer records are then watched for deletion.',
  },
} satisfies Record<string, ProblemCode>
