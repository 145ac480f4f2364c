import { lookup as resolve } from 'node:dns'
import type { IncomingMessage, RequestOptions } from 'node:http'
import { BlockList, isIP } from 'node:net'
import { createCarriers } from './carriers.ts'
import { ConfigurationError, Failure } from './failures.ts'

export interface HttpRequest {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE' | 'PATCH'
  url: string
  headers?: Record<string, string>
  body?: string | Uint8Array
  /** Whole exchange, in milliseconds. */
  timeoutMs: number
}

export interface HttpResponse {
  status: number
  /** Names in lower case. */
  headers: Record<string, string>
  body: Buffer
}

export interface Http {
  /**
   * Sends one request; any status is an answer. Redirects are not followed.
   * Throws Failure `transient` where nothing can have been done by the server (no connection, or a GET),
   * `ambiguous` where a write was sent and no whole answer came back.
   */
  send(request: HttpRequest): Promise<HttpResponse>
}

export interface HttpOptions {
  /** Hosts ("127.0.0.1:8080" or "erp.local") that may be plain http or private. Everything else is https and public. */
  allowHosts?: string[]
  /** Largest answer read, in bytes. */
  maxBytes?: number
}

/** Addresses a customer-supplied host name must not lead to: private, loopback, link-local, metadata, reserved. */
const forbidden = new BlockList()
for (const [net, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4],
  ['240.0.0.0', 4],
] as const)
  forbidden.addSubnet(net, prefix, 'ipv4')
for (const [net, prefix] of [
  ['::', 128],
  ['::1', 128],
  ['::ffff:0:0', 96],
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['100::', 64],
  ['2001::', 32],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['5f00::', 16],
  ['fc00::', 7],
  ['fe80::', 10],
  ['ff00::', 8],
] as const)
  forbidden.addSubnet(net, prefix, 'ipv6')

export const isForbiddenAddress = (address: string): boolean =>
  forbidden.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4')

/** Resolves at connect time and refuses the whole answer where any address is forbidden: no rebinding in between. */
const guardedLookup: NonNullable<RequestOptions['lookup']> = (hostname, options, callback) => {
  resolve(hostname, { ...options, all: true }, (error, addresses) => {
    if (error) return callback(error, '')
    const bad = addresses.find((a) => isForbiddenAddress(a.address))
    if (bad)
      return callback(
        Object.assign(new Error(`${hostname} resolves to ${bad.address}`), { code: 'EFORBIDDENADDRESS' }),
        '',
      )
    if (options.all) return callback(null, addresses)
    const first = addresses[0]
    return first ? callback(null, first.address, first.family) : callback(new Error(`${hostname} has no address`), '')
  })
}

/** An HTTP client for one connection, over node:https (no import cost), with kept-alive sockets. */
export function createHttp(options: HttpOptions = {}): Http {
  const allowed = new Set(options.allowHosts ?? [])
  const maxBytes = options.maxBytes ?? 64 * 1024 * 1024
  const carriers = createCarriers()
  return {
    send: (request) =>
      new Promise((done, fail) => {
        const url = new URL(request.url)
        const trusted = allowed.has(url.host) || allowed.has(url.hostname)
        const plain = url.protocol === 'http:'
        if (!trusted) {
          const host = url.hostname.replace(/^\[|\]$/g, '')
          if (url.protocol !== 'https:') return fail(forbiddenHost(url, 'is not https'))
          if (isIP(host) && isForbiddenAddress(host))
            return fail(forbiddenHost(url, 'is a private or reserved address'))
        }
        let sent = false
        const failed = (error: NodeJS.ErrnoException) => {
          if (error.code === 'EFORBIDDENADDRESS') return fail(forbiddenHost(url, error.message))
          const unsafe = sent && request.method !== 'GET'
          const what = `${request.method} ${url.host}${url.pathname}: ${error.code ?? error.message}`
          fail(
            new Failure(unsafe ? 'ambiguous' : 'transient', unsafe ? 'ANSWER_LOST' : 'UNREACHABLE', what, {
              cause: error,
            }),
          )
        }
        const carrier = carriers(url.protocol)
        const outgoing = carrier.request(
          url,
          {
            method: request.method,
            headers: {
              ...request.headers,
              ...(request.body === undefined ? {} : { 'content-length': Buffer.byteLength(request.body) }),
            },
            agent: carrier.agent,
            signal: AbortSignal.timeout(request.timeoutMs),
            ...(trusted ? {} : { lookup: guardedLookup }),
          },
          (incoming) => collect(incoming, maxBytes).then(done, failed),
        )
        outgoing.on('socket', (socket) => {
          if (socket.connecting)
            socket.once(plain ? 'connect' : 'secureConnect', () => {
              sent = true
            })
          else sent = true
        })
        outgoing.on('error', failed)
        outgoing.end(request.body)
      }),
  }
}

const forbiddenHost = (url: URL, why: string): ConfigurationError =>
  new ConfigurationError([
    {
      code: 'HOST_NOT_ALLOWED',
      message: `${url.host} ${why}. Use the public https address, or name the host in the connection's allowHosts.`,
      path: 'allowHosts',
    },
  ])

async function collect(incoming: IncomingMessage, maxBytes: number): Promise<HttpResponse> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of incoming) {
    size += (chunk as Buffer).length
    if (size > maxBytes) {
      incoming.destroy()
      throw Object.assign(new Error(`answer is larger than ${maxBytes} bytes`), { code: 'ANSWER_TOO_LARGE' })
    }
    chunks.push(chunk as Buffer)
  }
  if (!incoming.complete) throw Object.assign(new Error('answer was cut off'), { code: 'ANSWER_TRUNCATED' })
  const headers: Record<string, string> = {}
  for (const [name, value] of Object.entries(incoming.headers))
    headers[name] = Array.isArray(value) ? value.join(', ') : (value ?? '')
  return { status: incoming.statusCode ?? 0, headers, body: Buffer.concat(chunks) }
}
