import { rateLimited } from './wire/errors.ts'

const windowMs = 60_000

/** Requests of each user in the last minute, by the real clock: a sandbox's minute may last a moment, or for ever. */
export function createLimit({ perMinute, now }: { perMinute: number; now(): number }) {
  const seen = new Map<string, number[]>()
  return {
    /** Counts a request; how many are left. Throws ApiError 429. */
    take: (user: string): number => {
      const time = now()
      const recent = (seen.get(user) ?? []).filter((at) => at > time - windowMs)
      if (recent.length >= perMinute) {
        seen.set(user, recent)
        throw rateLimited(Math.ceil(((recent[0] ?? time) + windowMs - time) / 1000))
      }
      recent.push(time)
      seen.set(user, recent)
      return perMinute - recent.length
    },
  }
}
