import { Failure, Refusal } from '../../../lib/core/failures.ts'
import { createClient } from '../../../lib/systems/sps-commerce/client.ts'
import { type SpsSandbox, startSps, styles } from './support.ts'

let sps: SpsSandbox
afterEach(() => sps.close())

const list = { method: 'GET', path: '/fulfillment/v1/purchaseorders' } as const
const count = (path: RegExp) => sps.requests.filter((r) => path.test(r.path)).length
const failure = async (promise: Promise<unknown>): Promise<Failure> => {
  const error = await promise.then(
    () => undefined,
    (e: unknown) => e,
  )
  if (!(error instanceof Failure)) throw new Error(`no Failure, but ${String(error)}`)
  return error
}
const begin = async (...parameters: Parameters<typeof startSps>) => {
  const started = await startSps(...parameters)
  sps = started.sps
  return started
}

describe.each(styles)('tokens, %s', (style) => {
  it('one token serves every call of every worker', async () => {
    const { connection } = await begin(style)
    const clients = [createClient(connection), createClient(connection)]
    await Promise.all(clients.flatMap((c) => [c.send(list), c.send(list), c.send(list)]))
    expect(count(/token/)).toBe(1)
  })

  it('a token is renewed a minute before it ends', async () => {
    const { connection, clock } = await begin(style)
    const client = createClient(connection)
    await client.send(list)
    clock.advance(3600_000 - 61_000)
    await client.send(list)
    expect(count(/token/)).toBe(1)
    clock.advance(2_000)
    await client.send(list)
    expect(count(/token/)).toBe(2)
    expect(sps.requests.some((r) => r.status === 401)).toBe(false)
  })

  it('a short-lived token is renewed a tenth of its life before it ends', async () => {
    const { connection, clock } = await begin(style, {}, { application: { lifetimeSeconds: 50 } })
    const client = createClient(connection)
    await client.send(list)
    clock.advance(44_000)
    await client.send(list)
    expect(count(/token/)).toBe(1)
    clock.advance(2_000)
    await client.send(list)
    expect(count(/token/)).toBe(2)
  })

  it('a token refused in between is renewed once and the call repeated once', async () => {
    const { connection } = await begin(style)
    const client = createClient(connection)
    await client.send(list)
    sps.expireTokens()
    await client.send(list)
    expect(sps.requests.map((r) => r.status)).toEqual([200, 200, 401, 200, 200])
  })

  it('a second 401 stops the connection', async () => {
    const { connection } = await begin(style)
    sps.faults.add({ match: { path: /purchaseorders/ }, fault: { kind: 'status', status: 401 } })
    const error = await failure(createClient(connection).send(list))
    expect(error).toMatchObject({ class: 'unauthorised', code: 'SPS_UNAUTHORISED' })
    expect(count(/purchaseorders/)).toBe(2)
  })

  it('a rotated secret is read again after a refusal', async () => {
    const { connection } = await begin(style)
    const secrets = {
      old: await connection.secrets.credentials(),
      fresh: { clientId: 'sandbox-client', clientSecret: 'new' },
    }
    connection.secrets.credentials = async (options) => (options?.fresh ? secrets.fresh : secrets.old)
    sps.changeApplication({ clientSecret: 'new' })
    await createClient(connection).send(list)
    expect(sps.requests.map((r) => r.status)).toEqual([401, 200, 200])
  })

  it('wrong keys are said to be wrong, without the keys', async () => {
    const { connection } = await begin(style)
    sps.changeApplication({ clientSecret: 'other' })
    const error = await failure(createClient(connection).send(list))
    expect(error).toMatchObject({ class: 'unauthorised', code: 'SPS_TOKEN_REFUSED' })
    expect(error.message).not.toContain('sandbox-secret')
  })

  it('keys of a web application are explained in words', async () => {
    const { connection } = await begin(style)
    sps.changeApplication({ type: 'web' })
    const error = await failure(createClient(connection).send(list))
    expect(error).toMatchObject({ class: 'unauthorised', code: 'SPS_APPLICATION_TYPE' })
    expect(error.message).toContain('not machine-to-machine')
  })

  it('a limited token endpoint slows the whole connection down', async () => {
    const { connection, clock } = await begin(style)
    sps.faults.add({
      match: { path: /token/ },
      times: 1,
      fault: { kind: 'status', status: 429, headers: { 'retry-after': '30' } },
    })
    const error = await failure(createClient(connection).send(list))
    expect(error).toMatchObject({ class: 'rate-limited', retryAfterMs: 30_000 })
    expect(connection.stored.pausedUntil).toBe(clock.now() + 30_000)
  })

  it.each(['drop-after', 'truncate'] as const)('a lost token (%s) is asked for again', async (kind) => {
    const { connection } = await begin(style)
    sps.faults.add({ match: { path: /token/ }, times: 1, fault: { kind } })
    await createClient(connection).send(list)
    expect(count(/token/)).toBe(2)
  })
})

