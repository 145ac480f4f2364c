import { pathToFileURL } from 'node:url'
import { parentPort, workerData } from 'node:worker_threads'

/** One execution environment of a function: a thread with the function's own environment and modules. */
export interface WorkerData {
  /** Module that holds the handler. */
  file: string
  exportName: string
  functionName: string
  functionArn: string
  memoryMb: number
  logGroup: string
  logStream: string
}

export interface InvokeMessage {
  requestId: string
  event: string
  /** Epoch milliseconds at which the time limit is reached. */
  deadline: number
}

export interface HandlerError {
  errorType: string
  errorMessage: string
  trace: string[]
}

export type WorkerMessage =
  | { kind: 'ready'; loadMs: number }
  | { kind: 'unusable'; error: HandlerError }
  | { kind: 'result'; requestId: string; payload: string }
  | { kind: 'error'; requestId: string; error: HandlerError }

type Handler = (event: unknown, context: Record<string, unknown>) => unknown

const port = parentPort
const data = workerData as WorkerData
const post = (message: WorkerMessage) => port?.postMessage(message)

const toError = (thrown: unknown): HandlerError =>
  thrown instanceof Error
    ? { errorType: thrown.name, errorMessage: thrown.message, trace: (thrown.stack ?? '').split('\n') }
    : { errorType: typeof thrown, errorMessage: String(thrown), trace: [] }

async function load(): Promise<Handler> {
  const before = performance.now()
  const module = (await import(pathToFileURL(data.file).href)) as Record<string, unknown>
  const handler = module[data.exportName]
  if (typeof handler !== 'function') throw new Error(`${data.exportName} is not a function that ${data.file} exports`)
  post({ kind: 'ready', loadMs: performance.now() - before })
  return handler as Handler
}

async function invoke(handler: Handler, { requestId, event, deadline }: InvokeMessage): Promise<void> {
  const context = {
    functionName: data.functionName,
    functionVersion: '$LATEST',
    invokedFunctionArn: data.functionArn,
    memoryLimitInMB: String(data.memoryMb),
    awsRequestId: requestId,
    logGroupName: data.logGroup,
    logStreamName: data.logStream,
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
  }
  try {
    const result = await handler(JSON.parse(event), context)
    post({ kind: 'result', requestId, payload: JSON.stringify(result) ?? 'null' })
  } catch (error) {
    post({ kind: 'error', requestId, error: toError(error) })
  }
}

try {
  const handler = await load()
  port?.on('message', (message: InvokeMessage) => void invoke(handler, message))
} catch (error) {
  post({ kind: 'unusable', error: toError(error) })
}
