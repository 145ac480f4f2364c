import type { Refused } from '../api.ts'

/** What the server refused, in its words. */
export class Refusal extends Error {
  readonly status: number
  readonly problems: Refused['problems']
  constructor(status: number, { message, problems }: Refused) {
    super(message)
    this.status = status
    this.problems = problems ?? []
  }
}

/** Reads one thing of the server. Throws Refusal, or TypeError where the console is no longer running. */
export const read = <T>(path: string, query: Record<string, string> = {}): Promise<T> =>
  ask<T>(`${path}?${new URLSearchParams(query)}`, { method: 'GET' })

/** Has the server do one thing. Throws as `read` does. */
export const act = <T>(path: string, body: unknown, method: 'POST' | 'PUT' = 'POST'): Promise<T> =>
  ask<T>(path, { method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) })

async function ask<T>(path: string, init: RequestInit): Promise<T> {
  let response: Response
  try {
    response = await fetch(path, init)
  } catch {
    throw new Refusal(0, {
      message: 'The console is not running any more. Start it again in the terminal.',
      problems: [],
    })
  }
  const body = await response.json()
  if (response.ok) return body as T
  throw new Refusal(response.status, body as Refused)
}
