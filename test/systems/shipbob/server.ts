import { readFileSync } from 'node:fs'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { ConnectionContext } from '../../../lib/core/connection.ts'
import { type Settings, settings } from '../../../lib/systems/shipbob/settings.ts'
import { memoryConnection } from '../../support/connection.ts'

export interface Seen {
  method: string
  /** Path and query as sent. */
  url: string
  headers: IncomingHttpHeaders
  body: string
}

export interface Reply {
  status?: number
  headers?: Record<string, string>
  /** JSON, or a text that is sent as it is. */
  body?: unknown
  text?: string
  /** No answer: the connection is cut. */
  cut?: boolean
}

type Answering = (seen: Seen) => Reply | Promise<Reply>

const open: (() => Promise<unknown>)[] = []
export const closeAll = async (): Promise<void> => {
  await Promise.all(open.splice(0).map((close) => close()))
}

/** A server that answers as a test says and keeps what it was sent. Closed by `closeAll`. */
export async function serve(answering: Answering): Promise<{ url: string; seen: Seen[] }> {
  const seen: Seen[] = []
  const server = createServer((request, response) => {
    const chunks: Buffer[] = []
    request.on('data', (chunk: Buffer) => chunks.push(chunk))
    request.on('end', async () => {
      const { method = '', url = '', headers } = request
      const one = { method, url, headers, body: Buffer.concat(chunks).toString('utf8') }
      seen.push(one)
      const reply = await answering(one)
      if (reply.cut) return request.socket.destroy()
      response.writeHead(reply.status ?? 200, { 'content-type': 'application/json', ...reply.headers })
      response.end(reply.text ?? (reply.body === undefined ? '' : JSON.stringify(reply.body)))
    })
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  open.push(() => {
    server.closeAllConnections()
    return new Promise((closed) => server.close(closed))
  })
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, seen }
}

/** A connection to such a server, by a personal token unless the settings say otherwise. */
export const connect = (
  url: string,
  given: Record<string, unknown> = {},
  over: Partial<ConnectionContext<Settings>> = {},
  secret: Record<string, string> = { token: 'pat-1' },
) => memoryConnection(settings.parse({ baseUrl: url, authUrl: url, ...given }), secret, over)

/** A file of test/fixtures/shipbob. */
export const fixture = (name: string) =>
  JSON.parse(readFileSync(join(import.meta.dirname, '../../fixtures/shipbob', name), 'utf8'))
