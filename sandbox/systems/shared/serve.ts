import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import type { SandboxClock } from './clock.ts'
import type { Faults } from './faults.ts'

export interface SandboxRequest {
  method: string
  /** Percent-decoded, without the query. */
  path: string
  query: URLSearchParams
  headers: Record<string, string>
  body: Buffer
}

export interface SandboxResponse {
  status: number
  headers?: Record<string, string>
  /** An object is sent as JSON. */
  body?: string | Buffer | object | null
}

export interface SandboxServer {
  url: string
  /** Every request served, for tests that count calls. */
  requests: { method: string; path: string; status: number }[]
  close(): Promise<void>
}

/** Serves one sandbox system on 127.0.0.1, with faults on demand and the sandbox's time in the Date header. */
export async function serve(
  handler: (request: SandboxRequest) => SandboxResponse | Promise<SandboxResponse>,
  options: { faults: Faults; clock: SandboxClock; port?: number },
): Promise<SandboxServer> {
  const requests: SandboxServer['requests'] = []
  const answer = async (incoming: IncomingMessage, outgoing: ServerResponse) => {
    const url = new URL(incoming.url ?? '/', 'http://sandbox')
    const method = incoming.method ?? 'GET'
    const path = decodeURIComponent(url.pathname)
    const chunks: Buffer[] = []
    for await (const chunk of incoming) chunks.push(chunk as Buffer)
    const fault = options.faults.strike(method, path)
    if (fault?.kind === 'drop-before') {
      requests.push({ method, path, status: 0 })
      return void incoming.socket.destroy()
    }
    if (fault?.kind === 'delay') await delay(fault.ms)
    const headers = Object.fromEntries(Object.entries(incoming.headers).map(([k, v]) => [k, String(v)]))
    const response: SandboxResponse =
      fault?.kind === 'status'
        ? {
            status: fault.status,
            ...(fault.headers ? { headers: fault.headers } : {}),
            body: (fault.body ?? null) as object | null,
          }
        : await handler({ method, path, query: url.searchParams, headers, body: Buffer.concat(chunks) })
    requests.push({ method, path, status: fault?.kind === 'drop-after' ? 0 : response.status })
    if (fault?.kind === 'drop-after') return void incoming.socket.destroy()
    send(outgoing, response, options.clock, fault?.kind === 'truncate')
  }
  const server = createServer((incoming, outgoing) => {
    answer(incoming, outgoing).catch((error: unknown) => {
      requests.push({ method: incoming.method ?? '', path: incoming.url ?? '', status: 500 })
      outgoing.writeHead(500, { 'content-type': 'text/plain' }).end(`sandbox: ${(error as Error).stack}`)
    })
  })
  await new Promise<void>((done, fail) => {
    server.once('error', fail)
    server.listen(options.port ?? 0, '127.0.0.1', done)
  })
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    close: () =>
      new Promise((done) => {
        server.close(() => done())
        server.closeAllConnections()
      }),
  }
}

function send(outgoing: ServerResponse, response: SandboxResponse, clock: SandboxClock, truncate: boolean): void {
  const isObject = typeof response.body === 'object' && response.body !== null && !Buffer.isBuffer(response.body)
  const body = isObject
    ? Buffer.from(JSON.stringify(response.body))
    : Buffer.from((response.body as string | Buffer | null) ?? '')
  outgoing.sendDate = false
  outgoing.writeHead(response.status, {
    date: new Date(clock.now()).toUTCString(),
    ...(isObject ? { 'content-type': 'application/json; charset=utf-8' } : {}),
    ...(response.status === 204 ? {} : { 'content-length': body.length }),
    ...response.headers,
  })
  if (!truncate) return void outgoing.end(body)
  outgoing.write(body.subarray(0, Math.floor(body.length / 2)), () => outgoing.destroy())
}
