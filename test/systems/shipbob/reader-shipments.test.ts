import { type Account, at, minute, namesOf, openAccount, orderOf, poll, poller, readerOf } from './account.ts'
import { closeAll } from './server.ts'

let shipbob: Account
beforeEach(async () => {
  shipbob = await openAccount()
})
afterEach(closeAll)

const ordersAsked = () => shipbob.seen.filter(({ url }) => url.includes('/order?')).map(({ url }) => url)

describe('polling shipments', () => {
  test('begins with the first poll, and finds by tracking and by their own change what happened since', async () => {
    const polls = poller(readerOf(shipbob))
    shipbob.orders = [orderOf(1, 'Completed', shipbob.now - 60 * minute)]
    expect(await poll(polls, 'shipments')).toEqual([])
    shipbob.now += 15 * minute
    shipbob.orders.push(orderOf(2, 'LabeledCreated', shipbob.now), orderOf(3, 'OnHold', shipbob.now))
    expect(namesOf(await poll(polls, 'shipments'))).toEqual(['20', '30'])
    expect(ordersAsked()).toHaveLength(4)
  })

  test('begins where the settings say', async () => {
    shipbob.orders = [
      orderOf(1, 'Completed', shipbob.now - 60 * minute),
      orderOf(2, 'Completed', shipbob.now - 3000 * minute),
    ]
    const polls = poller(readerOf(shipbob, { initialDate: at(shipbob.now - 120 * minute) }))
    expect(namesOf(await poll(polls, 'shipments'))).toEqual(['10'])
  })

  test('asks at its interval and not with every poll of the connection', async () => {
    const polls = poller(readerOf(shipbob))
    await poll(polls, 'shipments')
    const before = ordersAsked().length
    for (const minutes of [5, 5]) {
      shipbob.now += minutes * minute
      await poll(polls, 'shipments')
    }
    expect(ordersAsked()).toHaveLength(before)
    shipbob.now += 5 * minute
    await poll(polls, 'shipments')
    expect(ordersAsked()).toHaveLength(before + 2)
  })

  test('a change that shows ten minutes late is found', async () => {
    const polls = poller(readerOf(shipbob))
    await poll(polls, 'shipments')
    const changed = shipbob.now
    shipbob.now += 15 * minute
    shipbob.orders = [orderOf(1, 'Completed', shipbob.now)]
    await poll(polls, 'shipments')
    shipbob.orders.push(orderOf(2, 'Completed', changed + 6 * minute))
    shipbob.now += 15 * minute
    expect(namesOf(await poll(polls, 'shipments'))).toEqual(['20'])
  })

  test('orders of other channels are passed over and counted, others and those without one are taken', async () => {
    const told: unknown[] = []
    const log = { info: (_: string, fields?: object) => void told.push(fields), warn() {}, error() {} }
    const polls = poller(readerOf(shipbob, { channels: [318204] }, { log }))
    await poll(polls, 'shipments')
    shipbob.now += 15 * minute
    shipbob.orders = [
      orderOf(1, 'Completed', shipbob.now, { channel: { id: 999 } }),
      orderOf(2, 'Completed', shipbob.now),
      orderOf(3, 'Completed', shipbob.now, { channel: null }),
    ]
    expect(namesOf(await poll(polls, 'shipments'))).toEqual(['20', '30'])
    expect(told).toEqual([{ count: 1 }])
  })

  test('a shipment that nobody has touched is no document; a withdrawn label is', async () => {
    const polls = poller(readerOf(shipbob))
    await poll(polls, 'shipments')
    shipbob.now += 15 * minute
    const withdrawn = { shipment: { last_tracking_update_at: at(shipbob.now) } }
    shipbob.orders = [orderOf(1, 'Processing', shipbob.now), orderOf(2, 'Processing', shipbob.now, withdrawn)]
    expect(namesOf(await poll(polls, 'shipments'))).toEqual(['20'])
  })

  test('what an earlier poll took is not given again', async () => {
    const polls = poller(readerOf(shipbob))
    await poll(polls, 'shipments')
    shipbob.now += 15 * minute
    shipbob.orders = [orderOf(1, 'Completed', shipbob.now)]
    await poll(polls, 'shipments')
    shipbob.now += 15 * minute
    const page = await polls.reader.readPage('shipments', polls.cursors.get('shipments'))
    expect(page.documents).toEqual([])
  })

  test('one whose list is read over several polls goes on at its page; a refused page begins the list again', async () => {
    shipbob.pageSize = 2
    shipbob.orders = [1, 2, 3, 4, 5].map((id) => orderOf(id, 'Completed', shipbob.now))
    const reader = readerOf(shipbob, { initialDate: at(shipbob.now - minute) })
    const first = await reader.readPage('shipments', undefined)
    expect(namesOf(first.documents)).toEqual(['10', '20'])
    const second = await reader.readPage('shipments', first.cursor)
    expect(namesOf(second.documents)).toEqual(['30', '40'])
    shipbob.instead = ({ url }) => (url.includes('Page=3') ? { status: 400, body: { message: 'no page' } } : undefined)
    const again = await reader.readPage('shipments', second.cursor)
    expect(again).toMatchObject({ documents: [], more: true })
    shipbob.instead = () => undefined
    const polls = { ...poller(reader), cursors: new Map([['shipments', again.cursor]]) }
    expect(namesOf(await poll(polls, 'shipments'))).toContain('50')
  })

  test('pages that turn in a circle end with a fault where the list has more, and the round is not over', async () => {
    shipbob.pageSize = 2
    shipbob.orders = [1, 2, 3].map((id) => orderOf(id, 'Completed', shipbob.now))
    shipbob.instead = ({ url }) =>
      url.includes('/order?')
        ? {
            headers: {
              'page-number': new URL(url, shipbob.url).searchParams.get('Page') ?? '',
              'total-pages': '2',
              'total-count': '3',
            },
            body: shipbob.orders.slice(0, 2),
          }
        : undefined
    const polls = poller(readerOf(shipbob, { initialDate: at(shipbob.now - minute) }))
    await expect(poll(polls, 'shipments')).rejects.toMatchObject({ code: 'SHIPBOB_PAGING_BROKEN' })
    shipbob.instead = () => undefined
    shipbob.pageSize = 1_000
    await poll(polls, 'shipments')
    expect([...polls.captured.values()].map(({ key }) => key).sort()).toEqual(['10', '20', '30'])
  })
})

