import type { Json } from '../../../lib/core/exchange.ts'
import type { Shipment } from '../../../lib/documents/shipment.ts'
import { shipmentBundles } from '../../../lib/systems/shipbob/bundle.ts'
import { body, codes, parsed, problemsOf, words } from './parsing.ts'
import { fixture } from './server.ts'

const order = body('order.get.split')
const bundles = shipmentBundles(order) as Json[]
const shipmentsOf = (from: Json[]) => from.map((raw) => parsed<Shipment>('shipment', raw).document)

/** The first shipment of the split order, with some fields changed. */
const changed = (fields: { [name: string]: Json }): Json => {
  const [first] = order.shipments
  return (shipmentBundles({ ...order, shipments: [{ ...first, ...fields }] }) as Json[])[0] ?? null
}
const one = (fields: { [name: string]: Json }) => parsed<Shipment>('shipment', changed(fields))

describe('a split order', () => {
  const [moreno, fairburn] = shipmentsOf(bundles)

  test('each shipment says what left from where, with the order and channel it belongs to', () => {
    expect(moreno).toEqual({
      type: 'shipment',
      id: '352900411',
      orderId: '341200771',
      reference: 'SO-2026-1187',
      orderNumber: '1187',
      channel: '127733',
      state: 'shipped',
      status: 'LabeledCreated',
      details: [{ code: '102', name: 'Labeled', description: 'Label Generated' }],
      delivered: false,
      deliveryTrouble: false,
      shippedAt: '2026-09-13T18:05:00.000Z',
      centre: { id: '10', name: 'Moreno Valley (CA)' },
      tracking: {
        carrier: 'USPS',
        service: 'GroundAdvantage',
        number: '9261290306529427911297',
        url: 'https://track.example.com/?n=9261290306529427911297',
      },
      lines: [
        {
          item: 'COF-LR-340',
          productId: '31870021',
          name: 'Light Roast Coffee 340 g',
          goods: [
            {
              inventory: '21705365',
              name: 'Light Roast Coffee 340 g',
              quantity: '2',
              lot: 'LR-2608-A',
              expires: '2027-02-28',
              serials: [],
            },
          ],
          path: 'shipment.products[0]',
        },
        {
          item: 'MUG-BLU-01',
          productId: '31870022',
          name: 'Ceramic Mug, Blue',
          goods: [{ inventory: '21705372', name: 'Ceramic Mug, Blue', quantity: '1', serials: [] }],
          path: 'shipment.products[1]',
        },
      ],
    })
  })

  test('the line that was split has its parts on two shipments', () => {
    expect(fairburn).toMatchObject({
      id: '352900412',
      centre: { id: '211' },
      lines: [{ item: 'MUG-BLU-01', goods: [{ inventory: '21705372', quantity: '3' }] }],
    })
  })

  test('who receives it is not kept', () => {
    expect(JSON.stringify(bundles)).not.toMatch(/Whitfield|dana@example|Sample Rd/)
  })
})

describe('states', () => {
  test.each([
    ['LabeledCreated', 'shipped'],
    ['LabelCreated', 'shipped'],
    ['Completed', 'shipped'],
    ['Exception', 'exception'],
    ['OnHold', 'on-hold'],
    ['On Hold', 'on-hold'],
    ['Cancelled', 'cancelled'],
    ['Processing', 'open'],
    ['None', 'open'],
    ['CleanSweeped', 'open'],
    ['ImportReview', 'open'],
  ])('%s is %s', (status, state) => {
    const { document, warnings } = one({ status })
    expect(document).toMatchObject({ state, status })
    expect(warnings).toEqual([])
  })

  test('every word of the fact sheet is known', () => {
    expect(words.shipment.flatMap((status) => one({ status }).warnings)).toEqual([])
  })

  test('a word nobody knows is open, with a warning', () => {
    const { document, warnings } = one({ status: 'Teleported' })
    expect(document).toMatchObject({ state: 'open', status: 'Teleported' })
    expect(warnings).toMatchObject([{ code: 'SHIPBOB_WORD_UNKNOWN', path: 'shipment.status' }])
    expect(warnings[0]?.message).toContain('shipment 352900411: "Teleported"')
  })

  test('delivered by detail 203 or by its date, and never before it has left', () => {
    const detail = [{ id: 203, name: 'Delivered', description: 'Shipment Delivered' }]
    const date = '2026-09-16T15:00:00+00:00'
    expect(one({ status: 'Completed', status_details: detail }).document.delivered).toBe(true)
    expect(one({ status: 'Completed', delivery_date: date }).document).toMatchObject({
      delivered: true,
      deliveredAt: '2026-09-16T15:00:00.000Z',
    })
    expect(one({ status: 'OnHold', delivery_date: date }).document).not.toHaveProperty('deliveredAt')
  })

  test('a carrier that could not deliver is trouble, until it could', () => {
    const trouble = { id: 204, name: 'DeliveryException', description: 'Refused' }
    expect(one({ status: 'Completed', status_details: [trouble] }).document).toMatchObject({
      delivered: false,
      deliveryTrouble: true,
    })
    expect(one({ status: 'Completed', status_details: [trouble, { id: 203 }] }).document).toMatchObject({
      delivered: true,
      deliveryTrouble: false,
    })
  })
})

