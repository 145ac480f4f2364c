import type { ProblemCode } from './index.ts'

/** Codes of cross-reference table files, as `tables check` and `tables import` name them. */
export const tableCodes = {
  CSV_UNREADABLE: {
    class: 'configuration',
    remedy: 'Save the file as "CSV UTF-8 (comma delimited)" with a header line, then check it again.',
  },
  CSV_TABLE_UNKNOWN: {
    class: 'configuration',
    remedy: 'Name the file after the table it holds, such as partners.csv; `tables check` lists the tables.',
  },
  CSV_COLUMN_UNKNOWN: {
    class: 'configuration',
    remedy: 'Correct the column name in the header line, or remove the column.',
  },
  CSV_COLUMN_MISSING: { class: 'configuration', remedy: 'Add the column to the header line and fill it.' },
  CSV_VALUE_MISSING: { class: 'configuration', remedy: 'Fill the cell; the column is required.' },
  CSV_VALUE_INVALID: { class: 'configuration', remedy: 'Correct the cell.' },
  CSV_KEY_TWICE: {
    class: 'configuration',
    remedy: 'Keep one of the two rows: the key columns must tell rows apart.',
  },
} satisfies Record<string, ProblemCode>
