import type { ProblemCode } from '../../lib/core/problem-codes/index.ts'

/** Codes of the Example system. */
export const exampleCodes = {
  EXAMPLE_CREDENTIALS: {
    class: 'configuration',
    remedy: 'Complete the secret of the connection with the fields named (creds set).',
  },
  EXAMPLE_UNAUTHORISED: {
    class: 'unauthorised',
    remedy: 'Make a new API key at Example and store it (creds set); the connection goes on at its next poll.',
  },
  EXAMPLE_RATE_LIMITED: { class: 'rate-limited', remedy: 'Nothing: the connection waits as long as Example said.' },
  EXAMPLE_UNAVAILABLE: { class: 'transient', remedy: 'Nothing at first: it is retried. If it stays, ask Example.' },
  EXAMPLE_OUTCOME_UNKNOWN: {
    class: 'ambiguous',
    remedy: 'Nothing: the next attempt first looks whether the write arrived.',
  },
  EXAMPLE_REFUSED: { class: 'rejected', remedy: 'Correct what Example names in the record, then redrive.' },
  EXAMPLE_RECORD_INVALID: {
    class: 'held',
    remedy: 'Look at the record at Example, and at the field named; it is read again when it changes.',
  },
  EXAMPLE_OPERATION_UNKNOWN: {
    class: 'rejected',
    remedy: 'Report it: a mapping asks for something that the writer does not know.',
  },
} satisfies Record<string, ProblemCode>

export type ExampleCode = keyof typeof exampleCodes
