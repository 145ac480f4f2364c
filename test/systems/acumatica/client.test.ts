import { createClient } from '../../../lib/systems/acumatica/client.ts'
import { act, get, list, put } from '../../../lib/systems/acumatica/entities.ts'
import { closeAll, connect, orderRecord, startInstance } from './instance.ts'

afterEach(closeAll)

const expandAll = { expand: ['Details'] }

describe('a request', () => {
  it('signs in by itself and carries the branch; a read by key sees archived records too', async () => {
    const sandbox = await startInstance()
    const context = connect(sandbox, { branch: 'MAIN' })
    const sent: Record<string, string>[] = []
    const { send } = context.http
    context.http.send = (request) => {
      sent.push(request.headers ?? {})
      return send(request)
    }
    const exchange = await createClient(context).open()
    const page = await list(exchange, 'StockItem', { select: ['InventoryID'], top: 2 })
    expect(page.rows.map((row) => row.InventoryID)).toEqual([{ value: 'JS-BWL-06' }, { value: 'JS-MUG-12' }])
    expect(page.serverTime).toBe(sandbox.clock.now())
    await get(exchange, 'StockItem', ['JS-MUG-12'], {})
    expect(sent.slice(1)).toEqual([
      { authorization: expect.stringMatching(/^Bearer access-/), accept: 'application/json', 'PX-CbApiBranch': 'MAIN' },
      expect.objectContaining({ 'PX-CbApiBranch': 'MAIN', 'PX-ApiArchive': 'SHOW' }),
    ])
  })

  it('for a record that is not there gives nothing, not an error', async () => {
    const sandbox = await startInstance()
    const exchange = await createClient(connect(sandbox)).open()
    expect(await get(exchange, 'SalesOrder', ['SO', 'SO-99999'], expandAll)).toBeUndefined()
  })

  it('reads a key that no path can carry by way of its id', async () => {
    const sandbox = await startInstance()
    sandbox.save('StockItem', { InventoryID: { value: '1/2" O\'RING' }, Description: { value: 'Half inch' } })
    const exchange = await createClient(connect(sandbox)).open()
    const found = await get(exchange, 'StockItem', ['1/2" O\'RING'], {})
    expect(found?.Description).toEqual({ value: 'Half inch' })
  })

  it('expands only what it names: an unexpanded detail is missing, an empty one is there', async () => {
    const sandbox = await startInstance()
    const exchange = await createClient(connect(sandbox)).open()
    const created = await put(exchange, 'SalesOrder', orderRecord(), { select: ['OrderNbr'] }, 'create')
    expect(created?.OrderNbr).toEqual({ value: 'SO-20931' })
    expect(created).not.toHaveProperty('Details')
    const read = await get(exchange, 'SalesOrder', ['SO', 'SO-20931'], { expand: ['Details', 'Shipments'] })
    expect(read?.Details).toHaveLength(3)
    expect(read?.Shipments).toEqual([])
  })

  it('to update never creates, to create never updates', async () => {
    const sandbox = await startInstance()
    const exchange = await createClient(connect(sandbox)).open()
    const numbered = orderRecord({ OrderNbr: { value: 'SO-77' } })
    expect(await put(exchange, 'SalesOrder', numbered, {}, 'update')).toBeUndefined()
    expect(await put(exchange, 'SalesOrder', numbered, {}, 'create')).toBeDefined()
    expect(await put(exchange, 'SalesOrder', numbered, {}, 'create')).toBeUndefined()
    expect(sandbox.orders()).toHaveLength(1)
  })

  it('for an action waits until it has ended', async () => {
    const sandbox = await startInstance({ actionPolls: 2 })
    const exchange = await createClient(connect(sandbox)).open()
    await put(exchange, 'SalesOrder', orderRecord(), {}, 'create')
    const keys = { OrderType: { value: 'SO' }, OrderNbr: { value: 'SO-20931' } }
    await act(exchange, 'SalesOrder', 'CancelSalesOrder', keys)
    expect(sandbox.find('SalesOrder', 'SO', 'SO-20931')?.Status).toEqual({ value: 'Canceled' })
  })

  it('for an action that fails gives Acumatica’s own words', async () => {
    const sandbox = await startInstance()
    const exchange = await createClient(connect(sandbox)).open()
    await put(exchange, 'SalesOrder', orderRecord({ Hold: { value: false } }), {}, 'create')
    sandbox.shipOrder('SO-20931')
    const keys = { OrderType: { value: 'SO' }, OrderNbr: { value: 'SO-20931' } }
    await expect(act(exchange, 'SalesOrder', 'CancelSalesOrder', keys)).rejects.toMatchObject({
      problems: [
        {
          code: 'ACUMATICA_ACTION_FAILED',
          message: expect.stringContaining('cannot be canceled in its current status'),
        },
      ],
    })
  })
})