describe('shipments that a webhook named', () => {
  test('give the very document that a poll gives', async () => {
    const polls = poller(readerOf(shipbob))
    await poll(polls, 'shipments')
    shipbob.now += 15 * minute
    shipbob.orders = [orderOf(1, 'Completed', shipbob.now), orderOf(2, 'OnHold', shipbob.now)]
    const named = await polls.reader.readRecords?.('shipments', ['1', '2'])
    expect(named?.map(({ id, document }) => [id, document.key])).toEqual([
      ['1', '10'],
      ['2', '20'],
    ])
    expect(await poll(polls, 'shipments')).toEqual(named?.map(({ document }) => document))
  })

  test('hundreds of orders are a few calls', async () => {
    shipbob.orders = Array.from({ length: 600 }, (_, i) => orderOf(i + 1, 'Completed', shipbob.now))
    const ids = shipbob.orders.map(({ id }) => String(id))
    expect(await readerOf(shipbob).readRecords?.('shipments', ids)).toHaveLength(600)
    expect(ordersAsked()).toHaveLength(3)
  })

  test('without its order it is found by it, so that the channel is known', async () => {
    shipbob.orders = [
      orderOf(1, 'Completed', shipbob.now),
      orderOf(2, 'Completed', shipbob.now, { channel: { id: 999 } }),
    ]
    const reader = readerOf(shipbob, { channels: [318204] })
    const named = await reader.readRecords?.('shipments', ['shipment:10', 'shipment:20', 'shipment:77', '1', 'text'])
    expect(named?.map(({ id, document }) => [id, document.key])).toEqual([
      ['1', '10'],
      ['shipment:10', '10'],
    ])
    expect(named?.[0]?.document.raw).toMatchObject({ order: { channel: { id: 318204 } } })
  })

  test('of one order that came alone is that shipment and no other', async () => {
    const [shipment] = orderOf(1, 'Completed', shipbob.now).shipments as object[]
    shipbob.orders = [orderOf(1, 'Completed', shipbob.now, { shipments: [shipment, { ...shipment, id: 11 }] as never })]
    const named = await readerOf(shipbob).readRecords?.('shipments', ['shipment:11'])
    expect(named?.map(({ document }) => document.key)).toEqual(['11'])
  })
})

describe('streams', () => {
  test('only those whose documents some flow takes, and that the version has', () => {
    expect(readerOf(shipbob).streams()).toEqual([
      ...['shipments', 'receiving', 'unidentified-receipts', 'returns', 'billing', 'subscriptions'],
    ])
    expect(readerOf(shipbob, { apiVersion: '2026-01' }).streams()).not.toContain('unidentified-receipts')
    expect(readerOf(shipbob, {}, { wanted: ['shipment'] }).streams()).toEqual(['shipments', 'subscriptions'])
  })
  test('a hint of a stream that nobody wants gives nothing and asks nothing', async () => {
    expect(await readerOf(shipbob, {}, { wanted: ['shipment'] }).readRecords?.('returns', ['1'])).toEqual([])
    expect(shipbob.seen).toEqual([])
  })
})
