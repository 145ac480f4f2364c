import type { ReceivedOrder } from '../../../lib/documents/received-order.ts'
import { changed, fixture, parsed } from './documents.ts'

const received = (name: string) => parsed<ReceivedOrder>('received-order', fixture(name))

describe.each(['18', '19'])('an order that came as an 850, in Odoo %s', (version) => {
  it('is told as a sale order with the buyer’s line numbers', () => {
    const document = received(`received-sale-order-${version}`)
    expect(document).toMatchObject({
      kind: 'sale.order',
      state: 'confirmed',
      // 2026-12-03 02:30 UTC
      promisedDate: '2026-12-02',
      order: {
        orderType: 'sale.order',
        customer: 'HARBORPINE',
        location: '0417',
        customerOrder: '4500187734',
        externalRef: 'SPS:3F1HARBORPINE:4500187734',
        currency: 'USD',
        shipTo: { role: 'ST', code: '0417', name: 'Harbor & Pine', name2: 'DC 0417', city: 'Oak Creek', state: 'WI' },
      },
    })
    expect(document.order.lines.map((l) => [l.externalRef, l.item, l.quantity, l.unit, l.unitPrice])).toEqual([
      ['0001', 'JS-MUG-12', '4', 'Case of 12', '93.6'],
      ['0002', 'JS-BWL-06', '30', 'Units', '10.125'],
      ['0003', 'JS-SET-4', '5', 'Units', '39.5'],
    ])
  })

  it('says prices after discount, and nothing of what the delivery costs', () => {
    const { accepted } = received(`received-sale-order-${version}`)
    expect(accepted.map((l) => l.unitPrice)).toEqual(['93.6', '10.125', '39.5'])
  })

  it('has its ship-to as a place of the customer, with the retailer’s number', () => {
    const { locations } = received(`received-sale-order-${version}`)
    expect(locations).toMatchObject([
      {
        customer: 'HARBORPINE',
        location: '0417',
        name: 'DC 0417',
        externalRef: '0417',
        address: { city: 'Oak Creek' },
      },
    ])
  })

  it('may be a purchase order, promised line by line', () => {
    const document = received(`received-purchase-order-${version}`)
    expect(document).toMatchObject({
      kind: 'purchase.order',
      state: 'confirmed',
      order: { customer: 'PINEMILL', customerOrder: '77001', externalRef: 'SPS:3F1HARBORPINE:77001' },
    })
    expect(document.accepted.map((l) => [l.externalRef, l.item, l.quantity, l.unitPrice])).toEqual([
      ['1', 'JS-MUG-12', '12', '3.5'],
      ['2', 'JS-PLT-10', '6', '2.25'],
    ])
    expect(document.accepted.every((l) => l.promisedDate !== undefined)).toBe(true)
  })

  it('may be an agreement, known by its external id', () => {
    expect(received(`received-agreement-${version}`)).toMatchObject({
      kind: 'purchase.requisition',
      state: 'confirmed',
      order: { orderType: 'purchase.requisition', number: 'BO00003', customer: 'PINEMILL', customerOrder: '77002' },
      accepted: [{ externalRef: '10', item: 'JS-MUG-12', quantity: '100', unitPrice: '3.4' }],
    })
  })
})

describe('states and prices of a received order', () => {
  const raw = fixture('received-sale-order-19')

  it.each([
    ['draft', 'draft'],
    ['sent', 'draft'],
    ['sale', 'confirmed'],
    ['done', 'confirmed'],
    ['cancel', 'cancelled'],
  ])('state "%s" is %s', (state, expected) => {
    const document = parsed<ReceivedOrder>(
      'received-order',
      changed(raw, 'sale.order', () => ({ state })),
    )
    expect(document.state).toBe(expected)
  })

  it('with tax in the price, the price without it comes from the line’s amount', () => {
    // 7 % included: 10.70 each, 30 of them are 321.00 with and 300.00 without tax.
    const included = changed(raw, 'sale.order.line', (line) =>
      line.id === 9 ? { price_unit: 10.7, discount: 0, price_subtotal: 300, price_total: 321 } : {},
    )
    const { accepted } = parsed<ReceivedOrder>('received-order', included)
    expect(accepted[1]?.unitPrice).toBe('10')
  })

  it('the buyer’s line number is read back whatever it holds', () => {
    const named = (end: string) =>
      parsed<ReceivedOrder>(
        'received-order',
        changed(raw, 'ir.model.data', (row) =>
          row.res_id === 9 ? { name: `ml_connector.sps_x_1a2b3c4d__${end}` } : {},
        ),
      ).accepted[1]?.externalRef
    expect([named('10%2FA%5F1'), named('0001'), named('%zz')]).toEqual(['10/A_1', '0001', '%zz'])
  })

  it('a line that was set to nothing is accepted with nothing', () => {
    const none = changed(raw, 'sale.order.line', (line) =>
      line.id === 9 ? { product_uom_qty: 0, price_subtotal: 0 } : {},
    )
    expect(parsed<ReceivedOrder>('received-order', none).accepted[1]).toMatchObject({
      externalRef: '0002',
      quantity: '0',
    })
  })
})
