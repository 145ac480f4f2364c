import { closeAll } from './server.ts'
import { startWarehouse } from './warehouse.ts'
import { order } from './written.ts'

afterEach(closeAll)

/** One box with so many mugs, of an order that was told before. */
const mugs = (quantity: number, known: number[] = []) =>
  order({
    boxPackaging: 'EverythingInOneBox',
    boxes: [{ items: [{ product: { sku: 'MUG-BLU-01' }, quantity, name: 'Mug', path: 'lines[0]' }] }],
    known,
  })

async function told(version: string, quantity = 60) {
  const warehouse = await startWarehouse({ version })
  await warehouse.write('create-receiving-order', mugs(quantity))
  const [made] = warehouse.world.orders
  const open = () =>
    warehouse.world.orders
      .filter(({ status }) => status !== 'Cancelled')
      .map(({ id, inventory_quantities: [goods] }) => [id, goods.expected_quantity])
  return { ...warehouse, made, open, known: [made.id] }
}

describe('a change of the order', () => {
  it('is made in place from version 2026-07 on', async () => {
    const { write, changes, open, known, made } = await told('2026-07')
    expect(await write('change-receiving-order', mugs(40, known))).toMatchObject({
      targetId: String(made.id),
      adopted: false,
    })
    expect(open()).toEqual([[made.id, 40]])
    expect(changes().at(-1)).toMatchObject({ method: 'PATCH', url: `/2026-07/receiving/${made.id}` })
    expect(JSON.parse(changes().at(-1)?.body ?? '')).toEqual({
      fulfillment_center: { id: 10 },
      expected_arrival_date: '2026-09-10T00:00:00Z',
      boxes: [{ tracking_number: 'P00042-1', box_items: [{ inventory_id: 21705372, quantity: 40 }] }],
    })
  })

  it('cancels and makes anew before, and does neither again', async () => {
    const { write, changes, open, known, made, world } = await told('2026-01')
    const outcome = await write('change-receiving-order', mugs(40, known))
    const anew = world.orders[1]
    expect(outcome).toMatchObject({ targetId: String(anew.id), adopted: false })
    expect(made.status).toBe('Cancelled')
    const done = changes().length
    expect(await write('change-receiving-order', mugs(40, known), true)).toMatchObject({
      targetId: String(anew.id),
      adopted: true,
    })
    expect(changes()).toHaveLength(done)
    expect(open()).toEqual([[anew.id, 40]])
  })

  it.each(['2026-07', '2026-01'])('is made anew where the old one is cancelled already (%s)', async (version) => {
    const { write, open, known, made } = await told(version)
    made.status = 'Cancelled'
    await write('change-receiving-order', mugs(40, known))
    expect(open()).toEqual([[expect.any(Number), 40]])
  })

  it.each(['2026-07', '2026-01'])(
    'is held once goods are under way, with the status and the difference (%s)',
    async (version) => {
      const { write, open, known, made, changes } = await told(version)
      made.status = 'Processing'
      expect(await write('change-receiving-order', mugs(90, known))).toMatchObject({
        outcome: 'held',
        problems: [
          {
            code: 'SHIPBOB_RECEIVING_ORDER_FIXED',
            message: expect.stringMatching(/P00042.*Processing.*inventory id 21705372: there 60, now 90/),
          },
        ],
      })
      expect(changes()).toHaveLength(1)
      expect(open()).toEqual([[made.id, 60]])
    },
  )

  it('is nothing to be told once all has come, and the order was cut down to it', async () => {
    const { write, known, made, changes } = await told('2026-07')
    made.status = 'Completed'
    expect(await write('change-receiving-order', mugs(52, known))).toMatchObject({
      outcome: 'delivered',
      adopted: true,
    })
    expect(await write('change-receiving-order', mugs(61, known))).toMatchObject({ outcome: 'held' })
    expect(changes()).toHaveLength(1)
  })

  it('is held with the words of ShipBob where it refuses although nothing has arrived', async () => {
    const { known } = await told('2026-07')
    const refusing = await startWarehouse({
      answer: ({ method }) =>
        method === 'PATCH' ? { status: 422, body: { detail: 'A label was bought for this order' } } : undefined,
    })
    await refusing.write('create-receiving-order', mugs(60))
    expect(await refusing.write('change-receiving-order', mugs(40, known))).toMatchObject({
      outcome: 'held',
      problems: [{ code: 'SHIPBOB_RECEIVING_ORDER_FIXED', message: expect.stringContaining('A label was bought') }],
    })
  })

  it('finds the order by its id where somebody gave it another number', async () => {
    const { write, open, known, made } = await told('2026-07')
    made.purchase_order_number = 'P00042 pallet 1'
    await write('change-receiving-order', mugs(40, known))
    expect(open()).toEqual([[made.id, 40]])
  })
})

describe('a cancellation of the order', () => {
  it('cancels the receiving order, once', async () => {
    const { write, known, made, changes } = await told('2026-07')
    const cancel = { purchaseOrder: 'P00042', known }
    expect(await write('cancel-receiving-order', cancel)).toMatchObject({
      outcome: 'delivered',
      adopted: false,
      result: { status: 'Cancelled' },
    })
    expect(made.status).toBe('Cancelled')
    expect(await write('cancel-receiving-order', cancel, true)).toMatchObject({ outcome: 'delivered', adopted: true })
    expect(changes()).toHaveLength(2)
  })

  it.each(['Processing', 'Completed'])('is held where the receiving order is %s', async (status) => {
    const { write, known, made } = await told('2026-07')
    made.status = status
    expect(await write('cancel-receiving-order', { purchaseOrder: 'P00042', known })).toMatchObject({
      outcome: 'held',
      problems: [{ code: 'SHIPBOB_RECEIVING_ORDER_FIXED', message: expect.stringContaining(status) }],
    })
  })

  it('leaves a receiving order of the same number that was not made from here to a person', async () => {
    const { write, known, made, world } = await told('2026-07')
    world.orders.push({ ...made, id: 918390 })
    const cancel = { purchaseOrder: 'P00042', known }
    expect(await write('cancel-receiving-order', cancel)).toMatchObject({
      outcome: 'held',
      problems: [{ code: 'SHIPBOB_RECEIVING_ORDERS_LEFT', message: expect.stringContaining('918390') }],
    })
    expect(world.orders.map(({ status }) => status)).toEqual(['Cancelled', 'Awaiting'])
  })
})
