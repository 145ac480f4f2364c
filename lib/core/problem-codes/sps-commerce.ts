import type { ProblemCode } from './index.ts'

/** Codes of the SPS Commerce system. */
export const spsCommerceCodes = {
  SPS_UNREADABLE: {
    class: 'rejected',
    remedy: 'The content is neither RSX JSON nor RSX XML. Ask SPS to send the document again; the raw copy is kept.',
  },
  SPS_IDENTIFIER_MISSING: {
    class: 'rejected',
    remedy: 'Ask the trading partner or SPS to send the document again with this identifier.',
  },
  SPS_VALUE_INVALID: {
    class: 'rejected',
    remedy: 'Ask the trading partner to correct the value and send the document again.',
  },
  SPS_NUMBER_INEXACT: {
    class: 'rejected',
    remedy: 'Ask SPS to send identifiers as text: a long number loses its last digits on the way.',
  },
  SPS_NOT_ONE_DOCUMENT: {
    class: 'rejected',
    remedy: 'Give one RSX document at a time, or a list that the reader can take apart.',
  },
  SPS_OLDER_RSX: {
    class: 'warning',
    remedy: 'Nothing: older names were read as RSX 7.7.7. Ask SPS to move the relationship to 7.7.7.',
  },
  SPS_UNKNOWN_FIELDS: {
    class: 'warning',
    remedy: 'Nothing, unless one of the fields should have an effect. All of them are in the raw copy.',
  },
  SPS_UNKNOWN_CODE: { class: 'warning', remedy: 'Check what the trading partner means by this code.' },
  SPS_VALUE_IGNORED: { class: 'warning', remedy: 'Check the value in the raw copy; it was left out.' },
  SPS_LINE_NUMBER_MISSING: {
    class: 'warning',
    remedy: 'The position in the document was used. Ask the trading partner for line numbers.',
  },
  SPS_LINE_NUMBER_TWICE: {
    class: 'warning',
    remedy: 'Two lines carry one number; a later change cannot tell them apart. Ask the trading partner.',
  },
  SPS_LINE_UNNUMBERED: {
    class: 'warning',
    remedy: 'Nothing where the item numbers are unique on the order. Ask the trading partner to return line numbers.',
  },
  SPS_SSCC_DOUBTFUL: {
    class: 'warning',
    remedy: 'The pack keeps this number. Ask the sender to correct its labels: 18 digits with a right check digit.',
  },
  SPS_LOTS_UNCLEAR: {
    class: 'warning',
    remedy: 'Enter lots or serial numbers by hand; ask the sender to give the quantity of each.',
  },
  SPS_CONDITION_ASSUMED: {
    class: 'warning',
    remedy: 'Check the goods, and ask the warehouse to send a receiving condition on every line.',
  },
  SPS_UNKNOWN_DOCUMENT: { class: 'skipped', remedy: 'Stored, not handled: no flow takes this kind of document.' },
  SPS_DOCUMENT_INVALID: {
    class: 'held',
    remedy: 'The document would break the RSX 7.7.7 structure. Correct the source record or the mapping, then redrive.',
  },
  SPS_CODE_NOT_LISTED: {
    class: 'held',
    remedy: "Use a code of the list, or allow it in the connection's extraCodes if the partner asked for it.",
  },
  SPS_SSCC_INVALID: {
    class: 'held',
    remedy: 'Correct the SSCC of the package: 18 digits with a right check digit, once in a shipment.',
  },
  SPS_OPERATION_NOT_OFFERED: {
    class: 'rejected',
    remedy:
      'Orders, order changes, acknowledgements, ship notices, invoices and inventory reports are sent to SPS, nothing else.',
  },
  SPS_REFUSED: { class: 'rejected', remedy: 'Correct what SPS names and redrive.' },
  SPS_TEXT_CLEANED: {
    class: 'warning',
    remedy: 'Nothing: characters that no XML document may hold were left out. Correct the text in the source record.',
  },
  SPS_ALREADY_SENT: {
    class: 'warning',
    remedy: 'Nothing: an earlier attempt had arrived; it was not sent again.',
  },
  SPS_CREDENTIALS_MISSING: {
    class: 'configuration',
    remedy: 'Store client id and client secret of the connection (`creds set`).',
  },
  SPS_TOKEN_REFUSED: {
    class: 'unauthorised',
    remedy: 'Check client id and secret (`creds set`), the token URL and the audience.',
  },
  SPS_APPLICATION_TYPE: {
    class: 'unauthorised',
    remedy: 'Register a machine-to-machine application at SPS and use its keys; a web application cannot do this.',
  },
  SPS_UNAUTHORISED: {
    class: 'unauthorised',
    remedy: 'SPS refuses a fresh token. Check that the keys are for this account and not revoked.',
  },
  SPS_FORBIDDEN: {
    class: 'unauthorised',
    remedy: 'The keys may not do this. Ask SPS to enable the API or the directory for this application.',
  },
  SPS_REDIRECTED: {
    class: 'configuration',
    remedy: 'Set the URL that SPS named; a redirect is not followed, because the token would go with it.',
  },
  SPS_RATE_LIMITED: { class: 'rate-limited', remedy: 'Nothing: the connection slows down and goes on.' },
  SPS_UNAVAILABLE: { class: 'transient', remedy: 'Nothing at first: it is retried.' },
  SPS_OUTCOME_UNKNOWN: {
    class: 'ambiguous',
    remedy: 'Nothing: the next attempt first looks whether the document arrived.',
  },
  SPS_ANSWER_UNREADABLE: { class: 'transient', remedy: 'Nothing at first: it is retried.' },
  SPS_READ_REFUSED: {
    class: 'transient',
    remedy: "Correct the path in the connection's settings, or leave the stream out of `streams`.",
  },
  SPS_DIRECTORY_NOT_FOUND: {
    class: 'configuration',
    remedy:
      'Set `directories` to what the account has, or ask SPS to enable routing; production stays empty until then.',
  },
  SPS_CURSOR_REFUSED: {
    class: 'warning',
    remedy: 'Nothing: the walk began again without the cursor; what is known is dropped as a duplicate.',
  },
  SPS_CURSOR_LOOP: {
    class: 'warning',
    remedy: 'SPS gave the same page as the next one; the walk was stopped. Report it to SPS with the request id.',
  },
} satisfies Record<string, ProblemCode>

export type SpsProblemCode = keyof typeof spsCommerceCodes
