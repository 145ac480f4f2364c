import { setTimeout as delay } from 'node:timers/promises'
import type { Json } from '../../core/exchange.ts'
import { Failure } from '../../core/failures.ts'
import type { HttpResponse } from '../../core/http.ts'
import { keyFields } from './bundle.ts'
import { type Call, type Exchange, json } from './client.ts'
import { all, isPathSafe, type Query, queryString, quoted } from './odata.ts'
import type { ApiRecord } from './records.ts'

export type Entity = keyof typeof keyFields

/** Old orders vanish from reads without it (acumatica.md §2). */
const withArchive = { 'PX-ApiArchive': 'SHOW' }

export interface Page {
  rows: ApiRecord[]
  /** See Answer.serverTime. */
  serverTime: number | undefined
}

/** A list read. No match is an empty list; so is a branch the user may not see. */
export async function list(
  exchange: Exchange,
  entity: Entity,
  query: Query,
  options: { archived?: boolean } = {},
): Promise<Page> {
  const call = entityCall(exchange, 'GET', entity, queryString(query))
  const answer = await exchange.send(options.archived ? { ...call, headers: withArchive } : call)
  const body = answer.kind === 'ok' ? bodyOf(answer.response, call, exchange) : []
  if (!Array.isArray(body)) throw unreadable(call)
  return { rows: body as ApiRecord[], serverTime: answer.serverTime }
}

/**
 * A record by its key, archived ones included; undefined where there is none. A key that no path can carry is looked
 * up first and read by id.
 */
export async function get(
  exchange: Exchange,
  entity: Entity,
  keys: string[],
  query: Query,
): Promise<ApiRecord | undefined> {
  const path = keys.every(isPathSafe) ? keys : await idOf(exchange, entity, keys)
  if (!path) return undefined
  const call = entityCall(
    exchange,
    'GET',
    entity,
    `/${path.map(encodeURIComponent).join('/')}${queryString(query)}`,
    withArchive,
  )
  const answer = await exchange.send(call)
  return answer.kind === 'ok' ? recordOf(bodyOf(answer.response, call, exchange), call) : undefined
}

async function idOf(exchange: Exchange, entity: Entity, keys: string[]): Promise<string[] | undefined> {
  const fields = keyFields[entity]
  const filter = all(...fields.map((field, i) => `${field} eq ${quoted(keys[i] ?? '')}`))
  const { rows } = await list(exchange, entity, { filter, select: [...fields], top: 1 }, { archived: true })
  const id = rows[0]?.id
  return typeof id === 'string' ? [id] : undefined
}

/**
 * Writes a record. `create` never changes an existing one and `update` never creates one: undefined where that
 * condition was not met. The answer holds the fields selected.
 */
export async function put(
  exchange: Exchange,
  entity: Entity,
  record: ApiRecord,
  query: Query,
  condition: 'create' | 'update',
): Promise<ApiRecord | undefined> {
  const call: Call = {
    ...entityCall(exchange, 'PUT', entity, queryString(query)),
    body: record,
    headers: condition === 'create' ? { 'If-None-Match': '*' } : { 'If-Match': '*' },
  }
  const answer = await exchange.send(call)
  return answer.kind === 'ok' ? recordOf(bodyOf(answer.response, call, exchange), call) : undefined
}

/**
 * Runs an action and waits for its end. That it ended does not prove the business result: read the record afterwards.
 * Throws Refusal with Acumatica's words where the operation failed, `ambiguous` where it still runs at the deadline.
 */
export async function act(exchange: Exchange, entity: Entity, action: string, keys: ApiRecord): Promise<void> {
  const call: Call = {
    ...entityCall(exchange, 'POST', entity, `/${action}`),
    what: `the action ${entity}/${action}`,
    subject: `action ${entity}/${action}`,
    body: { entity: keys, parameters: {} },
  }
  let { response } = await exchange.send(call)
  const { origin } = new URL(exchange.settings.baseUrl)
  const base = exchange.settings.baseUrl.slice(origin.length)
  while (response.status === 202) {
    const location = new URL(response.headers.location ?? '', `${origin}/`)
    if (location.origin !== origin || !location.pathname.startsWith(`${base}/`)) throw unreadable(call)
    const pause = exchange.settings.actionPollSeconds * 1000
    if (exchange.remaining() < pause + 5_000)
      throw new Failure('ambiguous', 'ACUMATICA_ACTION_RUNNING', `${call.what} still runs.`, { retryAfterMs: 30_000 })
    await delay(pause)
    const path = location.pathname.slice(base.length) + location.search
    const poll: Call = { method: 'GET', path, what: call.what, subject: call.subject, operation: true }
    response = (await exchange.send(poll)).response
  }
}

const entityCall = (
  exchange: Exchange,
  method: Call['method'],
  entity: Entity,
  rest: string,
  headers?: Record<string, string>,
): Call => ({
  method,
  path: `/entity/${encodeURIComponent(exchange.settings.endpoint.name)}/${encodeURIComponent(exchange.settings.endpoint.version)}/${entity}${rest}`,
  what: `${method} ${entity}`,
  subject: `entity ${entity}`,
  ...(headers ? { headers } : {}),
})

const bodyOf = (response: HttpResponse, call: Call, exchange: Exchange): Json =>
  json(response, { what: call.what, writes: call.method !== 'GET' }, exchange.settings)

function recordOf(body: Json, call: Call): ApiRecord {
  if (body === null || typeof body !== 'object' || Array.isArray(body)) throw unreadable(call)
  return body
}

const unreadable = (call: Call): Failure =>
  call.method === 'GET'
    ? new Failure('transient', 'ACUMATICA_UNREADABLE', `${call.what}: the answer has another shape than the API's.`)
    : new Failure('ambiguous', 'ACUMATICA_OUTCOME_UNKNOWN', `${call.what}: the answer has another shape.`)
