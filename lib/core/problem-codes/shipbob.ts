import type { ProblemCode } from './index.ts'

/** Codes of the ShipBob system. */
export const shipbobCodes = {
  SHIPBOB_CREDENTIALS: {
    class: 'configuration',
    remedy: 'Complete the secret of the connection with the fields named (creds set).',
  },
  SHIPBOB_CONSENT_NEEDED: {
    class: 'unauthorised',
    remedy:
      'Have the root user of the ShipBob account give consent again (creds authorize), then resume the connection.',
  },
  SHIPBOB_CLIENT_REFUSED: {
    class: 'unauthorised',
    remedy: 'Compare client id, client secret and redirect URI with the OAuth app in the ShipBob dashboard.',
  },
  SHIPBOB_TOKEN_REFUSED: {
    class: 'unauthorised',
    remedy:
      'Make a personal access token in the ShipBob dashboard (Integrations, API Tokens) and store it (creds set).',
  },
  SHIPBOB_SCOPE_MISSING: {
    class: 'configuration',
    remedy: 'Make a new token, or give consent again with the scope named; older tokens lack newer scopes.',
  },
  SHIPBOB_CHANNEL_UNKNOWN: {
    class: 'configuration',
    remedy: 'Correct channelId in the settings; the message names the channels of the account.',
  },
  SHIPBOB_CHANNEL_UNCLEAR: {
    class: 'configuration',
    remedy: 'Name the channel to write as in channelId of the settings.',
  },
  SHIPBOB_SECRET_IGNORED: {
    class: 'configuration',
    remedy: 'Try again (webhook --register); if it stays, tell ShipBob: a secret of our own is part of its API.',
  },
  SHIPBOB_REDIRECTED: {
    class: 'configuration',
    remedy: 'Correct environment or baseUrl in the settings: the API itself never sends elsewhere.',
  },
  SHIPBOB_RATE_LIMITED: {
    class: 'rate-limited',
    remedy: 'Nothing: the whole connection waits. If it happens daily, lower requestsPerMinute or poll less often.',
  },
  SHIPBOB_BLOCKED: {
    class: 'transient',
    remedy: 'Nothing at first: a proxy before the API refused the call. If it stays, ask ShipBob about the address.',
  },
  SHIPBOB_UNAVAILABLE: {
    class: 'transient',
    remedy: 'Nothing at first: it is retried. If it stays, look at the status page of ShipBob.',
  },
  SHIPBOB_UNREADABLE: {
    class: 'transient',
    remedy: 'Nothing at first: it is retried. If it stays, check the base URL and any proxy in between.',
  },
  SHIPBOB_NO_TIME: { class: 'transient', remedy: 'Nothing: the next attempt has the whole time again.' },
  SHIPBOB_PAGING_BROKEN: {
    class: 'transient',
    remedy: 'Nothing at first: the list is read anew. If it stays, tell ShipBob that the pages of the list repeat.',
  },
  SHIPBOB_OUTCOME_UNKNOWN: {
    class: 'ambiguous',
    remedy: 'Nothing: the next attempt first looks whether the write arrived.',
  },
  SHIPBOB_NOT_FOUND: {
    class: 'rejected',
    remedy: 'Look whether the record still exists at ShipBob, then redrive.',
  },
  SHIPBOB_DUPLICATE: {
    class: 'rejected',
    remedy: 'Something of this key is at ShipBob already and was not found again: compare SKU or reference there.',
  },
  SHIPBOB_REFUSED: {
    class: 'rejected',
    remedy: 'Correct what the message says in the ERP or in ShipBob, then redrive.',
  },
} satisfies Record<string, ProblemCode>
