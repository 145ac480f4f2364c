import type { SpsProblemCode } from '../../core/problem-codes/sps-commerce.ts'
import type { Problem } from '../../core/problems.ts'

/** A problem of this system; the compiler knows the codes. */
export const problem = (code: SpsProblemCode, message: string, path?: string): Problem =>
  path === undefined ? { code, message } : { code, message, path }
