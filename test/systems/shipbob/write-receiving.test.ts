import { closeAll, fixture } from './server.ts'
import { startWarehouse } from './warehouse.ts'
import type { Raw } from './warehouse-api.ts'
import { order } from './written.ts'

afterEach(closeAll)

/** A receiving order that somebody made there. */
const standing = (over: Raw = {}): Raw => ({
  ...fixture('rest/receiving.create.json').response.body,
  ...over,
})
const mugs = (quantity: number): Raw[] => [{ inventory_id: 21705372, expected_quantity: quantity }]

describe('a receiving order', () => {
  it('is made as the ERP has it, found by its number', async () => {
    const { write, changes, world } = await startWarehouse()
    const outcome = await write('create-receiving-order', order())
    expect(JSON.parse(changes()[0]?.body ?? '')).toEqual(fixture('rest/receiving.create.json').request.body)
    const { id } = world.orders[0]
    expect(outcome).toEqual({
      outcome: 'delivered',
      targetId: String(id),
      targetNumbers: [String(id)],
      result: { id, status: 'Awaiting', labels: `https://api.shipbob.com/2026-07/receiving/${id}/labels` },
      adopted: false,
      warnings: [],
    })
  })

  it('has a number for each carton, also where nobody gave one', async () => {
    const { write, changes } = await startWarehouse()
    await write('create-receiving-order', order({ boxes: order().boxes.map(({ items }) => ({ items })) }))
    const numbers = JSON.parse(changes()[0]?.body ?? '').boxes.map((box: Raw) => box.tracking_number)
    expect(numbers).toEqual(['P00042-1', 'P00042-2'])
  })

  it('is expected tomorrow where the ERP expected it before today, with a warning', async () => {
    const { write, changes } = await startWarehouse()
    const outcome = await write('create-receiving-order', order({ expectedAt: '2026-09-01T12:00:00Z' }))
    expect(outcome).toMatchObject({ outcome: 'delivered', warnings: [{ code: 'SHIPBOB_ARRIVAL_MOVED' }] })
    expect(JSON.parse(changes()[0]?.body ?? '').expected_arrival_date).toBe('2026-09-04T12:00:00Z')
  })

  it.each([
    ['2026-07', { carrier: 'Example Freight Lines', notes: '2 pallets' }],
    ['2026-01', undefined],
  ])('tells the carrier where version %s has a place for it', async (version, freight) => {
    const { write, changes } = await startWarehouse({ version })
    const given = { carrier: 'Example Freight Lines', notes: '2 pallets' }
    await write('create-receiving-order', order({ packageType: 'Pallet', freight: given }))
    expect(JSON.parse(changes()[0]?.body ?? '').freight).toEqual(freight)
  })

  it('is held with everything that ShipBob would refuse, and not sent', async () => {
    const { write, changes } = await startWarehouse()
    const item = (over: Raw) => ({ product: { sku: 'MUG-BLU-01' }, quantity: 1, name: 'Mug', path: 'p', ...over })
    const wrong = [item({ quantity: 0 }), item({ quantity: 2.5 }), item({ quantity: 2 ** 31 })]
    const boxes = [...Array.from({ length: 50 }, () => ({ items: [item({})] })), { items: wrong }]
    expect(await write('create-receiving-order', order({ boxes }))).toMatchObject({
      problems: [
        { code: 'SHIPBOB_TOO_MANY_BOXES' },
        { code: 'SHIPBOB_QUANTITY_INVALID' },
        { code: 'SHIPBOB_QUANTITY_INVALID' },
        { code: 'SHIPBOB_QUANTITY_INVALID' },
      ],
    })
    const unknown = [
      item({ product: { sku: 'NEW-1' }, path: 'lines[0]' }),
      item({ product: { sku: 'BND-GIFT-01' }, path: 'lines[1]' }),
      item({ product: { sku: 'COF-LR-340' }, path: 'lines[2]' }),
      item({ product: { sku: 'COF-LR-340' }, lot: 'LR-1', path: 'lines[3]' }),
    ]
    expect(await write('create-receiving-order', order({ boxes: [{ items: unknown }] }))).toMatchObject({
      problems: [
        { code: 'SHIPBOB_PRODUCT_NOT_FOUND', path: 'lines[0]' },
        { code: 'SHIPBOB_BUNDLE_NOT_RECEIVED', path: 'lines[1]' },
        { code: 'SHIPBOB_LOT_INCOMPLETE', message: expect.stringContaining('lot number and expiry date') },
        { code: 'SHIPBOB_LOT_INCOMPLETE', message: expect.stringContaining('expiry date of lot LR-1') },
      ],
    })
    expect(changes()).toEqual([])
  })

  it('leaves out lots of goods that ShipBob keeps without, and says so', async () => {
    const { write, changes } = await startWarehouse()
    const items = [
      { product: { sku: 'MUG-BLU-01' }, quantity: 1, lot: 'M-1', lotDate: '2027-01-01', name: 'Mug', path: 'p' },
    ]
    const outcome = await write('create-receiving-order', order({ boxes: [{ items }] }))
    expect(outcome).toMatchObject({ warnings: [{ code: 'SHIPBOB_LOT_LEFT_OUT' }] })
    expect(JSON.parse(changes()[0]?.body ?? '').boxes[0].box_items).toEqual([{ inventory_id: 21705372, quantity: 1 }])
  })

  it('names goods by their SKU while ShipBob has no inventory id for them, where the version allows', async () => {
    const products = fixture('rest/product.list-by-sku.json').response.body.items
    products[1].variants[0].inventory.inventory_id = null
    const items = [{ product: { sku: 'MUG-BLU-01' }, quantity: 1, name: 'Mug', path: 'p' }]
    const { write, changes } = await startWarehouse({ products })
    await write('create-receiving-order', order({ boxes: [{ items }] }))
    expect(JSON.parse(changes()[0]?.body ?? '').boxes[0].box_items).toEqual([{ sku: 'MUG-BLU-01', quantity: 1 }])
    const older = await startWarehouse({ products, version: '2026-01' })
    expect(await older.write('create-receiving-order', order({ boxes: [{ items }] }))).toMatchObject({
      outcome: 'held',
    })
  })
})

