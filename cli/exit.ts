import { ConfigurationError, Failure } from '../lib/core/failures.ts'
import { problemCodes } from '../lib/core/problem-codes/index.ts'
import type { Problem } from '../lib/core/problems.ts'

/** Exit codes of every command. */
export const exitCodes = {
  ok: 0,
  /** It worked, and what it found needs a person: a held document, a run that does not balance, a wrong table. */
  found: 1,
  /** Wrong arguments, a file that cannot be read, a configuration with problems. Nothing was done. */
  wrongUse: 2,
  /** A system, AWS or a local state directory could not be reached. */
  unreachable: 3,
  /** An error in the command itself. */
  broken: 70,
} as const

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes]

export const exitCodeHelp = `
Exit codes:
  0  done
  1  done, and something needs a person: held or rejected documents, a run out of balance, problems in a table
  2  wrong use: an argument, a file or the configuration; nothing was done
  3  a system, AWS or the state directory could not be reached`

/** The person who called the command can mend this: what is wrong and what to do, no stack trace. */
export class WrongUse extends Error {
  override readonly name = 'WrongUse'
  readonly problems: Problem[]
  constructor(message: string, problems: Problem[] = []) {
    super(message)
    this.problems = problems
  }
}

/** An error as a person is told about it. */
export interface Explained {
  code: ExitCode
  message: string
  problems: Problem[]
  /** What to do, where the message does not say it. */
  remedy?: string
}

/** Names of errors that other parts throw with a message made for people. */
const forPeople: Readonly<Record<string, ExitCode>> = {
  StateInUseError: exitCodes.unreachable,
  TemplateError: exitCodes.wrongUse,
}

/** AWS says it cannot be reached, or does not let this profile in. */
const awsTrouble =
  /^(CredentialsProviderError|ExpiredToken|ExpiredTokenException|UnrecognizedClientException|InvalidClientTokenId|AccessDenied|AccessDeniedException|TimeoutError)$/
const networkTrouble = /^(ECONNREFUSED|ECONNRESET|ENOTFOUND|ETIMEDOUT|EAI_AGAIN|EHOSTUNREACH)$/

/** How an error is told and which exit code it has. An error nobody expected is `broken`. */
export function explain(error: unknown): Explained {
  if (error instanceof WrongUse) return { code: exitCodes.wrongUse, message: error.message, problems: error.problems }
  if (error instanceof ConfigurationError)
    return { code: exitCodes.wrongUse, message: 'The configuration has problems:', problems: error.problems }
  if (error instanceof Failure) {
    const remedy = problemCodes[error.code]?.remedy
    return {
      code: exitCodes.unreachable,
      message: `${error.code}: ${error.message}`,
      problems: [],
      ...(remedy ? { remedy } : {}),
    }
  }
  const fault = error as Error & { code?: unknown; errors?: unknown[] }
  const known = forPeople[fault.name]
  if (known !== undefined) return { code: known, message: fault.message, problems: [] }
  const inner = (fault.errors?.[0] ?? fault) as { code?: unknown }
  const trouble = [fault.name, inner.code].map(String)
  if (fault.name === 'AwsError' || trouble.some((name) => awsTrouble.test(name) || networkTrouble.test(name)))
    return {
      code: exitCodes.unreachable,
      message: `AWS did not do it: ${fault.message || trouble.join(' ')}`,
      problems: [],
      remedy: 'Check --profile and --region, and that the credentials are still valid.',
    }
  return { code: exitCodes.broken, message: fault.message ?? String(error), problems: [] }
}
