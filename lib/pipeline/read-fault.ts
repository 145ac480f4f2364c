import type { Concern } from '../core/exchange.ts'
import { ConfigurationError, Failure, Refusal } from '../core/failures.ts'

/** What a failed read means for the connection. */
export interface ReadFault {
  code: string
  message: string
  /** Nothing else of the connection can be read now either. */
  stops: boolean
  /** The connection itself cannot work. */
  down: boolean
  signIn?: boolean
  /** See Failure.concern. */
  concern?: Concern['kind']
}

/** Reads what a reader threw. What the source refuses to tell is a matter of one stream: a missing right, a field it does not have. */
export function readFault(error: unknown): ReadFault {
  if (error instanceof ConfigurationError)
    return { code: error.problems[0]?.code ?? 'CONFIGURATION', message: error.message, stops: true, down: true }
  if (error instanceof Failure)
    return {
      code: error.code,
      message: error.message,
      stops: error.class === 'unauthorised' || error.class === 'rate-limited',
      down: error.class === 'unauthorised',
      signIn: error.class === 'unauthorised',
      ...(error.concern ? { concern: error.concern } : {}),
    }
  const code = error instanceof Refusal ? (error.problems[0]?.code ?? 'UNEXPECTED') : 'UNEXPECTED'
  return { code, message: (error as Error).message, stops: false, down: false }
}
