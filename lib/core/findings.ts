import type { Expectation, Json, MapResult, Write } from './exchange.ts'
import type { fulfilmentCodes } from './problem-codes/fulfilment.ts'
import type { mappingCodes } from './problem-codes/mapping.ts'
import type { Decision, Problem } from './problems.ts'

type Code = keyof typeof mappingCodes | keyof typeof fulfilmentCodes

/** What a mapping finds out on its way: everything is collected, so that a person sees every problem at once. */
export interface Findings {
  readonly problems: Problem[]
  readonly warnings: Problem[]
  readonly decisions: Decision[]
  /**
   * Something a person must mend before the document may be written. Returns undefined: "no value".
   * @param row the table's row that would mend it, as far as the document tells it
   */
  hold(code: Code, message: string, path?: string, row?: Problem['row']): undefined
  warn(code: Code, message: string, path?: string, row?: Problem['row']): void
  /** Why an output field has its value. `rule` is the rule's id in docs and fact sheets. */
  decide(decision: Decision): void
}

export function createFindings(): Findings {
  const problems: Problem[] = []
  const warnings: Problem[] = []
  const decisions: Decision[] = []
  const toProblem = (code: Code, message: string, path?: string, row?: Problem['row']): Problem => ({
    code,
    message,
    ...(path === undefined ? {} : { path }),
    ...(row === undefined ? {} : { row }),
  })
  return {
    problems,
    warnings,
    decisions,
    hold(code, message, path, row) {
      problems.push(toProblem(code, message, path, row))
      return undefined
    },
    warn(code, message, path, row) {
      warnings.push(toProblem(code, message, path, row))
    },
    decide(decision) {
      decisions.push(decision)
    },
  }
}

export const held = ({ problems, decisions, warnings }: Findings): MapResult => ({
  outcome: 'held',
  problems,
  decisions,
  warnings,
})

/** Recorded, nothing written, nobody needs to do anything. */
export const skipped = ({ decisions, warnings }: Findings, code: Code | 'DUPLICATE', message: string): MapResult => ({
  outcome: 'skipped',
  problems: [{ code, message }],
  decisions,
  warnings,
})

export const written = (
  { decisions, warnings }: Findings,
  writes: Write[],
  kept: { snapshot?: Json; index?: string[]; expect?: Expectation[] } = {},
): MapResult => ({ outcome: 'write', writes, ...kept, decisions, warnings })

/** A record type as the JSON a write carries: absent fields fall away. */
export const toJson = <T>(value: T): { [key: string]: Json } => JSON.parse(JSON.stringify(value))
