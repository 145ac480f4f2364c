import type { ProblemCode } from './index.ts'

/** Codes of the SPS Commerce system. */
export const spsCommerceCodes = {} satisfies Record<string, ProblemCode>
