import type { Json } from '../../../core/exchange.ts'
import { envelope, readJsonRpc } from './json-rpc.ts'
import { jsonHeaders, type Protocol, type ProtocolAnswer, type Send } from './protocol.ts'
import { toPositional } from './signatures.ts'

/** Signs in with a password and returns the cookie; a fault where the server refuses (API keys are refused, odoo.md §2.1). */
export async function signIn(
  send: Send,
  database: string,
  login: string,
  password: string,
): Promise<{ cookie: string; uid: number } | { fault: { name: string; message: string } }> {
  const body = envelope({ db: database, login, password })
  const response = await send('/web/session/authenticate', { headers: jsonHeaders, body, writes: false })
  const answer = readJsonRpc(response)
  if ('fault' in answer) return answer
  const cookie = /session_id=[^;,\s]+/.exec(response.headers['set-cookie'] ?? '')?.[0]
  const uid = (answer.result as { uid?: Json } | null)?.uid
  if (cookie === undefined || typeof uid !== 'number')
    return { fault: { name: 'odoo.exceptions.AccessDenied', message: 'Access Denied' } }
  return { cookie, uid }
}

/** Calls over the web client's own route with a cookie (odoo.md §1); signs in again when the session has ended. */
export function session(send: Send, cookie: string, again: () => Promise<string>): Protocol {
  let current = cookie
  const once = async (path: string, body: string, writes: boolean): Promise<ProtocolAnswer> =>
    readJsonRpc(await send(path, { headers: { ...jsonHeaders, cookie: current }, body, writes }))
  return {
    name: 'session',
    call: async ({ model, method, ids, args, context, writes }) => {
      const { args: list, kwargs } = toPositional(method, ids, args)
      const body = envelope({ model, method, args: list, kwargs: { ...kwargs, context } })
      const path = `/web/dataset/call_kw/${model}/${method}`
      const answer = await once(path, body, writes)
      if (!('fault' in answer) || !answer.fault.name.endsWith('SessionExpiredException')) return answer
      // Refused before anything was done: the call may simply be repeated.
      current = await again()
      return once(path, body, writes)
    },
  }
}
