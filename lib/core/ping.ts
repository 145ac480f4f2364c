import type { Clock, Concern } from './exchange.ts'
import { ConfigurationError, Failure, Refusal } from './failures.ts'
import { problemCodes } from './problem-codes/index.ts'
import type { Row } from './tables.ts'

/** The answer to one question about a connection, for people. */
export interface PingLine {
  /** What was looked at: "sign-in", "clock", "rights: sale.order". */
  check: string
  /** fail: documents will not pass. warn: they do now, or some will not. */
  level: 'pass' | 'warn' | 'fail'
  message: string
  remedy?: string
}

/** What a deployment uses a connection for, in canonical document types. */
export interface PingWanted {
  /** Documents read here. */
  reads: readonly string[]
  /** Documents of other systems that become records here. */
  writes: readonly string[]
  /** False where a token that is issued now is lost afterwards: a refresh token for one use is then not spent. */
  keepsTokens: boolean
  /** What the systems' clocks should show; a sample's systems have a time of their own. Ours where absent. */
  time?: Clock | undefined
  /** Rows of a cross-reference table of the integrations that use the connection; absent before anything is deployed. */
  rowsOf?: ((table: string) => Promise<readonly Row[]>) | undefined
}

export const pass = (check: string, message: string): PingLine => ({ check, level: 'pass', message })
export const warn = (check: string, message: string, remedy?: string): PingLine => ({
  check,
  level: 'warn',
  message,
  ...(remedy ? { remedy } : {}),
})
export const fail = (check: string, message: string, remedy?: string): PingLine => ({
  ...warn(check, message, remedy),
  level: 'fail',
})

/** An error of a check as lines, each with what to do. One that is not about the connection is thrown again. */
export function linesOf(check: string, error: unknown): PingLine[] {
  if (error instanceof ConfigurationError || error instanceof Refusal)
    return error.problems.map(({ code, message, path }) =>
      fail(check, path ? `${path}: ${message}` : message, problemCodes[code]?.remedy),
    )
  if (error instanceof Failure) return [fail(check, error.message, problemCodes[error.code]?.remedy)]
  throw error
}

/** Runs a check; an error that is about the connection becomes its lines. */
export async function checked(check: string, work: () => Promise<PingLine | readonly PingLine[]>): Promise<PingLine[]> {
  try {
    const lines = await work()
    return 'check' in lines ? [lines] : [...lines]
  } catch (error) {
    return linesOf(check, error)
  }
}

/** Further apart than this, expiries and times in messages are off. */
const clockMs = 60_000

/**
 * Compares a server's clock with ours.
 * @param server,local epoch milliseconds; `local` is when the answer came
 * @param matters what goes wrong while they differ
 */
export function clockLine(server: number, local: number, matters: string): PingLine {
  const apart = Math.round(Math.abs(server - local) / 1000)
  if (Math.abs(server - local) <= clockMs) return pass('clock', `${apart} s apart from ours`)
  const side = server > local ? 'ahead of' : 'behind'
  return warn(
    'clock',
    `${apart} s ${side} ours: ${matters}`,
    'Let the server, and this machine, take their time from a time service (NTP).',
  )
}

/** The checks that did not pass, as what should be told before it fails. */
export const concernsOf = (lines: readonly PingLine[], kind: Concern['kind'] = 'KeyExpiring'): Concern[] =>
  lines
    .filter(({ level }) => level !== 'pass')
    .map(({ check, message, remedy }) => ({
      kind,
      id: check,
      message: `${check}: ${message}${remedy ? ` ${remedy}` : ''}`,
    }))
