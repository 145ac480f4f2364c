import type { HttpResponse } from '../../../core/http.ts'
import { envelope, readJsonRpc } from './json-rpc.ts'
import { isObject, jsonHeaders, type Protocol, type ProtocolAnswer, type Send, type ServerFault } from './protocol.ts'
import { toPositional } from './signatures.ts'

export interface SessionLogin {
  database: string
  login: string
  password: string
}

/** Signs in with a password and returns the cookie; a fault where the server refuses (API keys are refused, odoo.md §2.1). */
export async function signIn(
  send: Send,
  { database, login, password }: SessionLogin,
): Promise<{ cookie: string; uid: number } | { fault: ServerFault }> {
  const body = envelope({ db: database, login, password })
  const response = await send('/web/session/authenticate', { headers: jsonHeaders, body, writes: false })
  const answer = readJsonRpc(response)
  if ('fault' in answer) return answer
  const cookie = cookieOf(response)
  const uid = isObject(answer.result) ? answer.result.uid : undefined
  // With a second factor switched on, the answer has a cookie and no user (odoo.md §2.1).
  if (cookie === undefined || typeof uid !== 'number')
    return { fault: { name: 'odoo.exceptions.AccessDenied', message: 'Access Denied' } }
  return { cookie, uid }
}

/** Calls over the web client's own route with a cookie (odoo.md §1); signs in again when the session has ended. */
export function session(first: string, login: SessionLogin): Protocol {
  let cookie = first
  let renewing: Promise<ServerFault | undefined> | undefined
  /** One sign-in for all calls that find the session ended. */
  const renew = (send: Send, used: string): Promise<ServerFault | undefined> => {
    if (cookie !== used) return Promise.resolve(undefined)
    renewing ??= signIn(send, login)
      .then((entered) => {
        if ('fault' in entered) return entered.fault
        cookie = entered.cookie
        return undefined
      })
      .finally(() => {
        renewing = undefined
      })
    return renewing
  }
  return {
    name: 'session',
    call: async (send, { model, method, ids, args, context, writes }) => {
      const { args: list, kwargs } = toPositional(method, ids, args)
      const body = envelope({ model, method, args: list, kwargs: { ...kwargs, context } })
      const once = async (used: string): Promise<ProtocolAnswer> => {
        const headers = { ...jsonHeaders, cookie: used }
        const response = await send(`/web/dataset/call_kw/${model}/${method}`, { headers, body, writes })
        // The server exchanges the cookie from time to time.
        if (cookie === used) cookie = cookieOf(response) ?? cookie
        return readJsonRpc(response)
      }
      const used = cookie
      const answer = await once(used)
      if (!('fault' in answer) || !answer.fault.name.endsWith('SessionExpiredException')) return answer
      // Refused before anything was done: the call may simply be repeated.
      const fault = await renew(send, used)
      return fault ? { fault } : once(cookie)
    },
  }
}

const cookieOf = (response: HttpResponse): string | undefined =>
  /session_id=[^;,\s]+/.exec(response.headers['set-cookie'] ?? '')?.[0]
