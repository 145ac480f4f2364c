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
 * back with its transaction: nothing was written. What has no name came from a proxy, or the worker was ended.
 */
export function errorOf(fault: ServerFault, asked: Asked): Error {
  const { name, status } = fault
  if (name.startsWith('http.')) return httpError(status ?? 0, asked)
  const words = fault.message.trim().slice(0, 500)
  const said = `${asked.what}: Odoo says "${words}"`
  const kind = name.split('.').at(-1) ?? name
  if (
    /could not serialize|could not obtain lock|deadlock detected/.test(fault.message) ||
    /Serialization|Deadlock|LockNotAvailable/.test(kind)
  )
    return new Failure('transient', 'ODOO_BUSY', `${asked.what}: somebody else is writing the same records.`)
  if (kind === 'AccessDenied' || kind === 'Unauthorized')
    return new Failure('unauthorised', 'ODOO_UNAUTHORISED', `${asked.what}: Odoo refuses login or API key.`)
  if (kind === 'OperationalError' && /database ".*" does not exist/.test(fault.message))
    return configuration('ODOO_DATABASE_UNKNOWN', 'There is no such database on this server.', 'settings.database')
  if (kind === 'AccessError')
    // Rights may be granted at any moment: a stream that lacks them is tried again, and the others go on.
    return asked.writes ? refusal(403, 'ODOO_FORBIDDEN', said) : new Failure('transient', 'ODOO_FORBIDDEN', said)
  if (kind === 'MissingError') return refusal(404, 'ODOO_RECORD_GONE', said)
  if (
    kind === 'model' ||
    kind === 'NotFound' ||
    /^Object \S+ doesn't exist/.test(words) ||
    /(model|method) .*does not exist|has no attribute/i.test(words)
  )
    return refusal(404, 'ODOO_METHOD_UNKNOWN', said)
  if (['ValidationError', 'UserError', 'RedirectWarning', 'UnprocessableEntity', 'Warning'].includes(kind))
    return refusal(422, 'ODOO_REFUSED', said)
  if (/^(builtins|exceptions)\./.test(name) || kind === 'BadRequest')
    return refusal(400, /invalid field/i.test(words) ? 'ODOO_FIELD_UNKNOWN' : 'ODOO_REQUEST_INVALID', said)
  if (/^psycopg2\.errors\.(NotNull|Foreign|Unique|Check|NumericValue|String)/.test(name))
    return refusal(422, 'ODOO_REFUSED', said)
  return new Failure('transient', 'ODOO_FAULT', `${asked.what}: Odoo failed with ${name}.`)
}

/** An answer that is not Odoo's own. */
function httpError(status: number, { what, writes }: Asked): Error {
  const said = `${what}: HTTP ${status}`
  if (status === 429) return new Failure('rate-limited', 'ODOO_RATE_LIMITED', `${said}.`)
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
  if (status === 413)
    return refusal(413, 'ODOO_REQUEST_INVALID', `${said}: the request is larger than the server takes.`)
  if (status >= 400 && status < 500) return refusal(status, 'ODOO_REQUEST_INVALID', said)
  return writes && status !== 503
    ? new Failure('ambiguous', 'ODOO_OUTCOME_UNKNOWN', `${said}: whether it was written is not known.`)
    : new Failure('transient', 'ODOO_UNAVAILABLE', `${said}.`)
}

const refusal = (status: number, code: string, message: string) => new Refusal(status, [{ code, message }])
const configuration = (code: string, message: string, path: string) => new ConfigurationError([{ code, message, path }])
