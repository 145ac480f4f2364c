import type { Json } from '../../../core/exchange.ts'
import type { HttpResponse } from '../../../core/http.ts'

/** One method call as every protocol takes it: arguments named, context complete. */
export interface ProtocolCall {
  model: string
  method: string
  ids?: readonly number[] | undefined
  args: { readonly [name: string]: Json }
  context: { readonly [key: string]: Json }
  writes: boolean
}

/** What a server said instead of a result: name of the exception where the protocol tells it, and its own words. */
export interface ServerFault {
  /** "odoo.exceptions.ValidationError"; XML-RPC tells only a code, which is translated. */
  name: string
  message: string
  status?: number | undefined
}

export type ProtocolAnswer = { result: Json } | { fault: ServerFault }

/** Sends one request and returns the whole answer; the protocols differ in everything else. */
export type Send = (
  path: string,
  request: { headers: Record<string, string>; body: string; writes: boolean },
) => Promise<HttpResponse>

/** A way of calling methods, signed in. `send` knows how much time the caller has. */
export interface Protocol {
  readonly name: string
  call(send: Send, call: ProtocolCall): Promise<ProtocolAnswer>
}

export const jsonHeaders = { 'content-type': 'application/json', accept: 'application/json' }

/** An answer that is not Odoo's own, or was cut off: a proxy's page, a redirect to the login, half a document. */
export const notOdoo = (status: number): { fault: ServerFault } => ({
  fault: { name: 'http', message: `HTTP ${status}`, status },
})

/** The body as JSON; undefined where it is none. The parser's own message would quote the content. */
export function jsonOf(response: Pick<HttpResponse, 'headers' | 'body'>): Json | undefined {
  if (!response.headers['content-type']?.includes('application/json')) return undefined
  try {
    return JSON.parse(response.body.toString('utf8')) as Json
  } catch {
    return undefined
  }
}

export const isObject = (value: Json | undefined): value is { [name: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
