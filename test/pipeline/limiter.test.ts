import fc from 'fast-check'
import type { RateBudget } from '../../lib/core/connection.ts'
import { type GrantStore, type Grants, sharedLimiter } from '../../lib/pipeline/limiter.ts'

/** Time that moves on only while everybody sleeps. */
function createTime() {
  let now = 1_789_372_800_000
  const sleepers: { at: number; wake: () => void }[] = []
  const settle = async () => {
    for (let i = 0; i < 20; i += 1) await Promise.resolve()
  }
  return {
    clock: { now: () => now },
    sleep: (ms: number) => new Promise<void>((wake) => void sleepers.push({ at: now + ms, wake })),
    /** Runs until `done`; the earliest sleeper wakes first. */
    run: async (done: () => boolean) => {
      for (await settle(); !done(); await settle()) {
        sleepers.sort((a, b) => a.at - b.at)
        const next = sleepers.shift()
        if (!next) throw new Error('nobody sleeps and nothing is done')
        now = Math.max(now, next.at)
        next.wake()
      }
    },
  }
}

/** The shared number; each access may take its time, in which others come before. */
function createStore(sleep: (ms: number) => Promise<void>, latency: () => number) {
  let stored: Grants | undefined
  const counts = { reads: 0, writes: 0 }
  const store: GrantStore = {
    read: async () => {
      counts.reads += 1
      await sleep(latency())
      return stored
    },
    move: async (full, expected) => {
      counts.writes += 1
      await sleep(latency())
      if ((stored?.revision ?? 0) !== expected) return false
      stored = { full, revision: expected + 1 }
      return true
    },
  }
  return { store, counts }
}

/** The most requests in any minute. */
function busiestMinute(sent: readonly number[]): number {
  const sorted = [...sent].sort((a, b) => a - b)
  let most = 0
  let first = 0
  for (const [i, at] of sorted.entries()) {
    while (at - (sorted[first] ?? at) >= 60_000) first += 1
    most = Math.max(most, i - first + 1)
  }
  return most
}

/** Lets workers send so many requests each, with pauses in between; some die on the way. */
async function race(
  workers: readonly { pauses: readonly number[]; diesAfter: number; burst: number }[],
  budget: RateBudget,
  seed: number,
) {
  const time = createTime()
  let state = seed
  const random = () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return state / 2_147_483_648
  }
  const { store, counts } = createStore(time.sleep, () => random() * 30)
  const sent: number[] = []
  let running = workers.length
  for (const { pauses, diesAfter, burst } of workers) {
    const limiter = sharedLimiter(store, { clock: time.clock, sleep: time.sleep, random })
    const work = async () => {
      for (const [i, pause] of pauses.entries()) {
        if (i === diesAfter) break
        await limiter.take({ ...budget, burst: Math.min(budget.burst, burst) })
        sent.push(time.clock.now())
        await time.sleep(pause)
      }
      running -= 1
    }
    void work()
  }
  const from = time.clock.now()
  await time.run(() => running === 0)
  return { sent, counts, seconds: (time.clock.now() - from) / 1000 }
}

const budget: RateBudget = { perMinute: 150, burst: 10 }

const busy = (count: number, requests: number) =>
  Array.from({ length: count }, () => ({ pauses: Array<number>(requests).fill(0), diesAfter: requests, burst: 10 }))

test('however many workers a connection has, in no minute do they send more than they may', async () => {
  const hasty = fc.nat(400).map((length) => Array<number>(length).fill(0))
  const unsteady = fc.array(fc.oneof(fc.constant(0), fc.nat(2000), fc.constantFrom(30_000, 59_000, 61_000)), {
    maxLength: 60,
  })
  const worker = fc.record({
    pauses: fc.oneof(hasty, unsteady),
    diesAfter: fc.nat(400),
    burst: fc.integer({ min: 1, max: 20 }),
  })
  await fc.assert(
    fc.asyncProperty(
      fc.array(worker, { minLength: 1, maxLength: 12, size: 'max' }),
      fc.record({ perMinute: fc.integer({ min: 30, max: 300 }), burst: fc.integer({ min: 1, max: 20 }) }),
      fc.nat(),
      async (workers, limits, seed) => {
        const { sent } = await race(workers, limits, seed)
        expect(busiestMinute(sent)).toBeLessThanOrEqual(limits.perMinute + limits.burst)
      },
    ),
    { numRuns: 30 },
  )
})

test('permits that idle workers kept are void by the time others used up the budget', async () => {
  // Four requests leave three of the third block unused; the next ones come while a busy worker uses all there is.
  const idle = Array.from({ length: 20 }, () => ({ pauses: [0, 0, 0, 90_000, 0, 0, 0], diesAfter: 9, burst: 10 }))
  const { sent } = await race([...idle, ...busy(1, 400)], budget, 1)
  expect(sent).toHaveLength(540)
  expect(busiestMinute(sent)).toBeLessThanOrEqual(budget.perMinute + budget.burst)
})

test('workers that always have something to send use nearly all of it', async () => {
  const { sent, seconds } = await race(busy(6, 100), budget, 1)
  expect(sent).toHaveLength(600)
  expect((600 - budget.burst) / (seconds / 60)).toBeGreaterThan(0.9 * budget.perMinute)
})

test('a worker that goes on writes once for four requests, and reads nothing while it is alone', async () => {
  const { counts } = await race(busy(1, 100), budget, 1)
  expect(counts.reads).toBe(0)
  expect(counts.writes).toBeLessThan(30)
})

test('one request costs one write and waits for nothing', async () => {
  const { counts, seconds } = await race(busy(1, 1), budget, 1)
  expect(counts.writes).toBe(1)
  expect(seconds).toBeLessThan(0.1)
})

test('many requests of one process at once are counted each', async () => {
  const time = createTime()
  const { store } = createStore(time.sleep, () => 5)
  const limiter = sharedLimiter(store, { clock: time.clock, sleep: time.sleep, random: () => 0.5 })
  const sent: number[] = []
  for (let i = 0; i < 300; i += 1) void limiter.take(budget).then(() => sent.push(time.clock.now()))
  await time.run(() => sent.length === 300)
  expect(busiestMinute(sent)).toBeLessThanOrEqual(budget.perMinute + budget.burst)
})
