import {
  addRequest,
  type BackfillRequest,
  readBackfill,
  stopRequests,
  writeBackfill,
} from '../../../lib/core/backfill.ts'
import type { Json } from '../../../lib/core/exchange.ts'
import { isIdle, readBackfillPage } from '../../../lib/systems/odoo/read/backfill.ts'
import { failing, morning, ordersAt, Poller, workOn } from './reading.ts'
import { WriteDateServer } from './write-date-server.ts'

const requestedAt = '2026-10-05T11:20:00Z'
const september: BackfillRequest = { from: '2026-09-01T00:00:00Z', to: '2026-10-01T00:00:00Z', by: 'date', requestedAt }
const asking = (...requests: BackfillRequest[]): Json =>
  writeBackfill(requests.reduce(addRequest, readBackfill(undefined)))

/** Twelve orders of September, and as many of August and October. */
function server() {
  const odoo = new WriteDateServer(19, morning)
  const writes = [
    ...ordersAt(1, 12, { date: '2026-08-31' }),
    ...ordersAt(13, 6, { date: '2026-09-01' }),
    ...ordersAt(19, 6, { date: '2026-09-30' }),
    ...ordersAt(25, 12, { date: '2026-10-01' }),
  ]
  odoo.plan(0, { takes: 0, writes })
  odoo.advance(60_000)
  return odoo
}

const poller = (odoo: WriteDateServer, over = {}) => {
  const work = workOn(odoo, { pageSize: 10, documentsPerPage: 4, backfillDocumentsPerPoll: 6, ...over })
  return new Poller((cursor) => readBackfillPage(work, cursor))
}
const numbers = (from: number, count: number) => ordersAt(from, count).map(({ values }) => values.name)

describe('a backfill', () => {
  it('nobody asked for is idle, and so is one that ended', async () => {
    expect(isIdle(undefined, undefined)).toBe(true)
    expect(isIdle(asking(september), undefined)).toBe(false)
    const one = poller(server())
    one.cursor = asking(september)
    while (!isIdle(one.cursor, undefined)) await one.poll()
    expect(one.numbers).toEqual(numbers(13, 12))
    expect(readBackfill(one.cursor).finished).toMatchObject({
      ...september,
      progress: { total: 12, done: 12, lastId: 24, unreadable: 0 },
    })
  })

  it('gives each poll so many documents and no more', async () => {
    const one = poller(server())
    one.cursor = asking(september)
    expect(await one.poll()).toHaveLength(6)
    expect(readBackfill(one.cursor).requests[0]?.progress).toMatchObject({ total: 12, done: 6 })
    expect(await one.poll()).toHaveLength(6)
    expect(await one.poll()).toHaveLength(0)
    expect(isIdle(one.cursor, undefined)).toBe(true)
  })

  it('that is interrupted anywhere goes on where it was', async () => {
    const one = poller(server(), { documentsPerPage: 2 })
    one.cursor = asking(september)
    for (let page = 0; !isIdle(one.cursor, undefined); page += 1) {
      await one.crash(page % 2 === 0)
      await one.page()
    }
    expect(one.numbers).toEqual(numbers(13, 12))
  })

  it('of single records reads those', async () => {
    const one = poller(server())
    one.cursor = asking({ by: 'date', ids: [30, 2, 7, 999], requestedAt })
    await one.poll()
    await one.poll()
    expect(one.numbers).toEqual(['PO00002', 'PO00007', 'PO00030'])
    expect(readBackfill(one.cursor).finished?.progress).toMatchObject({ total: 3, done: 3 })
  })

  it('does one request after the other, and the same one once', async () => {
    const one = poller(server())
    one.cursor = asking(september, { by: 'date', ids: [1], requestedAt }, september)
    for (let polls = 0; polls < 5; polls += 1) await one.poll()
    expect(one.numbers).toEqual([...numbers(13, 12), 'PO00001'])
  })

  it('that is stopped asks for nothing more', async () => {
    const one = poller(server())
    one.cursor = asking(september)
    await one.page()
    one.cursor = writeBackfill(stopRequests(readBackfill(one.cursor)))
    expect(isIdle(one.cursor, undefined)).toBe(true)
    expect(await one.poll()).toEqual([])
  })

  it('includes the day its end lies in, where dates are whole days', async () => {
    const one = poller(server(), { backfillDocumentsPerPoll: 100 })
    one.cursor = asking({ ...september, to: '2026-10-01T08:00:00Z' })
    await one.poll()
    expect(one.numbers).toEqual(numbers(13, 24))
  })

  it('is asked for by the settings once: what changed since a date, before every other request', async () => {
    const odoo = server()
    const initialDate = '2026-10-05T11:00:00Z'
    const one = poller(odoo, { initialDate, backfillDocumentsPerPoll: 100 })
    expect(isIdle(undefined, initialDate)).toBe(false)
    one.cursor = asking({ by: 'date', ids: [1], requestedAt })
    await one.page()
    // What changes from now on is a matter of the live stream.
    odoo.plan(0, { takes: 0, writes: ordersAt(100, 5) })
    odoo.advance(60_000)
    while (!isIdle(one.cursor, initialDate)) await one.poll()
    expect(one.numbers).toEqual(numbers(1, 36))
    expect(await one.poll()).toEqual([])
  })

  it('passes over a record that cannot be read, and says so', async () => {
    const odoo = server()
    const work = workOn(odoo, { backfillDocumentsPerPoll: 100 }, failing([14, 20]))
    const one = new Poller((cursor) => readBackfillPage(work, cursor))
    one.cursor = asking(september)
    while (!isIdle(one.cursor, undefined)) await one.poll()
    expect(one.numbers).toEqual(numbers(13, 12).filter((n) => n !== 'PO00014' && n !== 'PO00020'))
    expect(readBackfill(one.cursor).finished?.progress).toMatchObject({ done: 12, unreadable: 2 })
  })
})