describe('an endpoint version', () => {
  it('that the instance lacks names those it has', async () => {
    const sandbox = await startInstance({ own: [{ name: 'JuniperEDI', version: '1.0' }] })
    const exchange = await createClient(connect(sandbox, { endpoint: { version: '25.200.001' } })).open()
    await expect(list(exchange, 'Shipment', { top: 1 })).rejects.toMatchObject({
      name: 'ConfigurationError',
      problems: [
        {
          code: 'ACUMATICA_ENDPOINT',
          path: 'settings.endpoint.version',
          message:
            'There is no endpoint Default 25.200.001; this instance offers Default 20.200.001, Default 22.200.001, Default 23.200.001, Default 24.200.001, JuniperEDI 1.0.',
        },
      ],
    })
  })

  it('is explained just the same by an older build, which answers a bare array', async () => {
    const sandbox = await startInstance({ discovery: 'array' })
    const exchange = await createClient(connect(sandbox, { endpoint: { name: 'Other', version: '1' } })).open()
    await expect(list(exchange, 'Shipment', { top: 1 })).rejects.toThrow(
      /There is no endpoint Other 1; .* 24\.200\.001/,
    )
  })

  it('that exists but lacks the entity or action says so', async () => {
    const sandbox = await startInstance()
    const exchange = await createClient(connect(sandbox)).open()
    await expect(act(exchange, 'Shipment', 'Nonsense', {})).rejects.toThrow('has no action Shipment/Nonsense')
  })

  it('cannot be found where the instance path is wrong', async () => {
    const sandbox = await startInstance()
    const wrong = sandbox.url.replace('/Prod', '/Test')
    const exchange = await createClient(
      connect(sandbox, { baseUrl: wrong }, { tokens: tokensThatWork(sandbox.clock.now()) }),
    ).open()
    await expect(list(exchange, 'Shipment', { top: 1 })).rejects.toThrow(`${wrong} has no API at /entity`)
  })
})

const tokensThatWork = (now: number) => {
  const token = { accessToken: 'any', expiresAt: now + 3_600_000 }
  return { current: async () => token, renew: async () => token }
}

describe('a declined request', () => {
  const declined = { kind: 'status', status: 429 } as const

  it('pauses the whole connection for as long as the server says', async () => {
    const sandbox = await startInstance()
    const context = connect(sandbox)
    sandbox.faults.add({
      match: { path: /Shipment/ },
      times: 1,
      fault: { ...declined, headers: { 'retry-after': '7' } },
    })
    const client = createClient(context)
    await expect(list(await client.open(), 'Shipment', { top: 1 })).rejects.toMatchObject({
      class: 'rate-limited',
      retryAfterMs: 7_000,
    })
    expect(context.stored.pausedUntil).toBe(sandbox.clock.now() + 7_000)
    await expect(client.open()).rejects.toMatchObject({ class: 'rate-limited', code: 'ACUMATICA_PAUSED' })
    sandbox.clock.advance(7_000)
    expect((await list(await client.open(), 'Shipment', { top: 1 })).rows).toEqual([])
  })

  it('without a time waits longer each time, up to a minute, with jitter', async () => {
    const sandbox = await startInstance()
    sandbox.faults.add({ match: { path: /Shipment/ }, fault: declined })
    const context = connect(sandbox, {}, { random: () => 0.99 })
    const client = createClient(context)
    const waits: number[] = []
    for (let i = 0; i < 6; i += 1) {
      await list(await client.open(), 'Shipment', { top: 1 }).catch((error) => waits.push(error.retryAfterMs))
      sandbox.clock.advance(60_000)
    }
    expect(waits).toEqual([3_960, 7_920, 15_840, 31_680, 59_400, 59_400])
  })
})

describe('time', () => {
  it('that is nearly over sends no write whose answer could not be awaited', async () => {
    const sandbox = await startInstance()
    const exchange = await createClient(connect(sandbox)).open(sandbox.clock.now() + 4_000)
    await expect(put(exchange, 'SalesOrder', orderRecord(), {}, 'create')).rejects.toMatchObject({
      class: 'transient',
      code: 'ACUMATICA_NO_TIME',
    })
    expect(sandbox.orders()).toEqual([])
  })

  it('taken by a slow answer counts as unknown for a write, and says how long it may still wait in the queue', async () => {
    const sandbox = await startInstance()
    const context = connect(sandbox, { lostAnswerWaitSeconds: 600 })
    sandbox.faults.add({ match: { method: 'PUT' }, times: 1, fault: { kind: 'drop-after' } })
    const exchange = await createClient(context).open()
    await expect(put(exchange, 'SalesOrder', orderRecord(), {}, 'create')).rejects.toMatchObject({
      class: 'ambiguous',
      retryAfterMs: 600_000,
    })
  })

  it('on a busy screen is waited for by a read', async () => {
    const sandbox = await startInstance()
    sandbox.faults.add({ match: { method: 'GET', path: /Shipment/ }, times: 1, fault: { kind: 'status', status: 409 } })
    const exchange = await createClient(connect(sandbox)).open()
    expect((await list(exchange, 'Shipment', { top: 1 })).rows).toEqual([])
  })
})
