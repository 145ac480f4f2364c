import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import * as z from 'zod'
import { exitCodes, explain, WrongUse } from '../exit.ts'
import type { Refused } from './api.ts'
import { admitted, headers } from './guard.ts'
import { doings, readings, type Work } from './routes.ts'
import { TableMoved } from './tables.ts'

/** A file of the page. */
export interface PageFile {
  type: string
  body: Uint8Array
}

export interface ConsoleOptions {
  /** First part of every path. */
  token: string
  /** 0 = any free one. */
  port: number
  /** By name; "" is the page itself. */
  files: Readonly<Record<string, PageFile>>
  /** Made anew for every request. */
  work(): Work
  /** Told of errors nobody expected. */
  trouble(error: Error): void
}

const largestBody = 32 * 1024 * 1024

/**
 * Serves the console on 127.0.0.1 and nowhere else.
 * @returns the URL to open, with its token
 */
export async function serveConsole(options: ConsoleOptions): Promise<{ url: string; close(): Promise<void> }> {
  let port = options.port
  const server = createServer((request, response) => {
    answer(request, response, options, port).catch((error: Error) => {
      options.trouble(error)
      if (!response.headersSent) send(response, 500, { message: error.message, problems: [] } satisfies Refused)
      else response.destroy()
    })
  })
  await new Promise<void>((listening, failed) => {
    server.once('error', failed)
    server.listen(options.port, '127.0.0.1', listening)
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('the console has no port')
  port = address.port
  return {
    url: `http://127.0.0.1:${port}/${options.token}/`,
    close: () =>
      new Promise((closed) => {
        server.close(() => closed())
        server.closeAllConnections()
      }),
  }
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { token, files, work }: ConsoleOptions,
  port: number,
): Promise<void> {
  const admission = admitted(request, token, port)
  if (admission === undefined) return send(response, 404, { message: 'Not Found', problems: [] } satisfies Refused)
  const url = new URL(admission, 'http://127.0.0.1')
  const name = url.pathname.slice(1)
  const file = Object.hasOwn(files, name) ? files[name] : undefined
  if (file && request.method === 'GET') {
    response.writeHead(200, { ...headers, 'content-type': file.type }).end(file.body)
    return
  }
  const reading = request.method === 'GET' && Object.hasOwn(readings, name) ? readings[name] : undefined
  const writes = request.method === 'POST' || request.method === 'PUT'
  const doing = writes && Object.hasOwn(doings, name) ? doings[name] : undefined
  if (!reading && !doing) return send(response, 404, { message: `there is no ${name}`, problems: [] } satisfies Refused)
  try {
    const result = reading ? await reading(work(), url.searchParams) : await doing?.(work(), await bodyOf(request))
    const refused = typeof result === 'object' && result !== null && 'problems' in result && !reading
    send(response, refused ? 422 : 200, refused ? { message: 'Nothing was stored.', ...result } : result)
  } catch (error) {
    if (error instanceof WrongUse) return send(response, 422, { message: error.message, problems: error.problems })
    if (error instanceof TableMoved) return send(response, 409, { message: error.message, problems: [] })
    if (error instanceof z.ZodError || error instanceof SyntaxError)
      return send(response, 400, { message: 'the request is not understood', problems: [] })
    const { message, problems, code } = explain(error)
    if (code === exitCodes.broken) throw error
    send(response, 502, { message, problems })
  }
}

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  if (!request.headers['content-type']?.startsWith('application/json')) throw new SyntaxError('not JSON')
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    size += (chunk as Buffer).length
    if (size > largestBody) throw new WrongUse('the request is larger than 32 MB')
    chunks.push(chunk as Buffer)
  }
  return JSON.parse(Buffer.concat(chunks).toString())
}

function send(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { ...headers, 'content-type': 'application/json' }).end(JSON.stringify(body))
}