describe('a receiving order that stands there', () => {
  it('is taken over where it has the number, the goods and the quantities', async () => {
    const { write, changes, world } = await startWarehouse()
    world.orders.push(standing())
    expect(await write('create-receiving-order', order())).toMatchObject({ adopted: true, targetId: '918363' })
    expect(changes()).toEqual([])
  })

  it('is taken over where staff made two of it', async () => {
    const { write, changes, world } = await startWarehouse()
    const [coffees, cups] = standing().inventory_quantities
    world.orders.push(standing({ inventory_quantities: [coffees] }))
    world.orders.push(standing({ id: 918390, inventory_quantities: [cups] }))
    expect(await write('create-receiving-order', order())).toMatchObject({
      adopted: true,
      targetNumbers: ['918363', '918390'],
      result: { id: 918363, others: [918390] },
    })
    expect(changes()).toEqual([])
  })

  it('keeps a second one from being made where its goods differ', async () => {
    const { write, changes, world } = await startWarehouse()
    world.orders.push(standing({ inventory_quantities: mugs(7) }))
    expect(await write('create-receiving-order', order())).toMatchObject({
      outcome: 'held',
      problems: [{ code: 'SHIPBOB_RECEIVING_ORDER_DIFFERS', message: expect.stringContaining('918363 (Awaiting)') }],
    })
    expect(changes()).toEqual([])
  })

  it.each([
    ['was cancelled', { status: 'Cancelled' }],
    ['has been received, with other goods', { status: 'Completed', inventory_quantities: mugs(7) }],
    ['has a number that only begins alike', { purchase_order_number: 'P00042-R1' }],
  ])('is none of this order where it %s', async (_, over) => {
    const { write, world } = await startWarehouse({
      answer: ({ method, url }, { orders }) =>
        method === 'GET' && url.includes('/receiving') ? { body: orders } : undefined,
    })
    world.orders.push(standing(over))
    expect(await write('create-receiving-order', order())).toMatchObject({ outcome: 'delivered', adopted: false })
  })

  it('is not guessed where two of them fit', async () => {
    const { write, world } = await startWarehouse()
    world.orders.push(standing(), standing({ id: 918364 }))
    expect(await write('create-receiving-order', order())).toMatchObject({ outcome: 'held' })
    expect(await write('create-receiving-order', order({ known: [918364] }))).toMatchObject({ targetId: '918364' })
  })
})

describe('marking receiving orders as taken over', () => {
  it('takes both answers of ShipBob for a yes', async () => {
    const observed = await startWarehouse()
    const declared = await startWarehouse({ answer: () => ({ body: standing() }) })
    for (const { write } of [observed, declared])
      expect(await write('mark-received', { ids: [918363] })).toMatchObject({
        outcome: 'delivered',
        targetNumbers: ['918363'],
      })
    expect(JSON.parse(observed.changes()[0]?.body ?? '')).toEqual({ ids: [918363], is_external_sync: true })
  })

  it('names those that failed', async () => {
    const results = [
      { id: 918363, action: 'ExternalSync', is_success: true, reason: '' },
      { id: 918390, action: 'ExternalSync', is_success: false, reason: 'Not completed' },
    ]
    const { write } = await startWarehouse({ answer: () => ({ body: { results } }) })
    expect(await write('mark-received', { ids: [918363, 918390] })).toMatchObject({
      outcome: 'held',
      problems: [{ code: 'SHIPBOB_SYNC_REFUSED', message: expect.stringMatching(/918390.*Not completed/) }],
    })
  })
})
