import { ConfigurationError, Failure, Refusal } from '../../../lib/core/failures.ts'
import { problemCodes } from '../../../lib/core/problem-codes/index.ts'
import { createClient } from '../../../lib/systems/odoo/client.ts'
import type { ProtocolName } from '../../../lib/systems/odoo/settings.ts'
import { closeServers, connectionOf, letIn, recordedAnswer, secret, serverOf, sessionWith } from './recorded-server.ts'

afterEach(closeServers)

const thrown = async (promise: Promise<unknown>): Promise<Error> => {
  const error = await promise.then(
    (value) => new Error(`nothing was thrown, but ${JSON.stringify(value)} returned`),
    (e: unknown) => e,
  )
  return error as Error
}

/** "transient ODOO_FORBIDDEN", "refused 404 ODOO_RECORD_GONE", "configuration ODOO_DATABASE_UNKNOWN". */
function told(error: Error): string {
  if (error instanceof Failure) return `${error.class} ${error.code}`
  if (error instanceof Refusal) return `refused ${error.status} ${error.problems.map(({ code }) => code).join()}`
  if (error instanceof ConfigurationError) return `configuration ${error.problems.map(({ code }) => code).join()}`
  return `${error.name}: ${error.message}`
}

/** Everything somebody could read of an error. */
const shown = (error: unknown): string =>
  error instanceof Error
    ? `${error.message} ${error.stack ?? ''} ${JSON.stringify(error)} ${shown(error.cause)}`
    : String(error)

const call = { model: 'res.partner', method: 'write', ids: [1], args: { vals: { name: 'x' } } }

/** By name of the recording: what a read is told, and what a write is told where that is something else. */
const faults: Record<'xml-rpc' | 'json-rpc' | 'json-2', [name: string, read: string, write?: string][]> = {
  'xml-rpc': [
    ['06-execute-bad-db', 'configuration ODOO_DATABASE_UNKNOWN'],
    ['07-execute-bad-password', 'unauthorised ODOO_UNAUTHORISED'],
    ['08-execute-expired-key', 'unauthorised ODOO_UNAUTHORISED'],
    ['20-fault-unknown-field-read', 'refused 400 ODOO_FIELD_UNKNOWN'],
    ['21-fault-unknown-field-domain', 'refused 400 ODOO_FIELD_UNKNOWN'],
    ['22-fault-unknown-field-create', 'refused 400 ODOO_FIELD_UNKNOWN'],
    ['23-fault-unknown-model', 'refused 404 ODOO_METHOD_UNKNOWN'],
    ['24-fault-unknown-method', 'refused 404 ODOO_METHOD_UNKNOWN'],
    ['25-fault-private-method', 'transient ODOO_FORBIDDEN', 'refused 403 ODOO_FORBIDDEN'],
    ['26-fault-constraint', 'refused 422 ODOO_REFUSED'],
    ['27-fault-validation-recursion', 'refused 422 ODOO_REFUSED'],
    ['28-fault-missing-record', 'refused 404 ODOO_RECORD_GONE'],
    ['29b-fault-fk', 'refused 404 ODOO_RECORD_GONE'],
    ['30-fault-access-model', 'transient ODOO_FORBIDDEN', 'refused 403 ODOO_FORBIDDEN'],
    ['30b-fault-access-create', 'transient ODOO_FORBIDDEN', 'refused 403 ODOO_FORBIDDEN'],
    ['31-fault-unlink', 'refused 422 ODOO_REFUSED'],
  ],
  'json-rpc': [
    ['05-err-bad-password', 'unauthorised ODOO_UNAUTHORISED'],
    ['06-err-validation', 'refused 422 ODOO_REFUSED'],
    ['08-err-unknown-model', 'refused 404 ODOO_METHOD_UNKNOWN'],
    ['09-err-bad-db', 'configuration ODOO_DATABASE_UNKNOWN'],
    ['14-call_kw-no-session', 'unauthorised ODOO_UNAUTHORISED'],
  ],
  'json-2': [
    ['20-err-bad-key', 'unauthorised ODOO_UNAUTHORISED'],
    ['21-err-expired-key', 'unauthorised ODOO_UNAUTHORISED'],
    ['22-err-no-key', 'unauthorised ODOO_UNAUTHORISED'],
    ['24-err-unknown-db', 'configuration ODOO_NOT_FOUND'],
    ['25-err-unknown-model', 'refused 404 ODOO_METHOD_UNKNOWN'],
    ['26-err-unknown-method', 'refused 404 ODOO_METHOD_UNKNOWN'],
    ['27-err-private-method', 'transient ODOO_FORBIDDEN', 'refused 403 ODOO_FORBIDDEN'],
    ['28-err-bad-argument', 'refused 400 ODOO_REQUEST_INVALID'],
    ['29-err-missing-argument', 'refused 422 ODOO_REFUSED'],
    ['30-err-ids-on-model-method', 'refused 422 ODOO_REFUSED'],
    ['31-err-unknown-field-domain', 'refused 400 ODOO_FIELD_UNKNOWN'],
    ['32-err-unknown-field-read', 'refused 400 ODOO_FIELD_UNKNOWN'],
    ['33-err-unknown-field-create', 'refused 400 ODOO_FIELD_UNKNOWN'],
    ['34-err-validation', 'refused 422 ODOO_REFUSED'],
    ['35-err-missing-record', 'refused 404 ODOO_RECORD_GONE'],
    ['36-err-access', 'transient ODOO_FORBIDDEN', 'refused 403 ODOO_FORBIDDEN'],
    ['37-err-user-error', 'refused 422 ODOO_REFUSED'],
    ['38-err-bad-json', 'refused 400 ODOO_REQUEST_INVALID'],
    ['39-err-body-not-object', 'refused 422 ODOO_REFUSED'],
    ['40-err-content-type', 'refused 415 ODOO_REQUEST_INVALID'],
    ['42-err-get', 'refused 404 ODOO_METHOD_UNKNOWN'],
    ['53-err-timezone-in-filter', 'refused 400 ODOO_REQUEST_INVALID'],
    ['68-external-id-unknown', 'refused 400 ODOO_REQUEST_INVALID'],
    ['72-entry-post-again', 'refused 422 ODOO_REFUSED'],
    ['73-entry-unbalanced', 'refused 422 ODOO_REFUSED'],
  ],
}

