import { addCentre, moved, sent, shipment, soldOrder, stock } from './shipping.ts'
import { closeCompanies, codesOf, line, Pusher, startCompany, type TestCompany } from './writing.ts'

afterEach(closeCompanies)

const key = 'shipment:352900411'
const sold = [line('1', 'WIDGET', 10, 4), line('2', 'GADGET', 6, 2)]
const deliveries = (company: TestCompany) => company.records('stock.picking', [['picking_type_code', '=', 'outgoing']])

describe.each([18, 19] as const)('a shipment, booked in Odoo %i', (version) => {
  test('leaves from its centre with its tracking number, once; the rest waits', async () => {
    const company = await startCompany(version)
    const push = new Pusher(company)
    const source = addCentre(company, 'Moreno Valley')
    const number = await soldOrder(push, sold)
    const record = shipment(number, [sent('WIDGET', 4), sent('GADGET', 6)], {
      source,
      tracking: '9261290306529427911297',
      carrier: 'USPS GroundAdvantage',
      shippedAt: '2026-09-13T18:05:00.000Z',
    })
    const outcome = await push.write('book-delivery', record, key)
    const [first, second] = deliveries(company)
    expect(outcome).toEqual({
      outcome: 'delivered',
      targetId: `stock.picking/${first?.id}`,
      targetNumbers: [first?.name, number],
      adopted: false,
      warnings: [],
      result: { picking: first?.name, id: first?.id, state: 'done', backorder: second?.name },
    })
    expect(first).toMatchObject({
      carrier_tracking_ref: '9261290306529427911297',
      note: expect.stringContaining('shipment 352900411, left 2026-09-13 18:05 UTC, by USPS GroundAdvantage'),
    })
    expect(moved(company, 'outgoing')).toEqual(['GADGET 6 from WH/Moreno Valley', 'WIDGET 4 from WH/Moreno Valley'])
    expect(await push.write('book-delivery', record, key, true)).toMatchObject({ adopted: true })
    expect(deliveries(company).map(({ state }) => state)).toEqual(['done', 'confirmed'])
  })

  test('a later state of a booked shipment books nothing, whatever it says', async () => {
    const company = await startCompany(version)
    const push = new Pusher(company)
    const number = await soldOrder(push, sold)
    await push.write('book-delivery', shipment(number, [sent('WIDGET', 4)]), key)
    const more = shipment(number, [sent('WIDGET', 5), sent('GADGET', 1)], { tracking: '1Z' })
    expect(await push.write('book-delivery', more, key)).toMatchObject({ outcome: 'delivered', adopted: true })
    expect(moved(company, 'outgoing')).toEqual(['WIDGET 4 from WH/Stock'])
  })

  test('shipments of a split order each leave from their own centre', async () => {
    const company = await startCompany(version)
    const push = new Pusher(company)
    const [west, east] = [addCentre(company, 'Moreno Valley'), addCentre(company, 'Fairburn')]
    const number = await soldOrder(push, sold)
    await push.write('book-delivery', shipment(number, [sent('WIDGET', 1), sent('GADGET', 6)], { source: west }), key)
    await push.write('book-delivery', shipment(number, [sent('WIDGET', 9)], { source: east }), 'shipment:352900412')
    expect(moved(company, 'outgoing')).toEqual([
      'GADGET 6 from WH/Moreno Valley',
      'WIDGET 1 from WH/Moreno Valley',
      'WIDGET 9 from WH/Fairburn',
    ])
    expect(deliveries(company).map(({ state }) => state)).toEqual(['done', 'done'])
    const delivered = company.records('sale.order.line', [], ['qty_delivered']).map((row) => row.qty_delivered)
    expect(delivered).toEqual([10, 6])
  })

  test('goods that lie reserved elsewhere leave from where they were taken', async () => {
    const company = await startCompany(version)
    const push = new Pusher(company)
    const source = addCentre(company, 'Moreno Valley')
    stock(company, company.products.widget, 'WH/Stock', 20)
    stock(company, company.products.widget, source, 5)
    const number = await soldOrder(push, sold)
    await push.write('book-delivery', shipment(number, [sent('WIDGET', 4)], { source }), key)
    expect(moved(company, 'outgoing')).toEqual(['WIDGET 4 from WH/Moreno Valley'])
    const left = company.records('stock.quant', [
      ['product_id', '=', company.products.widget],
      ['location_id.usage', '=', 'internal'],
    ])
    expect(left.map(({ quantity }) => quantity).sort()).toEqual([1, 20])
  })

  test('lots and serial numbers are those that were sent; an unknown one is for a person', async () => {
    const company = await startCompany(version)
    const push = new Pusher(company)
    for (const [product, name] of [
      [company.products.cream, 'LR-2608-A'],
      [company.products.device, 'S-1'],
      [company.products.device, 'S-2'],
    ] as const)
      stock(company, product, 'WH/Stock', product === company.products.cream ? 50 : 1, name)
    const number = await soldOrder(push, [line('1', 'CREAM', 3, 4), line('2', 'DEVICE', 2, 20)])
    const record = (lot: string | undefined, serials: string[]) =>
      shipment(number, [sent('CREAM', 2, { lot, expires: '2027-02-28' }), sent('DEVICE', 2, { serials })])
    const wrong = await push.write('book-delivery', record('LR-9', ['S-1']), key)
    expect(codesOf(wrong)).toEqual(['ODOO_LOT_UNKNOWN', 'ODOO_LOT_UNSUITED'])
    expect(codesOf(await push.write('book-delivery', record(undefined, ['S-1', 'S-2']), key))).toEqual([
      'ODOO_LOT_MISSING',
    ])
    expect(moved(company, 'outgoing')).toEqual([])
    expect(await push.write('book-delivery', record('LR-2608-A', ['S-1', 'S-2']), key)).toMatchObject({
      outcome: 'delivered',
      warnings: [],
    })
    expect(moved(company, 'outgoing')).toEqual([
      'CREAM 2 from WH/Stock, LR-2608-A',
      'DEVICE 1 from WH/Stock, S-1',
      'DEVICE 1 from WH/Stock, S-2',
    ])
  })

  test.each([
    ['its number', (number: string) => number],
    ['the customer’s reference', () => 'SO-2026-1187'],
    ['the source document', () => 'SHOP:9'],
    ['the delivery’s own name', (_: string, company: TestCompany) => String(deliveries(company).at(-1)?.name)],
  ])('the order is found by %s', async (_, nameOf) => {
    const company = await startCompany(version)
    const push = new Pusher(company)
    await soldOrder(push, sold, 'SHOP:8')
    const number = await soldOrder(push, sold, 'SHOP:9')
    const order = company.one('sale.order', [['name', '=', number]])
    company.write('sale.order', order.id, { client_order_ref: 'SO-2026-1187' })
    const record = shipment(nameOf(number, company), [sent('WIDGET', 1)])
    const outcome = await push.write('book-delivery', record, key)
    expect(outcome).toMatchObject({ outcome: 'delivered' })
    const [done] = company.records('stock.picking', [['state', '=', 'done']])
    expect(done?.sale_id).toBe(order.id)
  })

  test('of several orders with one reference the confirmed one is meant; two of them are for a person', async () => {
    const company = await startCompany(version)
    const push = new Pusher(company)
    const numbers = [await soldOrder(push, sold, 'SHOP:1'), await soldOrder(push, sold, 'SHOP:2')]
    for (const { id } of company.records('sale.order')) company.write('sale.order', id, { client_order_ref: '1187' })
    const record = shipment('1187', [sent('WIDGET', 1)])
    expect(await push.write('book-delivery', record, key)).toMatchObject({
      problems: [{ code: 'ODOO_ORDER_NOT_FOUND', message: `1187 is 2 sale orders in Odoo: ${numbers.join(', ')}.` }],
    })
    const [first] = company.records('sale.order')
    company.call('sale.order', 'action_cancel', [first?.id ?? 0], {}, { disable_cancel_warning: true })
    expect(await push.write('book-delivery', record, key)).toMatchObject({
      outcome: 'delivered',
      targetNumbers: [expect.any(String), numbers[1]],
    })
  })

  test('more than is open leaves with a warning; what the order does not have, or no longer, is for a person', async () => {
    const company = await startCompany(version)
    const push = new Pusher(company)
    const number = await soldOrder(push, sold)
    expect(codesOf(await push.write('book-delivery', shipment(number, [sent('CREAM', 1)]), key))).toEqual([
      'ODOO_LINE_NOT_FOUND',
    ])
    const outcome = await push.write('book-delivery', shipment(number, [sent('WIDGET', 11), sent('GADGET', 6)]), key)
    expect(codesOf(outcome)).toEqual(['ODOO_OVER_DELIVERY'])
    const next = await push.write('book-delivery', shipment(number, [sent('WIDGET', 1)]), 'shipment:2')
    expect(next).toMatchObject({
      outcome: 'held',
      problems: [{ code: 'ODOO_DELIVERY_CLOSED', message: expect.stringContaining('has been delivered') }],
    })
  })

  test('an order that is not confirmed, cancelled or unknown is for a person', async () => {
    const company = await startCompany(version)
    const push = new Pusher(company)
    const number = await soldOrder(push, sold)
    const { id } = company.one('sale.order', [])
    company.call('sale.order', 'action_cancel', [id], {}, { disable_cancel_warning: true })
    const book = (order: string) => push.write('book-delivery', shipment(order, [sent('WIDGET', 1)]), key)
    expect(await book(number)).toMatchObject({
      problems: [{ code: 'ODOO_DELIVERY_CLOSED', message: expect.stringContaining('is cancelled') }],
    })
    company.call('sale.order', 'action_draft', [id])
    expect(await book(number)).toMatchObject({ problems: [{ message: expect.stringContaining('is not confirmed') }] })
    expect(codesOf(await book('SO-404'))).toEqual(['ODOO_ORDER_NOT_FOUND'])
  })

  test('a shipment of an unknown order becomes a delivery of its own, once, also when the order comes to Odoo later', async () => {
    const company = await startCompany(version)
    const push = new Pusher(company)
    const source = addCentre(company, 'Moreno Valley')
    const unknownOrder = { partner: { partner: 'C100' }, warehouse: 'WH' }
    const record = shipment('SHOP-77', [sent('WIDGET', 3), sent('GADGET', 1)], { source, unknownOrder })
    expect(await push.write('book-delivery', record, key)).toMatchObject({ outcome: 'delivered', adopted: false })
    const number = await soldOrder(push, sold)
    company.write('sale.order', company.one('sale.order', [['name', '=', number]]).id, { client_order_ref: 'SHOP-77' })
    expect(await push.write('book-delivery', record, key, true)).toMatchObject({ adopted: true })
    expect(moved(company, 'outgoing')).toEqual(['GADGET 1 from WH/Moreno Valley', 'WIDGET 3 from WH/Moreno Valley'])
    const own = deliveries(company).filter(({ sale_id }) => !sale_id)
    expect(own).toMatchObject([{ origin: 'SHOP-77', partner_id: company.customer, state: 'done' }])
  })

  test('a delivery that waits for an earlier step is for a person', async () => {
    const company = await startCompany(version)
    const push = new Pusher(company)
    const number = await soldOrder(push, sold)
    const [move] = company.records('stock.move', [['product_id', '=', company.products.widget]])
    const [type] = company.records('stock.picking.type', [['code', '=', 'internal']])
    const place = company.one('stock.location', [['complete_name', '=', 'WH/Stock']]).id
    const pick = company.create('stock.picking', {
      picking_type_id: type?.id ?? 0,
      location_id: place,
      location_dest_id: place,
      move_ids: [[0, 0, { product_id: company.products.widget, product_uom_qty: 10 }]],
    })
    const [first] = company.records('stock.move', [['picking_id', '=', pick]])
    company.write('stock.move', first?.id ?? 0, { move_dest_ids: [[6, 0, [move?.id ?? 0]]] })
    expect(await push.write('book-delivery', shipment(number, [sent('WIDGET', 1)]), key)).toMatchObject({
      problems: [{ code: 'ODOO_DELIVERY_STEPS', message: expect.stringContaining('/INT/') }],
    })
    // Once that is done, the goods stand where it put them.
    company.write('stock.move', first?.id ?? 0, { quantity: 10, picked: true })
    company.call('stock.picking', 'button_validate', [pick])
    const source = addCentre(company, 'Moreno Valley')
    await push.write('book-delivery', shipment(number, [sent('WIDGET', 1)], { source }), key)
    expect(moved(company, 'outgoing')).toEqual(['WIDGET 1 from WH/Stock'])
  })

  test('a delivery method of the carrier’s name is set where the delivery has none', async () => {
    const company = await startCompany(version)
    const push = new Pusher(company)
    const [carrier] = company.records('delivery.carrier')
    const number = await soldOrder(push, sold)
    await push.write(
      'book-delivery',
      shipment(number, [sent('WIDGET', 1)], { tracking: '1Z', carrier: String(carrier?.name) }),
      key,
    )
    expect(deliveries(company)[0]?.carrier_id).toBe(carrier?.id)
  })
})
