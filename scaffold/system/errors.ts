import { Failure, Refusal } from '../../lib/core/failures.ts'
import type { HttpResponse } from '../../lib/core/http.ts'
import type { Problem } from '../../lib/core/problems.ts'
import type { ExampleCode } from './codes.ts'

/** A problem of this system; the compiler knows the codes. */
export const problem = (code: ExampleCode, message: string, path?: string): Problem =>
  path === undefined ? { code, message } : { code, message, path }

/** Where a 429 does not say how long. */
const usualPauseMs = 10_000

/** What a 429 asks us to wait, in milliseconds. */
export function waitOf({ headers }: HttpResponse): number {
  const seconds = Number(headers['retry-after'])
  return Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : usualPauseMs
}

/**
 * The error an answer stands for.
 * @param writes true where a failed answer leaves open whether the record was written
 */
export function errorOf(response: HttpResponse, what: string, writes: boolean): Failure | Refusal {
  const { status, body } = response
  const said = `${what}: Example answered ${status}, "${body.subarray(0, 200).toString('utf8')}"`
  if (status === 401 || status === 403) return new Failure('unauthorised', 'EXAMPLE_UNAUTHORISED', said)
  if (status === 429)
    return new Failure('rate-limited', 'EXAMPLE_RATE_LIMITED', said, { retryAfterMs: waitOf(response) })
  if (status < 400 || status >= 500)
    return writes
      ? new Failure('ambiguous', 'EXAMPLE_OUTCOME_UNKNOWN', said)
      : new Failure('transient', 'EXAMPLE_UNAVAILABLE', said)
  return new Refusal(status, [problem('EXAMPLE_REFUSED', said)])
}
