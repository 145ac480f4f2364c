import type { Json } from '../../../core/exchange.ts'
import type { HttpResponse } from '../../../core/http.ts'
import { jsonHeaders, type Protocol, type ProtocolAnswer, type Send } from './protocol.ts'
import { toPositional } from './signatures.ts'

interface Envelope {
  result?: Json
  error?: { code?: number; message?: string; data?: { name?: string; message?: string } }
}

/** An answer of `/jsonrpc` and of the cookie's routes: always 200; no `result` is what returned nothing (odoo.md §3.4). */
export function readJsonRpc(response: HttpResponse): ProtocolAnswer {
  const { status, body } = response
  if (status !== 200 || !(response.headers['content-type']?.includes('application/json') ?? false))
    return { fault: { name: `http.${status}`, message: `HTTP ${status} without JSON`, status } }
  const { result, error } = JSON.parse(body.toString('utf8')) as Envelope
  if (!error) return { result: result ?? null }
  return {
    fault: {
      name: error.data?.name ?? (error.code === 404 ? 'werkzeug.exceptions.NotFound' : 'unknown'),
      message: error.data?.message ?? error.message ?? 'no message',
      status: error.code === 404 ? 404 : undefined,
    },
  }
}

export const envelope = (params: object): string => JSON.stringify({ jsonrpc: '2.0', method: 'call', id: 1, params })

/** One call of a service of `/jsonrpc` ("common", "object"). */
export async function service(send: Send, name: string, method: string, args: Json[], writes: boolean) {
  const body = envelope({ service: name, method, args })
  return readJsonRpc(await send('/jsonrpc', { headers: jsonHeaders, body, writes }))
}

/** JSON-RPC with login and API key or password (14 to 19; odoo.md §2.1). */
export function jsonRpc(send: Send, database: string, uid: number, secret: string): Protocol {
  return {
    name: 'json-rpc',
    call: ({ model, method, ids, args, context, writes }) => {
      const { args: list, kwargs } = toPositional(method, ids, args)
      return service(
        send,
        'object',
        'execute_kw',
        [database, uid, secret, model, method, list, { ...kwargs, context: context as Json }],
        writes,
      )
    },
  }
}
