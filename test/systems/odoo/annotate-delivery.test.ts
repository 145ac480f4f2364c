import type { DeliveryNoteRecord } from '../../../lib/systems/odoo/records.ts'
import { sent, shipment, soldOrder } from './shipping.ts'
import { closeCompanies, codesOf, line, Pusher, startCompany, type TestCompany } from './writing.ts'

afterEach(closeCompanies)

const sold = [line('1', 'WIDGET', 10, 4)]
const note = (order: string, over: Partial<DeliveryNoteRecord> = {}): DeliveryNoteRecord => ({
  order,
  shipment: '352900411',
  text: 'ShipBob holds the shipment: "OutOfStock" <303>',
  attention: false,
  ...over,
})
const notes = (company: TestCompany) =>
  company.records('mail.message').filter(({ body }) => String(body).includes('OutOfStock'))

describe.each([18, 19] as const)('what became of a shipment, told in Odoo %i', (version) => {
  test('stands on the order while nothing is booked, once, and asks the salesperson to look', async () => {
    const company = await startCompany(version)
    const push = new Pusher(company)
    const number = await soldOrder(push, sold)
    const order = company.one('sale.order', [])
    company.write('sale.order', order.id, { user_id: 2 })
    const record = note(number, { attention: true })
    expect(await push.write('annotate-delivery', record, 'n:1')).toMatchObject({
      outcome: 'delivered',
      targetId: `sale.order/${order.id}`,
      adopted: false,
    })
    expect(await push.write('annotate-delivery', record, 'n:1', true)).toMatchObject({ adopted: true })
    expect(notes(company)).toMatchObject([
      { model: 'sale.order', res_id: order.id, body: expect.stringContaining('&lt;303&gt;') },
    ])
    expect(company.records('mail.activity')).toMatchObject([
      { res_model: 'sale.order', res_id: order.id, user_id: 2, summary: 'Shipment 352900411' },
    ])
  })

  test('stands on the delivery it was booked by, whose tracking number is corrected', async () => {
    const company = await startCompany(version)
    const push = new Pusher(company)
    const number = await soldOrder(push, sold)
    await push.write('book-delivery', shipment(number, [sent('WIDGET', 3)], { tracking: 'OLD' }), 'shipment:352900411')
    await push.write('book-delivery', shipment(number, [sent('WIDGET', 1)], { tracking: 'T2' }), 'shipment:2')
    const tell = (tracking: string, key: string) => push.write('annotate-delivery', note(number, { tracking }), key)
    await tell('NEW', 'n:1')
    const [first, second] = company.records('stock.picking')
    expect([first?.carrier_tracking_ref, second?.carrier_tracking_ref]).toEqual(['NEW', 'T2'])
    expect(notes(company)).toMatchObject([{ model: 'stock.picking', res_id: first?.id }])
    expect(company.records('mail.activity')).toEqual([])
    // Corrected by a person since: what was told is told.
    company.write('stock.picking', first?.id ?? 0, { carrier_tracking_ref: 'BY HAND' })
    expect(await tell('NEW', 'n:1')).toMatchObject({ adopted: true })
    expect(company.records('stock.picking')[0]?.carrier_tracking_ref).toBe('BY HAND')
  })

  test('an order that Odoo does not know is for a person', async () => {
    const company = await startCompany(version)
    const push = new Pusher(company)
    expect(codesOf(await push.write('annotate-delivery', note('SO-404'), 'n:1'))).toEqual(['ODOO_ORDER_NOT_FOUND'])
  })
})
