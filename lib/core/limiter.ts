import type { RateBudget, RateLimiter } from './connection.ts'
import type { Clock } from './exchange.ts'

/**
 * When the next request may go, and from when on the one after it (the generic cell rate algorithm): `full` is when all
 * that was granted so far will have been earned. Times in epoch milliseconds.
 */
export function nextGrant(full: number, now: number, { perMinute, burst }: RateBudget): { at: number; full: number } {
  const each = 60_000 / perMinute
  const next = Math.max(full, now) + each
  return { at: Math.max(now, next - burst * each), full: next }
}

/** A limiter for one process: a command on somebody's machine, which shares the account with nobody of ours. */
export function localLimiter(clock: Clock, sleep: (ms: number) => Promise<unknown>): RateLimiter {
  let full = 0
  return {
    async take(budget) {
      const now = clock.now()
      const grant = nextGrant(full, now, budget)
      full = grant.full
      if (grant.at > now) await sleep(grant.at - now)
    },
  }
}
