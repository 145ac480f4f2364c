import type { Holds } from './kernel.ts'

/** Calls that take their time: their work is done, their commit waits until it is let go. */
export interface SlowCalls {
  holds: Holds
  /** @returns lets the held calls go, and holds no more. */
  slow(match: { model?: string; method?: string; times?: number }): { held(): number; release(): void }
}

export function createSlowCalls(): SlowCalls {
  const rules = new Set<{ model?: string; method?: string; left: number; held: number; free: Promise<void> }>()
  return {
    holds: ({ model, method }) => {
      for (const rule of rules) {
        if (rule.left < 1 || (rule.model && rule.model !== model) || (rule.method && rule.method !== method)) continue
        rule.left -= 1
        rule.held += 1
        return rule.free
      }
      return undefined
    },
    slow: ({ times, ...match }) => {
      const { promise, resolve } = Promise.withResolvers<void>()
      const rule = { ...match, left: times ?? Number.POSITIVE_INFINITY, held: 0, free: promise }
      rules.add(rule)
      return {
        held: () => rule.held,
        release: () => {
          rules.delete(rule)
          resolve()
        },
      }
    },
  }
}
