import { Failure, Refusal } from '../../core/failures.ts'
import type { HttpResponse } from '../../core/http.ts'
import type { Problem } from '../../core/problems.ts'
import { problem } from './problem.ts'

/** What SPS says is wrong, whichever of its error shapes it used (sps-commerce.md §8). */
export interface ApiError {
  /** SPS's own words, short, without values it may echo. */
  words: string
  /** Fields it names, with its words. */
  fields: { field: string; message: string }[]
  /** For support calls. */
  requestId: string | undefined
}

type Body = { readonly [name: string]: unknown }
const isBody = (value: unknown): value is Body => typeof value === 'object' && value !== null && !Array.isArray(value)
const texts = (...values: unknown[]): string[] => values.filter((v): v is string => typeof v === 'string' && v !== '')

/** Reads an error answer: problem+json, Transaction API, token endpoint, label rendering, or plain text. */
export function readError(response: HttpResponse): ApiError {
  const body = bodyOf(response)
  const inner = isBody(body.error) ? body.error : body
  const said = texts(
    body.title,
    body.detail,
    inner.error,
    inner.errorDescription,
    inner.error_description,
    body.message,
  )
  const entries = [body.context, body.validationErrors].flatMap((list) => (Array.isArray(list) ? list : []))
  return {
    words: said.join(': ').slice(0, 300) || plainText(response) || `status ${response.status}`,
    fields: entries.filter(isBody).map((entry) => ({
      field: texts(entry.field, entry.path)[0] ?? '',
      message: texts(entry.message, entry.code)[0] ?? 'no reason given',
    })),
    requestId: texts(body.requestId, response.headers['x-request-id'])[0],
  }
}

function bodyOf(response: HttpResponse): Body {
  try {
    const body = JSON.parse(response.body.toString('utf8')) as unknown
    return isBody(body) ? body : {}
  } catch {
    return {}
  }
}

/** The text of an answer that is no JSON, tags taken out (a gateway's error page). */
const plainText = (response: HttpResponse): string => {
  const text = response.body.subarray(0, 2000).toString('utf8')
  if (text.trimStart().startsWith('{')) return ''
  return text
    .replace(/<(script|style)[\s\S]*?<\/\1>|<[^>]*>/gi, ' ')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 200)
}

/** What was asked, for messages and for the question whether something may have been done. */
export interface Asked {
  /** "GET /fulfillment/v1/purchaseorders". */
  what: string
  /** True where a lost or failed answer leaves open whether SPS has the document. */
  writes: boolean
}

/** The error an answer stands for, by the table of sps-commerce.md §8. 401 and 429 are the client's to handle first. */
export function errorOf(response: HttpResponse, asked: Asked): Failure | Refusal {
  const { status } = response
  const error = readError(response)
  const said = `${asked.what}: SPS answered ${status}, "${error.words}"${error.requestId ? ` (request ${error.requestId})` : ''}`
  if (status === 401) return new Failure('unauthorised', 'SPS_UNAUTHORISED', `${said}, to a token it has just issued.`)
  if (status === 403) return new Failure('unauthorised', 'SPS_FORBIDDEN', `${said}. The keys may not do this.`)
  if (status >= 500 || status === 408)
    return asked.writes
      ? new Failure('ambiguous', 'SPS_OUTCOME_UNKNOWN', said)
      : new Failure('transient', 'SPS_UNAVAILABLE', said)
  if (status < 400) return new Failure('unauthorised', 'SPS_REDIRECTED', `${said}. A redirect is not followed.`)
  const fields = error.fields.map(
    ({ field, message }): Problem => problem('SPS_REFUSED', message, field === '' ? undefined : field),
  )
  return new Refusal(status, fields.length > 0 ? fields : [problem('SPS_REFUSED', said)])
}

/**
 * Milliseconds an answer asks us to wait: Retry-After as seconds, or as a date against the answer's own Date.
 * Undefined where it has none (none is documented) or it makes no sense.
 */
export function retryAfter(response: HttpResponse): number | undefined {
  const header = response.headers['retry-after']?.trim()
  if (header === undefined) return undefined
  if (/^\d+(\.\d+)?$/.test(header)) return Number(header) * 1000
  const wait = Date.parse(header) - Date.parse(response.headers.date ?? '')
  return Number.isNaN(wait) ? undefined : Math.max(0, wait)
}
