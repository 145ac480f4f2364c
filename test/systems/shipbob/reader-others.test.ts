import { type Account, at, minute, namesOf, openAccount, poll, poller, type Row, readerOf } from './account.ts'
import { body } from './parsing.ts'
import { closeAll, fixture } from './server.ts'

let shipbob: Account
beforeEach(async () => {
  shipbob = await openAccount()
})
afterEach(closeAll)

const hour = 60 * minute
const day = 24 * hour
const asked = (part: string) => shipbob.seen.filter(({ url }) => url.includes(part)).length

describe('polling returns', () => {
  const awaiting: Row = body('return.get.awaiting')
  const completed: Row = body('return.get.completed')
  const made = (id: number, more: Row = {}): Row => ({ ...awaiting, id, insert_date: at(shipbob.now), ...more })
  const done = (id: number, more: Row = {}): Row => ({
    ...completed,
    ...{ id, insert_date: '2026-09-01T09:00:00Z', completed_date: at(shipbob.now) },
    ...more,
  })

  test('a completed one is found although nobody told of it', async () => {
    const polls = poller(readerOf(shipbob))
    await poll(polls, 'returns')
    shipbob.returns = [done(1)]
    shipbob.now += hour
    expect(namesOf(await poll(polls, 'returns'))).toEqual(['1'])
  })

  test('one under way is followed by its id to its end', async () => {
    const polls = poller(readerOf(shipbob))
    await poll(polls, 'returns')
    shipbob.returns = [made(1)]
    shipbob.now += hour
    expect(await poll(polls, 'returns')).toEqual([])
    shipbob.now += 5 * hour
    shipbob.returns = [{ ...made(1), insert_date: '2026-09-21T09:00:00Z', status: 'Arrived' }]
    expect(namesOf(await poll(polls, 'returns'))).toEqual(['1'])
    shipbob.now += hour
    shipbob.returns = [{ ...shipbob.returns[0], status: 'Cancelled' }]
    expect(namesOf(await poll(polls, 'returns'))).toEqual(['1'])
    const before = asked('Ids=')
    shipbob.now += hour
    await poll(polls, 'returns')
    expect(asked('Ids=')).toBe(before)
  })

  test('pages are followed by the query of their links, never to another host', async () => {
    shipbob.pageSize = 2
    const polls = poller(readerOf(shipbob))
    await poll(polls, 'returns')
    shipbob.returns = [done(1), done(2), done(3), done(4), done(5)]
    shipbob.now += hour
    expect(namesOf(await poll(polls, 'returns'))).toEqual(['1', '2', '3', '4', '5'])
  })

  test('returns of other channels are passed over, by a poll and by name', async () => {
    const polls = poller(readerOf(shipbob, { channels: [318204] }))
    await poll(polls, 'returns')
    shipbob.returns = [done(1), done(2, { channel: { id: 999 } })]
    shipbob.now += hour
    expect(namesOf(await poll(polls, 'returns'))).toEqual(['1'])
    const named = await polls.reader.readRecords?.('returns', ['1', '2'])
    expect(named?.map(({ id }) => id)).toEqual(['1'])
  })
})

describe('polling invoices', () => {
  const invoices: Row[] = body('billing.invoices').items
  const transactions: Row[] = fixture('rest/billing.all-transaction-kinds.json').items
  beforeEach(() => {
    shipbob.transactions = transactions
  })
  const closeTheWeek = () => {
    shipbob.now += day
    shipbob.invoices = invoices
  }

  test('each with its transactions, few at a time; a payment without', async () => {
    const polls = poller(readerOf(shipbob))
    await poll(polls, 'billing')
    closeTheWeek()
    const found = await poll(polls, 'billing')
    expect(namesOf(found)).toEqual(invoices.map(({ invoice_id }) => String(invoice_id)))
    expect(asked('/transactions')).toBe(6)
  })

  test('once a day, and nothing is read again that has not changed, although the balance goes on', async () => {
    const polls = poller(readerOf(shipbob))
    await poll(polls, 'billing')
    closeTheWeek()
    await poll(polls, 'billing')
    shipbob.now += hour
    expect(polls.reader.idle?.('billing', polls.cursors.get('billing'))).toBe(true)
    shipbob.now += 23 * hour
    shipbob.invoices = invoices.map((one) => ({ ...one, running_balance: 0 }))
    expect(await poll(polls, 'billing')).toEqual([])
    expect(asked('/transactions')).toBe(6)
  })

  test('one whose transactions do not add up yet is read again', async () => {
    const polls = poller(readerOf(shipbob))
    await poll(polls, 'billing')
    closeTheWeek()
    shipbob.transactions = transactions.filter(({ invoice_id }) => invoice_id !== 8634112)
    await poll(polls, 'billing')
    shipbob.transactions = transactions
    shipbob.now += day
    expect(namesOf(await poll(polls, 'billing'))).toEqual(['8634112'])
  })

  test('those of before the first poll are left to the past, unless the settings ask for them', async () => {
    shipbob.now += 2 * day
    shipbob.invoices = invoices
    expect(await poll(poller(readerOf(shipbob)), 'billing')).toEqual([])
    const polls = poller(readerOf(shipbob, { initialDate: '2026-09-01T00:00:00Z' }))
    expect(await poll(polls, 'billing')).toHaveLength(7)
  })

  test('one that a webhook named is the very document of the poll; a transaction alone asks nothing', async () => {
    const polls = poller(readerOf(shipbob))
    await poll(polls, 'billing')
    closeTheWeek()
    const named = await polls.reader.readRecords?.('billing', ['8634112', '999', 'transaction:01K5', 'reference:WRO/9'])
    expect(named?.map(({ id }) => id)).toEqual(['8634112'])
    const found = await poll(polls, 'billing')
    expect(found).toContainEqual(named?.[0]?.document)
    const before = shipbob.seen.length
    expect(await polls.reader.readRecords?.('billing', ['transaction:01K5'])).toEqual([])
    expect(shipbob.seen).toHaveLength(before)
  })
})

