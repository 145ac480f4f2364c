import type { Json } from '../../../lib/core/exchange.ts'
import type { Problem } from '../../../lib/core/problems.ts'
import { parse } from '../../../lib/systems/shipbob/parse.ts'
import { type Account, at, minute, namesOf, openAccount, poll, poller, type Row, readerOf } from './account.ts'
import { body } from './parsing.ts'
import { closeAll } from './server.ts'

let shipbob: Account
beforeEach(async () => {
  shipbob = await openAccount()
})
afterEach(closeAll)

const recorded: Row = body('receiving.get.processing-partial')

/** A receiving order of one article in a state, as of now. */
const order = (id: number, status: string, stowed = 0, more: Row = {}): Row => ({
  ...recorded,
  ...{ id, status, purchase_order_number: `P${id}`, last_updated_date: at(shipbob.now), status_history: [] },
  inventory_quantities: [
    { inventory_id: 21705365, sku: 'COF-LR-340', expected_quantity: 9, received_quantity: 0, stowed_quantity: stowed },
  ],
  ...more,
})
const boxes = (stowed: number): Json[] => [
  {
    box_id: 7,
    tracking_number: '1Z7',
    box_items: [{ inventory_id: 21705365, stowed_quantity: stowed, lot_number: 'A' }],
  },
]
const put = (row: Row, stowedOnBoxes?: number) => {
  shipbob.receiving = [...shipbob.receiving.filter(({ id }) => id !== row.id), row]
  if (stowedOnBoxes !== undefined) shipbob.boxes.set(String(row.id), boxes(stowedOnBoxes))
}
const asked = (part: string) => shipbob.seen.filter(({ url }) => url.includes(part)).length
const warningsOf = (raw: Json): Problem[] => {
  const found = parse('receiving-progress', raw)
  return 'warnings' in found ? found.warnings : found.problems
}