const servers = [
  [18, 'xml-rpc'],
  [19, 'xml-rpc'],
  [18, 'json-rpc'],
  [19, 'json-rpc'],
  [19, 'json-2'],
] as const

describe.each(servers)('what Odoo %s said over %s', (version, protocol) => {
  it.each(faults[protocol])('%s is %s', async (name, read, write = read) => {
    const odoo = await sessionWith(version, protocol, name)
    const reading = await thrown(odoo.call({ ...call, writes: false }))
    expect(told(reading)).toBe(read)
    const writing = await thrown(odoo.call({ ...call, writes: true }))
    expect(told(writing)).toBe(write)
    for (const error of [reading, writing]) {
      expect(shown(error)).not.toMatch(/Traceback|<odoo>|nobody-may-see/)
      expect(error.message.length).toBeLessThan(700)
    }
  })
})

describe('a method that returns nothing', () => {
  it.each([
    [18, 'xml-rpc', '32-method-returning'],
    [19, 'xml-rpc', '32-method-returning'],
    [18, 'json-rpc', '07-returns-none'],
    [19, 'json-rpc', '07-returns-none'],
    [19, 'json-2', '08-returns-null'],
    [19, 'json-2', '66-cancel-returns-null'],
  ] as const)('has succeeded, Odoo %s over %s (%s)', async (version, protocol, name) => {
    const odoo = await sessionWith(version, protocol, name)
    await expect(odoo.call({ ...call, writes: true })).resolves.toBeNull()
  })
})

describe('Odoo’s words', () => {
  it('are passed on without the traceback, so that a person can act on them', async () => {
    const odoo = await sessionWith(18, 'xml-rpc', '20-fault-unknown-field-read')
    const error = await thrown(odoo.call({ ...call, writes: false }))
    expect(error.message).toBe(`res.partner.write: Odoo says "Invalid field 'nope' on model 'res.partner'"`)
  })

  it('name the groups that have a right that is missing', async () => {
    const odoo = await sessionWith(19, 'json-2', '36-err-access')
    const error = await thrown(odoo.call({ ...call, writes: true }))
    expect(error.message).toContain('allowed for the following groups: - Accounting/Administrator')
  })
})

/** Answers that are not Odoo's own: what a read and a write are told. */
const foreign: [what: string, status: number, body: string, read: string, write: string][] = [
  ['a proxy’s 502', 502, '<h1>Bad Gateway</h1>', 'transient ODOO_UNAVAILABLE', 'ambiguous ODOO_OUTCOME_UNKNOWN'],
  ['a proxy’s 504', 504, '', 'transient ODOO_UNAVAILABLE', 'ambiguous ODOO_OUTCOME_UNKNOWN'],
  ['a 503 that names no time', 503, '', 'transient ODOO_UNAVAILABLE', 'transient ODOO_UNAVAILABLE'],
  ['a web page', 200, '<html>', 'transient ODOO_UNREADABLE', 'ambiguous ODOO_OUTCOME_UNKNOWN'],
  ['a proxy’s 401', 401, '', 'unauthorised ODOO_UNAUTHORISED', 'unauthorised ODOO_UNAUTHORISED'],
  ['a redirect', 303, '', 'configuration ODOO_REDIRECTED', 'configuration ODOO_REDIRECTED'],
  ['a 413 of a proxy', 413, '', 'refused 413 ODOO_REQUEST_INVALID', 'refused 413 ODOO_REQUEST_INVALID'],
]

