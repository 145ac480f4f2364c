import type { Json } from '../../core/exchange.ts'
import { ConfigurationError, Failure, Refusal } from '../../core/failures.ts'
import type { HttpResponse } from '../../core/http.ts'
import type { Problem } from '../../core/problems.ts'
import type { ApiRecord } from './records.ts'

/** What was asked, for messages and for the question whether something may have been written. */
export interface Asked {
  /** "GET Shipment", "PUT SalesOrder". */
  what: string
  writes: boolean
  /** The question how an operation goes: an error that names an exception is the operation's own failure. */
  operation?: boolean
}

/** An answer by the table of acumatica.md §6. The wording of a body is never branched on, but for the login limit. */
export type Verdict =
  | { kind: 'ok' }
  | { kind: 'no-record' }
  | { kind: 'precondition-failed' }
  | { kind: 'not-found' }
  | { kind: 'declined'; why: 'licence queue' | 'API Login Limit'; retryAfterMs: number | undefined }
  | { kind: 'fault'; error: Error }

export function judge(response: HttpResponse, asked: Asked): Verdict {
  const { status } = response
  if (status >= 200 && status < 300) return { kind: 'ok' }
  const body = jsonOf(response)
  const retryAfterMs = retryAfter(response)
  if (isLoginLimit(response)) return { kind: 'declined', why: 'API Login Limit', retryAfterMs }
  if (status === 429) return { kind: 'declined', why: 'licence queue', retryAfterMs }
  if (status === 404) return { kind: 'not-found' }
  if (status === 412) return { kind: 'precondition-failed' }
  if (status === 500 && exceptionType(body).endsWith('NoEntitySatisfiesTheConditionException'))
    return { kind: 'no-record' }
  return { kind: 'fault', error: faultOf(response, body, asked, retryAfterMs) }
}

function faultOf(response: HttpResponse, body: ApiRecord, asked: Asked, retryAfterMs: number | undefined): Error {
  const { status } = response
  const words = ownWords(body)
  const said = `${asked.what}: Acumatica answered ${status}${words ? ` "${words}"` : ''}`
  const wait = retryAfterMs === undefined ? {} : { retryAfterMs }
  if (asked.operation && (status === 422 || (status === 500 && exceptionType(body) !== '')))
    return new Refusal(status, [{ code: 'ACUMATICA_ACTION_FAILED', message: said }])
  if (status === 401)
    return new Failure(
      'unauthorised',
      'ACUMATICA_UNAUTHORISED',
      `${asked.what}: Acumatica refuses a token it has just issued.`,
    )
  if (status === 409) return new Failure('transient', 'ACUMATICA_BUSY', said, wait)
  if (status === 422) return new Refusal(422, fieldErrors(body))
  if (status === 403) return configuration('ACUMATICA_FORBIDDEN', `${said}. The user needs access to that screen.`)
  if (status >= 300 && status < 400)
    return configuration(
      'ACUMATICA_ENDPOINT',
      `${said} and sends elsewhere. Check the scheme and path of the base URL.`,
    )
  if (status < 500) return asked.writes ? new Refusal(status, requestErrors(body, said)) : unreadRequest(said)
  const type = exceptionType(body)
  if (type.endsWith('CannotOptimizeException')) return configuration('ACUMATICA_NOT_OPTIMIZED', said)
  if (type.endsWith('PXSetupNotEnteredException')) return configuration('ACUMATICA_SETUP_MISSING', said)
  return asked.writes
    ? new Failure('ambiguous', 'ACUMATICA_OUTCOME_UNKNOWN', said, wait)
    : new Failure('transient', status === 500 ? 'ACUMATICA_FAULT' : 'ACUMATICA_UNAVAILABLE', said, wait)
}

const configuration = (code: string, message: string) => new ConfigurationError([{ code, message, path: 'settings' }])

const unreadRequest = (said: string) =>
  configuration('ACUMATICA_REQUEST_INVALID', `${said}. The endpoint does not understand the question: see its fields.`)

/** A 400 names the place in `modelState`; anything else has one message. */
function requestErrors(body: ApiRecord, said: string): Problem[] {
  const state = body.modelState
  const named =
    state !== null && typeof state === 'object' && !Array.isArray(state)
      ? Object.entries(state).flatMap(([path, messages]) =>
          (Array.isArray(messages) ? messages : [messages]).map((message) => ({
            code: 'ACUMATICA_REQUEST_INVALID',
            message: String(message),
            path: path.replace(/^entity\./, ''),
          })),
        )
      : []
  return named.length > 0 ? named : [{ code: 'ACUMATICA_REQUEST_INVALID', message: said }]
}

/**
 * Every error inside a 422's record, with its path and Acumatica's own words: on fields, on rows, on linked entities.
 * The words of a record or row itself are kept only where nothing inside it says more.
 */
export function fieldErrors(record: ApiRecord, path = ''): Problem[] {
  const found: Problem[] = []
  for (const [field, content] of Object.entries(record)) {
    const at = path ? `${path}.${field}` : field
    if (Array.isArray(content))
      for (const [i, row] of content.entries()) if (isRecord(row)) found.push(...fieldErrors(row, `${at}[${i}]`))
    if (isRecord(content)) found.push(...fieldErrors(content, at))
  }
  if (found.length === 0 && typeof record.error === 'string' && record.error !== '') {
    const sent = 'value' in record ? ` "${String(record.value)}"` : ''
    const place = path ? `${path}${sent}: ` : ''
    found.push({ code: 'ACUMATICA_FIELD_REFUSED', message: `${place}${record.error}`, ...(path ? { path } : {}) })
  }
  if (found.length === 0 && path === '')
    found.push({ code: 'ACUMATICA_FIELD_REFUSED', message: ownWords(record) || 'Acumatica gave no reason.' })
  return found
}

const isRecord = (content: Json | undefined): content is ApiRecord =>
  content !== null && typeof content === 'object' && !Array.isArray(content)

/** What the body says for people, inner exception included; never the stack trace, which can hold data. */
export function ownWords(body: ApiRecord): string {
  const inner = isRecord(body.innerException) ? ownWords(body.innerException) : ''
  const said = [body.exceptionMessage, body.messageDetail, body.message].find(
    (one) => typeof one === 'string' && one.trim() !== '',
  )
  return [typeof said === 'string' ? said.trim() : '', inner]
    .filter((one) => one)
    .join(' ')
    .slice(0, 500)
}

const exceptionType = (body: ApiRecord): string => String(body.exceptionType ?? '')

/** The licence's limit of sign-ins answers with this text under several statuses: retry later, not bad credentials. */
export const isLoginLimit = (response: HttpResponse): boolean =>
  response.status >= 400 && response.body.subarray(0, 4096).toString('utf8').includes('API Login Limit')

/** Retry-After in milliseconds, as seconds or as a date compared with the answer's own Date. */
export function retryAfter(response: HttpResponse): number | undefined {
  const header = response.headers['retry-after']
  if (header === undefined) return undefined
  if (/^\d+$/.test(header.trim())) return Number(header) * 1000
  const wait = Date.parse(header) - Date.parse(response.headers.date ?? '')
  return Number.isNaN(wait) ? undefined : Math.max(0, wait)
}

/** The body as an object; {} where it is none. */
export function jsonOf(response: HttpResponse): ApiRecord {
  try {
    const body = JSON.parse(response.body.toString('utf8')) as Json
    return isRecord(body) ? body : {}
  } catch {
    return {}
  }
}