describe('429', () => {
  it('with a short Retry-After is waited out, and the pause is shared', async () => {
    const { connection, clock } = await begin('fulfillment')
    sps.faults.add({
      match: { path: /purchaseorders/ },
      times: 1,
      fault: { kind: 'status', status: 429, headers: { 'retry-after': '0.05' } },
    })
    const until: number[] = []
    connection.gate.pause = async (t) => void until.push(t)
    const sent = createClient(connection).send(list)
    // The sandbox's time stands still unless it is told: let the pause pass.
    setTimeout(() => clock.advance(60), 5)
    expect((await sent).status).toBe(200)
    expect(until).toHaveLength(1)
  })

  it('with a long Retry-After is thrown back, with the time', async () => {
    const { connection, clock } = await begin('fulfillment')
    sps.faults.add({
      match: { path: /purchaseorders/ },
      fault: { kind: 'status', status: 429, headers: { 'retry-after': '120' }, body: { title: 'Too Many Requests' } },
    })
    const error = await failure(createClient(connection).send(list))
    expect(error).toMatchObject({ class: 'rate-limited', code: 'SPS_RATE_LIMITED', retryAfterMs: 120_000 })
    expect(connection.stored.pausedUntil).toBe(clock.now() + 120_000)
    expect(count(/purchaseorders/)).toBe(1)
  })

  it('with a date is counted from the time of the answer', async () => {
    const { connection, clock } = await begin('fulfillment')
    const date = new Date(clock.now() + 90_000).toUTCString()
    sps.faults.add({
      match: { path: /purchaseorders/ },
      fault: { kind: 'status', status: 429, headers: { 'retry-after': date } },
    })
    expect((await failure(createClient(connection).send(list))).retryAfterMs).toBe(90_000)
  })

  it('a burst without Retry-After backs off with growing jitter and then gives the work back', async () => {
    const { connection, clock } = await begin('fulfillment')
    connection.random = () => 0.001
    sps.faults.add({ match: { path: /purchaseorders/ }, fault: { kind: 'status', status: 429 } })
    const waits: number[] = []
    connection.gate.pause = async (until) => {
      waits.push(until - clock.now())
      clock.advance(until - clock.now())
    }
    expect((await failure(createClient(connection).send(list))).class).toBe('rate-limited')
    expect(waits).toEqual([1, 2, 4, 8, 16])
  })

  it('another worker that is paused sends nothing', async () => {
    const { connection, clock } = await begin('fulfillment')
    connection.stored.pausedUntil = clock.now() + 45_000
    const error = await failure(createClient(connection).send(list))
    expect(error).toMatchObject({ class: 'rate-limited', retryAfterMs: 45_000 })
    expect(sps.requests).toEqual([])
  })
})

