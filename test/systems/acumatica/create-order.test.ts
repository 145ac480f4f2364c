import { type ApiRecord, wrapFields } from '../../../lib/systems/acumatica/records.ts'
import { answer } from './fixtures.ts'
import { closeAll, orderRecord, startInstance } from './instance.ts'
import { linesOf, Pusher, reference, sampleLines, stateOf } from './writing.ts'

afterEach(closeAll)

const codes = (outcome: unknown) => ((outcome as { problems?: { code: string }[] }).problems ?? []).map((p) => p.code)
const puts = (requests: { method: string }[]) => requests.filter((r) => r.method === 'PUT').length

describe('a purchase order', () => {
  it('becomes one sales order, off hold once it stands as sent', async () => {
    const sandbox = await startInstance()
    const outcome = await new Pusher(sandbox).create()
    expect(outcome).toEqual({
      outcome: 'delivered',
      targetId: 'SO/SO-20931',
      targetNumbers: ['SO-20931'],
      adopted: false,
      warnings: [],
      result: {
        orderType: 'SO',
        orderNbr: 'SO-20931',
        status: 'Open',
        total: '367.2',
        lines: [
          { externalRef: '1', lineNbr: '1', item: 'JS-MUG-12', quantity: '24', unit: 'EA', price: '4.25' },
          { externalRef: '2', lineNbr: '2', item: 'JS-BWL-06', quantity: '12', unit: 'EA', price: '7.9' },
          { externalRef: '3', lineNbr: '3', item: 'JS-TRY-LG', quantity: '2', unit: 'CASE', price: '85.2' },
        ],
      },
    })
    expect(sandbox.orders()).toHaveLength(1)
    expect(linesOf(sandbox.orders()[0])).toEqual(sampleLines)
    expect(puts(sandbox.requests)).toBe(2)
  })

  it('sent again is found and not written again', async () => {
    const sandbox = await startInstance()
    const pusher = new Pusher(sandbox)
    await pusher.create()
    expect(await pusher.create(orderRecord(), true)).toMatchObject({
      outcome: 'delivered',
      adopted: true,
      targetId: 'SO/SO-20931',
    })
    expect(sandbox.orders()).toHaveLength(1)
  })

  it('is found again under another customer: a corrected partner table makes no second order', async () => {
    const sandbox = await startInstance()
    const pusher = new Pusher(sandbox, { releaseHold: false })
    sandbox.save('Customer', wrapFields({ CustomerID: 'LAKEFOODS', CustomerName: 'Lake Foods' }))
    await pusher.create()
    const outcome = await pusher.create(orderRecord({ CustomerID: { value: 'LAKEFOODS' }, LocationID: {} }), true)
    expect(codes(outcome)).toEqual(['ACUMATICA_ORDER_DIFFERS'])
    expect(sandbox.orders()).toHaveLength(1)
  })

  it('already keyed by hand is held, naming that order, until it is cancelled', async () => {
    const sandbox = await startInstance()
    sandbox.enterOrder(orderRecord({ ExternalRef: {} }))
    const pusher = new Pusher(sandbox)
    expect(await pusher.create()).toMatchObject({
      outcome: 'held',
      problems: [{ code: 'ACUMATICA_DUPLICATE_PO', message: expect.stringContaining('SO-20931') }],
    })
    sandbox.save('SalesOrder', { ...sandbox.orders()[0], Status: { value: 'Canceled' } })
    expect(await pusher.create(orderRecord(), true)).toMatchObject({ outcome: 'delivered', targetId: 'SO/SO-20932' })
  })

  it('keyed by hand is adopted once somebody puts our reference on that order', async () => {
    const sandbox = await startInstance()
    sandbox.enterOrder(orderRecord({ Hold: { value: false } }))
    expect(await new Pusher(sandbox).create()).toMatchObject({ outcome: 'delivered', adopted: true, warnings: [] })
    expect(sandbox.orders()).toHaveLength(1)
  })

  it('of another release has the same number and is no duplicate', async () => {
    const sandbox = await startInstance()
    sandbox.enterOrder(orderRecord({ ExternalRef: { value: `${reference}:R2` } }))
    expect(await new Pusher(sandbox).create()).toMatchObject({ outcome: 'delivered', targetId: 'SO/SO-20932' })
  })

  it('whose reference stands on two orders is left to a person', async () => {
    const sandbox = await startInstance()
    for (let i = 0; i < 2; i += 1) sandbox.enterOrder(orderRecord())
    expect(codes(await new Pusher(sandbox).create())).toEqual(['ACUMATICA_REFERENCE_TWICE'])
  })

  it('whose order was cancelled in Acumatica is not silently taken for delivered', async () => {
    const sandbox = await startInstance()
    const pusher = new Pusher(sandbox)
    await pusher.create()
    sandbox.save('SalesOrder', { ...sandbox.orders()[0], Status: { value: 'Canceled' } })
    expect(codes(await pusher.create(orderRecord(), true))).toEqual(['ACUMATICA_ORDER_CANCELED'])
  })

  it('of a customer on credit hold is delivered with a warning and not released', async () => {
    const sandbox = await startInstance({ creditHold: ['HARBORPINE'] })
    expect(await new Pusher(sandbox).create()).toMatchObject({
      outcome: 'delivered',
      result: { status: 'Credit Hold' },
      warnings: [{ code: 'ACUMATICA_CREDIT_HOLD' }],
    })
    expect(stateOf(sandbox.orders()[0])).toBe('Credit Hold')
  })

  it('stays on hold where the configuration wants a person to release it', async () => {
    const sandbox = await startInstance()
    expect(await new Pusher(sandbox, { releaseHold: false }).create()).toMatchObject({
      outcome: 'delivered',
      result: { status: 'On Hold' },
    })
  })

  it('never touches the item cross-references', async () => {
    const sandbox = await startInstance()
    const before = JSON.stringify(sandbox.all('StockItem'))
    await new Pusher(sandbox).create()
    expect(JSON.stringify(sandbox.all('StockItem'))).toBe(before)
  })
})

