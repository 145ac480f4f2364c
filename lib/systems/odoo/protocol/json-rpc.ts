import type { Json } from '../../../core/exchange.ts'
import type { HttpResponse } from '../../../core/http.ts'
import { isObject, jsonHeaders, jsonOf, notOdoo, type Protocol, type ProtocolAnswer, type Send } from './protocol.ts'
import { toPositional } from './signatures.ts'

/** An answer of `/jsonrpc` and of the cookie's routes: always 200; no `result` is what returned nothing (odoo.md §3.4). */
export function readJsonRpc(response: HttpResponse): ProtocolAnswer {
  const { status } = response
  const content = jsonOf(response)
  if (status !== 200 || !isObject(content) || content.jsonrpc !== '2.0') return notOdoo(status)
  const { result, error } = content
  if (error === undefined) return { result: result ?? null }
  if (!isObject(error)) return notOdoo(status)
  const data = isObject(error.data) ? error.data : {}
  return {
    fault: {
      name: String(data.name ?? byCode[Number(error.code)] ?? 'unknown'),
      message: String(data.message ?? error.message ?? 'no message'),
    },
  }
}

/** Errors of the web client's routes; the other codes say nothing (odoo.md §3.4). */
const byCode: Readonly<Record<number, string>> = {
  100: 'odoo.http.SessionExpiredException',
  404: 'werkzeug.exceptions.NotFound',
}

export const envelope = (params: object): string => JSON.stringify({ jsonrpc: '2.0', method: 'call', id: 1, params })

/** One call of a service of `/jsonrpc` ("common", "object"). */
export async function service(send: Send, name: string, method: string, args: Json[], writes: boolean) {
  const body = envelope({ service: name, method, args })
  return readJsonRpc(await send('/jsonrpc', { headers: jsonHeaders, body, writes }))
}

/** JSON-RPC with login and API key or password (14 to 19; odoo.md §2.1). */
export function jsonRpc(database: string, uid: number, secret: string): Protocol {
  return {
    name: 'json-rpc',
    call: (send, { model, method, ids, args, context, writes }) => {
      const { args: list, kwargs } = toPositional(method, ids, args)
      const all = [database, uid, secret, model, method, list, { ...kwargs, context: { ...context } }]
      return service(send, 'object', 'execute_kw', all, writes)
    },
  }
}