describe('faults', () => {
  it.each([
    { kind: 'status', status: 503 },
    { kind: 'drop-before' },
    { kind: 'drop-after' },
    { kind: 'truncate' },
  ] as const)('a read is repeated after $kind', async (fault) => {
    const { connection } = await begin('fulfillment')
    sps.deliver({ Header: { OrderHeader: { TradingPartnerId: 'T', PurchaseOrderNumber: '1' } } })
    sps.faults.add({ match: { path: /purchaseorders/ }, times: 2, fault })
    expect((await createClient(connection).send(list)).status).toBe(200)
  })

  it('a read that keeps failing is transient', async () => {
    const { connection } = await begin('fulfillment')
    sps.faults.add({ match: { path: /purchaseorders/ }, fault: { kind: 'status', status: 502 } })
    expect(await failure(createClient(connection).send(list))).toMatchObject({ class: 'transient' })
  })

  it('a write is never repeated by itself: its outcome is unknown', async () => {
    const { connection } = await begin('fulfillment')
    sps.faults.add({ match: { method: 'POST', path: /shipments/ }, fault: { kind: 'status', status: 500 } })
    const post = { method: 'POST', path: '/fulfillment/v1/shipments', body: '{}' } as const
    expect(await failure(createClient(connection).send(post))).toMatchObject({ class: 'ambiguous' })
    expect(count(/shipments/)).toBe(1)
  })

  it('without time left nothing is sent', async () => {
    const { connection, clock } = await begin('fulfillment')
    const call = { method: 'POST', path: '/fulfillment/v1/shipments', body: '{}', deadline: clock.now() + 500 } as const
    expect(await failure(createClient(connection).send(call))).toMatchObject({ class: 'transient' })
    expect(count(/shipments/)).toBe(0)
  })

  it('a redirect is not followed, so the token stays with its host', async () => {
    const { connection } = await begin('fulfillment')
    sps.faults.add({
      match: { path: /purchaseorders/ },
      fault: { kind: 'status', status: 302, headers: { location: 'https://elsewhere.example/' } },
    })
    expect(await failure(createClient(connection).send(list))).toMatchObject({ code: 'SPS_REDIRECTED' })
    expect(count(/purchaseorders/)).toBe(1)
  })
})

describe('error bodies', () => {
  it.each([
    [
      'problem+json with fields',
      400,
      {
        title: 'Invalid Data',
        context: [{ code: 'INPUT_NULL', message: 'is required', field: 'Header.X', value: 'secret' }],
      },
      [{ code: 'SPS_REFUSED', message: 'is required', path: 'Header.X' }],
    ],
    [
      'Transaction API',
      400,
      { status: 'error', error: { error: 'requestError', errorDescription: 'bad name' } },
      [{ code: 'SPS_REFUSED', message: expect.stringContaining('requestError: bad name') }],
    ],
    [
      'label rendering',
      422,
      { validationErrors: [{ path: 'Pack[0]', message: 'SSCC missing' }] },
      [{ code: 'SPS_REFUSED', message: 'SSCC missing', path: 'Pack[0]' }],
    ],
    ['plain text', 415, undefined, [{ code: 'SPS_REFUSED', message: expect.stringContaining('415') }]],
  ])('%s', async (_name, status, body, problems) => {
    const { connection } = await begin('fulfillment')
    sps.faults.add({ match: { path: /purchaseorders/ }, fault: { kind: 'status', status, body } })
    const error = await createClient(connection)
      .send(list)
      .catch((e: unknown) => e)
    expect(error).toBeInstanceOf(Refusal)
    expect((error as Refusal).problems).toEqual(problems)
  })

  it('the request id is kept for support', async () => {
    const { connection } = await begin('fulfillment')
    sps.faults.add({
      match: { path: /purchaseorders/ },
      fault: { kind: 'status', status: 500, body: { title: 'Oops', requestId: 'r-77' } },
    })
    expect((await failure(createClient(connection).send(list))).message).toContain('r-77')
  })
})
