import type { SandboxRequest, SandboxResponse } from '../../shared/serve.ts'
import { json2 } from './json-2.ts'
import { jsonRpc } from './json-rpc.ts'
import { html } from './pages.ts'
import type { Wire } from './server.ts'
import { xmlRpc } from './xml-rpc.ts'

/** Every path of the server that an integration meets (odoo.md §1). */
export async function route(wire: Wire, request: SandboxRequest): Promise<SandboxResponse> {
  for (const handler of [xmlRpc, jsonRpc, json2]) {
    const answer = await handler(wire, request)
    if (answer) return answer
  }
  if (wire.kernel.version === 19 && (request.path === '/web/version' || request.path === '/json/version'))
    return { status: 200, body: { version_info: [19, 0, 0, 'final', 0, ''], version: '19.0' } }
  return html(request.path === '/web/login' ? 'login' : 'not found')
}
