import type { Answer } from '../call.ts'

/** API Gateway's own answers: what it says where no function has spoken. */
export const own = (status: number, message: string): Answer => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ message }),
})

interface Structured {
  statusCode?: number
  headers?: Record<string, string | number | boolean>
  body?: string
  isBase64Encoded?: boolean
}

/**
 * What the caller gets of a function's result. A result without a status is the body of a 200 (the "inferred" response
 * of payload format 2.0).
 */
export function answerOf(payload: string): Answer {
  const result = JSON.parse(payload) as Structured | string | null
  if (result === null || typeof result !== 'object' || result.statusCode === undefined) {
    const body = typeof result === 'string' ? result : JSON.stringify(result)
    return { status: 200, headers: { 'content-type': 'application/json' }, body }
  }
  const { statusCode, headers = {}, body = '', isBase64Encoded } = result
  const named = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)])
  return {
    status: statusCode,
    headers: { 'content-type': 'text/plain; charset=utf-8', ...Object.fromEntries(named) },
    body: isBase64Encoded ? Buffer.from(body, 'base64') : body,
  }
}