describe.each(['xml-rpc', 'json-rpc', 'json-2', 'session'] as ProtocolName[])('over %s', (protocol) => {
  it.each(foreign)('%s (%s) says nothing of what Odoo did', async (_, status, body, read, write) => {
    const answer = { status, headers: { 'content-type': 'text/html', location: '/web/login' }, body }
    const { url } = await serverOf((asked) => letIn(19, asked) ?? answer)
    const odoo = await createClient(connectionOf(url, { protocol })).open()
    expect(told(await thrown(odoo.call({ ...call, writes: false })))).toBe(read)
    expect(told(await thrown(odoo.call({ ...call, writes: true })))).toBe(write)
  })

  it('half of an answer is a lost one', async () => {
    const name = protocol === 'json-2' ? '01-search_read' : protocol === 'xml-rpc' ? '10-search_read' : '04-search_read'
    const wire = protocol === 'json-2' ? 'json2' : protocol === 'xml-rpc' ? 'xmlrpc' : 'jsonrpc'
    const whole = recordedAnswer(19, wire, name)
    const { url } = await serverOf(
      (asked) => letIn(19, asked) ?? { ...whole, body: whole.body.slice(0, whole.body.length / 2) },
    )
    const odoo = await createClient(connectionOf(url, { protocol })).open()
    expect(told(await thrown(odoo.call({ ...call, writes: false })))).toBe('transient ODOO_UNREADABLE')
    expect(told(await thrown(odoo.call({ ...call, writes: true })))).toBe('ambiguous ODOO_OUTCOME_UNKNOWN')
  })
})

/** Exceptions that were not recorded, as a server names them. */
const exceptions: [name: string, message: string, read: string, write: string][] = [
  [
    'psycopg2.errors.SerializationFailure',
    'could not serialize access due to concurrent update',
    'transient ODOO_BUSY',
    'transient ODOO_BUSY',
  ],
  ['psycopg2.errors.DeadlockDetected', 'deadlock detected', 'transient ODOO_BUSY', 'transient ODOO_BUSY'],
  [
    'psycopg2.OperationalError',
    'server closed the connection unexpectedly',
    'transient ODOO_FAULT',
    'ambiguous ODOO_OUTCOME_UNKNOWN',
  ],
  ['psycopg2.errors.QueryCanceled', 'canceling statement', 'transient ODOO_FAULT', 'transient ODOO_FAULT'],
  [
    'psycopg2.errors.UniqueViolation',
    'duplicate key value violates unique constraint',
    'refused 422 ODOO_REFUSED',
    'refused 422 ODOO_REFUSED',
  ],
  ['odoo.exceptions.UserError', 'Invalid language code: xx_XX', 'configuration ODOO_LANGUAGE_UNKNOWN', ''],
  [
    'odoo.exceptions.AccessError',
    'Access to unauthorized or invalid companies.',
    'configuration ODOO_COMPANY_UNKNOWN',
    '',
  ],
  ['odoo.exceptions.RedirectWarning', 'Configure the journal first', 'refused 422 ODOO_REFUSED', ''],
  ['builtins.KeyError', "'nope'", 'refused 400 ODOO_REQUEST_INVALID', ''],
  ['builtins.MemoryError', '', 'transient ODOO_FAULT', ''],
  ['builtins.TimeoutError', 'timed out', 'transient ODOO_FAULT', ''],
  ['acme.module.Trouble', 'a module of their own', 'transient ODOO_FAULT', ''],
]

describe('an exception', () => {
  it.each(exceptions)('%s "%s" is %s', async (name, message, read, write) => {
    const body = { name, message, arguments: [message], context: {}, debug: 'Traceback (most recent call last):' }
    const answer = { status: 500, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
    const { url } = await serverOf((asked) => letIn(19, asked) ?? answer)
    const odoo = await createClient(connectionOf(url, { protocol: 'json-2' })).open()
    expect(told(await thrown(odoo.call({ ...call, writes: false })))).toBe(read)
    const writing = await thrown(odoo.call({ ...call, writes: true }))
    expect(told(writing)).toBe(write || read)
    expect(shown(writing)).not.toMatch(/Traceback/)
  })

  it('that quotes our own key or password is told without it', async () => {
    const message = `Bad arguments ("odoo", 2, "${secret.apiKey}", "res.partner") for ${secret.password}`
    const body = { name: 'odoo.exceptions.UserError', message, arguments: [], context: {}, debug: '' }
    const answer = { status: 422, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) }
    const { url } = await serverOf((asked) => letIn(19, asked) ?? answer)
    const odoo = await createClient(connectionOf(url, { protocol: 'json-2' })).open()
    const error = await thrown(odoo.call({ ...call, writes: true }))
    expect(error.message).toContain('Bad arguments')
    expect(shown(error)).not.toMatch(/nobody-may-see/)
  })
})

it('every code has its entry in the catalogue', () => {
  const all = [...Object.values(faults).flat(), ...foreign.map((f) => f.slice(2)), ...exceptions.map((e) => e.slice(1))]
  const codes = new Set(all.flatMap((row) => row.map(String)).flatMap((text) => text.match(/ODOO_[A-Z_]+/g) ?? []))
  for (const code of codes) expect(Object.keys(problemCodes)).toContain(code)
})