describe('what Acumatica made of an order', () => {
  const reprice = (line: ApiRecord) => {
    if ((line.ExternalRef as { value?: string }).value === '2') line.UnitPrice = { value: 7.5 }
  }

  it('differing from what was sent leaves it on hold with every difference named', async () => {
    const sandbox = await startInstance({
      onOrderLine: (line) => {
        reprice(line)
        if ((line.ExternalRef as { value?: string }).value === '3') line.OrderQty = { value: 1 }
      },
    })
    const outcome = await new Pusher(sandbox).create()
    expect(outcome).toMatchObject({
      outcome: 'held',
      result: { orderNbr: 'SO-20931' },
      problems: [
        {
          path: 'Details[1].UnitPrice',
          message: 'Order SO-20931, line 2 (JS-BWL-06): the price is 7.5, the purchase order says 7.9.',
        },
        {
          path: 'Details[2].OrderQty',
          message: 'Order SO-20931, line 3 (JS-TRY-LG): the quantity is 1, the purchase order says 2.',
        },
        { path: 'OrderTotal', message: 'Order SO-20931 comes to 277.2 before tax, the purchase order to 367.2.' },
      ],
    })
    expect(stateOf(sandbox.orders()[0])).toBe('On Hold')
  })

  it('is accepted as it stands once a person released it, with its differences as warnings', async () => {
    const sandbox = await startInstance({ onOrderLine: reprice })
    const pusher = new Pusher(sandbox)
    await pusher.create()
    const held = sandbox.orders()[0] ?? {}
    sandbox.save('SalesOrder', { ...held, Hold: { value: false }, Status: { value: 'Open' } })
    const outcome = await pusher.create(orderRecord(), true)
    expect(outcome).toMatchObject({ outcome: 'delivered', adopted: true, result: { total: '362.4' } })
    expect(outcome).toMatchObject({
      warnings: [
        { code: 'ACUMATICA_ACCEPTED_AS_IS', path: 'Details[1].UnitPrice' },
        { code: 'ACUMATICA_ACCEPTED_AS_IS', path: 'OrderTotal' },
      ],
    })
  })

  it('corrected on hold by a person is released by a redrive', async () => {
    let wrong = true
    const sandbox = await startInstance({ onOrderLine: (line) => wrong && reprice(line) })
    const pusher = new Pusher(sandbox)
    await pusher.create()
    wrong = false
    const order = sandbox.orders()[0] ?? {}
    const { OrderType = null, OrderNbr = null } = order
    const [, second] = order.Details as ApiRecord[]
    sandbox.enterOrder({ OrderType, OrderNbr, Details: [{ id: second?.id ?? null, UnitPrice: { value: 7.9 } }] })
    expect(await pusher.create(orderRecord(), true)).toMatchObject({ outcome: 'delivered', warnings: [] })
    expect(stateOf(sandbox.orders()[0])).toBe('Open')
  })
})

