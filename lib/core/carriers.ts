import type { Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https'

/** What sends a request, with its kept-alive sockets. */
export interface Carrier {
  request: typeof httpsRequest
  agent: HttpAgent
}

/**
 * Carriers by protocol; plain http is loaded when it is first used, which in an account is never. An import of
 * node:http makes Node load the browser's interfaces that it also exports: 15 ms of every cold start.
 */
export function createCarriers(): (protocol: string) => Carrier {
  const secure: Carrier = { request: httpsRequest, agent: new HttpsAgent({ keepAlive: true }) }
  let plain: Carrier | undefined
  const loadPlain = (): Carrier => {
    const { Agent, request } = process.getBuiltinModule('node:http')
    return { request, agent: new Agent({ keepAlive: true }) }
  }
  return (protocol) => {
    if (protocol !== 'http:') return secure
    plain ??= loadPlain()
    return plain
  }
}
