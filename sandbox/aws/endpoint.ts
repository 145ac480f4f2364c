import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Access } from './access/authorize.ts'
import { type Answer, type Call, type Request, type Service, ServiceError, type ServiceName } from './call.ts'
import { callerOf } from './callers.ts'
import type { Counter } from './counter.ts'
import { lambdaOperation } from './lambda/service.ts'
import { s3Operation } from './s3.ts'
import { schedulerOperation } from './scheduler/service.ts'

/** What a test may do to a call: kill the calling thread around it, or answer with an error of AWS. */
export type Interruption = 'kill-before' | 'kill-after' | { code: string; message: string; status: number }
export type Interceptor = (call: Call) => Interruption | undefined

export interface Endpoint {
  url: string
  /** Until this is called every request is answered 503. */
  serve(options: ServeOptions): void
  close(): Promise<void>
}

export interface ServeOptions {
  services: Service[]
  access: Access
  counter: Counter
  intercept(call: Call): Interruption | undefined
  /** Kills the thread that sent a request. */
  kill(worker: string): Promise<void>
}

/** The one HTTP endpoint of the embedded AWS, for the unmodified SDK with AWS_ENDPOINT_URL. */
export async function startEndpoint(): Promise<Endpoint> {
  let options: ServeOptions | undefined
  const server = createServer({ keepAliveTimeout: 60_000 }, (incoming, outgoing) => {
    const respond = async () => {
      const request = await readRequest(incoming)
      const answer = options ? await serveOne(options, request) : { status: 503, body: '' }
      if (!answer) return void incoming.socket.destroy()
      const length = Buffer.byteLength(answer.body)
      outgoing.writeHead(answer.status, {
        'x-amzn-requestid': crypto.randomUUID(),
        ...(answer.status === 204 ? {} : { 'content-length': length }),
        ...answer.headers,
      })
      outgoing.end(answer.body)
    }
    respond().catch((error: unknown) => {
      // A fault of the embedded AWS itself: loud, and an SDK retries a 500.
      if (!outgoing.headersSent) outgoing.writeHead(500, { 'content-type': 'text/plain' })
      outgoing.end(`embedded AWS: ${(error as Error).stack}`)
    })
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    serve: (given) => {
      options = given
    },
    close: () =>
      new Promise((done) => {
        server.close(() => done())
        server.closeAllConnections()
      }),
  }
}

/** undefined: the caller was killed and gets no answer. */
async function serveOne(options: ServeOptions, request: Request): Promise<Answer | undefined> {
  const { services, access, counter } = options
  const service = services.find((s) => s.name === serviceOf(request))
  if (!service) return { status: 400, body: `the embedded AWS has no such service: ${request.headers.authorization}` }
  try {
    const caller = callerOf(request.headers)
    if (!caller)
      throw new ServiceError(
        'UnrecognizedClientException',
        'The security token included in the request is invalid.',
        403,
      )
    const { operation, input } = operationOf(service.name, request)
    const call: Call = { service: service.name, operation, caller, request, input }
    const interruption = options.intercept(call)
    const worker = caller.kind === 'function' ? caller.worker : ''
    if (interruption === 'kill-before') return void (await options.kill(worker))
    if (typeof interruption === 'object')
      throw new ServiceError(interruption.code, interruption.message, interruption.status)
    await access.authorize(caller, service.name, service.needs(call))
    const { answer, cost } = await service.handle(call)
    counter.call(service.name, operation, caller, cost)
    if (interruption === 'kill-after') return void (await options.kill(worker))
    return answer
  } catch (error) {
    if (error instanceof ServiceError) return service.error(error)
    throw error
  }
}

async function readRequest(incoming: IncomingMessage): Promise<Request> {
  const chunks: Buffer[] = []
  for await (const chunk of incoming) chunks.push(chunk as Buffer)
  const url = new URL(incoming.url ?? '/', 'http://embedded')
  return {
    method: incoming.method ?? 'GET',
    path: decodeURIComponent(url.pathname),
    query: url.searchParams,
    headers: incoming.headers as Record<string, string>,
    body: Buffer.concat(chunks),
  }
}

const targets: Record<string, ServiceName> = {
  DynamoDB_20120810: 'dynamodb',
  AmazonSQS: 'sqs',
  secretsmanager: 'secretsmanager',
  AWSEvents: 'events',
}

/** JSON protocols name service and operation in a header; REST services only sign for theirs. */
function serviceOf({ headers }: Request): string | undefined {
  const [target] = (headers['x-amz-target'] ?? '').split('.')
  if (target) return targets[target]
  return /Credential=[^/]+\/\d+\/[^/]+\/([^/]+)\/aws4_request/.exec(headers.authorization ?? '')?.[1]
}

function operationOf(service: ServiceName, request: Request): Pick<Call, 'operation' | 'input'> {
  const [, operation] = (request.headers['x-amz-target'] ?? '').split('.')
  if (operation) return { operation, input: parsed(request) }
  if (service === 's3') return { operation: s3Operation(request), input: {} }
  if (service === 'scheduler') return { operation: schedulerOperation(request), input: parsed(request) }
  const name = lambdaOperation(request)
  return { operation: name, input: name === 'Invoke' ? {} : parsed(request) }
}

function parsed({ body }: Request): Record<string, unknown> {
  if (body.length === 0) return {}
  try {
    return JSON.parse(body.toString()) as Record<string, unknown>
  } catch {
    throw new ServiceError('SerializationException', 'The request body is not JSON')
  }
}
