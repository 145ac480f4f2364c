import { type ApiRecord, wrapFields } from '../../../lib/systems/acumatica/records.ts'
import type { SandboxAcumatica } from '../../../sandbox/systems/acumatica/index.ts'
import { closeAll, orderRecord, startInstance } from './instance.ts'
import { changeRecord, linesOf, Pusher, sampleLines, stateOf } from './writing.ts'

afterEach(closeAll)

const codes = (outcome: unknown) => ((outcome as { problems?: { code: string }[] }).problems ?? []).map((p) => p.code)
const line = (reference: string, fields: Parameters<typeof wrapFields>[0] = {}): ApiRecord =>
  wrapFields({ ExternalRef: reference, ...fields })
const newLine = line('4', { InventoryID: 'JS-MUG-12', OrderQty: 6, UOM: 'EA', UnitPrice: 4.25, ManualPrice: true })

async function ordered(options = {}, settings = {}) {
  const sandbox = await startInstance(options)
  const pusher = new Pusher(sandbox, settings)
  await pusher.create()
  const before = sandbox.requests.length
  const puts = () => sandbox.requests.slice(before).filter((r) => r.method === 'PUT').length
  return { sandbox, pusher, puts, order: () => sandbox.orders()[0] }
}
const ship = (sandbox: SandboxAcumatica) => sandbox.shipOrder('SO-20931', { quantities: { 1: 1 } })

describe('a change', () => {
  it('touches the named lines only: changed, taken out, added', async () => {
    const { pusher, order, sandbox } = await ordered()
    const record = changeRecord([line('1', { OrderQty: 30 }), { ...line('2'), delete: true }, newLine])
    expect(await pusher.write('change-order', record)).toMatchObject({
      outcome: 'delivered',
      adopted: false,
      targetId: 'SO/SO-20931',
      result: { total: '323.4', status: 'Open' },
    })
    expect(linesOf(order())).toEqual(['1 JS-MUG-12 30 EA 4.25', '3 JS-TRY-LG 2 CASE 85.2', '4 JS-MUG-12 6 EA 4.25'])
    expect(sandbox.orders()).toHaveLength(1)
  })

  it('made already writes nothing and inserts no line twice', async () => {
    const { pusher, puts, order } = await ordered()
    const record = changeRecord([line('1', { OrderQty: 30 }), { ...line('2'), delete: true }, newLine])
    await pusher.write('change-order', record)
    const lines = linesOf(order())
    expect(await pusher.write('change-order', record, true)).toMatchObject({ outcome: 'delivered', adopted: true })
    expect(puts()).toBe(1)
    expect(linesOf(order())).toEqual(lines)
  })

  it('of header fields and dates sends just what differs', async () => {
    const { pusher, order } = await ordered()
    const header = {
      RequestedOn: { value: '2026-10-30T00:00:00' },
      ShippingSettings: { CancelByDate: { value: '2026-11-02T00:00:00' }, ShipVia: { value: 'ODFL' } },
      note: { value: 'Use gate 4.' },
    }
    expect(await pusher.write('change-order', changeRecord([], header))).toMatchObject({ adopted: false })
    expect(order()).toMatchObject({
      RequestedOn: { value: '2026-10-30T00:00:00+00:00' },
      note: { value: 'Use gate 4.' },
      ShippingSettings: {
        CancelByDate: { value: '2026-11-02T00:00:00+00:00' },
        ScheduledShipmentDate: { value: '2026-10-19T00:00:00+00:00' },
      },
    })
    expect(await pusher.write('change-order', changeRecord([], header), true)).toMatchObject({ adopted: true })
  })

  it('of an order that is not in Acumatica waits for it', async () => {
    const sandbox = await startInstance()
    expect(codes(await new Pusher(sandbox).write('change-order', changeRecord([line('1', { OrderQty: 1 })])))).toEqual([
      'ACUMATICA_ORDER_NOT_FOUND',
    ])
  })

  it('after shipping has begun is held, naming the shipment, unless it was made before', async () => {
    const { pusher, sandbox, order } = await ordered()
    const record = changeRecord([line('1', { OrderQty: 30 })])
    await pusher.write('change-order', record)
    ship(sandbox)
    expect(await pusher.write('change-order', record, true)).toMatchObject({ outcome: 'delivered', adopted: true })
    expect(await pusher.write('change-order', changeRecord([line('1', { OrderQty: 12 })]))).toMatchObject({
      outcome: 'held',
      problems: [{ code: 'ACUMATICA_SHIPPING_BEGUN', message: expect.stringContaining('JS-SHP-0031877') }],
    })
    expect(linesOf(order())[0]).toBe('1 JS-MUG-12 30 EA 4.25')
  })

  it('of an order in a later state is held', async () => {
    const { pusher, sandbox } = await ordered()
    sandbox.save('SalesOrder', { ...sandbox.orders()[0], Status: { value: 'Pending Approval' } })
    expect(await pusher.write('change-order', changeRecord([line('1', { OrderQty: 1 })]))).toMatchObject({
      problems: [{ code: 'ACUMATICA_SHIPPING_BEGUN', message: expect.stringContaining('Pending Approval') }],
    })
  })

  it('of a line the order lacks is held with every such line, and changes nothing', async () => {
    const { pusher, order } = await ordered()
    const record = changeRecord([line('1', { OrderQty: 30 }), line('8', { OrderQty: 1 }), line('9', { UnitPrice: 1 })])
    expect(await pusher.write('change-order', record)).toMatchObject({
      outcome: 'held',
      problems: [{ path: 'Details[1]' }, { path: 'Details[2]' }],
    })
    expect(linesOf(order())).toEqual(sampleLines)
  })

  it('that names a line twice, or not at all, is held', async () => {
    const { pusher, puts } = await ordered()
    const twice = changeRecord([newLine, newLine, wrapFields({ OrderQty: 1 })])
    expect(codes(await pusher.write('change-order', twice))).toEqual(Array(3).fill('ACUMATICA_LINE_NOT_FOUND'))
    expect(puts()).toBe(0)
  })

  it('of five thousand lines takes seconds, not minutes', async () => {
    const { sandbox, pusher } = await ordered()
    const many = Array.from({ length: 5_000 }, (_, i) => ({ ...newLine, ExternalRef: { value: `L${i}` } }))
    const order = sandbox.orders()[0] ?? {}
    const rowsOf = many.map((row, i) => ({ id: `row-${i}`, LineNbr: { value: i + 1 }, ...row }))
    sandbox.save('SalesOrder', { ...order, Details: rowsOf })
    expect(await pusher.write('change-order', changeRecord(many))).toMatchObject({ adopted: true })
  }, 60_000)

  it('that takes out a line which is not there any more is made already', async () => {
    const { pusher } = await ordered()
    const record = changeRecord([{ ...line('7'), delete: true }])
    expect(await pusher.write('change-order', record)).toMatchObject({ outcome: 'delivered', adopted: true })
  })

  it('that Acumatica does not take over is held with what is missing', async () => {
    let stubborn = false
    const { pusher } = await ordered({
      onOrderLine: (row: ApiRecord) => {
        if (stubborn) row.UnitPrice = { value: 4.25 }
      },
    })
    stubborn = true
    expect(await pusher.write('change-order', changeRecord([line('1', { UnitPrice: 4 })]))).toMatchObject({
      outcome: 'held',
      problems: [{ code: 'ACUMATICA_ORDER_DIFFERS', message: expect.stringContaining('line 1') }],
    })
  })

  it('of lines on an endpoint without line references is left to a person', async () => {
    const { sandbox } = await ordered()
    const old = new Pusher(sandbox, { endpoint: { version: '20.200.001' } })
    expect(codes(await old.write('change-order', changeRecord([line('1', { OrderQty: 1 })])))).toEqual([
      'ACUMATICA_NO_LINE_REFERENCE',
    ])
  })
})

