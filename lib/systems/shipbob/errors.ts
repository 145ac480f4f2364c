import type { Json } from '../../core/exchange.ts'
import { ConfigurationError, Failure, Refusal } from '../../core/failures.ts'
import type { HttpResponse } from '../../core/http.ts'
import { parseExact } from './json.ts'

/** An error answer, whatever its shape was. */
export interface ApiError {
  status: number
  /** ShipBob's own code ("WRO_UNIQUE_SKU_LIMIT_EXCEEDED", "invalid_grant"). */
  code?: string
  /** For people, each with its field where one is named: "expected_arrival_date: Arrival date must be in the future." */
  messages: string[]
  /** Worth another try as it stands. */
  retryable: boolean
  /** Something with this key exists: look it up. */
  duplicate: boolean
}

/** What was asked, for messages and for the question whether something may have been written. */
export interface Asked {
  /** "GET /receiving/918363". */
  what: string
  writes: boolean
}

type Fields = { readonly [field: string]: Json }
const isFields = (value: Json | undefined): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const retryable = new Set([408, 429, 500, 502, 503, 504])
const duplicateStatus = new Set([400, 409, 422])
/** Wordings seen or inferred (shipbob.md §3.5); a wrong guess costs a look-up. */
const duplicateWords = /duplicate|already (exists?|in use|taken|been used)|existing reference|must be unique/i
const longest = 300

/** The error of an answer, from any of the shapes of shipbob.md §3.4. Never throws. */
export function readError(response: HttpResponse): ApiError {
  const { status } = response
  const body = bodyOf(response)
  const messages = [...new Set(isPage(response) ? ['a web page in place of an answer'] : wordsOf(body))]
  const code = codeOf(body)
  return {
    status,
    ...(code === undefined ? {} : { code }),
    messages,
    retryable: retryable.has(status),
    duplicate: duplicateStatus.has(status) && messages.some((one) => duplicateWords.test(one)),
  }
}

function bodyOf(response: HttpResponse): Json {
  const text = response.body.toString('utf8').trim()
  try {
    return text === '' ? null : parseExact(text)
  } catch {
    return text
  }
}

/** A proxy before the API answers with a page of its own. */
const isPage = ({ headers, body }: HttpResponse): boolean =>
  (headers['content-type'] ?? '').includes('html') || /^\s*</.test(body.subarray(0, 100).toString('latin1'))

/** Not for people, or data of the server's own: never shown. */
const silent = new Set(['$type', 'type', 'status', 'statusCode', 'status_code', 'instance', 'traceId', 'trace_id'])
const hidden = new Set(['stackTrace', 'stack_trace', 'content_types', 'declared_type', 'formatters', 'code'])

function wordsOf(body: Json | undefined, field = ''): string[] {
  if (typeof body === 'string' || typeof body === 'number') {
    const text = String(body).trim().slice(0, longest)
    return text === '' ? [] : [field === '' ? text : `${field}: ${text}`]
  }
  if (Array.isArray(body)) return body.flatMap((one) => wordsOf(one, field))
  if (!isFields(body)) return []
  const { title, detail, message, errors, value, reason_code: _, error_description: described, ...others } = body
  const inner = [...wordsOf(value, field), ...wordsOf(errors, field)]
  const fields = Object.entries(others)
    .filter(([name]) => !silent.has(name) && !hidden.has(name))
    .flatMap(([name, content]) => wordsOf(content, [field, name].filter((part) => part !== '').join('.')))
  const own = [...wordsOf(detail), ...wordsOf(message), ...wordsOf(described)]
  const found = [...own, ...inner, ...fields]
  return found.length > 0 ? found : wordsOf(title)
}

function codeOf(body: Json): string | undefined {
  if (!isFields(body)) return undefined
  const code = [body.reason_code, body.code, body.error].find((one) => typeof one === 'string' && one !== '')
  return typeof code === 'string' ? code : undefined
}

/** How long a proxy that blocked us is left alone. */
const blockedMs = 5 * 60_000

/**
 * What an answer that nobody waited for becomes (429 apart): Refusal for a request that no retry can mend, Failure where
 * one can, ConfigurationError where a person has to change something. 400 and 422 are alike in every version.
 * @param lostMs after a write of unknown outcome: how long until it is looked for
 */
export function errorOf(response: HttpResponse, asked: Asked, lostMs: number): Error {
  const { status } = response
  const error = readError(response)
  const words = error.messages.join('; ')
  const said = `${asked.what}: ShipBob answered ${status}${words === '' ? '' : ` "${words}"`}`
  if (status === 401) return new Failure('unauthorised', 'SHIPBOB_TOKEN_REFUSED', said)
  if (status === 403)
    return isPage(response)
      ? new Failure('transient', 'SHIPBOB_BLOCKED', said, { retryAfterMs: blockedMs })
      : configuration('SHIPBOB_SCOPE_MISSING', `${said}. The token lacks a scope for it.`, 'credentials')
  if (status < 400) return configuration('SHIPBOB_REDIRECTED', `${said} and sends elsewhere.`, 'settings.baseUrl')
  if (status >= 500 || error.retryable)
    return asked.writes
      ? new Failure('ambiguous', 'SHIPBOB_OUTCOME_UNKNOWN', said, { retryAfterMs: lostMs })
      : new Failure('transient', 'SHIPBOB_UNAVAILABLE', said)
  const code = error.duplicate ? 'SHIPBOB_DUPLICATE' : status === 404 ? 'SHIPBOB_NOT_FOUND' : 'SHIPBOB_REFUSED'
  const messages = error.messages.length > 0 ? error.messages : ['no reason given']
  return new Refusal(
    status,
    messages.map((message) => ({ code, message: `${asked.what}: ShipBob answered ${status} "${message}"` })),
  )
}

const configuration = (code: string, message: string, path: string) => new ConfigurationError([{ code, message, path }])

/** Where neither a header nor the text says how long. */
const usualWaitMs = 30_000

/** What a 429 asks to wait, in milliseconds: by header, else by its text (shipbob.md §3.2). */
export function waitOf(response: HttpResponse): number {
  const { headers, body } = response
  const seconds = [headers['x-retry-after'], headers['retry-after']]
    .map((value) => value?.trim() ?? '')
    .find((value) => /^\d{1,6}(\.\d+)?$/.test(value))
  const text = /again in (\d{1,6}) seconds/i.exec(body.subarray(0, 2048).toString('utf8'))?.[1]
  const found = seconds ?? text
  return found === undefined ? usualWaitMs : Math.ceil(Number(found) * 1000)
}

/** Requests that are left in the window, by either name of the header; undefined where neither came. */
export function remainingOf({ headers }: HttpResponse): number | undefined {
  const text = headers['x-remaining-calls'] ?? headers['x-ratelimit-remaining'] ?? ''
  return /^\d+$/.test(text.trim()) ? Number(text) : undefined
}
