/**
 * The token bucket of a stage: `burst` requests at once, and `rate` a second after that.
 * @returns whether a request at `at` (epoch milliseconds) may pass
 */
export function createThrottle(limits: { rate: number; burst: number } | undefined): (at: number) => boolean {
  let tokens = limits?.burst ?? 0
  let last = 0
  return (at) => {
    if (!limits) return true
    tokens = Math.min(limits.burst, tokens + (Math.max(0, at - last) / 1000) * limits.rate)
    last = at
    if (tokens < 1) return false
    tokens -= 1
    return true
  }
}
