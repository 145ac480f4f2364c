import { coffee, createDesk, purchase, type Raw, shipbob, tablesOf } from './desk.ts'

const received = (coffees: string, mugs: string): Raw => {
  const [first, second] = purchase().lines
  return [
    { ...first, received: coffees },
    { ...second, received: mugs },
  ]
}
const quantities = ({ boxes }: Raw): number[][] =>
  boxes.map(({ items }: Raw) => items.map(({ quantity }: Raw) => quantity))

describe('a purchase order for a warehouse at ShipBob', () => {
  it('is told to the centre that receives for it, in one box', () => {
    const { run } = createDesk({ answer: shipbob() })
    run(coffee())
    expect(run(purchase())).toMatchObject({
      outcome: 'write',
      writes: [{ connection: 'shipbob', operation: 'create-receiving-order', reference: 'WRO:P00042' }],
      index: ['ROASTERY/SO-9917'],
      record: {
        purchaseOrder: 'P00042',
        centreId: 10,
        expectedAt: '2026-09-10T00:00:00Z',
        packageType: 'Package',
        boxPackaging: 'EverythingInOneBox',
        boxes: [
          {
            items: [
              {
                product: { inventoryId: 21705365, sku: 'COF-LR-340' },
                quantity: 200,
                name: 'Coffee',
                path: 'lines[0]',
              },
              { product: { sku: 'MUG-BLUE' }, quantity: 120, name: 'Mug', path: 'lines[1]' },
            ],
          },
        ],
        known: [],
      },
    })
  })

  it('leaves out what had been received before', () => {
    expect(quantities(createDesk().run(purchase({ lines: received('150', '120') })).record)).toEqual([[50]])
  })

  it('comes in the boxes that were announced, with lots, and one more for the rest', () => {
    const boxes = [
      {
        tracking: '1Z999AA10123456784',
        lines: [{ productId: '41', quantity: '100', lot: 'LR-2608-A', expires: '2027-02-28' }],
      },
      {
        tracking: '1Z999AA10123456793',
        lines: [
          { productId: '41', quantity: '100', lot: 'LR-2609-B', expires: '2027-04-30' },
          { productId: '42', quantity: '60' },
        ],
      },
      { lines: [] },
    ]
    const { record, warnings } = createDesk().run(purchase({ boxes }))
    expect(record).toMatchObject({
      boxPackaging: 'MultipleSkuPerBox',
      boxes: [
        { tracking: '1Z999AA10123456784', items: [{ quantity: 100, lot: 'LR-2608-A', lotDate: '2027-02-28' }] },
        { tracking: '1Z999AA10123456793', items: [{ quantity: 100, lot: 'LR-2609-B' }, { quantity: 60 }] },
        { items: [{ quantity: 60, product: { sku: 'MUG-BLUE' } }] },
      ],
    })
    expect(warnings).toEqual([])
  })

  it('counts announced goods as announced, and says where they are more than ordered', () => {
    const boxes = [{ lines: [{ productId: '42', quantity: '130' }] }]
    const { record, warnings } = createDesk().run(purchase({ boxes }))
    expect(quantities(record)).toEqual([[130], [200]])
    expect(warnings).toMatchObject([{ code: 'INBOUND_BOXES_EXCEED', path: 'lines[1]' }])
  })

  it('has a box for each product where the settings say so', () => {
    const settings = { receivingOrders: { boxPackaging: 'OneSkuPerBox', packageType: 'Pallet' } }
    const { record } = createDesk({ settings }).run(purchase({ carrier: 'Example Freight Lines' }))
    expect(quantities(record)).toEqual([[200], [120]])
    expect(record.freight).toEqual({ carrier: 'Example Freight Lines', notes: 'Hill Roastery, SO-9917' })
  })

  it('is expected some days after it was read where Odoo has no date', () => {
    const { expectedAt: _, ...undated } = purchase()
    expect(createDesk().run(undated).record.expectedAt).toBe('2026-09-10T03:14:24.000Z')
  })

  it('is held with every line that cannot be told', () => {
    const [first, second] = purchase().lines
    const { item: _, ...nameless } = second
    expect(createDesk().run(purchase({ lines: [{ ...first, quantity: '1.5', unit: 'kg' }, nameless] }))).toMatchObject({
      outcome: 'held',
      problems: [
        { code: 'INBOUND_QUANTITY_NOT_WHOLE', path: 'lines[0]' },
        { code: 'SKU_MISSING', path: 'lines[1]' },
      ],
    })
  })

  it.each([
    [
      'several receiving centres',
      [
        { centre: '10', warehouse: 'SBCA' },
        { centre: '301', warehouse: 'SBCA' },
      ],
      'CENTRE_AMBIGUOUS',
    ],
    ['a centre that is no number', [{ centre: 'Moreno', warehouse: 'SBCA' }], 'CENTRE_INVALID'],
  ])('is held where the table gives its warehouse %s', (_, centres, code) => {
    expect(createDesk({ tables: tablesOf({ centres }) }).run(purchase())).toMatchObject({ problems: [{ code }] })
  })

  it.each([
    ['goes to another warehouse', { warehouse: 'WH' }, 'WAREHOUSE_NOT_OURS'],
    ['is a drop-shipment', { dropShip: true, warehouse: undefined }, 'DROP_SHIP'],
    ['is a draft', { state: 'draft' }, 'INBOUND_NOT_PLACED'],
    ['was cancelled before it was told', { state: 'cancelled' }, 'INBOUND_NOT_PLACED'],
    ['was received', { state: 'received' }, 'NOTHING_EXPECTED'],
    ['brings nothing more', { lines: received('200', '120') }, 'NOTHING_EXPECTED'],
  ])('is not told where it %s', (_, over, code) => {
    expect(createDesk().run(purchase(over))).toMatchObject({ outcome: 'skipped', problems: [{ code }] })
  })
})

