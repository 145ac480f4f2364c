import type { ProblemCode } from './index.ts'

/** Codes of the Odoo client. */
export const odooCodes = {
  ODOO_UNAUTHORISED: {
    class: 'unauthorised',
    remedy:
      'Check login and API key in Odoo (keys of internal users end after 90 days), store them with creds set, then resume.',
  },
  ODOO_CREDENTIALS_INCOMPLETE: {
    class: 'configuration',
    remedy: 'Store what the message names with creds set, or choose another protocol.',
  },
  ODOO_DATABASE_UNKNOWN: { class: 'configuration', remedy: 'Correct database in the settings of the connection.' },
  ODOO_NOT_FOUND: { class: 'configuration', remedy: 'Correct baseUrl or database in the settings of the connection.' },
  ODOO_REDIRECTED: { class: 'configuration', remedy: 'Use the address the server itself uses (https, host name).' },
  ODOO_PROTOCOL_ABSENT: { class: 'configuration', remedy: 'Set protocol to auto, or to one the version speaks.' },
  ODOO_COMPANY_UNKNOWN: { class: 'configuration', remedy: 'Name the companies by database id in the settings.' },
  ODOO_LANGUAGE_UNKNOWN: {
    class: 'configuration',
    remedy: 'Install the language in Odoo (Settings, Translations), or take language out of the settings.',
  },
  ODOO_CLOCK_UNKNOWN: { class: 'transient', remedy: 'Let the proxy in front of Odoo pass the Date header on.' },
  ODOO_FORBIDDEN: {
    class: 'rejected',
    remedy: 'Give the integration user the right the message names; ping lists what is missing. Then redrive.',
  },
  ODOO_RECORD_GONE: { class: 'rejected', remedy: 'The record was deleted in Odoo meanwhile. Redrive to look again.' },
  ODOO_METHOD_UNKNOWN: {
    class: 'rejected',
    remedy: 'Install the Odoo app that has the model (purchase, sale, stock, accounting); ping lists what is missing.',
  },
  ODOO_REFUSED: { class: 'rejected', remedy: "Mend what Odoo's own words name, then redrive." },
  ODOO_FIELD_UNKNOWN: { class: 'rejected', remedy: 'The field is not in this Odoo. Run ping and report it.' },
  ODOO_REQUEST_INVALID: { class: 'rejected', remedy: 'Odoo did not understand the request. Run ping and report it.' },
  ODOO_BUSY: { class: 'transient', remedy: 'Nothing: it is tried again.' },
  ODOO_FAULT: { class: 'transient', remedy: 'It is retried. If it stays, look into the log of the Odoo server.' },
  ODOO_UNAVAILABLE: { class: 'transient', remedy: 'It is retried. If it stays, check that Odoo and its proxy are up.' },
  ODOO_UNREADABLE: {
    class: 'transient',
    remedy: 'It is retried. If it stays, something in between (a proxy, a login page) answers in place of Odoo.',
  },
  ODOO_NO_TIME: { class: 'transient', remedy: 'Nothing: the next attempt has its full time.' },
  ODOO_RATE_LIMITED: { class: 'rate-limited', remedy: 'Nothing: the connection waits as long as the server asks.' },
  ODOO_OUTCOME_UNKNOWN: {
    class: 'ambiguous',
    remedy: 'Nothing: the next attempt first looks whether the write arrived.',
  },
} satisfies Record<string, ProblemCode>
