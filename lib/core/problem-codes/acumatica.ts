import type { ProblemCode } from './index.ts'

/** Codes of the Acumatica system. */
export const acumaticaCodes = {} satisfies Record<string, ProblemCode>