describe('a replacement', () => {
  const replacement = () => {
    const record = orderRecord()
    const [first, , third] = record.Details as ApiRecord[]
    return { ...record, Details: [{ ...first, OrderQty: { value: 36 } }, third ?? {}, newLine] }
  }

  it('makes the order equal to it and takes it off hold again', async () => {
    const { pusher, order, sandbox } = await ordered()
    expect(await pusher.write('replace-order', replacement())).toMatchObject({
      outcome: 'delivered',
      adopted: false,
      result: { status: 'Open' },
    })
    expect(linesOf(order())).toEqual(['1 JS-MUG-12 36 EA 4.25', '3 JS-TRY-LG 2 CASE 85.2', '4 JS-MUG-12 6 EA 4.25'])
    expect(sandbox.orders()).toHaveLength(1)
  })

  it('that changes nothing writes nothing', async () => {
    const { pusher, puts } = await ordered()
    expect(await pusher.write('replace-order', orderRecord())).toMatchObject({ outcome: 'delivered', adopted: true })
    expect(puts()).toBe(0)
  })

  it('of an order that a person has on hold leaves it there, and says so', async () => {
    const { pusher, sandbox, order } = await ordered()
    sandbox.save('SalesOrder', { ...sandbox.orders()[0], Hold: { value: true }, Status: { value: 'On Hold' } })
    expect(await pusher.write('replace-order', replacement())).toMatchObject({
      outcome: 'delivered',
      warnings: [{ code: 'ACUMATICA_LEFT_ON_HOLD' }],
    })
    expect(stateOf(order())).toBe('On Hold')
  })

  it('keeps a line that somebody added in Acumatica, and says so', async () => {
    const { pusher, sandbox, order } = await ordered()
    const { OrderType = null, OrderNbr = null } = order() ?? {}
    const extra = wrapFields({ InventoryID: 'JS-MUG-12', OrderQty: 1, UOM: 'EA' })
    sandbox.enterOrder({ OrderType, OrderNbr, Details: [extra] })
    expect(await pusher.write('replace-order', replacement())).toMatchObject({
      outcome: 'delivered',
      warnings: [{ code: 'ACUMATICA_LINE_KEPT', message: expect.stringContaining('Line 4') }],
    })
    expect(linesOf(order())).toHaveLength(4)
  })

  it('under another customer is held', async () => {
    const { pusher, sandbox } = await ordered()
    sandbox.save('Customer', wrapFields({ CustomerID: 'LAKEFOODS' }))
    expect(
      codes(await pusher.write('replace-order', { ...replacement(), CustomerID: { value: 'LAKEFOODS' } })),
    ).toEqual(['ACUMATICA_ORDER_DIFFERS'])
  })

  it.each([1, 2])('whose answer %i is lost ends up as sent, off hold', async (lost) => {
    const { pusher, sandbox, order } = await ordered()
    let put = 0
    sandbox.faults.strike = (method) => {
      if (method === 'PUT') put += 1
      return method === 'PUT' && put === lost ? { kind: 'drop-after' } : undefined
    }
    const { faults, outcome } = await pusher.insist('replace-order', replacement())
    expect(faults).toEqual(['ANSWER_LOST'])
    expect(outcome).toMatchObject({ outcome: 'delivered', result: { status: 'Open' } })
    expect(linesOf(order())).toHaveLength(3)
  })
})

