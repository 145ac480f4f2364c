import type { Store } from './store.ts'

/** The sandbox's own time: a morning passes in seconds, and a test decides what "later" is. */
export interface SandboxClock {
  now(): number
  advance(ms: number): void
}

/**
 * @param store keeps the time over a restart
 * @param start epoch milliseconds of a new store; real time where absent
 */
export function createSandboxClock(store?: Store, start: number = Date.now()): SandboxClock {
  let time = store?.get<number>('clock', 'now') ?? start
  return {
    now: () => time,
    advance: (ms) => {
      time += ms
      store?.put('clock', 'now', time)
    },
  }
}
