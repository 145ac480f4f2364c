import { keep } from '../../lib/pipeline/keep.ts'
import { createWorld } from './world.ts'

const minute = 60_000

/**
 * The toy pipeline as AWS runs it: a poll and the keeper every five minutes and when a connection changes, the mapper
 * and the pusher whenever something is visible and their queue is switched on. Nothing is read from the target, so
 * that only a probe can find it working.
 */
function running(random: () => number) {
  const w = createWorld({ random })
  let open = true
  let probes = 0
  let told = 0
  const keeper = () =>
    keep(
      { erp: { eventSourceMapping: 'uuid', pusher: 'pusher' } },
      {
        state: w.state,
        valve: {
          isOpen: async () => open,
          set: async (_id, wanted) => {
            open = wanted
          },
        },
        probe: async () => {
          probes += 1
          await w.runProbe()
        },
        clock: w.clock,
        log: { info() {}, warn() {}, error() {} },
      },
    )
  const work = async () => {
    for (let moved = true; moved; ) {
      moved = await w.runMap()
      if (open) moved = (await w.runPush()) || moved
      const connections = w.events.filter((e) => e.startsWith('Connection')).length
      if (connections > told) await keeper()
      told = connections
    }
  }
  const run = async (minutes: number) => {
    for (let n = 0; n < minutes; n += 1) {
      if (n % 5 === 0) {
        await w.runPoll()
        await keeper()
      }
      await work()
      w.pass(minute)
    }
  }
  const states = async () => {
    const ends = []
    for await (const { progress } of w.newLedger().all()) ends.push(progress?.state)
    return ends
  }
  const tell = (kind: string) => w.events.filter((e) => e === `${kind} erp`).length
  return { ...w, run, states, tell, isOpen: () => open, probes: () => probes }
}

const orders = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, i) => ({ number: `PO${from + i}`, revision: 1 }))

describe.each([0, 0.5, 0.999])('a target that nobody reaches, with chance at %d', (chance) => {
  test.each([
    { what: 'ten minutes', minutes: 10, resumed: 10 },
    { what: 'two hours', minutes: 120, resumed: 35 },
    { what: 'a day', minutes: 24 * 60, resumed: 35 },
  ])('for $what: paused, probed, resumed; every document waits and arrives once', async ({ minutes, resumed }) => {
    const r = running(() => chance)
    let down = true
    r.world.outage = () => down
    r.source.push(...orders(1, 4))
    await r.run(5)
    expect(r.isOpen()).toBe(false)
    r.source.push(...orders(5, 30))
    await r.run(minutes - 5)
    expect(r.documents.dead).toEqual([])
    expect(r.pushes.dead).toEqual([])
    down = false
    await r.run(resumed)
    expect(await r.states()).toEqual(Array(30).fill('delivered'))
    expect(new Set(r.target.writes).size).toBe(60)
    expect(r.target.writes).toHaveLength(60)
    expect([r.tell('ConnectionDown'), r.tell('ConnectionUp')]).toEqual([1, 1])
    expect(r.probes()).toBeLessThan(12 + minutes / 25)
  })
})

test('a target that comes and goes all morning loses nothing', async () => {
  const r = running(() => 0.5)
  r.source.push(...orders(1, 20))
  for (let n = 0; n < 20; n += 1) {
    r.world.outage = () => n % 4 !== 3
    r.source.push(...orders(21 + n, 21 + n))
    await r.run(7)
  }
  r.world.outage = () => false
  await r.run(70)
  expect(new Set(await r.states())).toEqual(new Set(['delivered']))
  expect(r.target.writes).toHaveLength(80)
})

test('a target that answers and writes nothing for two hours keeps its documents waiting, tried ever more seldom', async () => {
  const r = running(() => 0.5)
  r.world.fault = () => 'down'
  r.source.push(...orders(1, 6))
  await r.run(120)
  expect(r.pushes.dead).toEqual([])
  expect(r.tell('ConnectionDown')).toBeLessThan(8)
  r.world.fault = () => 'none'
  await r.run(90)
  expect(await r.states()).toEqual(Array(6).fill('delivered'))
})

test('documents that can never be written are given up in the end, and let the others pass', async () => {
  const r = running(() => 0.5)
  r.world.fault = (write) => (/^PO[123]\//.test(write) ? 'down' : 'none')
  r.source.push(...orders(1, 8))
  await r.run(90)
  expect((await r.states()).filter((state) => state === 'delivered')).toHaveLength(5)
  await r.run(40 * 60)
  expect((await r.states()).filter((state) => state === 'held')).toHaveLength(3)
  expect(r.pushes.dead).toHaveLength(3)
})
