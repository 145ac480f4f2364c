/** How often something comes, kept up to date with a few numbers. Times in epoch milliseconds. */
export interface Pace {
  since: number
  last: number
  /** Gaps seen so far. */
  gaps: number
  /** Mean of the gaps, the newer ones counting more, in milliseconds. */
  mean: number
  /** The longest gap in milliseconds, forgotten by half in two weeks: it knows nights and weekends. */
  longest: number
}

const weekMs = 7 * 24 * 3_600_000
/** What one gap counts for in the mean. */
const share = 0.2

/** The pace once it came again at `now`. */
export function paced(before: Pace | undefined, now: number): Pace {
  if (!before) return { since: now, last: now, gaps: 0, mean: 0, longest: 0 }
  const gap = now - before.last
  const mean = before.gaps === 0 ? gap : before.mean + share * (gap - before.mean)
  return { ...before, last: now, gaps: before.gaps + 1, mean, longest: Math.max(gap, faded(before, now)) }
}

const faded = ({ longest, last }: Pace, now: number): number => longest * 0.5 ** ((now - last) / (2 * weekMs))

/** Fewer gaps, and less than a week with its weekend, say nothing of what is usual. */
const known = { gaps: 10, forMs: 8 * 24 * 3_600_000 }
const hourMs = 3_600_000

/** True once enough was seen to say what is usual. */
export const isKnown = ({ gaps, since, last }: Pace): boolean => gaps >= known.gaps && last - since >= known.forMs

/**
 * Epoch milliseconds from which the silence is longer than is usual: twice the longest gap and ten mean ones, an hour at
 * least. undefined where it is not known yet what is usual.
 */
export function silentFrom(pace: Pace): number | undefined {
  if (!isKnown(pace)) return undefined
  return pace.last + Math.max(hourMs, 10 * pace.mean, 2 * pace.longest)
}