describe('polling receiving orders', () => {
  test('one that waits for its goods is no document; what is stowed is, with the lots of its boxes', async () => {
    const polls = poller(readerOf(shipbob))
    put(order(1, 'Awaiting'))
    expect(await poll(polls, 'receiving')).toEqual([])
    expect(asked('/boxes')).toBe(0)
    shipbob.now += 15 * minute
    put(order(1, 'Processing', 4), 4)
    const [found] = await poll(polls, 'receiving')
    expect(found).toMatchObject({ key: '1', number: 'P1', raw: { boxes: boxes(4) } })
  })

  test('an unchanged one costs no further call and no document', async () => {
    const polls = poller(readerOf(shipbob))
    put(order(1, 'Processing', 4), 4)
    await poll(polls, 'receiving')
    shipbob.now += 15 * minute
    expect(await poll(polls, 'receiving')).toEqual([])
    expect(asked('/boxes')).toBe(1)
  })

  test('boxes that lag behind the order are looked at again until they agree', async () => {
    const polls = poller(readerOf(shipbob))
    put(order(1, 'Processing', 4), 3)
    const [early] = await poll(polls, 'receiving')
    expect(warningsOf(early?.raw ?? null)).toMatchObject([{ code: 'SHIPBOB_BOXES_DISAGREE' }])
    shipbob.boxes.set('1', boxes(4))
    shipbob.now += 15 * minute
    const [late] = await poll(polls, 'receiving')
    expect(warningsOf(late?.raw ?? null)).toEqual([])
    expect(late?.version).toBe(early?.version)
    shipbob.now += 15 * minute
    await poll(polls, 'receiving')
    expect(asked('/boxes')).toBe(2)
  })

  test('one that left the list is read once more by its id: cancelled, or taken over', async () => {
    const polls = poller(readerOf(shipbob))
    put(order(1, 'Awaiting'))
    put(order(2, 'Processing', 4), 4)
    await poll(polls, 'receiving')
    shipbob.now += 15 * minute
    put(order(1, 'Cancelled'))
    put(order(2, 'Completed', 9, { external_sync_timestamp: at(shipbob.now) }), 9)
    const found = await poll(polls, 'receiving')
    expect(found.map(({ key, raw }) => [key, (raw as { receiving: Row }).receiving.status])).toEqual([
      ['1', 'Cancelled'],
      ['2', 'Completed'],
    ])
    const before = asked('IDs=')
    shipbob.now += 15 * minute
    await poll(polls, 'receiving')
    expect(asked('IDs=')).toBe(before)
  })

  test('one that is gone is forgotten', async () => {
    const polls = poller(readerOf(shipbob))
    put(order(1, 'Arrived'))
    await poll(polls, 'receiving')
    shipbob.receiving = []
    for (const expected of [1, 1]) {
      shipbob.now += 15 * minute
      expect(await poll(polls, 'receiving')).toEqual([])
      expect(asked('IDs=')).toBe(expected)
    }
  })

  test('what was completed before reading began is nobody’s business', async () => {
    put(order(1, 'Completed', 9), 9)
    put(order(2, 'Processing', 4), 4)
    shipbob.now += minute
    const polls = poller(readerOf(shipbob))
    expect(namesOf(await poll(polls, 'receiving'))).toEqual(['2'])
    const earlier = poller(readerOf(shipbob, { initialDate: at(shipbob.now - 5 * minute) }))
    expect(namesOf(await poll(earlier, 'receiving'))).toEqual(['1', '2'])
  })

  test('one whose boxes cannot be read stops no other, and comes with a later poll', async () => {
    const told: string[] = []
    const log = { info() {}, warn() {}, error: (message: string) => void told.push(message) }
    const polls = poller(readerOf(shipbob, {}, { log }))
    put(order(1, 'Processing', 4), 4)
    put(order(2, 'Processing', 4), 4)
    shipbob.instead = ({ url }) =>
      url.includes('/receiving/1/boxes') ? { status: 422, body: { title: 'no' } } : undefined
    expect(namesOf(await poll(polls, 'receiving'))).toEqual(['2'])
    expect(told).toEqual(['a record cannot be read and is tried again'])
    shipbob.instead = () => undefined
    shipbob.now += 15 * minute
    expect(namesOf(await poll(polls, 'receiving'))).toEqual(['1'])
  })

  test('when none can be read the poll fails, and nothing is lost', async () => {
    const polls = poller(readerOf(shipbob))
    for (const id of [1, 2, 3, 4, 5]) put(order(id, 'Processing', 4), 4)
    shipbob.instead = ({ url }) => (url.includes('/boxes') ? { status: 422, body: { title: 'no' } } : undefined)
    await expect(poll(polls, 'receiving')).rejects.toThrow('no')
    shipbob.instead = () => undefined
    expect(await poll(polls, 'receiving')).toHaveLength(5)
  })
})

describe('receiving orders that a webhook named', () => {
  test('give the very document that a poll gives', async () => {
    const polls = poller(readerOf(shipbob))
    put(order(1, 'Processing', 4), 4)
    const named = await polls.reader.readRecords?.('receiving', ['1', '77'])
    expect(named?.map(({ id }) => id)).toEqual(['1'])
    expect(await poll(polls, 'receiving')).toEqual(named?.map(({ document }) => document))
  })
  test('a box without its order is found among the open ones', async () => {
    put(order(1, 'Processing', 4), 4)
    put(order(2, 'Arrived'))
    const named = await readerOf(shipbob).readRecords?.('receiving', ['box:7', 'tracking:1Z7', 'box:8'])
    expect(named?.map(({ id, document }) => [id, document.key])).toEqual([
      ['box:7', '1'],
      ['tracking:1Z7', '1'],
    ])
  })
  test('one that waits for its goods gives none', async () => {
    put(order(1, 'Awaiting'))
    expect(await readerOf(shipbob).readRecords?.('receiving', ['1'])).toEqual([])
  })
})

test('unidentified receiving orders come every six hours', async () => {
  const polls = poller(readerOf(shipbob))
  shipbob.unidentified = body('uro.list.2026-07')
  expect(namesOf(await poll(polls, 'unidentified-receipts'))).toEqual(['70211'])
  shipbob.now += 60 * minute
  expect(polls.reader.idle?.('unidentified-receipts', polls.cursors.get('unidentified-receipts'))).toBe(true)
  shipbob.now += 300 * minute
  expect(await poll(polls, 'unidentified-receipts')).toEqual([])
  expect(asked('/unidentified-receiving-order')).toBe(2)
})
