import {
  countStock,
  openTransfers,
  placePurchase,
  placeSale,
  receiveTransfer,
  shipDelivery,
  takeBack,
} from '../../../sandbox/systems/odoo/business/people/index.ts'
import { closeCompanies, startCompany, type TestCompany } from './company.ts'

afterAll(closeCompanies)

describe.each([18, 19] as const)('stock of Odoo %i', (version) => {
  let company: TestCompany
  const packageModel = version === 18 ? 'stock.quant.package' : 'stock.package'
  beforeEach(async () => {
    company = await startCompany(version)
    countStock(company, 'WIDGET', 100)
    countStock(company, 'GADGET', 100)
  })

  const receiptOf = (lines: { item: string; quantity: number }[]) =>
    placePurchase(company, { partner: 'V100', lines }).receipts[0] ?? ''
  const deliveryOf = (lines: { item: string; quantity: number }[], shipTo?: string) =>
    placeSale(company, { partner: 'C100', lines, ...(shipTo ? { shipTo } : {}) }).deliveries[0] ?? ''
  const movesOf = (name: string) => company.records('stock.move', [['picking_id.name', '=', name]])
  const linesOf = (name: string) => company.records('stock.move.line', [['picking_id.name', '=', name]])
  const idOf = (name: string) => company.one('stock.picking', [['name', '=', name]]).id

  it('goes out of where it was reserved, and what others reserved is theirs', () => {
    const first = deliveryOf([{ item: 'WIDGET', quantity: 60 }])
    const second = deliveryOf([{ item: 'WIDGET', quantity: 60 }])
    expect(movesOf(first)).toMatchObject([{ quantity: 60, state: 'assigned' }])
    expect(movesOf(second)).toMatchObject([{ quantity: 40, state: 'partially_available' }])
    const product = () =>
      company.one(
        'product.product',
        [['id', '=', company.products.widget]],
        ['qty_available', 'free_qty', 'outgoing_qty', 'virtual_available'],
      )
    expect(product()).toMatchObject({ qty_available: 100, free_qty: 0, outgoing_qty: 120, virtual_available: -20 })
    shipDelivery(company, first)
    expect(product()).toMatchObject({ qty_available: 40, free_qty: 0, outgoing_qty: 60 })
  })

  it('is sent in packs: a line is split over them and keeps its move', () => {
    const name = deliveryOf([
      { item: 'WIDGET', quantity: 20 },
      { item: 'GADGET', quantity: 6 },
    ])
    shipDelivery(company, name, {
      tracking: '1Z999',
      packages: [
        { name: '000123450000000016', type: 'CTN24', weight: 12.5, lines: [{ item: 'WIDGET', quantity: 12 }] },
        {
          lines: [
            { item: 'WIDGET', quantity: 8 },
            { item: 'GADGET', quantity: 6 },
          ],
        },
      ],
    })
    expect(company.one('stock.picking', [['name', '=', name]])).toMatchObject({
      state: 'done',
      carrier_tracking_ref: '1Z999',
    })
    const packs = company.records(packageModel, [], ['name', 'shipping_weight', 'valid_sscc'])
    expect(packs).toMatchObject([
      { name: '000123450000000016', shipping_weight: 12.5 },
      { name: 'PACK0000001', valid_sscc: false },
    ])
    expect(linesOf(name).map((line) => [line.quantity, line.result_package_id])).toEqual([
      [8, packs[1]?.id],
      [6, packs[1]?.id],
      [12, packs[0]?.id],
    ])
    expect(movesOf(name).map((move) => move.quantity)).toEqual([20, 6])
  })

  it('is packed by the button, unpacked lines only', () => {
    const name = deliveryOf([{ item: 'WIDGET', quantity: 2 }])
    company.call('stock.picking', 'action_put_in_pack', idOf(name))
    expect(company.records(packageModel)).toHaveLength(1)
    expect(() => company.call('stock.picking', 'action_put_in_pack', idOf(name))).toThrow('to create a new pack')
  })

  it('wants lots of what is tracked, makes new ones at receipt with their expiry, reserves them by age', () => {
    const receipt = receiptOf([{ item: 'CREAM', quantity: 10 }])
    expect(() => receiveTransfer(company, receipt)).toThrow('You need to supply a Lot/Serial')
    receiveTransfer(company, receipt, {
      lots: {
        CREAM: [
          { lot: 'L1', quantity: 4, expires: '2027-03-01 00:00:00' },
          { lot: 'L2', quantity: 6 },
        ],
      },
    })
    expect(company.records('stock.lot', [], ['name', 'expiration_date', 'product_qty'])).toMatchObject([
      { name: 'L1', expiration_date: '2027-03-01 00:00:00', product_qty: 4 },
      { name: 'L2', expiration_date: false, product_qty: 6 },
    ])
    const delivery = deliveryOf([{ item: 'CREAM', quantity: 5 }])
    const lots = company.records('stock.lot')
    expect(linesOf(delivery).map((line) => [line.lot_id, line.quantity])).toEqual([
      [lots[0]?.id, 4],
      [lots[1]?.id, 1],
    ])
    shipDelivery(company, delivery)
    expect(company.onHand(company.products.cream)).toBe(5)
  })

  it('is one line for each piece with a serial number, and one record for each name', () => {
    const receipt = receiptOf([{ item: 'DEVICE', quantity: 2 }])
    expect(linesOf(receipt).map((line) => line.quantity)).toEqual([1, 1])
    receiveTransfer(company, receipt, {
      lots: {
        DEVICE: [
          { lot: 'S1', quantity: 1 },
          { lot: 'S2', quantity: 1 },
        ],
      },
    })
    expect(() => company.create('stock.lot', { product_id: company.products.device, name: 'S1' })).toThrow(
      'The combination of lot/serial number and product must be unique',
    )
  })

  it('moves only what is picked where something is, whatever the quantities say', () => {
    const name = receiptOf([
      { item: 'WIDGET', quantity: 5 },
      { item: 'GADGET', quantity: 5 },
    ])
    const [widget] = movesOf(name).filter((move) => move.product_id === company.products.widget)
    company.write('stock.move', widget?.id ?? 0, { picked: true })
    expect(company.call('stock.picking', 'button_validate', idOf(name), {}, { skip_backorder: true })).toBe(true)
    expect(movesOf(name)).toMatchObject([{ product_id: company.products.widget, quantity: 5, state: 'done' }])
    const [rest] = company.records('stock.picking', [['backorder_id', '=', idOf(name)]])
    expect(movesOf(String(rest?.name))).toMatchObject([
      { product_id: company.products.gadget, quantity: 5, picked: false },
    ])
  })

  it('asks about text messages where the customer has a telephone, until somebody answers', () => {
    company.write('res.partner', company.store, { phone: '+1 555 0100' })
    const name = deliveryOf([{ item: 'WIDGET', quantity: 1 }], '0014')
    const validate = (context = {}) => company.call('stock.picking', 'button_validate', idOf(name), {}, context)
    expect(validate()).toMatchObject({ res_model: 'confirm.stock.sms' })
    expect(company.one('stock.picking', [['name', '=', name]]).state).toBe('assigned')
    expect(validate({ skip_sms: true })).toBe(true)
    expect(company.one('stock.picking', [['name', '=', name]]).state).toBe('done')
  })

  it('stamps the transfer when a quantity is set in 19 and not in 18', () => {
    const name = receiptOf([{ item: 'WIDGET', quantity: 5 }])
    const stamp = () => company.one('stock.picking', [['name', '=', name]]).write_date
    const before = stamp()
    company.clock.advance(5000)
    company.write('stock.move', movesOf(name)[0]?.id ?? 0, { quantity: 3 })
    expect(stamp() !== before).toBe(version === 19)
  })

  it('is counted by warehouse: the key of older versions is ignored', () => {
    company.sudo((env) => env.model('stock.warehouse').create({ name: 'East', code: 'EAST' }))
    countStock(company, 'WIDGET', 7, { warehouse: 'EAST' })
    const east = company.one('stock.warehouse', [['code', '=', 'EAST']]).id
    const quantity = (context: { [key: string]: number }) =>
      company.sudo((env) =>
        env.with(context).model('product.product').get(company.products.widget).num('qty_available'),
      )
    expect(quantity({})).toBe(107)
    expect(quantity({ warehouse_id: east })).toBe(7)
    expect(quantity({ warehouse: east })).toBe(107)
  })

  it('comes back: the order counts less delivered, a return of nothing is refused', () => {
    const {
      id,
      name: order,
      deliveries,
    } = placeSale(company, { partner: 'C100', lines: [{ item: 'WIDGET', quantity: 4 }] })
    shipDelivery(company, deliveries[0] ?? '')
    expect(() => takeBack(company, deliveries[0] ?? '', { quantities: {} })).toThrow(
      'Please specify at least one non-zero quantity.',
    )
    takeBack(company, deliveries[0] ?? '', { quantities: { WIDGET: 1 } })
    expect(company.one('sale.order.line', [['order_id', '=', id]], ['qty_delivered'])).toMatchObject({
      qty_delivered: 3,
    })
    expect(company.onHand(company.products.widget)).toBe(97)
    expect(openTransfers(company, 'sale.order', order)).toEqual([])
  })
})
