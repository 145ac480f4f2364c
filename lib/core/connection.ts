import type { Clock } from './exchange.ts'
import type { Http } from './http.ts'

/** The credentials of one connection, read from Secrets Manager. Values never reach a log or an error message. */
export interface SecretSource {
  /** Cached for some minutes; `fresh` reads again (after a 401: the secret may have been rotated). */
  credentials(options?: { fresh?: boolean }): Promise<Record<string, string>>
}

/** An access token and, where the grant has one, the refresh token that made it. Times in epoch milliseconds. */
export interface Token {
  accessToken: string
  expiresAt: number
  refreshToken?: string
}

/**
 * One token for every worker of a connection. `renew` runs `request` in one worker at a time: the others wait and
 * get the winner's token. A new token is stored before `renew` returns it, so a rotated refresh token is never
 * used and lost.
 */
export interface TokenStore {
  current(): Promise<Token | undefined>
  /**
   * @param stale the access token the caller found missing, expired or refused; if the store already holds
   *   another one, that one is returned without a request.
   */
  renew(stale: string | undefined, request: (previous: Token | undefined) => Promise<Token>): Promise<Token>
}

/** A pause shared by all workers of a connection: one 429 slows everyone down. */
export interface RateGate {
  /** Epoch milliseconds until which nothing should be sent; 0 = free. */
  pausedUntil(): Promise<number>
  pause(until: number): Promise<void>
}

/** How many requests a connection may send, whoever of its workers sends them. */
export interface RateBudget {
  perMinute: number
  /** How many may go at once after a quiet minute; a worker that should leave room to others asks with fewer. */
  burst: number
}

/** One budget of requests for all workers of a connection. */
export interface RateLimiter {
  /** Counts a request and resolves when it may go: at once, or in its turn. */
  take(budget: RateBudget): Promise<void>
}

export interface Logger {
  info(message: string, fields?: Record<string, unknown>): void
  warn(message: string, fields?: Record<string, unknown>): void
  error(message: string, fields?: Record<string, unknown>): void
}

/** Everything a reader or writer of one connection gets from outside. */
export interface ConnectionContext<Settings> {
  connection: string
  /** Document types that some flow of this deployment takes from the connection: what is worth reading. */
  wanted: readonly string[]
  settings: Settings
  secrets: SecretSource
  tokens: TokenStore
  gate: RateGate
  limiter: RateLimiter
  http: Http
  clock: Clock
  /** 0 <= random() < 1. */
  random(): number
  log: Logger
}
