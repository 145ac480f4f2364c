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
  ACUMATICA_UNAUTHORISED: {
    class: 'unauthorised',
    remedy: 'Check that the API user is active and has access to the tenant, then resume the connection.',
  },
  ACUMATICA_CONSENT_NEEDED: {
    class: 'unauthorised',
    remedy: 'Sign in once more with the API user to give consent, and put the new refresh token into the secret.',
  },
  ACUMATICA_PASSWORD_REFUSED: {
    class: 'unauthorised',
    remedy: 'Put the right user name and password into the secret, then resume the connection.',
  },
  ACUMATICA_CLIENT_REFUSED: {
    class: 'unauthorised',
    remedy: 'Compare client id (with @tenant) and client secret with the Connected Applications screen.',
  },
  ACUMATICA_CREDENTIALS: {
    class: 'configuration',
    remedy: 'Complete the secret of the connection with the fields named.',
  },
  ACUMATICA_LOGIN_LIMIT: {
    class: 'rate-limited',
    remedy: 'Nothing at first. If it stays, end API sessions on the License Monitoring Console or raise the licence.',
  },
  ACUMATICA_DECLINED: {
    class: 'rate-limited',
    remedy: 'Nothing: the whole connection waits. If it happens daily, poll less often or raise the licence.',
  },
  ACUMATICA_PAUSED: { class: 'rate-limited', remedy: 'Nothing: the connection goes on by itself when the pause ends.' },
  ACUMATICA_BUSY: { class: 'transient', remedy: 'Nothing: a long operation runs on that screen; it is tried again.' },
  ACUMATICA_FAULT: {
    class: 'transient',
    remedy: "Nothing at first: it is retried. If it stays, look up the words in Acumatica's own trace.",
  },
  ACUMATICA_UNAVAILABLE: {
    class: 'transient',
    remedy: 'Nothing at first: it is retried. If it stays, ask whoever runs the instance.',
  },
  ACUMATICA_UNSETTLED: {
    class: 'transient',
    remedy: 'Nothing: the next poll reads the window again. If it stays, poll at a quieter time or more often.',
  },
  ACUMATICA_UNREADABLE: {
    class: 'transient',
    remedy: 'Nothing at first: it is retried. If it stays, check the base URL and any proxy in between.',
  },
  ACUMATICA_NO_TIME: { class: 'transient', remedy: 'Nothing: the next attempt has the whole time again.' },
  ACUMATICA_OUTCOME_UNKNOWN: {
    class: 'ambiguous',
    remedy: 'Nothing: the next attempt first looks whether the write arrived.',
  },
  ACUMATICA_ACTION_RUNNING: {
    class: 'ambiguous',
    remedy: 'Nothing: the next attempt first looks what the action did.',
  },
  ACUMATICA_ENDPOINT: {
    class: 'configuration',
    remedy: 'Correct base URL, endpoint name or version as the message says, and deploy again.',
  },
  ACUMATICA_FORBIDDEN: {
    class: 'configuration',
    remedy: "Give the API user's role access to the screen named.",
  },
  ACUMATICA_NOT_OPTIMIZED: {
    class: 'configuration',
    remedy: 'Take the fields named out of the endpoint or the custom fields: the list cannot be read with them.',
  },
  ACUMATICA_SETUP_MISSING: {
    class: 'configuration',
    remedy: 'Complete the preferences screen of the module named in Acumatica.',
  },
  ACUMATICA_REQUEST_INVALID: {
    class: 'rejected',
    remedy: 'The endpoint does not know a field or its type. Compare the endpoint version with the mapping.',
  },
  ACUMATICA_FIELD_REFUSED: {
    class: 'rejected',
    remedy: 'Correct the master data or the cross-reference behind the field named, then redrive.',
  },
  ACUMATICA_ACTION_FAILED: {
    class: 'rejected',
    remedy: 'Do what the message says on the screen in Acumatica, then redrive.',
  },
  ACUMATICA_ORDER_VANISHED: { class: 'transient', remedy: 'Nothing: the next attempt looks anew.' },
  ACUMATICA_ORDER_DIFFERS: {
    class: 'held',
    remedy: 'Correct the order in Acumatica and take it off hold; a redrive then accepts it as it stands.',
  },
  ACUMATICA_ACCEPTED_AS_IS: {
    class: 'warning',
    remedy: 'Nothing: somebody released the order in Acumatica with this difference.',
  },
  ACUMATICA_DUPLICATE_PO: {
    class: 'held',
    remedy: 'Cancel the order named and redrive, or put our external reference on it and redrive to adopt it.',
  },
  ACUMATICA_REFERENCE_TWICE: {
    class: 'held',
    remedy: 'Clear the External Reference on the order that is not the right one, then redrive.',
  },
  ACUMATICA_KEY_TAKEN: { class: 'held', remedy: 'Use automatic numbering for this order type, then redrive.' },
  ACUMATICA_ORDER_CANCELED: {
    class: 'held',
    remedy: 'If the order is wanted after all, clear the External Reference on the cancelled one and redrive.',
  },
  ACUMATICA_ORDER_NOT_FOUND: {
    class: 'held',
    remedy: 'Deliver the original order first, or put its external reference on the right order, then redrive.',
  },
  ACUMATICA_SHIPPING_BEGUN: {
    class: 'held',
    remedy: 'Agree with the retailer what ships, and change the order by hand if it still can be.',
  },
  ACUMATICA_LINE_NOT_FOUND: {
    class: 'held',
    remedy: "Compare the order's lines and their External Reference with the change, and change it by hand.",
  },
  ACUMATICA_NO_LINE_REFERENCE: {
    class: 'held',
    remedy: 'Change the order by hand, or use an endpoint of 22.200.001 or newer.',
  },
  ACUMATICA_NOT_CANCELED: { class: 'held', remedy: 'Cancel the order in Acumatica, then redrive.' },
  ACUMATICA_ITEM_NOT_FOUND: {
    class: 'held',
    remedy: 'Correct the item cross-reference or add the item, then redrive.',
  },
  ACUMATICA_ITEM_DIFFERS: {
    class: 'held',
    remedy: 'Check that the field exists and can be edited by the API user, then redrive.',
  },
  ACUMATICA_CREDIT_HOLD: { class: 'warning', remedy: 'Credit control decides on the order in Acumatica.' },
  ACUMATICA_STILL_ON_HOLD: {
    class: 'warning',
    remedy: 'Look at the order in Acumatica; an approval or a rule of its order type keeps it on hold.',
  },
  ACUMATICA_LEFT_ON_HOLD: { class: 'warning', remedy: 'Take the order off hold in Acumatica when it is ready.' },
  ACUMATICA_LINE_KEPT: {
    class: 'warning',
    remedy: 'Check whether the line added in Acumatica still belongs to the replaced order.',
  },
} satisfies Record<string, ProblemCode>
