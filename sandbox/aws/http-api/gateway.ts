import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import type { Answer } from '../call.ts'
import type { Counter } from '../counter.ts'
import type { Functions } from '../lambda/functions.ts'
import type { LogLine } from '../logs.ts'
import type { Deployment, HttpApiDefinition } from '../template/model.ts'
import { answerOf, own } from './answer.ts'
import { eventOf, type Incoming, requestTime } from './event.ts'
import { type Matched, matchRoute } from './routes.ts'
import { createThrottle } from './throttle.ts'

/** Where the world outside calls in: the template's HTTP API on a port of this machine. */
export interface Gateway {
  url: string
  /** Until this is called every request is answered 503. */
  serve(options: GatewayOptions): void
  close(): Promise<void>
}

export interface GatewayOptions {
  deployment: Deployment
  api: HttpApiDefinition
  functions: Functions
  counter: Counter
  log: (entry: LogLine) => void
  now(): number
}

/** The most that API Gateway takes. */
const maxBytes = 10 * 1024 * 1024
/** Requests are billed by the begun 512 KB. */
const billedBytes = 512 * 1024

/** @param port asked for first; any other where somebody has it. 0 = any */
export async function startGateway(port: number): Promise<Gateway> {
  let handle: ((incoming: Incoming) => Promise<Answer>) | undefined
  const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
    const respond = async () => {
      const incoming = await read(request)
      const { status, headers, body } = handle ? await handle(incoming) : own(503, 'Service Unavailable')
      response.writeHead(status, {
        'apigw-requestid': incoming.requestId,
        'content-length': Buffer.byteLength(body),
        ...headers,
      })
      response.end(body)
    }
    respond().catch((error: unknown) => {
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain' })
      response.end(`embedded AWS: ${(error as Error).stack}`)
    })
  })
  await listen(server, port)
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    serve: (options) => {
      handle = handlerOf(options)
    },
    close: () =>
      new Promise((done) => {
        server.close(() => done())
        server.closeAllConnections()
      }),
  }
}

function handlerOf(options: GatewayOptions): (incoming: Incoming) => Promise<Answer> {
  const { api, counter, log, now } = options
  const mayPass = createThrottle(api.throttle)
  return async (incoming) => {
    incoming.at = now()
    const [path = '/'] = incoming.target.split('?')
    const matched = matchRoute(api.routes, incoming.method, path)
    counter.own('ApiGateway.Request', api.id, {
      httpApiRequest: Math.max(1, Math.ceil(incoming.body.length / billedBytes)),
    })
    const answer = await answerTo(incoming, matched, mayPass(incoming.at), options)
    if (api.logFormat) log({ function: api.id, line: accessLine(api.logFormat, incoming, matched, answer, now()) })
    return answer
  }
}

async function answerTo(
  incoming: Incoming,
  matched: Matched | undefined,
  mayPass: boolean,
  { api, deployment, functions }: GatewayOptions,
): Promise<Answer> {
  if (!matched) return own(404, 'Not Found')
  if (!mayPass) return own(429, 'Too Many Requests')
  if (incoming.body.length > maxBytes) return own(413, 'Request Entity Too Large')
  const definition = functions.find(matched.route.function)
  if (!definition) return own(500, 'Internal Server Error')
  const event = JSON.stringify(eventOf(incoming, matched, api, deployment.account))
  const invocation = await Promise.race([
    functions.invoke(definition, event),
    delay(matched.route.timeoutMs, undefined, { ref: false }),
  ])
  if (!invocation) return own(503, 'Service Unavailable')
  const { outcome } = invocation
  return 'payload' in outcome ? answerOf(outcome.payload) : own(500, 'Internal Server Error')
}

/** A line of the access log: the format with its variables filled in, and a hyphen for what there is not. */
function accessLine(
  format: string,
  { method, target, requestId, at, sourceIp, protocol }: Incoming,
  matched: Matched | undefined,
  { status, body }: Answer,
  now: number,
): string {
  const values: Record<string, string | number> = {
    requestId,
    requestTime: requestTime(at),
    requestTimeEpoch: at,
    ...(matched ? { routeKey: matched.route.key } : {}),
    httpMethod: method,
    path: target.split('?')[0] ?? '',
    protocol,
    status,
    responseLength: Buffer.byteLength(body),
    responseLatency: now - at,
    'identity.sourceIp': sourceIp,
  }
  return format.replace(/\$context\.([\w.]+)/g, (_, name: string) => String(values[name] ?? '-'))
}

async function read(request: IncomingMessage): Promise<Incoming> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return {
    method: request.method ?? 'GET',
    target: request.url ?? '/',
    headers: request.headers,
    body: Buffer.concat(chunks),
    sourceIp: request.socket.remoteAddress ?? '',
    protocol: `HTTP/${request.httpVersion}`,
    requestId: randomUUID(),
    at: 0,
  }
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((done, fail) => {
    const refused = (error: NodeJS.ErrnoException) => {
      if (port !== 0 && error.code === 'EADDRINUSE') listen(server, 0).then(done, fail)
      else fail(error)
    }
    server.once('error', refused)
    server.listen(port, '127.0.0.1', () => {
      server.off('error', refused)
      done()
    })
  })
}
