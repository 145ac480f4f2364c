import type { Json } from '../../../core/exchange.ts'
import { decodeResponse } from '../xmlrpc/decode.ts'
import { encodeCall } from '../xmlrpc/encode.ts'
import type { Protocol, ProtocolAnswer, Send, ServerFault } from './protocol.ts'
import { toPositional } from './signatures.ts'

const headers = { 'content-type': 'text/xml', accept: 'text/xml' }

/** One call of a service of XML-RPC ("common", "object"). */
export async function xmlService(
  send: Send,
  name: string,
  method: string,
  args: readonly Json[],
  writes: boolean,
): Promise<ProtocolAnswer> {
  const response = await send(`/xmlrpc/2/${name}`, { headers, body: encodeCall(method, args), writes })
  const { status } = response
  if (status !== 200 || !(response.headers['content-type']?.includes('xml') ?? false))
    return { fault: { name: `http.${status}`, message: `HTTP ${status} without XML`, status } }
  const answer = decodeResponse(response.body)
  if (!('fault' in answer)) return answer
  return readFault(answer.fault.code, answer.fault.text)
}

/** XML-RPC with login and API key or password (every version; odoo.md §2.1, §3.3). */
export function xmlRpc(send: Send, database: string, uid: number, secret: string): Protocol {
  return {
    name: 'xml-rpc',
    call: ({ model, method, ids, args, context, writes }) => {
      const { args: list, kwargs } = toPositional(method, ids, args)
      const all = [database, uid, secret, model, method, list, { ...kwargs, context: context as Json }]
      return xmlService(send, 'object', 'execute_kw', all, writes)
    },
  }
}

/** What a fault code means, in the exceptions' own names (odoo.md §3.3). A method that returned nothing has succeeded. */
export function readFault(code: number, text: string): ProtocolAnswer {
  const cause = lastLine(text)
  if (code === 1 && cause.includes('cannot marshal None')) return { result: null }
  const fault = (name: string, message: string): { fault: ServerFault } => ({ fault: { name, message } })
  if (code === 2) {
    if (/^Object \S+ doesn't exist$/.test(text.trim())) return fault('unknown.model', text.trim())
    return fault(
      /^Record does not exist/.test(text) ? 'odoo.exceptions.MissingError' : 'odoo.exceptions.UserError',
      text,
    )
  }
  if (code === 3) return fault('odoo.exceptions.AccessDenied', text)
  if (code === 4) return fault('odoo.exceptions.AccessError', text)
  const named = /^([A-Za-z_][\w.]*): ?(.*)$/s.exec(cause)
  const name = named?.[1] ?? 'unknown'
  return fault(name.includes('.') ? name : `builtins.${name}`, named?.[2] ?? cause)
}

/** A traceback's cause is its last line that is not empty. */
const lastLine = (text: string): string => text.trimEnd().split('\n').at(-1)?.trim() ?? ''
