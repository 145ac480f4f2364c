import type { Logger } from '../../../lib/core/connection.ts'
import type { PollingSettings } from '../../../lib/systems/odoo/read/polling-settings.ts'
import { readWindow } from '../../../lib/systems/odoo/read/window.ts'
import type { Stream } from '../../../lib/systems/odoo/streams.ts'
import { failing, morning, orders, ordersAt, Poller, workOn } from './reading.ts'
import { type Transaction, WriteDateServer } from './write-date-server.ts'

const minute = 60_000
const versions = [18, 19] as const

/** A server with the first poll behind it. The stream counts what is read in full. */
async function polled(over: Partial<PollingSettings> = {}, stream: Stream = orders, version: 18 | 19 = 19) {
  const odoo = new WriteDateServer(version, morning)
  const full: number[][] = []
  const counted: Stream = {
    ...stream,
    readFull: (session, ids) => {
      full.push([...ids])
      return stream.readFull(session, ids)
    },
  }
  const warnings: string[] = []
  const log: Logger = { info() {}, warn: (message) => void warnings.push(message), error() {} }
  const work = { ...workOn(odoo, { overlapMinutes: 5, lagSeconds: 5, ...over }, counted), log }
  const poller = new Poller((cursor) => readWindow(work, cursor))
  await poller.poll()
  full.length = 0
  const commit = (writes: Transaction['writes'], takes = 0) => odoo.plan(0, { takes, writes })
  return { odoo, poller, full, warnings, commit }
}

const line = (order: number, value: number) => ({
  model: 'line',
  id: order * 10,
  values: { order_id: order, value },
})

describe('a row', () => {
  it('younger than the lag waits for the next poll', async () => {
    const { odoo, poller, commit } = await polled()
    odoo.advance(minute)
    commit(ordersAt(1, 1))
    odoo.advance(4_000)
    expect(await poller.poll()).toEqual([])
    odoo.advance(minute)
    expect(await poller.poll()).toHaveLength(1)
  })

  it('in the overlap is not read in full again, until its second leaves the overlap: then once', async () => {
    const { odoo, poller, full, commit } = await polled()
    commit([...ordersAt(1, 3), line(1, 1)])
    odoo.advance(minute)
    expect(await poller.poll()).toHaveLength(3)
    expect(full).toEqual([[1, 2, 3]])
    for (let polls = 0; polls < 12; polls += 1) {
      odoo.advance(minute)
      expect(await poller.poll()).toEqual([])
    }
    expect(full).toEqual([
      [1, 2, 3],
      [1, 2, 3],
    ])
  })

  it.each(versions)('rewritten in one second by a transaction that looks alike is found (%i)', async (version) => {
    const { odoo, poller, commit } = await polled({}, orders, version)
    odoo.advance(200)
    commit(ordersAt(1, 1, { value: 1 }))
    odoo.advance(500)
    // The same second, the same header, another value; it commits after the next poll.
    commit(ordersAt(1, 1, { value: 2 }), 20_000)
    odoo.advance(10_000)
    await poller.poll()
    expect(poller.last('order/1')).toEqual(['done', 1])
    for (let polls = 0; polls < 7; polls += 1) {
      odoo.advance(minute)
      await poller.poll()
    }
    expect(poller.last('order/1')).toEqual(['done', 2])
  })

  it.each(versions)(
    'stamped in the first second of the overlap is in the window, its end is not (%i)',
    async (version) => {
      const { odoo, poller, full, commit } = await polled({}, orders, version)
      // The window's end is cut to the second, less the lag: this row is stamped on it.
      odoo.advance(minute)
      commit(ordersAt(1, 1))
      odoo.advance(5_000)
      expect(await poller.poll()).toEqual([])
      odoo.advance(5 * minute)
      // Its second begins the overlap of this window, and leaves it only with the next one.
      expect(await poller.poll()).toHaveLength(1)
      expect(full).toEqual([[1]])
      odoo.advance(minute)
      expect(await poller.poll()).toEqual([])
      expect(full).toEqual([[1], [1]])
      odoo.advance(minute)
      await poller.poll()
      expect(full).toHaveLength(2)
    },
  )

  it('that is a draft, or whose order is one, is not read in full', async () => {
    const { odoo, poller, full, commit } = await polled()
    commit([...ordersAt(1, 2, { state: 'draft' }), line(1, 1), ...ordersAt(3, 1, { state: 'cancel' }), line(3, 1)])
    odoo.advance(minute)
    expect(await poller.poll()).toEqual([])
    expect(full.flat()).toEqual([])
  })

  it('that is committed later than the overlap covers is found by the daily sweep', async () => {
    const { odoo, poller, commit } = await polled({ sweepDays: 2 })
    commit(ordersAt(1, 1), 60 * minute)
    odoo.advance(40 * minute)
    await poller.poll()
    odoo.advance(60 * minute)
    expect(await poller.poll()).toEqual([])
    odoo.advance(22.5 * 60 * minute)
    expect(await poller.poll()).toHaveLength(1)
  })
})