describe('the shipments of webhook deliveries', () => {
  const delivered = (topic: string) =>
    parsed<Shipment>('shipment', { shipment: JSON.parse(fixture(`webhooks/${topic}.json`).request.body_raw) }).document

  test('an exception names the article that is short', () => {
    expect(delivered('order.shipment.exception')).toMatchObject({
      state: 'exception',
      details: [{ code: '303', name: 'OutOfStock', description: 'No Stock On Hand For Sku', item: 'MUG-BLU-01' }],
    })
  })
  test('a cancelled one has no tracking and left nowhere', () => {
    const found = delivered('order.shipment.cancelled')
    expect(found).toMatchObject({ state: 'cancelled', id: '352900415' })
    expect(found).not.toHaveProperty('tracking')
    expect(found).not.toHaveProperty('shippedAt')
  })
  test('alone it has no channel, and still its reference', () => {
    const found = delivered('order.shipment.delivered')
    expect(found).toMatchObject({ reference: 'SO-2026-1187', delivered: true })
    expect(found).not.toHaveProperty('channel')
  })
})

describe('what may be missing or odd', () => {
  test('a bundle keeps its own SKU over the components that were taken for it', () => {
    const products: Json = [
      {
        id: 31870099,
        sku: 'BND-GIFT-01',
        inventory_items: [
          { id: 21705365, quantity: 1, lot: 'LR-2608-A' },
          { id: 21705372, quantity: 2, name: 'Ceramic Mug, Blue', serial_numbers: ['A1', 7] },
        ],
      },
    ]
    const details = [{ id: 303, name: 'OutOfStock', inventory_id: 21705372 }]
    expect(one({ products, status_details: details }).document).toMatchObject({
      details: [{ item: 'Ceramic Mug, Blue' }],
      lines: [
        {
          item: 'BND-GIFT-01',
          goods: [
            { inventory: '21705365', quantity: '1', lot: 'LR-2608-A' },
            { inventory: '21705372', quantity: '2', serials: ['A1', '7'] },
          ],
        },
      ],
    })
  })
  test('decimals stay as they are written', () => {
    const products = [{ id: 1, inventory_items: [{ id: 2, quantity: '0.10' }] }]
    expect(one({ products }).document.lines[0]?.goods[0]?.quantity).toBe('0.1')
  })
  test('null everywhere is tolerated', () => {
    const fields = ['location', 'tracking', 'status_details', 'actual_fulfillment_date', 'reference_id', 'products']
    const { document } = one({ ...Object.fromEntries(fields.map((name) => [name, null])), status: null })
    expect(document).toMatchObject({ state: 'open', status: '', lines: [], details: [] })
  })
  test('what has left must say how much: all that lack it are named at once', () => {
    const products: Json = [{ id: 1, inventory_items: [{ id: 2, quantity: null }, { quantity: 'two' }] }]
    const problems = problemsOf('shipment', changed({ products }))
    expect(codes(problems)).toEqual(['SHIPBOB_FIELD_MISSING', 'SHIPBOB_FIELD_MISSING', 'SHIPBOB_VALUE_INVALID'])
    expect(problems[2]?.message).toBe(
      'shipment 352900411: shipment.products[0].inventory_items[1].quantity is "two", no number.',
    )
  })
  test('what has not left yet need not', () => {
    const products = [{ id: 1, inventory_items: [{ id: 2, quantity: null }] }]
    expect(one({ products, status: 'Exception' }).document.lines[0]?.goods[0]?.quantity).toBe('0')
  })
  test.each<[string, Json]>([
    ['nothing', null],
    ['a list', []],
    ['another record', { receiving: { id: 1 } }],
  ])('%s is no shipment', (_, raw) => {
    expect(codes(problemsOf('shipment', raw))).toEqual(['SHIPBOB_BUNDLE_INVALID'])
  })
  test('a type that ShipBob has not', () => {
    expect(problemsOf('invoice', { shipment: {} })[0]?.message).toContain('no documents of the type "invoice"')
  })
})
