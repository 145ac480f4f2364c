import { ConfigurationError, Failure, Refusal } from '../../../lib/core/failures.ts'
import { createClient } from '../../../lib/systems/shipbob/client.ts'
import { closeAll, connect, fixture, type Reply, type Seen, serve } from './server.ts'

afterEach(closeAll)

const channels = fixture('rest/channels.json').response.body
const queued = (...replies: Reply[]) => serve(() => replies.shift() ?? { body: {} })

describe('a request', () => {
  test('has the version in its path and nowhere else, and says who sends it', async () => {
    const { url, seen } = await serve(() => ({ body: {} }))
    await createClient(connect(url, { apiVersion: '2026-01' })).get('/product', { query: { SKU: 'any:A,B & C' } })
    expect(seen[0]).toMatchObject({ method: 'GET', url: '/2026-01/product?SKU=any:A,B%20%26%20C' })
    expect(seen[0]?.headers).toMatchObject({ authorization: 'Bearer pat-1', 'user-agent': 'ml-connector' })
    expect(seen[0]?.headers).not.toHaveProperty('shipbob_channel_id')
  })

  test('leaves out a filter without a value and joins a list', async () => {
    const { url, seen } = await serve(() => ({ body: [] }))
    await createClient(connect(url)).get('/receiving', { query: { IDs: [918363, 918364], Page: undefined } })
    expect(seen[0]?.url).toBe('/2026-07/receiving?IDs=918363,918364')
  })

  test('answers with money as it was written, and ids as numbers', async () => {
    const { url } = await serve(() => ({
      text: '{"amount": 12.10, "tax": 0.30, "id": 918363, "long": 90071992547409931}',
    }))
    const { body } = await createClient(connect(url)).get('/invoices')
    expect(body).toEqual({ amount: '12.10', tax: '0.30', id: 918363, long: '90071992547409931' })
  })

  test('with no content to answer is answered by null', async () => {
    const { url } = await serve(() => ({ status: 204 }))
    expect(await createClient(connect(url)).delete('/webhook/1')).toMatchObject({ status: 204, body: null })
  })

  test('gives the caller the statuses it goes on with', async () => {
    const { url } = await serve(() => ({ status: 404, text: '<html>' }))
    expect(await createClient(connect(url)).get('/order/1', { accept: [404] })).toMatchObject({
      status: 404,
      body: null,
    })
  })
})

describe('the channel header', () => {
  const serveChannels = () => serve(({ url }) => ({ body: url.includes('/channel') ? channels : {} }))
  const headersOf = (seen: readonly Seen[]) => seen.map(({ headers }) => headers.shipbob_channel_id)

  test('stands where the API asks for it, found by the write scopes once', async () => {
    const { url, seen } = await serveChannels()
    const client = createClient(connect(url))
    await client.post('/return', { body: {} })
    await client.post('/return', { body: {} })
    await client.get('/return')
    await client.post('/receiving', { body: {} })
    expect(headersOf(seen)).toEqual([undefined, '318204', '318204', undefined, undefined])
  })

  test('stands on every call where the settings say so, but for channels and webhooks', async () => {
    const { url, seen } = await serveChannels()
    const client = createClient(connect(url, { channelHeaderMode: 'always', channelId: 318204 }))
    await client.get('/order')
    await client.get('/webhook')
    expect(headersOf(seen)).toEqual([undefined, '318204', undefined])
  })

  test('of a channel we may only read is refused before anything is sent', async () => {
    const { url, seen } = await serveChannels()
    const sending = createClient(connect(url, { channelId: 127733 })).post('/return', { body: {} })
    await expect(sending).rejects.toThrow('settings.channelId: 127733 is no channel this token may write to')
    expect(seen).toHaveLength(1)
  })

  test('is not guessed among several', async () => {
    const two = { items: [1, 2].map((id) => ({ id, name: `c${id}`, scopes: ['orders_write'] })) }
    const { url } = await serve(() => ({ body: two }))
    await expect(createClient(connect(url)).ownChannel()).rejects.toThrow('1 (c1), 2 (c2); exactly one is needed')
  })
})

