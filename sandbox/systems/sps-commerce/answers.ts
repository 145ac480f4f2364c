import type { SandboxResponse } from '../shared/serve.ts'

/** Answers in the shapes of sps-commerce.md §8. */

/** `application/problem+json` of the newer APIs. */
export const problemJson = (
  status: number,
  title: string,
  detail: string,
  context: { code: string; message: string; field: string }[] = [],
): SandboxResponse => ({
  status,
  headers: { 'content-type': 'application/problem+json' },
  body: {
    title,
    status,
    detail,
    requestId: 'sandbox-request',
    ...(context.length > 0 ? { context: context.map((c) => ({ ...c, source: 'body' })) } : {}),
  },
})

/** The Transaction API's own shape. */
export const transactionError = (status: number, error: string, errorDescription: string): SandboxResponse => ({
  status,
  body: { status: 'error', error: { error, errorDescription } },
})

export const unauthorised = (): SandboxResponse =>
  problemJson(401, 'Invalid Token', 'The token sent with this request has expired.')
