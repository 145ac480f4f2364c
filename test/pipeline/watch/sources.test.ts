import type { Concern } from '../../../lib/core/exchange.ts'
import { booked, type Polled, type Polling } from '../../../lib/pipeline/watch/polling.ts'
import { pollingRecord } from '../../../lib/pipeline/watch/sources.ts'
import { day, hour, minute, watching } from './world.ts'

type World = ReturnType<typeof watching>

const polledBy = { sps: { schedule: 'rate(5 minutes)' } }

/** One poll of "sps" leaves its book behind. */
async function polled(w: World, streams: Polled['streams'], concerns?: Concern[]): Promise<void> {
  const name = pollingRecord('sps')
  const before = await w.state.record<Polling>(name)
  await w.state.keepRecord(name, booked(before, { streams, ...(concerns ? { concerns } : {}) }, w.clock.now()))
}

/** Polls every half hour for so many days; orders come on weekdays from 9 to 17. */
async function business(w: World, days: number, orders: (at: Date) => boolean): Promise<void> {
  for (let n = 0; n < days * 48; n += 1) {
    const at = new Date(w.clock.now())
    const open = at.getUTCDay() % 6 !== 0 && at.getUTCHours() >= 9 && at.getUTCHours() < 17
    await polled(w, { orders: { fresh: open && orders(at) ? 2 : 0 }, 'orders:backfill': { fresh: n < 40 ? 9 : 0 } })
    if (n % 4 === 0) await w.look()
    w.pass(30 * minute)
  }
}

test('nights, weekends and a finished backfill are no silence', async () => {
  const w = watching({ sps: { schedule: 'rate(30 minutes)' } })
  await business(w, 30, () => true)
  expect(w.told).toEqual([])
})

test('a stream that gives nothing for twice its longest pause is told of, once, until it gives something', async () => {
  const w = watching({ sps: { schedule: 'rate(30 minutes)' } })
  await business(w, 21, () => true)
  await business(w, 7, () => false)
  expect(w.told).toEqual(['begun SourceSilent sps orders'])
  await business(w, 3, () => true)
  expect(w.told).toEqual(['begun SourceSilent sps orders', 'over SourceSilent sps orders'])
})

test('a poller that misses three of its intervals is told of; one that is paused is not', async () => {
  const w = watching(polledBy)
  await polled(w, {})
  await w.look()
  w.pass(15 * minute)
  await w.look()
  expect(w.told).toEqual([])
  w.pass(minute)
  await w.look()
  expect(w.told).toEqual(['begun PollerStopped sps'])
  await w.state.setPaused('sps', { since: w.at(), by: 'dana', why: 'upgrade' })
  await w.look()
  expect(w.told.at(-1)).toBe('over PollerStopped sps')
})

test('one that has never polled since it is watched is told of as well', async () => {
  const w = watching(polledBy)
  await w.look()
  w.pass(16 * minute)
  await w.look()
  expect(w.told).toEqual(['begun PollerStopped sps'])
})

test('one with a calendar may rest over its weekend', async () => {
  const w = watching({ sps: { schedule: 'cron(0/30 9-16 ? * MON-FRI *)' } })
  for (let n = 0; n < 14 * 48; n += 1) {
    const at = new Date(w.clock.now())
    if (at.getUTCDay() % 6 !== 0 && at.getUTCHours() >= 9 && at.getUTCHours() < 17) await polled(w, {})
    await w.look()
    w.pass(30 * minute)
  }
  expect(w.told).toEqual([])
  w.pass(5 * day)
  await w.look()
  expect(w.told).toEqual(['begun PollerStopped sps'])
})

const off = {
  fault: { code: 'X', message: 'no endpoint', stops: false, down: false, concern: 'WebhookOff' as const },
}

test('a webhook that is off is told of while the check fails, not while it rests', async () => {
  const w = watching(polledBy)
  await polled(w, { subscriptions: off })
  await w.look()
  await polled(w, { orders: { fresh: 0 } })
  await w.look()
  expect(w.told).toEqual(['begun WebhookOff sps subscriptions'])
  await polled(w, { subscriptions: { fresh: 0 } })
  await w.look()
  expect(w.told.at(-1)).toBe('over WebhookOff sps subscriptions')
})

test('a key that ends soon is told of until there is a new one', async () => {
  const w = watching(polledBy)
  const ends: Concern = { kind: 'KeyExpiring', id: 'API key', message: 'ends in 9 days' }
  await polled(w, {}, [ends])
  await w.look()
  w.pass(5 * minute)
  await polled(w, {})
  await w.look()
  expect(w.told).toEqual(['begun KeyExpiring sps API key'])
  w.pass(hour)
  await polled(w, {}, [])
  await w.look()
  expect(w.told.at(-1)).toBe('over KeyExpiring sps API key')
})
