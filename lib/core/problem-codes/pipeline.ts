import type { ProblemCode } from './index.ts'

/** Codes of the network, the configuration and the pipeline itself. */
export const pipelineCodes = {
  UNREACHABLE: {
    class: 'transient',
    remedy: 'Nothing at first: it is retried. If it stays, check the base URL and that the system is up.',
  },
  ANSWER_LOST: { class: 'ambiguous', remedy: 'Nothing: the next attempt first looks whether the write arrived.' },
  HOST_NOT_ALLOWED: {
    class: 'configuration',
    remedy: "Use the public https address, or name the host in the connection's allowHosts.",
  },
  CONFIGURATION: { class: 'configuration', remedy: 'Correct the setting at the path named and deploy again.' },
  NO_CREDENTIALS: {
    class: 'configuration',
    remedy: 'Store the credentials of the connection named, then poll again.',
  },
  CURSOR_MOVED: { class: 'transient', remedy: 'Nothing: another poll of the same connection went ahead of this one.' },
  TOKEN_BUSY: { class: 'transient', remedy: 'Nothing: another worker is renewing the token; it is tried again.' },
  UNEXPECTED: {
    class: 'transient',
    remedy: 'It is retried. If it stays, read the log of the function at that time and report it.',
  },
  GAVE_UP: {
    class: 'held',
    remedy: 'Mend what the message names (most often: the system was down for long), then redrive the dead letters.',
  },
  STOPPED: { class: 'ambiguous', remedy: 'Nothing: a run on this machine was stopped while the write was under way.' },
  ALREADY_DONE: { class: 'skipped', remedy: 'The document was delivered before; a replay does not write it again.' },
  STALE: { class: 'skipped', remedy: 'Nothing: a newer state of the same document was taken before.' },
  SUPERSEDED: { class: 'skipped', remedy: 'Nothing: a newer state of the same document took its place.' },
  UNKNOWN_DOCUMENT_TYPE: { class: 'skipped', remedy: 'Stored, not handled. Nothing to do unless it should flow.' },
  INTEGRATION_AMBIGUOUS: {
    class: 'held',
    remedy:
      "Two companies' partners tables claim the trading partner. Fill the vendor column in both, or remove the row from one, then redrive.",
  },
  HELD_BY_HAND: {
    class: 'held',
    remedy: 'Somebody keeps it from being sent; the message says who and why. Release it when that is settled.',
  },
  RESOLVED_BY_HAND: { class: 'skipped', remedy: 'Nothing: somebody settled it without sending; the message says how.' },
  UNDONE: { class: 'skipped', remedy: 'Nothing: somebody had it taken back at the target; the message says why.' },
  UNDO_REFUSED: {
    class: 'warning',
    remedy:
      'The document stands as it was. Mend what the message names and undo again, or do it by hand at the target.',
  },
  UNDO_BY_HAND: {
    class: 'warning',
    remedy: 'Nothing takes this back from here: do what the message says at the target, then note it on the document.',
  },
  UNDO_OTHERS: {
    class: 'warning',
    remedy: 'Nothing, if that is meant: the record is taken back as a whole, with what later documents changed on it.',
  },
  UNDO_NOTHING: { class: 'skipped', remedy: 'Nothing: nothing of the document stands at the target.' },
  UNDO_IN_FLIGHT: { class: 'skipped', remedy: 'Wait until it is delivered, or hold it; then undo it.' },
  UNDO_UNDER_WAY: { class: 'skipped', remedy: 'Nothing: it is being undone. Trace shows how far it is.' },
  WEBHOOK_TOPIC_UNKNOWN: {
    class: 'skipped',
    remedy: 'Nothing, unless the topic should flow: then take it out of the subscription or have it read.',
  },
  WEBHOOK_CHANNEL_FOREIGN: {
    class: 'skipped',
    remedy: "Nothing, unless the channel is yours: then add its id to the connection's channels and deploy.",
  },
  WEBHOOK_WITHOUT_ID: {
    class: 'held',
    remedy:
      'Compare its body (trace) with what the system sends by its documents; the polls read the record all the same.',
  },
  WEBHOOK_NOT_JSON: {
    class: 'held',
    remedy: 'See with the system what it sent (trace shows it); the polls read the record all the same.',
  },
  DUPLICATE: { class: 'skipped', remedy: 'The same document was already taken. Nothing to do.' },
} satisfies Record<string, ProblemCode>
