import type { SandboxRequest, SandboxResponse } from '../shared/serve.ts'
import { badRequest } from './wire/errors.ts'
import { type Query, queryOf } from './wire/query.ts'
import type { Version } from './wire/version.ts'
import type { World } from './world.ts'

/** A JSON object as it was sent: nothing about it is certain. */
export type Given = Record<string, unknown>

/** One request of the API, signed in. */
export interface Call {
  version: Version
  /** Scheme and host. */
  origin: string
  /** Without the version. */
  path: string
  /** What the route's pattern caught. */
  params: readonly string[]
  query: Query
  /** {} where there is none. */
  body: Given
  /** The same, where it may be an array. */
  json: unknown
  /** The channel of the header `shipbob_channel_id`. */
  channel: number | undefined
  /** What the next page's token has to repeat. */
  filters(): Record<string, string>
}

export type Handler = (world: World, call: Call) => SandboxResponse

/** Scope that a route asks of the token; undefined where every token will do. */
export interface Route {
  method: 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE'
  path: RegExp
  scope: string | undefined
  handle: Handler
}

export function callOf(
  request: SandboxRequest,
  at: Pick<Call, 'version' | 'origin' | 'path' | 'params' | 'channel'>,
): Call {
  const text = request.body.toString('utf8')
  const json = text === '' ? undefined : parse(text)
  const query = queryOf(request.query)
  return {
    ...at,
    query,
    json,
    body: isGiven(json) ? json : {},
    filters: () => (json === undefined ? query.filters() : { body: text }),
  }
}

export const isGiven = (value: unknown): value is Given =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
export const givenList = (value: unknown): Given[] => (Array.isArray(value) ? value.filter(isGiven) : [])
export const textOf = (value: unknown): string | undefined =>
  typeof value === 'string' && value.trim() !== '' ? value : undefined
export const numberOf = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) ? value : undefined

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw badRequest()
  }
}
