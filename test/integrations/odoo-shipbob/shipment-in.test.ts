import { coffee, createDesk, mug, type Raw, shipbob, tablesOf } from './desk.ts'
import { documents, recorded, shipmentOf, take, toldBy, writesOf } from './warehouse.ts'

const state =
  (status: string, details: Raw[] = [], over: Raw = {}) =>
  (shipment: Raw) =>
    Object.assign(shipment, { status, status_details: details, ...over })
const outOfStock = { id: 303, name: 'OutOfStock', description: 'Not enough stock', inventory_id: 21705372 }
const addressWrong = { id: 401, name: 'InvalidAddress' }
const delivered = { id: 203, name: 'Delivered' }
const trouble = { id: 204, name: 'DeliveryException', description: 'Refused' }

describe('a shipment that has left', () => {
  test('is booked with its goods, lots, centre and tracking', () => {
    const desk = createDesk()
    const result = take(desk, shipmentOf(352900411))
    expect(writesOf(result)).toEqual([
      {
        connection: 'odoo',
        operation: 'book-delivery',
        reference: 'shipment:352900411',
        record: {
          order: 'SO-2026-1187',
          shipment: '352900411',
          source: 'SBCA/Stock',
          tracking: '9261290306529427911297',
          trackingUrl: 'https://track.example.com/?n=9261290306529427911297',
          carrier: 'USPS GroundAdvantage',
          shippedAt: expect.stringMatching(/^2026-09-13T18:05:00/),
          unknownOrder: 'hold',
          lines: [
            {
              product: { item: 'COF-LR-340' },
              quantity: '2',
              lot: 'LR-2608-A',
              expires: '2027-02-28',
              path: expect.stringContaining('inventory_items[0]'),
            },
            { product: { item: 'MUG-BLU-01' }, quantity: '1', path: expect.stringContaining('inventory_items[0]') },
          ],
        },
      },
    ])
    expect(toldBy(take(desk, shipmentOf(352900411)))).toBe('skipped SHIPMENT_UNCHANGED')
  })

  test('each shipment of a split order is a booking of its own, from its own centre', () => {
    const desk = createDesk()
    const sent = [352900411, 352900412].map((id) => take(desk, shipmentOf(id)))
    expect(sent.map(({ record }) => [record.shipment, record.source])).toEqual([
      ['352900411', 'SBCA/Stock'],
      ['352900412', 'SBGA/Stock'],
    ])
  })

  test('before its tracking number is known, which is told when it comes, and when it changes', () => {
    const desk = createDesk()
    expect(
      take(
        desk,
        shipmentOf(352900411, (s) => Object.assign(s, { tracking: null })),
      ).record.tracking,
    ).toBeUndefined()
    const later = take(desk, shipmentOf(352900411))
    expect(toldBy(later)).toBe('write annotate-delivery')
    expect(later.record).toMatchObject({
      tracking: '9261290306529427911297',
      attention: false,
      text: expect.stringContaining('USPS GroundAdvantage, tracking number 9261290306529427911297'),
    })
    const moved = take(
      desk,
      shipmentOf(352900411, (s) => Object.assign(s.tracking, { tracking_number: '1Z77' })),
    )
    expect(moved.record.tracking).toBe('1Z77')
  })

  test('is told when it is delivered, once, and when it could not be', () => {
    const desk = createDesk()
    take(desk, shipmentOf(352900411))
    const lost = take(desk, shipmentOf(352900411, state('Completed', [trouble])))
    expect(lost.record).toMatchObject({ attention: true, text: expect.stringContaining('Refused') })
    const came = () => shipmentOf(352900411, state('Completed', [delivered], { delivery_date: '2026-09-16T15:00:00Z' }))
    expect(take(desk, came()).record).toMatchObject({
      attention: false,
      text: 'Shipment 352900411 of ShipBob was delivered on 2026-09-16.',
    })
    expect(toldBy(take(desk, came()))).toBe('skipped SHIPMENT_UNCHANGED')
  })

  test('is booked even where the first that is heard of it is that it was delivered', () => {
    const result = take(createDesk(), shipmentOf(352900411, state('Completed', [delivered])))
    expect(toldBy(result)).toBe('write book-delivery annotate-delivery')
  })

  test('other quantities than were booked are for somebody to look at, and book nothing', () => {
    const desk = createDesk()
    take(desk, shipmentOf(352900411))
    const changed = take(
      desk,
      shipmentOf(352900411, (s) => Object.assign(s.products[0].inventory_items[0], { quantity: 1 })),
    )
    expect(toldBy(changed)).toBe('write annotate-delivery')
    expect(changed.record).toMatchObject({ attention: true, text: expect.stringContaining('other quantities') })
  })

  test('taken back after it was booked is for a person, with what to do', () => {
    const desk = createDesk()
    take(desk, shipmentOf(352900411))
    for (const status of ['Cancelled', 'Processing'])
      expect(toldBy(take(desk, shipmentOf(352900411, state(status))))).toBe('held SHIPMENT_TAKEN_BACK')
  })

  test('a booking that Odoo held is made when the next state comes', () => {
    let down = true
    const desk = createDesk({ answer: () => (down ? undefined : {}) })
    expect(toldBy(take(desk, shipmentOf(352900411)))).toBe('write book-delivery')
    down = false
    const later = take(desk, shipmentOf(352900411, state('Completed', [delivered])))
    expect(toldBy(later)).toBe('write book-delivery annotate-delivery')
  })
})

