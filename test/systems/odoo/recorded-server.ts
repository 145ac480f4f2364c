import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { createClient, type OpenOdoo } from '../../../lib/systems/odoo/client.ts'
import { type ProtocolName, type Settings, settings as schema } from '../../../lib/systems/odoo/settings.ts'
import { memoryConnection } from '../../support/connection.ts'

export type Version = 18 | 19
export type Wire = 'xmlrpc' | 'jsonrpc' | 'json2'

export interface Answer {
  status: number
  headers: Record<string, string>
  body: string
}

interface Recording {
  name: string
  response: Answer
}

/** What a live Odoo answered, by the name of the recording. */
export function recordedAnswer(version: Version, wire: Wire, name: string): Answer {
  const path = fileURLToPath(new URL(`../../fixtures/odoo/recordings/v${version}/${wire}.json`, import.meta.url))
  const found = (JSON.parse(readFileSync(path, 'utf8')) as Recording[]).find((one) => one.name === name)
  if (!found) throw new Error(`there is no recording ${name} of ${wire}, version ${version}`)
  return found.response
}

export interface Asked {
  method: string
  path: string
  headers: Record<string, string | string[] | undefined>
  body: string
}

const servers: { close(): void; closeAllConnections(): void }[] = []
export function closeServers(): void {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
}

/** A server that answers with what it is given; "hang up" ends the connection without an answer. */
export async function serverOf(
  answer: (asked: Asked) => Answer | 'hang up',
): Promise<{ url: string; requests: Asked[] }> {
  const requests: Asked[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', () => {
      const { method = '', url: path = '', headers } = request
      const asked = { method, path, headers, body: Buffer.concat(chunks).toString('utf8') }
      requests.push(asked)
      const given = answer(asked)
      if (given === 'hang up') return response.destroy()
      return response.writeHead(given.status, given.headers).end(given.body)
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  servers.push(server)
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests }
}

const wires: Readonly<Record<ProtocolName, Wire>> = {
  'json-2': 'json2',
  'json-rpc': 'jsonrpc',
  session: 'jsonrpc',
  'xml-rpc': 'xmlrpc',
}
const html404: Answer = { status: 404, headers: { 'content-type': 'text/html' }, body: '<h1>Not Found</h1>' }

/** How a live server of this version lets somebody in; undefined for any other request. */
export function letIn(version: Version, { path, body }: Asked): Answer | undefined {
  if (path === '/web/version') return version === 19 ? recordedAnswer(19, 'json2', '47-web-version') : html404
  if (path === '/jsonrpc' && body.includes('"method":"version"'))
    return recordedAnswer(version, 'jsonrpc', '01-version')
  if (path === '/jsonrpc' && body.includes('"authenticate"'))
    return recordedAnswer(version, 'jsonrpc', '02-authenticate')
  if (path === '/xmlrpc/2/common' && body.includes('<methodName>version'))
    return recordedAnswer(version, 'xmlrpc', '01-version')
  if (path === '/xmlrpc/2/common') return recordedAnswer(version, 'xmlrpc', '03-authenticate-apikey')
  if (path === '/web/session/authenticate') return recordedAnswer(version, 'jsonrpc', '10-session-authenticate')
  if (path === '/json/2/res.users/context_get') return recordedAnswer(19, 'json2', '44-whoami')
  return undefined
}

export const secret = { login: 'connector', apiKey: 'key-that-nobody-may-see', password: 'word-that-nobody-may-see' }

/** A connection to a recorded server; companies are named, so that signing in asks for none. */
export const connectionOf = (url: string, over: Partial<Settings> = {}) =>
  memoryConnection({ ...schema.parse({ baseUrl: url, database: 'odoo', companies: [1] }), ...over }, secret)

/** A session in which every call is answered as a live server once answered the call of that name. */
export async function sessionWith(version: Version, protocol: ProtocolName, name: string): Promise<OpenOdoo> {
  const { url } = await serverOf((asked) => letIn(version, asked) ?? recordedAnswer(version, wires[protocol], name))
  return createClient(connectionOf(url, { protocol })).open()
}
