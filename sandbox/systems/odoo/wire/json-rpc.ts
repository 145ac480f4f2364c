import type { SandboxRequest, SandboxResponse } from '../../shared/serve.ts'
import { AccessDenied, OdooError } from '../orm/errors.ts'
import type { Value, Values } from '../orm/model.ts'
import { bindPositional, contextOf, find } from './bind.ts'
import { execute, type Handler, noDatabase, versionInfo, type Wire } from './server.ts'
import { sessionOf, setCookie } from './session.ts'

type Answer = { value: Value | undefined; headers?: Record<string, string> }

/** `/jsonrpc`, and the calls of the web client that go by cookie (odoo.md §1, §3.4). */
export const jsonRpc: Handler = async (wire, request) => {
  const work = workOf(wire, request)
  if (!work) return undefined
  let id: Value = null
  try {
    const body = JSON.parse(request.body.toString('utf8') || '{}') as Values
    id = body.id ?? null
    const { value, headers } = await work(contextOf(body.params))
    return answer({ jsonrpc: '2.0', id, ...(value === undefined ? {} : { result: value }) }, headers)
  } catch (error) {
    const expired = error instanceof SessionExpired
    if (error instanceof OdooError)
      return answer({ jsonrpc: '2.0', id: expired ? null : id, error: described(wire, error) })
    if (error instanceof SyntaxError)
      return { status: 400, headers: { 'content-type': 'text/html; charset=utf-8' }, body: 'Invalid JSON data' }
    throw error
  }
}

function workOf(wire: Wire, request: SandboxRequest): ((params: Values) => Promise<Answer>) | undefined {
  if (request.method !== 'POST') return undefined
  if (request.path === '/jsonrpc') return async (params) => ({ value: await service(wire, params) })
  if (request.path === '/web/session/authenticate') return async (params) => authenticate(wire, params)
  if (request.path === '/web/session/destroy')
    return async () => {
      wire.auth.closeSession(sessionOf(request))
      return { value: undefined }
    }
  if (request.path.startsWith('/web/dataset/call_kw')) return (params) => callWithCookie(wire, request, params)
  return undefined
}

class SessionExpired extends OdooError {
  constructor() {
    super('odoo.http.SessionExpiredException', 'Session expired')
  }
}

async function service(wire: Wire, params: Values): Promise<Value | undefined> {
  const args = Array.isArray(params.args) ? params.args : []
  if (params.service === 'common') return common(wire, String(params.method), args)
  const [database, uid, secret, model, method, positional, named] = args
  checkDatabase(wire, database)
  if (typeof uid !== 'number' || !wire.auth.isGood(uid, String(secret))) throw new AccessDenied()
  const found = find(wire.kernel.registry, wire.kernel.version, String(model), String(method))
  const given = params.method === 'execute' ? args.slice(5) : Array.isArray(positional) ? positional : []
  const bound = bindPositional(found, String(method), given, params.method === 'execute' ? {} : contextOf(named))
  return execute(wire, 'json-rpc', uid, String(method), bound)
}

/** The service that needs no login. */
export function common(wire: Wire, method: string, args: readonly Value[]): Value {
  if (method === 'version') return versionInfo(wire)
  if (method === 'about') return 'See http://openerp.com'
  const [database, login, secret] = args
  checkDatabase(wire, database)
  return wire.auth.login(String(login), String(secret)) ?? false
}

export function checkDatabase(wire: Wire, database: Value | undefined): void {
  if (database !== wire.database) throw new OdooError('psycopg2.OperationalError', noDatabase(String(database)))
}

function authenticate(wire: Wire, params: Values): Answer {
  checkDatabase(wire, params.db)
  const uid = wire.auth.loginWithPassword(String(params.login), String(params.password))
  if (uid === undefined) throw new AccessDenied()
  return {
    value: sessionInfo(wire, uid),
    headers: setCookie(wire.auth.openSession(uid), wire.kernel.database.clock.now()),
  }
}

function sessionInfo(wire: Wire, uid: number): Value {
  return wire.kernel.sudo((env) => {
    const user = env.record('res.users', uid)
    const isAdmin = uid === wire.kernel.adminUid
    const companies = user.many('company_ids')
    return {
      uid,
      is_system: isAdmin,
      is_admin: isAdmin,
      is_public: false,
      is_internal_user: true,
      user_context: { lang: user.get('lang'), tz: user.get('tz'), uid },
      db: wire.database,
      server_version: `${wire.kernel.version}.0`,
      server_version_info: [wire.kernel.version, 0, 0, 'final', 0, ''],
      name: user.displayName(),
      username: user.str('login'),
      partner_id: user.get('partner_id'),
      user_companies: {
        current_company: user.get('company_id'),
        allowed_companies: Object.fromEntries(
          companies.map((company) => [`${company.id}`, { id: company.id, name: company.str('name') }]),
        ),
      },
    }
  })
}

async function callWithCookie(wire: Wire, request: SandboxRequest, params: Values): Promise<Answer> {
  const session = sessionOf(request)
  const uid = wire.auth.ofSession(session)
  if (uid === undefined || !session) throw new SessionExpired()
  const model = String(params.model)
  const method = String(params.method)
  const found = find(wire.kernel.registry, wire.kernel.version, model, method)
  const positional = Array.isArray(params.args) ? params.args : []
  const bound = bindPositional(found, method, positional, contextOf(params.kwargs))
  const value = await execute(wire, 'session', uid, method, bound)
  return { value, headers: setCookie(session, wire.kernel.database.clock.now()) }
}

/** Code 200 on 18 and 0 on 19, 100 for a session that is gone; the name says what it was (odoo.md §3.4). */
function described(wire: Wire, error: OdooError): Values {
  const expired = error instanceof SessionExpired
  const code = expired ? 100 : wire.kernel.version === 19 ? 0 : 200
  return {
    code,
    message: expired ? 'Odoo Session Expired' : 'Odoo Server Error',
    data: {
      name: error.pythonName,
      debug: `Traceback (most recent call last):\n  File "<odoo>/odoo/http.py", line 1, in dispatch\n${error.pythonName.replace('builtins.', '')}: ${error.message}\n`,
      message: error.message,
      arguments: error.args,
      context: {},
    },
  }
}

const answer = (body: object, headers: Record<string, string> = {}): SandboxResponse => ({
  status: 200,
  headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
  body,
})
