/** What can go wrong between us and a system, on demand. */
export type Fault =
  | { kind: 'status'; status: number; headers?: Record<string, string>; body?: unknown }
  /** The connection breaks before the server did anything. */
  | { kind: 'drop-before' }
  /** The server did its work, the answer is lost. */
  | { kind: 'drop-after' }
  | { kind: 'delay'; ms: number }
  /** The server did its work, half of the answer arrives. */
  | { kind: 'truncate' }

export interface FaultRule {
  match: { method?: string; path?: RegExp }
  /** How often it strikes; for ever where absent. */
  times?: number
  fault: Fault
}

export interface Faults {
  add(rule: FaultRule): void
  /** From now on every request fails with this probability, drawn from a seed, by one of these faults. */
  random(seed: number, probability: number, kinds: Fault[]): void
  clear(): void
  /** The fault that strikes this request, if any; counts it. */
  strike(method: string, path: string): Fault | undefined
}

export function createFaults(): Faults {
  let rules: { rule: FaultRule; left: number }[] = []
  let draw: ((n: number) => Fault | undefined) | undefined
  return {
    add: (rule) => void rules.push({ rule, left: rule.times ?? Number.POSITIVE_INFINITY }),
    random: (seed, probability, kinds) => {
      let state = seed >>> 0
      const next = () => {
        // mulberry32: small, seeded, good enough to draw faults
        state = (state + 0x6d2b79f5) >>> 0
        let t = state
        t = Math.imul(t ^ (t >>> 15), t | 1)
        t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
        return ((t ^ (t >>> 14)) >>> 0) / 4294967296
      }
      draw = () => (next() < probability ? kinds[Math.floor(next() * kinds.length)] : undefined)
    },
    clear: () => {
      rules = []
      draw = undefined
    },
    strike: (method, path) => {
      for (const entry of rules) {
        const { match } = entry.rule
        if (entry.left < 1 || (match.method && match.method !== method) || (match.path && !match.path.test(path)))
          continue
        entry.left -= 1
        return entry.rule.fault
      }
      return draw?.(0)
    },
  }
}