describe('a refused order', () => {
  it('is rejected with every field error in Acumatica’s words, and nothing is written', async () => {
    const sandbox = await startInstance()
    const record = orderRecord({ CustomerID: { value: 'HARBORPIN' } })
    const lines = record.Details as ApiRecord[]
    Object.assign(lines[1] ?? {}, { InventoryID: { value: '771209' } })
    Object.assign(lines[2] ?? {}, { UOM: { value: 'CS' } })
    expect(await new Pusher(sandbox).create(record)).toMatchObject({
      outcome: 'rejected',
      problems: [
        { message: `CustomerID "HARBORPIN": 'Customer' cannot be found in the system.` },
        { message: `Details[1].InventoryID "771209": 'Inventory ID' cannot be found in the system.` },
        { message: 'Details[2].UOM "CS": Unit conversion is missing.' },
      ],
    })
    expect(sandbox.orders()).toEqual([])
  })

  it('that cannot even be read as its type is rejected with the place', async () => {
    const sandbox = await startInstance()
    const record = orderRecord()
    Object.assign((record.Details as ApiRecord[])[0] ?? {}, { OrderQty: { value: 'two' } })
    expect(await new Pusher(sandbox).create(record)).toMatchObject({
      outcome: 'rejected',
      problems: [{ code: 'ACUMATICA_REQUEST_INVALID', path: 'Details[0].OrderQty.value' }],
    })
  })

  it('by the order type’s own guard against duplicates is rejected too', async () => {
    const sandbox = await startInstance({ forbidDuplicateCustomerOrders: true })
    sandbox.enterOrder(orderRecord({ ExternalRef: { value: `${reference}:R2` } }))
    const recorded = answer('error-422-duplicate-customer-order').body as { CustomerOrder: { error: string } }
    expect(await new Pusher(sandbox).create()).toMatchObject({
      outcome: 'rejected',
      problems: [{ path: 'CustomerOrder', message: expect.stringContaining(recorded.CustomerOrder.error) }],
    })
  })

  it('while it is taken off hold stays on hold, and a person reads why', async () => {
    const sandbox = await startInstance()
    const body = { error: 'The order exceeds its control total.' }
    let first = true
    sandbox.faults.strike = (method) => {
      if (method !== 'PUT') return undefined
      if (first) first = false
      else return { kind: 'status', status: 422, body }
      return undefined
    }
    expect(await new Pusher(sandbox).create()).toMatchObject({
      outcome: 'held',
      problems: [{ message: 'The order exceeds its control total.' }],
      result: { orderNbr: 'SO-20931' },
    })
  })
})

describe('a long order', () => {
  const lines = (count: number): ApiRecord[] =>
    Array.from({ length: count }, (_, i) => ({
      InventoryID: { value: ['JS-MUG-12', 'JS-BWL-06'][i % 2] ?? '' },
      OrderQty: { value: i + 1 },
      UOM: { value: 'EA' },
      UnitPrice: { value: 1 },
      ManualPrice: { value: true },
      ExternalRef: { value: String(i + 1) },
    }))

  it('is written in portions, each line once', async () => {
    const sandbox = await startInstance()
    const outcome = await new Pusher(sandbox, { linesPerRequest: 4 }).create(orderRecord({ Details: lines(10) }))
    expect(outcome).toMatchObject({ outcome: 'delivered', result: { status: 'Open', total: '55' } })
    expect(puts(sandbox.requests)).toBe(4)
    expect(linesOf(sandbox.orders()[0])).toHaveLength(10)
  })

  it.each([1, 2, 3])('goes on where it was when the answer to portion %i was lost', async (portion) => {
    const sandbox = await startInstance()
    let put = 0
    sandbox.faults.strike = (method) => {
      if (method === 'PUT') put += 1
      return method === 'PUT' && put === portion ? { kind: 'drop-after' } : undefined
    }
    const { faults, outcome } = await new Pusher(sandbox, { linesPerRequest: 4 }).insist(
      'create-order',
      orderRecord({ Details: lines(10) }),
    )
    expect(faults).toEqual(['ANSWER_LOST'])
    expect(outcome).toMatchObject({ outcome: 'delivered', result: { total: '55' } })
    expect(linesOf(sandbox.orders()[0])).toHaveLength(10)
  })

  it('with a line taken out by a person on hold is not filled up again', async () => {
    const sandbox = await startInstance()
    const pusher = new Pusher(sandbox, { linesPerRequest: 4, releaseHold: false })
    const record = orderRecord({ Details: lines(10) })
    await pusher.create(record)
    const order = sandbox.orders()[0] ?? {}
    sandbox.save('SalesOrder', { ...order, Details: (order.Details as ApiRecord[]).toSpliced(8, 1) })
    expect(codes(await pusher.create(record, true))).toContain('ACUMATICA_ORDER_DIFFERS')
    expect(linesOf(sandbox.orders()[0])).toHaveLength(9)
  })
})

describe('an endpoint of contract 20.200', () => {
  it('has no line reference: lines are paired in their order and nothing unknown is sent', async () => {
    const sandbox = await startInstance()
    const pusher = new Pusher(sandbox, { endpoint: { version: '20.200.001' } })
    // Without ManualPrice the screen prices the lines itself; here its prices are those of the purchase order.
    const outcome = await pusher.create()
    expect(outcome).toMatchObject({ outcome: 'delivered', result: { orderNbr: 'SO-20931' } })
  })
})