describe('a purchase order that ShipBob was told', () => {
  const toldDesk = () => {
    const desk = createDesk({ answer: shipbob() })
    desk.run(purchase())
    return desk
  }

  it('is not told again where nothing changed', () => {
    const { run } = toldDesk()
    expect(run(purchase({ vendorReference: 'SO-9918' }))).toMatchObject({ problems: [{ code: 'INBOUND_UNCHANGED' }] })
  })

  it('stays as it was told while the warehouse counts it in', () => {
    const { run } = toldDesk()
    const later = {
      lines: received('120', '0'),
      expectedAt: '2026-09-12T00:00:00Z',
      boxes: [{ lines: [{ productId: '41', quantity: '80' }] }],
    }
    expect(run(purchase(later))).toMatchObject({ problems: [{ code: 'INBOUND_UNCHANGED' }] })
    expect(run(purchase({ state: 'received', lines: received('200', '112') })).outcome).toBe('skipped')
  })

  it.each([
    ['quantities', { lines: [{ ...purchase().lines[0], quantity: '150' }, purchase().lines[1]] }],
    ['date', { expectedAt: '2026-09-17T00:00:00Z' }],
    ['warehouse', { warehouse: 'SBGA' }],
    ['boxes', { boxes: [{ tracking: '1Z1', lines: [{ productId: '42', quantity: '120' }] }] }],
  ])('is changed with its %s, by the number that was given', (_, over) => {
    const { run } = toldDesk()
    expect(run(purchase(over))).toMatchObject({
      writes: [{ operation: 'change-receiving-order', reference: 'WRO:P00042' }],
      record: { known: [918363] },
    })
    expect(run(purchase(over)).outcome).toBe('skipped')
  })

  it('is told in the whole where it grows while goods come in', () => {
    const { run } = toldDesk()
    const grown = received('120', '0')
    grown[1].quantity = '130'
    expect(quantities(run(purchase({ lines: grown })).record)).toEqual([[200, 130]])
  })

  it.each([
    ['is cancelled', { state: 'cancelled' }],
    ['is deleted', { state: 'deleted', lines: [], warehouse: undefined }],
    ['is set back to a draft', { state: 'draft' }],
    ['goes to a warehouse elsewhere', { warehouse: 'WH' }],
    ['has no goods any more', { lines: [] }],
  ])('is cancelled once where it %s', (_, over) => {
    const { run } = toldDesk()
    expect(run(purchase(over))).toMatchObject({
      writes: [{ operation: 'cancel-receiving-order', record: { purchaseOrder: 'P00042', known: [918363] } }],
    })
    expect(run(purchase(over)).outcome).toBe('skipped')
  })

  it('is told anew where it was cancelled and is placed again', () => {
    const { run } = toldDesk()
    run(purchase({ state: 'cancelled' }))
    expect(run(purchase())).toMatchObject({
      writes: [{ operation: 'create-receiving-order' }],
      record: { known: [918363] },
    })
  })

  it('is told again, even as it was, where the last telling came to no good end', () => {
    let refuse = false
    const answer = shipbob()
    const { run } = createDesk({ answer: (write) => (refuse ? undefined : answer(write)) })
    run(purchase())
    refuse = true
    run(purchase({ expectedAt: '2026-09-17T00:00:00Z' }))
    refuse = false
    expect(run(purchase())).toMatchObject({
      writes: [{ operation: 'change-receiving-order' }],
      record: { known: [918363], expectedAt: '2026-09-10T00:00:00Z' },
    })
    expect(run(purchase()).outcome).toBe('skipped')
  })

  it('is cancelled where it is not known whether the warehouse has it', () => {
    const { run } = createDesk({ answer: () => undefined })
    run(purchase())
    expect(run(purchase({ state: 'cancelled' }))).toMatchObject({
      writes: [{ operation: 'cancel-receiving-order', record: { purchaseOrder: 'P00042', known: [] } }],
    })
  })

  it('is not mistaken for an order of another company with the same number', () => {
    const { run } = toldDesk()
    const other = run(purchase(), { key: '2/P00042' })
    expect(other).toMatchObject({ writes: [{ operation: 'create-receiving-order' }], record: { known: [] } })
  })
})