describe('a cancellation', () => {
  const cancellation = () => changeRecord([])

  it('waits for the action and reads the state afterwards', async () => {
    const { pusher, order } = await ordered({ actionPolls: 2 })
    expect(await pusher.write('cancel-order', cancellation())).toMatchObject({
      outcome: 'delivered',
      adopted: false,
      result: { status: 'Canceled' },
    })
    expect(stateOf(order())).toBe('Canceled')
  })

  it('made already is delivered', async () => {
    const { pusher } = await ordered()
    await pusher.write('cancel-order', cancellation())
    expect(await pusher.write('cancel-order', cancellation(), true)).toMatchObject({ adopted: true })
  })

  it('of an order on hold or on credit hold is allowed', async () => {
    const { pusher } = await ordered({ creditHold: ['HARBORPINE'] })
    expect(await pusher.write('cancel-order', cancellation())).toMatchObject({ outcome: 'delivered' })
  })

  it('after shipping has begun, or of an unknown order, is held', async () => {
    const { pusher, sandbox, order } = await ordered()
    ship(sandbox)
    expect(codes(await pusher.write('cancel-order', cancellation()))).toEqual(['ACUMATICA_SHIPPING_BEGUN'])
    expect(stateOf(order())).toBe('Back Order')
    const empty = new Pusher(await startInstance())
    expect(codes(await empty.write('cancel-order', cancellation()))).toEqual(['ACUMATICA_ORDER_NOT_FOUND'])
  })

  it('whose answer is lost is found to be made', async () => {
    const { pusher, sandbox } = await ordered({ actionPolls: 0 })
    sandbox.faults.add({ match: { method: 'POST', path: /Cancel/ }, times: 1, fault: { kind: 'drop-after' } })
    const { faults, outcome } = await pusher.insist('cancel-order', cancellation())
    expect(faults).toEqual(['ANSWER_LOST'])
    expect(outcome).toMatchObject({ outcome: 'delivered', adopted: true })
  })

  it('that an operation on the screen keeps out is tried again', async () => {
    const { pusher, sandbox } = await ordered()
    sandbox.faults.add({ match: { method: 'POST' }, times: 1, fault: { kind: 'status', status: 409 } })
    const { faults, outcome } = await pusher.insist('cancel-order', cancellation())
    expect(faults).toEqual(['ACUMATICA_BUSY'])
    expect(outcome).toMatchObject({ outcome: 'delivered' })
  })
})

describe('an item', () => {
  const record = (quantity: number): ApiRecord => ({
    InventoryID: { value: 'JS-MUG-12' },
    custom: { ItemSettings: { UsrRetailStock: { type: 'CustomDecimalField', value: quantity } } },
  })

  it('gets its field set once', async () => {
    const sandbox = await startInstance()
    const pusher = new Pusher(sandbox)
    expect(await pusher.write('update-item', record(140))).toMatchObject({
      outcome: 'delivered',
      adopted: false,
      targetId: 'StockItem/JS-MUG-12',
    })
    expect(await pusher.write('update-item', record(140), true)).toMatchObject({ adopted: true })
    expect(sandbox.find('StockItem', 'JS-MUG-12')).toMatchObject({
      Description: { value: 'Stoneware mug 12 oz, slate' },
      custom: { ItemSettings: { UsrRetailStock: { value: 140 } } },
    })
  })

  it('that does not exist is held and not created', async () => {
    const sandbox = await startInstance()
    const unknown = { ...record(1), InventoryID: { value: 'NO-SUCH' } }
    expect(codes(await new Pusher(sandbox).write('update-item', unknown))).toEqual(['ACUMATICA_ITEM_NOT_FOUND'])
    expect(sandbox.find('StockItem', 'NO-SUCH')).toBeUndefined()
  })
})
