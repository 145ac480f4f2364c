import type { Json } from '../../../core/exchange.ts'
import { decodeResponse, XmlRpcError } from '../xmlrpc/decode.ts'
import { encodeCall } from '../xmlrpc/encode.ts'
import { notOdoo, type Protocol, type ProtocolAnswer, type Send, type ServerFault } from './protocol.ts'
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
  if (status !== 200 || !response.headers['content-type']?.includes('xml')) return notOdoo(status)
  try {
    const answer = decodeResponse(response.body)
    return 'fault' in answer ? readFault(answer.fault.code, answer.fault.text) : answer
  } catch (error) {
    if (error instanceof XmlRpcError) return notOdoo(status)
    throw error
  }
}

/** XML-RPC with login and API key or password (every version; odoo.md §2.1, §3.3). */
export function xmlRpc(database: string, uid: number, secret: string): Protocol {
  return {
    name: 'xml-rpc',
    call: (send, { model, method, ids, args, context, writes }) => {
      const { args: list, kwargs } = toPositional(method, ids, args)
      const all = [database, uid, secret, model, method, list, { ...kwargs, context: { ...context } }]
      return xmlService(send, 'object', 'execute_kw', all, writes)
    },
  }
}

/** What a fault code means, in the exceptions' own names (odoo.md §3.3). A method that returned nothing has succeeded. */
export function readFault(code: number, text: string): ProtocolAnswer {
  const fault = (name: string, message: string): { fault: ServerFault } => ({ fault: { name, message } })
  if (code === 2)
    return fault(
      /^Record does not exist/.test(text) ? 'odoo.exceptions.MissingError' : 'odoo.exceptions.UserError',
      text.trim(),
    )
  if (code === 3) return fault('odoo.exceptions.AccessDenied', text)
  if (code === 4) return fault('odoo.exceptions.AccessError', text)
  const cause = causeOf(text)
  if (cause.startsWith('TypeError: cannot marshal None')) return { result: null }
  const named = /^([A-Za-z_][\w.]*)(?:: (.*))?$/s.exec(cause)
  if (!named?.[1]) return fault('unknown', 'no reason given')
  return fault(named[1].includes('.') ? named[1] : `builtins.${named[1]}`, named[2] ?? '')
}

/** The exception at the end of a traceback: what follows the indented lines of the last one. */
function causeOf(text: string): string {
  const lines = text.trimEnd().split('\n')
  const start = lines.findLastIndex((line) => line.startsWith('Traceback (most recent call last)'))
  if (start < 0) return lines.at(-1)?.trim() ?? ''
  const end = lines.findIndex((line, i) => i > start && !line.startsWith(' '))
  return end < 0 ? '' : lines.slice(end).join('\n').trim()
}
