import { countStock, placeSale, shipDelivery } from '../../../sandbox/systems/odoo/business/people/index.ts'
import { closeCompanies, startCompany, type TestCompany } from './company.ts'

afterAll(closeCompanies)

describe.each([18, 19] as const)('sale orders of Odoo %i', (version) => {
  let company: TestCompany
  beforeAll(async () => {
    company = await startCompany(version)
    countStock(company, 'WIDGET', 1000)
  })

  const order = (quantity = 10) =>
    placeSale(company, {
      partner: 'C100',
      shipTo: '0014',
      theirReference: 'PO-1',
      lines: [{ item: 'WIDGET', quantity, price: 19.99 }],
    })
  const lineOf = (id: number) => company.one('sale.order.line', [['order_id', '=', id]])
  const movesOf = (id: number) => company.records('stock.move', [['sale_line_id.order_id', '=', id]])

  it('are delivered to the store they are for, with their own source document', () => {
    const { deliveries, name } = order()
    expect(company.one('stock.picking', [['name', '=', deliveries[0] ?? '']])).toMatchObject({
      partner_id: company.store,
      picking_type_code: 'outgoing',
      state: 'assigned',
      origin: version === 18 ? `${name} - PO-1` : name,
    })
  })

  it('ask before they are cancelled in 18, unless the context says not to; 19 cancels', () => {
    const { id } = order()
    const answer = company.call('sale.order', 'action_cancel', id)
    if (version === 18) {
      expect(answer).toMatchObject({ res_model: 'sale.order.cancel', name: 'Cancel Sales Order' })
      expect(company.one('sale.order', [['id', '=', id]]).state).toBe('sale')
      expect(company.call('sale.order', 'action_cancel', id, {}, { disable_cancel_warning: true })).toBe(true)
    } else expect(answer).toBe(true)
    expect(company.one('sale.order', [['id', '=', id]]).state).toBe('cancel')
    expect(movesOf(id)).toMatchObject([{ state: 'cancel' }])
  })

  it('take their deliveries along: more, less, another line, nothing', () => {
    const { id } = order()
    const change = (quantity: number) => company.write('sale.order.line', lineOf(id).id, { product_uom_qty: quantity })
    change(12)
    expect(movesOf(id)).toMatchObject([{ product_uom_qty: 12, quantity: 12 }])
    change(5)
    expect(movesOf(id)).toMatchObject([{ product_uom_qty: 5, quantity: 5, state: 'assigned' }])
    company.create('sale.order.line', { order_id: id, product_id: company.products.gadget, product_uom_qty: 1 })
    expect(movesOf(id)).toHaveLength(2)
    const [first] = company.records('sale.order.line', [['order_id', '=', id]])
    company.write('sale.order.line', first?.id ?? 0, { product_uom_qty: 0 })
    expect(movesOf(id).map((move) => move.state)).toEqual(['cancel', 'confirmed'])
  })

  it('do not fall below what was delivered, lose no line, are not deleted', () => {
    const { id, deliveries } = order()
    shipDelivery(company, deliveries[0] ?? '', { quantities: { WIDGET: 6 } })
    expect(() => company.write('sale.order.line', lineOf(id).id, { product_uom_qty: 5 })).toThrow(
      'cannot be decreased below the amount already delivered',
    )
    expect(() => company.unlink('sale.order.line', lineOf(id).id)).toThrow('Set the quantity to 0 instead.')
    expect(() => company.unlink('sale.order', id)).toThrow('You must first cancel it.')
    expect(() => company.call('sale.order', 'action_confirm', id)).toThrow('not in a state requiring confirmation')
  })

  it('price a line by the product and its unit, and name it in full', () => {
    const { id } = placeSale(company, { partner: 'C100', lines: [{ item: 'WIDGET', quantity: 2, unit: 'Case of 12' }] })
    expect(lineOf(id)).toMatchObject({ price_unit: 240, price_subtotal: 480, name: '[WIDGET] widget' })
    expect(movesOf(id)).toMatchObject([{ product_uom_qty: 24 }])
    expect(company.one('sale.order', [['id', '=', id]], ['partner_shipping_id'])).toMatchObject({
      partner_shipping_id: company.store,
    })
  })

  it('are loaded by external id, lines too: a repeat changes them, confirmed or not, and adds nothing', () => {
    const columns = [
      'id',
      'partner_id/.id',
      'client_order_ref',
      'order_line/id',
      'order_line/product_id/.id',
      'order_line/product_uom_qty',
      'order_line/price_unit',
    ]
    const load = (first: string, second: string) =>
      company.call('sale.order', 'load', [], {
        fields: columns,
        data: [
          ['pipe.so', String(company.customer), 'PO-9', 'pipe.so_1', String(company.products.widget), first, '3.5'],
          ['', '', '', 'pipe.so_2', String(company.products.gadget), second, '1'],
        ],
      })
    const loaded = load('4', '2') as { ids: number[] }
    const [id = 0] = loaded.ids
    expect(loaded).toEqual({ ids: [id], messages: [], nextrow: 0 })
    expect(company.one('sale.order', [['id', '=', id]])).toMatchObject({
      state: 'draft',
      amount_total: 16,
      partner_shipping_id: company.store,
    })
    company.call('sale.order', 'action_confirm', id)
    expect(load('5', '2')).toMatchObject({ ids: [id] })
    expect(company.records('sale.order.line', [['order_id', '=', id]]).map((line) => line.product_uom_qty)).toEqual([
      5, 2,
    ])
    expect(movesOf(id).map((move) => move.product_uom_qty)).toEqual([5, 2])
  })
})