describe('what ends one day', () => {
  test('is told by the poller: support of the API version, before it is over', async () => {
    const { reader } = poller(readerOf(shipbob))
    expect(await reader.concerns?.()).toEqual([])
    shipbob.now += 3 * 365 * day
    expect(await reader.concerns?.()).toMatchObject([{ kind: 'KeyExpiring', id: 'version' }])
  })
})

describe('looking after the subscriptions', () => {
  const mine = (topics: string[], enabled = true): Row => ({
    ...{ id: `s-${topics[0]}`, url: 'https://hooks.example.com/shipbob', enabled, topics },
    description: 'ml-connector acme/test key 1a2b3c4d',
  })
  const all = [
    ...['order.shipped', 'order.delivered', 'order.shipment.delivered', 'order.shipment.exception'],
    ...['order.shipment.on_hold', 'order.shipment.cancelled', 'order.shipment.tracking.updated'],
    ...['order.shipment.line_item.added', 'order.shipment.line_item.removed', 'order.shipment.line_item.updated'],
    'order.shipment.shipping_service.updated',
  ]
  const polls = () => poller(readerOf(shipbob, {}, { wanted: ['shipment'] }))
  const missing = { code: 'SHIPBOB_WEBHOOKS_MISSING', concern: 'WebhookOff' }

  test('all is well: once a day one call, and no document', async () => {
    shipbob.subscriptions = [mine(all), { ...mine(['order.shipped'], false), description: 'old endpoint' }]
    const ours = polls()
    expect(await poll(ours, 'subscriptions')).toEqual([])
    shipbob.now += 12 * hour
    expect(ours.reader.idle?.('subscriptions', ours.cursors.get('subscriptions'))).toBe(true)
    shipbob.now += 12 * hour
    await poll(ours, 'subscriptions')
    expect(asked('/webhook')).toBe(2)
  })

  test('an endpoint that ShipBob switched off is a fault with its URL, hourly until it is mended', async () => {
    shipbob.subscriptions = [mine(all, false)]
    const ours = polls()
    await expect(poll(ours, 'subscriptions')).rejects.toMatchObject(missing)
    expect(ours.reader.idle?.('subscriptions', ours.cursors.get('subscriptions'))).toBe(true)
    shipbob.now += hour
    await expect(poll(ours, 'subscriptions')).rejects.toThrow('has switched off https://hooks.example.com/shipbob')
    shipbob.subscriptions = [mine(all)]
    shipbob.now += hour
    expect(await poll(ours, 'subscriptions')).toEqual([])
    shipbob.now += 23 * hour
    expect(ours.reader.idle?.('subscriptions', ours.cursors.get('subscriptions'))).toBe(true)
  })

  test('a topic that nobody tells of is a fault; so is a subscription that was there and is gone', async () => {
    shipbob.subscriptions = [mine(all.slice(1))]
    await expect(poll(polls(), 'subscriptions')).rejects.toThrow('order.shipped')
    const ours = polls()
    shipbob.subscriptions = [mine(all)]
    await poll(ours, 'subscriptions')
    shipbob.subscriptions = []
    shipbob.now += day
    await expect(poll(ours, 'subscriptions')).rejects.toMatchObject(missing)
  })

  test('where none was ever registered, polls are all that is wanted', async () => {
    expect(await poll(polls(), 'subscriptions')).toEqual([])
  })

  test('a token that may not list them does not stop the connection', async () => {
    shipbob.instead = ({ url }) => (url.includes('/webhook') ? { status: 403, body: { message: 'scope' } } : undefined)
    await expect(poll(polls(), 'subscriptions')).rejects.toMatchObject({ name: 'Failure', class: 'transient' })
  })
})