describe('a fault', () => {
  test('of a read is tried again', async () => {
    const { url, seen } = await queued({ status: 503 }, { cut: true }, { body: { id: 1 } })
    const client = createClient(connect(url, {}, { random: () => 0 }))
    expect((await client.get('/receiving/1')).body).toEqual({ id: 1 })
    expect(seen).toHaveLength(3)
  })

  test('of a question is tried again, although it is a POST', async () => {
    const { url, seen } = await queued({ cut: true }, { body: { items: [] } })
    await createClient(connect(url, {}, { random: () => 0 })).post('/transactions:query', { body: {}, reads: true })
    expect(seen).toHaveLength(2)
  })

  test.each([[{ cut: true }], [{ status: 503 }], [{ text: '<html>' }]])(
    'of a write leaves open what happened, and is not tried again: %j',
    async (reply) => {
      const { url, seen } = await queued(reply)
      const writing = createClient(connect(url, { lostAnswerWaitSeconds: 40 })).post('/receiving', { body: {} })
      await expect(writing).rejects.toMatchObject({ class: 'ambiguous' })
      expect(seen).toHaveLength(1)
    },
  )

  test('is no refusal, and a refusal is no fault', async () => {
    const { url } = await queued({ status: 422, body: { a: ['no'] } }, { status: 403 })
    const client = createClient(connect(url))
    await expect(client.post('/receiving', { body: {} })).rejects.toBeInstanceOf(Refusal)
    await expect(client.get('/invoices')).rejects.toBeInstanceOf(ConfigurationError)
  })

  test('leaves no time: nothing is sent', async () => {
    const { url, seen } = await queued()
    const client = createClient(connect(url)).until(Date.now() + 2_000)
    await expect(client.post('/receiving', { body: {} })).rejects.toMatchObject({ code: 'SHIPBOB_NO_TIME' })
    await client.get('/receiving')
    expect(seen).toHaveLength(1)
  })
})

describe('the limit of 150 a minute', () => {
  test('is asked of the budget before every request; a writer may send more at once than a reader', async () => {
    const { url } = await serve(() => ({ body: {} }))
    const taken: { perMinute: number; burst: number }[] = []
    const context = connect(url, {}, { limiter: { take: async (budget) => void taken.push(budget) } })
    await createClient(context).get('/product')
    await createClient(context, 'writer').get('/product')
    expect(taken[0]?.perMinute).toBe(taken[1]?.perMinute)
    for (const { perMinute, burst } of taken) expect(perMinute + burst).toBeLessThanOrEqual(150)
    expect(taken[0]?.burst).toBeLessThan(taken[1]?.burst ?? 0)
  })

  test('that is passed pauses the whole connection for as long as ShipBob says', async () => {
    const { throttled } = fixture('rest/rate-limit.json')
    const { url, seen } = await serve(() => throttled)
    const context = connect(url, {}, { clock: { now: () => 1_000_000 }, random: () => 0 })
    const refused = await createClient(context)
      .post('/receiving', { body: {} })
      .catch((error: unknown) => error)
    expect(refused).toMatchObject({ class: 'rate-limited', retryAfterMs: 25_000 })
    expect(context.stored.pausedUntil).toBe(1_025_000)
    await expect(createClient(context).get('/product')).rejects.toBeInstanceOf(Failure)
    expect(seen).toHaveLength(1)
  })

  test('that is passed by a little is waited out, also for a write: it did nothing', async () => {
    const { url, seen } = await queued(
      { status: 429, headers: { 'x-retry-after': '0' } },
      { status: 201, body: { id: 1 } },
    )
    const answer = await createClient(connect(url, {}, { random: () => 0 })).post('/receiving', { body: {} })
    expect(answer.status).toBe(201)
    expect(seen).toHaveLength(2)
  })

  test.each(['x-remaining-calls', 'x-ratelimit-remaining'])(
    'that is nearly reached by %s makes a short pause',
    async (name) => {
      const { url } = await queued({ headers: { [name]: '2' }, body: {} })
      const context = connect(url, {}, { clock: { now: () => 1_000_000 } })
      const client = createClient(context)
      await client.get('/product')
      expect(context.stored.pausedUntil).toBeGreaterThan(1_000_000)
      expect(client.remaining()).toBe(2)
    },
  )
})
