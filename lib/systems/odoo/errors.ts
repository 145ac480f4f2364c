import { ConfigurationError, Failure, Refusal } from '../../core/failures.ts'
import type { ServerFault } from './protocol/protocol.ts'

/** What was asked, for messages and for the question whether something may have been written. */
export interface Asked {
  /** "res.partner.search_read". */
  what: string
  writes: boolean
}

/**
 * The error a fault stands for, whatever protocol told it (odoo.md §3.3–3.5). An exception that Odoo names was rolled
 * back with its transaction, so nothing was written; the two exceptions to that, and what a proxy says, are
 * `ambiguous` for a write. Only Odoo's words for people get into the message, never a traceback.
 */
export function errorOf(fault: ServerFault, asked: Asked): Error {
  if (fault.name === 'http') return httpError(fault.status ?? 0, asked)
  const kind = fault.name.split('.').at(-1) ?? ''
  const words = fault.message
  const said = `${asked.what}: Odoo says "${words.trim().replace(/\s+/g, ' ').slice(0, 500)}"`
  const rule = rules.find(({ kinds, saying }) => (!kinds || kinds.test(kind)) && (!saying || saying.test(words)))
  if (rule) return rule.error(said, asked)
  // A 500 is a server fault by its number only: the caller's own mistakes look alike (odoo.md §3.5).
  if (/^(builtins|exceptions|werkzeug)\b/.test(fault.name)) return refusal(400, 'ODOO_REQUEST_INVALID', said)
  return new Failure('transient', 'ODOO_FAULT', `${asked.what}: Odoo failed with ${fault.name}.`)
}

interface Rule {
  /** Of the exception's name without its module; any where absent. */
  kinds?: RegExp
  /** Of its words; any where absent. English, since that is the language of every call. */
  saying?: RegExp
  error(said: string, asked: Asked): Error
}

/** The first that fits counts. */
const rules: readonly Rule[] = [
  {
    saying: /could not serialize access|could not obtain lock|deadlock detected/,
    error: (_, { what }) => busy(what),
  },
  { kinds: /^(SerializationFailure|DeadlockDetected|LockNotAvailable)$/, error: (_, { what }) => busy(what) },
  {
    kinds: /^(AccessDenied|Unauthorized|SessionExpiredException)$/,
    error: (_, { what }) =>
      new Failure('unauthorised', 'ODOO_UNAUTHORISED', `${what}: Odoo refuses login, API key or password.`),
  },
  {
    saying: /database "[^"]*" does not exist|^Database not found/,
    error: (said) => databaseUnknown(/database "([^"]+)" does not exist/.exec(said)?.[1]),
  },
  {
    kinds: /^(OperationalError|InterfaceError)$/,
    // The database went away, perhaps while it stored the work.
    error: (_, asked) => unknown(`${asked.what}: the server lost its database.`, asked),
  },
  {
    saying: /unauthorized or invalid companies/i,
    error: () =>
      configuration('ODOO_COMPANY_UNKNOWN', 'The user has not all of these companies.', 'settings.companies'),
  },
  {
    saying: /^Invalid language code/,
    error: (said) => configuration('ODOO_LANGUAGE_UNKNOWN', `${said}. Install it, or use en_US.`, 'settings.language'),
  },
  {
    kinds: /^AccessError$/,
    // Rights may be granted at any moment: a stream that lacks them is tried again, and the others go on.
    error: (said, { writes }) =>
      writes ? refusal(403, 'ODOO_FORBIDDEN', said) : new Failure('transient', 'ODOO_FORBIDDEN', said),
  },
  { kinds: /^MissingError$/, error: (said) => refusal(404, 'ODOO_RECORD_GONE', said) },
  {
    saying: /^Object \S+ doesn't exist|(model|method) .*does not exist|has no attribute/i,
    error: (said) => refusal(404, 'ODOO_METHOD_UNKNOWN', said),
  },
  { kinds: /^NotFound$/, error: (said) => refusal(404, 'ODOO_METHOD_UNKNOWN', said) },
  {
    // The method has done its work, and the answer could not be put into XML-RPC.
    kinds: /^(TypeError|OverflowError)$/,
    saying: /^(cannot marshal|dictionary key must be string|int exceeds XML-RPC limits)/,
    error: (said, asked) =>
      asked.writes
        ? unknown(said, asked)
        : refusal(422, 'ODOO_REQUEST_INVALID', `${said}. XML-RPC cannot carry this answer: use another protocol.`),
  },
  {
    kinds: /^(MemoryError|TimeoutError|OSError|BrokenPipeError|Connection\w*Error)$/,
    error: (_, { what }) =>
      new Failure('transient', 'ODOO_FAULT', `${what}: the server was short of memory or connections.`),
  },
  { saying: /^invalid field\b/i, error: (said) => refusal(400, 'ODOO_FIELD_UNKNOWN', said) },
  {
    kinds: /^(ValidationError|UserError|RedirectWarning|Warning|except_orm|UnprocessableEntity)$/,
    error: (said) => refusal(422, 'ODOO_REFUSED', said),
  },
  {
    kinds: /(Violation|NumericValueOutOfRange|StringDataRightTruncation|InvalidTextRepresentation)$/,
    error: (said) => refusal(422, 'ODOO_REFUSED', said),
  },
]

/** An answer that is not Odoo's own. */
function httpError(status: number, asked: Asked): Error {
  const said = `${asked.what}: HTTP ${status}`
  if (status >= 200 && status < 300)
    return asked.writes
      ? unknown(`${said} with an answer that is not Odoo's.`, asked)
      : new Failure('transient', 'ODOO_UNREADABLE', `${said} with an answer that is not Odoo's, or was cut off.`)
  if (status === 401 || status === 403)
    return new Failure('unauthorised', 'ODOO_UNAUTHORISED', `${said}: a proxy or Odoo refuses the request.`)
  if (status >= 300 && status < 400)
    return configuration(
      'ODOO_REDIRECTED',
      `${said}: the server sends elsewhere. Check the scheme and host of baseUrl, and that the version speaks the protocol.`,
      'settings.baseUrl',
    )
  if (status === 404)
    return configuration(
      'ODOO_NOT_FOUND',
      `${said}: there is no Odoo at this address, or no such database (settings.database).`,
      'settings.baseUrl',
    )
  if (status === 408 || status === 425)
    return new Failure('transient', 'ODOO_UNAVAILABLE', `${said}: the server did not take the request.`)
  if (status >= 400 && status < 500) return refusal(status, 'ODOO_REQUEST_INVALID', said)
  return asked.writes && status !== 503
    ? unknown(`${said}.`, asked)
    : new Failure('transient', 'ODOO_UNAVAILABLE', `${said}.`)
}

/** JSON-2 says it with a page of HTML, like an address without Odoo (odoo.md §2.2). */
export function databaseUnknown(name?: string): ConfigurationError {
  const which = name === undefined ? 'no such database' : `no database "${name}"`
  return configuration('ODOO_DATABASE_UNKNOWN', `There is ${which} on this server.`, 'settings.database')
}

const busy = (what: string) =>
  new Failure('transient', 'ODOO_BUSY', `${what}: somebody else is writing the same records.`)

const unknown = (said: string, { writes }: Asked): Failure =>
  writes
    ? new Failure('ambiguous', 'ODOO_OUTCOME_UNKNOWN', `${said} Whether it was written is not known.`)
    : new Failure('transient', 'ODOO_FAULT', said)

const refusal = (status: number, code: string, message: string) => new Refusal(status, [{ code, message }])
const configuration = (code: string, message: string, path: string) => new ConfigurationError([{ code, message, path }])