describe('a shipment that has not left', () => {
  test.each([
    ['Exception', outOfStock, 'cannot be sent: OutOfStock (MUG-BLU-01): Not enough stock.'],
    ['OnHold', addressWrong, 'is on hold: InvalidAddress.'],
  ])('%s is told once for each reason, then it leaves', (status, detail, text) => {
    const desk = createDesk()
    const held = () => shipmentOf(352900411, state(status, [detail]))
    expect(toldBy(take(desk, shipmentOf(352900411, state('Processing'))))).toBe('skipped SHIPMENT_NOT_LEFT')
    expect(take(desk, held()).record).toMatchObject({ attention: true, text: expect.stringContaining(text) })
    expect(toldBy(take(desk, held()))).toBe('skipped SHIPMENT_NOT_LEFT')
    const other = shipmentOf(352900411, state(status, [{ id: 402, name: 'ReserveDateNotMet' }]))
    expect(toldBy(take(desk, other))).toBe('write annotate-delivery')
    expect(toldBy(take(desk, shipmentOf(352900411)))).toBe('write book-delivery')
  })

  test('cancelled is told, and books nothing', () => {
    const result = take(createDesk(), shipmentOf(352900411, state('Cancelled')))
    expect(toldBy(result)).toBe('write annotate-delivery')
    expect(result.record).toMatchObject({ attention: true, text: expect.stringContaining('nothing of it will leave') })
  })
})

describe('what a shipment does not make clear', () => {
  test('channels that are not taken are left alone', () => {
    const desk = createDesk({ settings: { deliveries: { channels: ['318204'] } } })
    expect(toldBy(take(desk, shipmentOf(352900411)))).toBe('skipped CHANNEL_NOT_OURS')
    expect(
      toldBy(
        take(
          desk,
          shipmentOf(352900411, (_, order) => Object.assign(order.channel, { id: 318204 })),
        ),
      ),
    ).toBe('write book-delivery')
  })

  test('every problem of it at once', () => {
    const unknown = shipmentOf(352900411, (s) => {
      s.location = { id: 999, name: 'Nowhere' }
      s.products[0].sku = null
    })
    const result = take(createDesk(), {
      ...unknown,
      document: { ...unknown.document, lines: unknown.document.lines.map((l: Raw) => ({ ...l, item: undefined })) },
    })
    expect(toldBy(result)).toBe('held CENTRE_UNKNOWN PRODUCT_UNKNOWN PRODUCT_UNKNOWN')
    const nowhere = take(
      createDesk(),
      shipmentOf(352900411, (s) => Object.assign(s, { location: null })),
    )
    expect(toldBy(nowhere)).toBe('held CENTRE_UNKNOWN')
    const empty = take(
      createDesk(),
      shipmentOf(352900411, (s) => Object.assign(s, { products: [] })),
    )
    expect(toldBy(empty)).toBe('held SHIPMENT_WITHOUT_GOODS')
  })

  test('a shipment alone, whose order is not named, is for a person; booked all the same where settings say so', () => {
    const alone = recorded('shipment.get', (s) => Object.assign(s, { reference_id: null }))
    const [one] = documents('shipment', alone)
    if (!one) throw new Error('no shipment')
    expect(toldBy(take(createDesk(), one))).toBe('held SHIPMENT_WITHOUT_ORDER')
    const settings = { deliveries: { unknownOrder: 'book', unknownOrderPartner: 'SHOP' } }
    expect(take(createDesk({ settings }), one).record).toMatchObject({
      order: '341200771',
      unknownOrder: { partner: { partner: 'SHOP' }, warehouse: 'SBCA' },
    })
  })

  test('deliveries that are not to be booked are told of only', () => {
    const desk = createDesk({ settings: { deliveries: { book: 'never' } } })
    expect(toldBy(take(desk, shipmentOf(352900411)))).toBe('write annotate-delivery')
    expect(toldBy(take(desk, shipmentOf(352900411)))).toBe('skipped SHIPMENT_UNCHANGED')
  })
})

describe('bundles', () => {
  const bundle = (items: Raw[]) =>
    shipmentOf(352900411, (s) =>
      Object.assign(s, { products: [{ id: 31879999, sku: 'BND-GIFT-01', name: 'Gift set', inventory_items: items }] }),
    )
  const taken = [
    { id: 21705365, name: 'Light Roast Coffee 340 g', quantity: 1, lot: 'LR-2608-A' },
    { id: 21705372, name: 'Ceramic Mug, Blue', quantity: 2 },
  ]
  const kit = mug({
    id: '51',
    item: 'BND-GIFT-01',
    kind: 'kit',
    components: [{ id: '42', item: 'MUG-BLU-01', name: 'Mug', quantity: '2' }],
  })

  test('leave as their components, which the ledger knows by their inventory ids', () => {
    const desk = createDesk({ answer: shipbob() })
    desk.run(coffee())
    desk.run(mug())
    const { record } = take(desk, bundle(taken))
    expect(record.lines.map((l: Raw) => [l.product.item, l.quantity, l.lot])).toEqual([
      ['COF-LR-340', '1', 'LR-2608-A'],
      ['MUG-BLU-01', '2', undefined],
    ])
  })

  test('of one thing are that thing, also where ShipBob’s id of it is new', () => {
    const desk = createDesk({ answer: shipbob() })
    desk.run(mug())
    desk.run(kit)
    const { record } = take(desk, bundle([{ id: 21709999, name: 'Mug, new box', quantity: 2 }]))
    expect(record.lines).toMatchObject([{ product: { item: 'MUG-BLU-01' }, quantity: '2' }])
  })

  test('with goods that nobody knows are for a person: their SKU is not that of the goods', () => {
    const rows = { items: [{ sku: 'BND-GIFT-01', item: 'GIFT' }] }
    expect(toldBy(take(createDesk({ tables: tablesOf(rows) }), bundle(taken)))).toBe(
      'held PRODUCT_UNKNOWN PRODUCT_UNKNOWN',
    )
  })
})
