import { acceptIn, refusedIn } from '../../../lib/core/deletions.ts'
import { isSweepDue, sweepDeletions } from '../../../lib/systems/odoo/read/deletions.ts'
import { morning, ordersAt, Poller, settingsFor, workOn } from './reading.ts'
import { WriteDateServer } from './write-date-server.ts'

const hour = 3_600_000
const day = 24 * hour

function watched(count: number, over = {}) {
  const odoo = new WriteDateServer(18, morning)
  odoo.plan(0, { takes: 0, writes: ordersAt(1, count) })
  odoo.advance(60_000)
  const work = workOn(odoo, { pageSize: 1000, documentsPerPage: 20, ...over })
  const poller = new Poller((cursor) => sweepDeletions(work, cursor))
  const remove = (ids: number[]) => {
    odoo.plan(0, { takes: 0, writes: [], deletes: ids.map((id) => ({ model: 'order', id })) })
    odoo.advance(6 * hour)
  }
  return { odoo, poller, remove }
}
const run = (from: number, count: number) => Array.from({ length: count }, (_, i) => from + i)
const accept = (poller: Poller, upTo: number) => {
  poller.cursor = acceptIn(poller.cursor ?? null, { upTo, until: '2026-10-20T00:00:00Z' })
}

describe('a record that is deleted', () => {
  it('becomes a deleted document with the number it had, once', async () => {
    const { poller, remove } = watched(100)
    expect(await poller.poll()).toEqual([])
    remove([7, 42])
    const documents = await poller.poll()
    expect(documents.map(({ key, number, raw }) => [key, number, raw])).toEqual([
      ['order/7', 'PO00007', { order: [{ id: 7, name: 'PO00007', state: 'deleted' }], line: [] }],
      ['order/42', 'PO00042', { order: [{ id: 42, name: 'PO00042', state: 'deleted' }], line: [] }],
    ])
    expect(await poller.poll()).toEqual([])
  })

  it('is told by several pages where there are many', async () => {
    const { poller, remove } = watched(500, { documentsPerPage: 4 })
    await poller.poll()
    remove(run(101, 10))
    await poller.page()
    await poller.crash(true)
    await poller.poll()
    expect(poller.numbers).toEqual(ordersAt(101, 10).map(({ values }) => values.name))
  })

  it('is told only where it was a document', async () => {
    const { odoo, poller, remove } = watched(100)
    odoo.plan(0, { takes: 0, writes: ordersAt(7, 1, { state: 'cancel' }) })
    odoo.advance(1000)
    await poller.poll()
    remove([7, 8])
    expect((await poller.poll()).map(({ key }) => key)).toEqual(['order/8'])
  })

  it('is not what leaves the stream, gets too old, or is made later', async () => {
    const { odoo, poller } = watched(50, { deletionHorizonDays: 10 })
    await poller.poll()
    odoo.plan(0, { takes: 0, writes: ordersAt(1, 20, { state: 'draft' }) })
    odoo.plan(0, { takes: 0, writes: ordersAt(51, 20) })
    odoo.advance(day)
    expect(await poller.poll()).toEqual([])
    odoo.advance(11 * day)
    expect(await poller.poll()).toEqual([])
  })
})

describe('too many at once', () => {
  it.each([
    ['more than the count', 2_000, 51],
    ['more than the share', 30, 4],
    ['everything there was', 2, 2],
  ])('(%s) are not passed on: the stream fails, naming what to do', async (_, count, gone) => {
    const { poller, remove } = watched(count)
    await poller.poll()
    remove(run(1, gone))
    await expect(poller.poll()).rejects.toMatchObject({
      class: 'transient',
      code: 'ODOO_TOO_MANY_DELETED',
      message: expect.stringMatching(new RegExp(`^${gone} of ${count} records .*--accept-deletions`)),
    })
    expect(poller.documents).toEqual([])
    expect(refusedIn(poller.cursor)).toMatchObject({ count: gone, of: count })
  })

  it('are passed on when a person says so, in pages, and the next time is asked about again', async () => {
    const { poller, remove } = watched(2_000)
    await poller.poll()
    remove(run(1, 300))
    await expect(poller.poll()).rejects.toMatchObject({ code: 'ODOO_TOO_MANY_DELETED' })
    accept(poller, 300)
    expect(isSweepDue(poller.cursor, morning, settingsFor())).toBe(true)
    expect(await poller.poll()).toHaveLength(300)
    expect(refusedIn(poller.cursor)).toBeUndefined()
    remove(run(301, 300))
    await expect(poller.poll()).rejects.toMatchObject({ code: 'ODOO_TOO_MANY_DELETED' })
    expect(poller.documents).toHaveLength(300)
  })

  it('are not passed on where still more vanished since a person said so', async () => {
    const { poller, remove } = watched(2_000)
    await poller.poll()
    remove(run(1, 300))
    await expect(poller.poll()).rejects.toMatchObject({ code: 'ODOO_TOO_MANY_DELETED' })
    accept(poller, 300)
    remove(run(301, 500))
    await expect(poller.poll()).rejects.toMatchObject({ code: 'ODOO_TOO_MANY_DELETED' })
    expect(poller.documents).toEqual([])
  })

  it('that are back were never gone', async () => {
    const { odoo, poller } = watched(1_000)
    await poller.poll()
    const { searchRead } = odoo
    // A right that was taken away: the same answer as if nothing were there.
    odoo.searchRead = async () => []
    odoo.advance(6 * hour)
    await expect(poller.poll()).rejects.toMatchObject({ code: 'ODOO_TOO_MANY_DELETED' })
    odoo.searchRead = searchRead
    expect(isSweepDue(poller.cursor, odoo.now, settingsFor())).toBe(false)
    odoo.advance(hour)
    expect(isSweepDue(poller.cursor, odoo.now, settingsFor())).toBe(true)
    expect(await poller.poll()).toEqual([])
    expect(refusedIn(poller.cursor)).toBeUndefined()
  })
})

describe('a sweep', () => {
  it('is due at first, and then every so many hours', () => {
    const settings = settingsFor({ deletionSweepHours: 6 })
    expect(isSweepDue(undefined, morning, settings)).toBe(true)
    const swept = { sweptAt: new Date(morning).toISOString() }
    expect(isSweepDue(swept, morning + 6 * hour - 1, settings)).toBe(false)
    expect(isSweepDue(swept, morning + 6 * hour, settings)).toBe(true)
  })

  it('keeps fifty thousand records in a cursor that fits an item', async () => {
    const { poller } = watched(50_000, { pageSize: 50_000 })
    await poller.poll()
    expect(JSON.stringify(poller.cursor).length).toBeLessThan(300_000)
  })
})
