import type { SandboxResponse } from '../../shared/serve.ts'

/** An answer that ends the request. Each area of the API has its own shape (shipbob.md §3.4). */
export class ApiError extends Error {
  readonly response: SandboxResponse
  constructor(status: number, body: object | string | null, headers: Record<string, string> = {}) {
    super(`${status}`)
    this.response = { status, body, headers }
  }
}

const problemJson = { 'content-type': 'application/problem+json' }

export const problem = (status: number, title: string, detail: string, more: object = {}) =>
  new ApiError(
    status,
    {
      type: `https://tools.ietf.org/html/rfc9110#status.${status}`,
      title,
      status,
      detail,
      instance: null,
      traceId: '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00',
      ...more,
    },
    problemJson,
  )

export const notFound = (detail: string) => problem(404, 'Not Found', detail)
export const noRoute = () => new ApiError(404, '')
/** No valid token: nothing is said at all. */
export const unauthorised = () => new ApiError(401, '')
export const forbidden = (scope: string) => problem(403, 'Forbidden', `The token lacks the scope ${scope}.`)
/** The proxy in front blocks callers that do not say who they are. */
export const blocked = () =>
  new ApiError(403, '<!DOCTYPE html><title>Attention Required!</title>', { 'content-type': 'text/html; charset=UTF-8' })
export const badRequest = () => new ApiError(400, '"Bad Request"', { 'content-type': 'application/json' })

export type FieldErrors = Record<string, string[]>

/** Field → messages. */
export const fieldErrors = (status: number, errors: FieldErrors) => new ApiError(status, errors)

/** Problem details with the errors by field. */
export const validation = (status: number, errors: FieldErrors) =>
  new ApiError(
    status,
    { type: 'https://tools.ietf.org/html/rfc9110', title: 'One or more validation errors occurred.', status, errors },
    problemJson,
  )

/** Returns. */
export const returnErrors = (errors: string[]) =>
  new ApiError(422, { message: 'Validation failed', errors, details: null, stackTrace: null })

/** Orders. */
export const orderErrors = (errors: string[]) => new ApiError(422, { errors })

/** Webhooks: the wrapper of an ASP.NET result. */
export const wrapped = (value: FieldErrors) =>
  new ApiError(422, {
    $type: 'UnprocessableEntityObjectResult',
    content_types: [],
    declared_type: null,
    formatters: [],
    status_code: 422,
    value,
  })

export const tooManyItems = () =>
  new ApiError(422, {
    title: 'Unprocessable Entity',
    status: 422,
    detail: 'Too many unique SKUs',
    reason_code: 'WRO_UNIQUE_SKU_LIMIT_EXCEEDED',
  })

export const rateLimited = (seconds: number) =>
  new ApiError(
    429,
    { statusCode: 429, message: `Rate limit is exceeded. Try again in ${seconds} seconds.` },
    { 'x-retry-after': String(seconds), 'x-remaining-calls': '0' },
  )
