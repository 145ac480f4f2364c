import type { RateBudget, RateLimiter } from '../core/connection.ts'
import type { Clock } from '../core/exchange.ts'
import { nextGrant } from '../core/limiter.ts'

/** When everything granted to a connection so far will have been earned (epoch milliseconds), and how often that moved. */
export interface Grants {
  full: number
  revision: number
}

/** The one number that all workers of a connection share. */
export interface GrantStore {
  read(): Promise<Grants | undefined>
  /** False where another worker took permits since `expected`; 0 = nobody ever did. */
  move(full: number, expected: number): Promise<boolean>
}

export interface LimiterParts {
  clock: Clock
  sleep(ms: number): Promise<unknown>
  /** 0 <= random() < 1. */
  random(): number
}

/** Permits taken at once by a worker that goes on and on: a write for so many requests. */
const largestBlock = 4
/** A permit that is not used so soon is void: kept ones would come on top of what others were granted since. */
const validMs = 1000

/**
 * One budget for all workers of a connection: in any minute they send no more than `perMinute` and `burst` together. A
 * worker that dies wastes the few permits it has; nothing is to be given back.
 *
 * A permit may be used a little after its time, so slightly less than the budget is granted (1000 ms in 61 s).
 */
export function sharedLimiter(store: GrantStore, parts: LimiterParts): RateLimiter {
  const lanes = new Map<string, RateLimiter>()
  return {
    take(budget) {
      const key = `${budget.perMinute}/${budget.burst}`
      const lane = lanes.get(key) ?? laneOf(store, budget, parts)
      lanes.set(key, lane)
      return lane.take(budget)
    },
  }
}

function laneOf(store: GrantStore, budget: RateBudget, { clock, sleep, random }: LimiterParts): RateLimiter {
  const granted = { ...budget, perMinute: (budget.perMinute * 60_000) / (60_000 + validMs) }
  /** Times from which our permits may be used, in order. */
  let permits: number[] = []
  let block = 1
  let known: Grants | undefined
  let taking: Promise<void> | undefined

  /** Takes a block: one write where nobody else took since ours. */
  const takeBlock = async (): Promise<void> => {
    for (let tries = 0; ; tries += 1) {
      if (tries > 0) {
        await sleep(random() * 20 * tries)
        known = await store.read()
      }
      let full = known?.full ?? 0
      const times = Array.from({ length: block }, () => {
        const grant = nextGrant(full, clock.now(), granted)
        full = grant.full
        return grant.at
      })
      const expected = known?.revision ?? 0
      if (!(await store.move(full, expected))) continue
      known = { full, revision: expected + 1 }
      permits.push(...times)
      block = Math.min(2 * block, largestBlock)
      return
    }
  }
  const isVoid = (time: number): boolean => time + validMs < clock.now()

  return {
    async take() {
      for (;;) {
        if (permits.some(isVoid)) {
          permits = permits.filter((time) => !isVoid(time))
          block = 1
        }
        const time = permits.shift()
        if (time === undefined) {
          taking ??= takeBlock().finally(() => {
            taking = undefined
          })
          await taking
          continue
        }
        if (time > clock.now()) await sleep(time - clock.now())
        if (!isVoid(time)) return
      }
    },
  }
}
