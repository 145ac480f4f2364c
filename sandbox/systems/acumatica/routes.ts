import type { SandboxRequest, SandboxResponse } from '../shared/serve.ts'
import type { Actions } from './actions.ts'
import { answerList, type Endpoint, hidden, type Options, parseOptions, shape } from './answer.ts'
import { type Data, type EntityName, entities } from './data.ts'
import { ApiError, conditionFailed, malformed, noEndpoint, noEntity, noRecord, wrongVerb } from './errors.ts'
import type { OAuth } from './oauth.ts'
import { type OrderRules, putOrder } from './orders.ts'
import { type ApiRecord, guid, isObject } from './wire.ts'

export interface Routes {
  data: Data
  oauth: OAuth
  actions: Actions
  rules: OrderRules
  /** "/Prod", or "" at the web root. */
  instancePath: string
  builtIn: Endpoint[]
  /** The tenant's own endpoints: listed only after sign-in. */
  own: Endpoint[]
  /** How `GET /entity` answers: newer builds or the bare array of older ones. */
  discovery: 'object' | 'array'
  /** False answers rows in no order, as a site would that does not sort by key. */
  sorted: boolean
}

/** Answers one request of the contract-based REST API. */
export function route(at: Routes, request: SandboxRequest): SandboxResponse {
  try {
    const path = request.path.startsWith(`${at.instancePath}/`) ? request.path.slice(at.instancePath.length) : ''
    if (path === '/identity/connect/token') return at.oauth.token(request)
    if (path === '/entity') return listEndpoints(at, request)
    const [, name, version, entity, ...rest] = /^\/entity\/([^/]+)\/([^/]+)\/([^/]+)(?:\/(.*))?$/.exec(path) ?? []
    if (name === undefined || version === undefined || entity === undefined) return { status: 404, body: {} }
    at.oauth.authorise(request)
    const endpoint = { name, version }
    if (![...at.builtIn, ...at.own].some((one) => one.name === name && one.version === version))
      throw noEndpoint(name, version)
    if (!(entity in entities)) throw noEntity(entity)
    const keys = rest[0]?.split('/').filter((key) => key !== '') ?? []
    return answer(at, request, endpoint, entity as EntityName, keys)
  } catch (error) {
    if (error instanceof ApiError) return error.response
    throw error
  }
}

function listEndpoints(at: Routes, request: SandboxRequest): SandboxResponse {
  const seen = at.oauth.isAuthorised(request) ? [...at.builtIn, ...at.own] : at.builtIn
  const rows = seen.map((one) => ({ ...one, href: `${at.instancePath}/entity/${one.name}/${one.version}/` }))
  const build = '24.205.0011'
  const version = { acumaticaBuildVersion: build, databaseVersion: build }
  return { status: 200, body: at.discovery === 'array' ? rows : { version, endpoints: rows } }
}

function answer(
  at: Routes,
  request: SandboxRequest,
  endpoint: Endpoint,
  entity: EntityName,
  keys: string[],
): SandboxResponse {
  const options = parseOptions(request.query)
  const base = `${at.instancePath}/entity/${endpoint.name}/${endpoint.version}`
  if (request.method === 'GET' && keys[1] === 'status') return at.actions.status(String(keys[2]), request.path)
  at.actions.checkScreen(entity)
  if (request.method === 'GET' && keys.length === 0) {
    const rows = at.data.visible(entity)
    const ordered = at.sorted ? rows : rows.toSorted((a, b) => (guid(`${a.id}`) < guid(`${b.id}`) ? -1 : 1))
    return { status: 200, body: answerList(entity, ordered, options, endpoint, at.instancePath) }
  }
  if (request.method === 'GET') return one(at, entity, keys, options, endpoint)
  if (request.method === 'PUT' && keys.length === 0) return put(at, request, entity, options, endpoint)
  if (request.method === 'POST' && keys.length === 1)
    return at.data.transaction(() => at.actions.start(entity, String(keys[0]), bodyOf(request), base))
  throw wrongVerb()
}

function one(at: Routes, entity: EntityName, keys: string[], options: Options, endpoint: Endpoint): SandboxResponse {
  const names = entities[entity].keys
  const same = (record: ApiRecord) =>
    keys.length === 1 && record.id === keys[0]
      ? true
      : keys.length === names.length &&
        names.every((name, i) => {
          const content = record[name]
          return isObject(content) && String(content.value).trim().toLowerCase() === String(keys[i]).toLowerCase()
        })
  const record = at.data.visible(entity).find(same)
  if (!record) throw noRecord()
  return { status: 200, body: shape(entity, record, options, endpoint, at.instancePath) }
}

function put(
  at: Routes,
  request: SandboxRequest,
  entity: EntityName,
  options: Options,
  endpoint: Endpoint,
): SandboxResponse {
  const body = without(bodyOf(request), hidden(entity, endpoint))
  const condition = {
    ifMatch: request.headers['if-match'] === '*',
    ifNoneMatch: request.headers['if-none-match'] === '*',
  }
  const saved = at.data.transaction(() =>
    entity === 'SalesOrder' ? putOrder(at.data, at.rules, body, condition) : merge(at.data, entity, body, condition),
  )
  return { status: 200, body: shape(entity, saved, options, endpoint, at.instancePath) }
}

/** Master data: fields are set on the record with these keys. */
function merge(
  data: Data,
  entity: EntityName,
  body: ApiRecord,
  condition: { ifMatch: boolean; ifNoneMatch: boolean },
): ApiRecord {
  const keys = entities[entity].keys.map((name) => (isObject(body[name]) ? String(body[name].value) : ''))
  const found = data.find(entity, ...keys)
  if (condition.ifNoneMatch && found) throw conditionFailed(true)
  if (condition.ifMatch && !found) throw conditionFailed(false)
  const custom: Record<string, ApiRecord> = {}
  for (const from of [found?.custom, body.custom])
    for (const [view, names] of Object.entries(isObject(from) ? from : {}))
      custom[view] = { ...custom[view], ...(isObject(names) ? names : {}) }
  return data.save(entity, { ...found, ...body, custom })
}

function bodyOf(request: SandboxRequest): ApiRecord {
  try {
    const body: unknown = JSON.parse(request.body.toString('utf8'))
    if (isObject(body)) return body
  } catch {
    // falls through to the same answer
  }
  throw malformed('', 'The body is no JSON object.')
}

/** Fields that the endpoint version does not know are ignored. */
function without(record: ApiRecord, gone: string[], at = ''): ApiRecord {
  return Object.fromEntries(
    Object.entries(record)
      .filter(([name]) => !gone.includes(`${at}${name}`))
      .map(([name, content]) => [
        name,
        Array.isArray(content) ? content.map((row) => without(row as ApiRecord, gone, `${name}/`)) : content,
      ]),
  )
}
