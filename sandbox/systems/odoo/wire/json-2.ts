import type { SandboxRequest, SandboxResponse } from '../../shared/serve.ts'
import { AccessError, MissingError, OdooError, UserError } from '../orm/errors.ts'
import type { Value, Values } from '../orm/model.ts'
import { type Bound, contextOf, idsOf, parameters, privateMethod, unexpected } from './bind.ts'
import { jsonError } from './json-error.ts'
import { html, type Page } from './pages.ts'
import { execute, type Handler, type Wire } from './server.ts'

class HttpError extends OdooError {
  readonly status: number
  constructor(status: number, name: string, message: string) {
    super(`werkzeug.exceptions.${name}`, message, [message, status])
    this.status = status
  }
}

/** `POST /json/2/<model>/<method>` of 19; on 18 every unknown path leads to the login page (odoo.md §1, §2.2, §3.5). */
export const json2: Handler = async (wire, request) => {
  if (!request.path.startsWith('/json/')) return undefined
  if (wire.kernel.version < 19) return toLogin(request)
  const page = refusedAtTheDoor(wire, request)
  if (page) return html(page)
  try {
    const value = await call(wire, request)
    return {
      status: 200,
      headers: { 'content-type': 'application/json; charset=utf-8' },
      body: JSON.stringify(value ?? null),
    }
  } catch (error) {
    if (!(error instanceof OdooError)) throw error
    const headers: Record<string, string> = {}
    if (error instanceof HttpError && error.status === 401) headers['www-authenticate'] = 'Bearer '
    return jsonError(statusOf(error), error, headers)
  }
}

const toLogin = (request: SandboxRequest): SandboxResponse => ({
  status: 303,
  headers: {
    location: `/web/login?redirect=${encodeURIComponent(`${request.path}?${request.query}`)}`,
    'content-type': 'text/html; charset=utf-8',
  },
  body: '<!doctype html>\n<title>Redirecting...</title>\n',
})

function refusedAtTheDoor(wire: Wire, request: SandboxRequest): Page | undefined {
  const database = request.headers['x-odoo-database']
  if (database && database !== wire.database) return 'no database'
  const isJson = (request.headers['content-type'] ?? '').startsWith('application/json')
  if (request.method === 'POST' && !isJson) return 'not json'
  return undefined
}

async function call(wire: Wire, request: SandboxRequest): Promise<Value | undefined> {
  const [, , , model = '', method = ''] = request.path.split('/')
  if (request.method !== 'POST') throw new HttpError(404, 'NotFound', 'Did you mean POST /json/2/<model>/<method>?')
  const uid = who(wire, request)
  const bound = bind(wire, model, method, bodyOf(request))
  const result = await execute(wire, 'json-2', uid, method, bound)
  return method === 'create' && !Array.isArray(result) && result !== undefined ? [result] : result
}

function who(wire: Wire, request: SandboxRequest): number {
  const [, key] = /^bearer\s+(\S+)/i.exec(request.headers.authorization ?? '') ?? []
  if (!key)
    throw new HttpError(
      401,
      'Unauthorized',
      'User not authenticated, use an API Key with a Bearer Authorization header.',
    )
  const uid = wire.auth.ofKey(key)
  if (uid === undefined) throw new HttpError(401, 'Unauthorized', 'Invalid apikey')
  return uid
}

/** An array, or nothing, is as good as no arguments. */
function bodyOf(request: SandboxRequest): Values {
  const text = request.body.toString('utf8')
  if (!text.trim()) return {}
  try {
    return contextOf(JSON.parse(text) as Value)
  } catch {
    throw new HttpError(
      400,
      'BadRequest',
      `could not parse the body as json: Expecting value: line 1 column ${text.length + 1} (char ${text.length})`,
    )
  }
}

function bind(wire: Wire, model: string, name: string, given: Values): Bound {
  const definition = wire.kernel.registry.get(model)
  if (!definition) throw new HttpError(404, 'NotFound', `the model '${model}' does not exist`)
  if (name.startsWith('_')) throw privateMethod(wire.kernel.version, model, name)
  const method = Object.hasOwn(definition.methods, name) ? definition.methods[name] : undefined
  if (!method) throw new HttpError(404, 'NotFound', `The method '${model}.${name}' does not exist`)
  const { ids, context, ...args } = given
  if (method.on === 'model' && idsOf(ids).length) throw unprocessable(`cannot call ${model}.${name} with ids`)
  const known = parameters(method)
  for (const key of Object.keys(args))
    if (!known.some((parameter) => parameter.name === key))
      throw name === 'search_read'
        ? unexpected(name, key)
        : unprocessable(`got an unexpected keyword argument '${key}'`)
  const missing = known.find((parameter) => !parameter.optional && !(parameter.name in args))
  if (missing) throw unprocessable(`missing a required argument: '${missing.name}'`)
  return { definition, method, call: { ids: idsOf(ids), args, model }, context: contextOf(context) }
}

const unprocessable = (message: string) => new HttpError(422, 'UnprocessableEntity', message)

function statusOf(error: OdooError): number {
  if (error instanceof HttpError) return error.status
  if (error instanceof UserError) return 422
  if (error instanceof AccessError) return 403
  if (error instanceof MissingError) return 404
  return 500
}