describe('a line', () => {
  it('that changes without its order brings the order', async () => {
    const { odoo, poller, commit } = await polled()
    commit([...ordersAt(1, 1), line(1, 1)])
    odoo.advance(20 * minute)
    await poller.poll()
    commit([line(1, 2)])
    odoo.advance(minute)
    await poller.poll()
    expect(poller.last('order/1')).toEqual(['done', 0, [10, 2]])
  })

  it('that changes with its order costs no second read', async () => {
    const { odoo, poller, full, commit } = await polled()
    commit(ordersAt(1, 4).flatMap((order) => [order, line(order.id, 1)]))
    odoo.advance(minute)
    await poller.poll()
    expect(full).toEqual([[1, 2, 3, 4]])
  })
})

describe('a window', () => {
  it('that nothing happened in costs three requests', async () => {
    const { odoo, poller } = await polled()
    const before = odoo.requests
    odoo.advance(minute)
    await poller.poll()
    expect(odoo.requests - before).toBe(3)
  })

  it('begins now with the first poll, less the overlap', async () => {
    const odoo = new WriteDateServer(18, morning)
    odoo.plan(0, { takes: 0, writes: ordersAt(1, 1) })
    odoo.plan(60 * minute, { takes: 0, writes: ordersAt(2, 1) })
    odoo.advance(62 * minute)
    const poller = new Poller((cursor) => readWindow(workOn(odoo), cursor))
    expect((await poller.poll()).map(({ key }) => key)).toEqual(['order/2'])
  })

  it('stores how far it came page by page, and a crash in between loses nothing', async () => {
    const { odoo, poller, commit } = await polled({ pageSize: 3, documentsPerPage: 2 })
    commit(ordersAt(1, 10))
    odoo.advance(minute)
    await poller.page()
    await poller.crash(true)
    await poller.crash(false)
    commit(ordersAt(2, 1, { value: 9 }))
    await poller.poll()
    expect(new Set(poller.numbers).size).toBe(10)
    odoo.advance(minute)
    await poller.poll()
    expect(poller.last('order/2')).toEqual(['done', 9])
  })

  it('follows a server whose clock was set back', async () => {
    const { odoo, poller, warnings, commit } = await polled()
    odoo.advance(120 * minute)
    await poller.poll()
    odoo.now -= 90 * minute
    commit(ordersAt(1, 1))
    odoo.advance(minute)
    expect(await poller.poll()).toHaveLength(1)
    expect(warnings).toEqual(["the server's clock was set back"])
  })

  it('of an import larger than the marks fits its cursor, and ends', async () => {
    const { odoo, poller, commit } = await polled({ pageSize: 2_000, documentsPerPage: 500 })
    commit(ordersAt(1, 6_000))
    odoo.advance(minute)
    let largest = 0
    do largest = Math.max(largest, JSON.stringify(poller.cursor).length)
    while (await poller.page())
    expect(poller.documents).toHaveLength(6_000)
    expect(largest).toBeLessThan(200_000)
  })
})

describe('a record the server stumbles over', () => {
  it('stops no other, and is tried again with each window until it can be read', async () => {
    const bad = [3]
    const { odoo, poller, commit } = await polled({}, failing(bad))
    commit(ordersAt(1, 5))
    odoo.advance(minute)
    expect((await poller.poll()).map(({ key }) => key)).toEqual(['order/1', 'order/2', 'order/4', 'order/5'])
    odoo.advance(600 * minute)
    expect(await poller.poll()).toEqual([])
    bad.pop()
    odoo.advance(minute)
    expect((await poller.poll()).map(({ key }) => key)).toEqual(['order/3'])
  })

  it('with fifty others says that it is the connection', async () => {
    const { odoo, poller, commit } = await polled({}, failing(Array.from({ length: 60 }, (_, i) => i + 1)))
    commit(ordersAt(1, 60))
    odoo.advance(minute)
    await expect(poller.poll()).rejects.toMatchObject({ code: 'ODOO_FAULT' })
  })
})
