import type { ProblemCode } from './index.ts'

/** Codes of mappings and cross-reference tables. */
export const mappingCodes = {} satisfies Record<string, ProblemCode>
