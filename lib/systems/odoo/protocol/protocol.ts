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

/** Sends one request and returns the answer's body; the protocols differ in everything else. */
export type Send = (
  path: string,
  request: { headers: Record<string, string>; body: string; writes: boolean },
) => Promise<HttpResponse>

/** A way of calling methods, signed in. */
export interface Protocol {
  readonly name: string
  call(call: ProtocolCall): Promise<ProtocolAnswer>
}

export const jsonHeaders = { 'content-type': 'application/json', accept: 'application/json' }
