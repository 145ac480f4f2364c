import type { Concern } from './exchange.ts'
import type { Problem } from './problems.ts'

/**
 * The failure classes of the pipeline. Expected results (held, rejected, stale, duplicate) are returned as
 * outcomes; the four below are thrown, because they say nothing about the document.
 */
export type FailureClass = 'transient' | 'rate-limited' | 'ambiguous' | 'unauthorised'

/** A fault while talking to a system. `code` is a key of the catalogue in problem-codes.ts. */
export class Failure extends Error {
  override readonly name: string = 'Failure'
  readonly class: FailureClass
  readonly code: string
  /** What the server asked us to wait, in milliseconds. */
  readonly retryAfterMs: number | undefined
  /** What it means beyond itself, for whoever watches: told as long as it is met. */
  readonly concern: Concern['kind'] | undefined
  constructor(
    failureClass: FailureClass,
    code: string,
    message: string,
    options: { retryAfterMs?: number; cause?: unknown; concern?: Concern['kind'] } = {},
  ) {
    super(message, { cause: options.cause })
    this.class = failureClass
    this.code = code
    this.retryAfterMs = options.retryAfterMs
    this.concern = options.concern
  }
}

/** A setting is wrong or missing: every problem at once, each with its path. Never retried. */
export class ConfigurationError extends Error {
  override readonly name = 'ConfigurationError'
  readonly problems: Problem[]
  constructor(problems: Problem[]) {
    super(problems.map((p) => `${p.path ? `${p.path}: ` : ''}${p.message}`).join('\n'))
    this.problems = problems
  }
}

/** The server understood and refused (4xx that no retry can mend). The writer turns it into a rejected outcome. */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly status: number
  readonly problems: Problem[]
  constructor(status: number, problems: Problem[]) {
    super(problems.map((p) => p.message).join('; '))
    this.status = status
    this.problems = problems
  }
}
