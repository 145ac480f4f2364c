import {
  openTransfers,
  placePurchase,
  receiveTransfer,
  takeBack,
} from '../../../sandbox/systems/odoo/business/people/index.ts'
import { closeCompanies, startCompany, type TestCompany } from './company.ts'

afterAll(closeCompanies)

describe.each([18, 19] as const)('purchase orders of Odoo %i', (version) => {
  let company: TestCompany
  beforeAll(async () => {
    company = await startCompany(version)
  })

  const order = (lines = [{ item: 'WIDGET', quantity: 10, price: 8.5 }]) =>
    placePurchase(company, { partner: 'V100', lines })
  const orderOf = (id: number, ...fields: string[]) => company.one('purchase.order', [['id', '=', id]], fields)
  const linesOf = (id: number, ...fields: string[]) =>
    company.records('purchase.order.line', [['order_id', '=', id]], fields)
  const movesOf = (id: number) =>
    company.records('stock.move', [['picking_id.purchase_id', '=', id]], ['product_uom_qty', 'quantity', 'state'])

  it('are received in part, more comes on a backorder, and the order follows', () => {
    const { id, receipts } = order()
    const first = receiveTransfer(company, receipts[0] ?? '', { quantities: { WIDGET: 4 } })
    expect(first.state).toBe('done')
    expect(orderOf(id, 'receipt_status')).toMatchObject({ receipt_status: 'partial' })
    expect(linesOf(id, 'qty_received')).toMatchObject([{ qty_received: 4 }])
    expect(openTransfers(company, 'purchase.order', orderOf(id, 'name').name as string)).toEqual([first.backorder])
    receiveTransfer(company, first.backorder ?? '', { quantities: { WIDGET: 1 }, closeShort: true })
    expect(orderOf(id, 'receipt_status')).toMatchObject({ receipt_status: 'full' })
    expect(linesOf(id, 'qty_received')).toMatchObject([{ qty_received: 5 }])
  })

  it('move with their lines: quantity up, down, a new line, a new date', () => {
    const { id } = order()
    const [line] = linesOf(id, 'id')
    company.write('purchase.order.line', line?.id ?? 0, { product_qty: 14 })
    expect(movesOf(id)).toMatchObject([{ product_uom_qty: 14, quantity: 14, state: 'assigned' }])
    const [move] = movesOf(id)
    company.write('purchase.order.line', line?.id ?? 0, {
      product_qty: 3,
      move_ids: [[1, move?.id ?? 0, { product_uom_qty: 3 }]],
    })
    expect(movesOf(id)).toMatchObject([{ product_uom_qty: 3, quantity: 3, state: 'assigned' }])
    company.create('purchase.order.line', {
      order_id: id,
      product_id: company.products.gadget,
      product_qty: 2,
      price_unit: 1,
    })
    expect(movesOf(id).map((move) => move.product_uom_qty)).toEqual([3, 2])
    company.write('purchase.order.line', line?.id ?? 0, { date_planned: '2026-12-24 12:00:00' })
    expect(company.records('stock.move', [['purchase_line_id', '=', line?.id ?? 0]], ['date'])).toMatchObject([
      { date: '2026-12-24 12:00:00' },
    ])
  })

  it('plan a return beside the receipt where only the line says less', () => {
    const { id } = order()
    const [line] = linesOf(id, 'id')
    const [before] = movesOf(id)
    company.write('purchase.order.line', line?.id ?? 0, { product_qty: 3 })
    const [receipt, back] = movesOf(id)
    expect(receipt).toEqual(before)
    expect(back).toMatchObject({ product_uom_qty: Number(before?.product_uom_qty) - 3 })
    const transfers = company.records('stock.picking', [['purchase_id', '=', id]], ['picking_type_code'])
    expect(transfers.map((one) => one.picking_type_code)).toEqual(['incoming', 'outgoing'])
  })

  it('are not to fall below what was received, and lose no line once confirmed', () => {
    const { id, receipts } = order()
    receiveTransfer(company, receipts[0] ?? '', { quantities: { WIDGET: 4 } })
    const [line] = linesOf(id, 'id')
    expect(() => company.write('purchase.order.line', line?.id ?? 0, { product_qty: 3 })).toThrow(
      'You cannot decrease the ordered quantity below the received quantity.',
    )
    expect(() => company.unlink('purchase.order.line', line?.id ?? 0)).toThrow(
      'Cannot delete a purchase order line which is in state “Purchase Order”.',
    )
    expect(() => company.unlink('purchase.order', id)).toThrow('you must cancel it first')
  })

  it('are stamped by what moves a total and by receipts, not by a description', () => {
    const { id, receipts } = order()
    const [line] = linesOf(id, 'id')
    const stamp = () => orderOf(id, 'write_date').write_date
    const bumpedBy = (work: () => void) => {
      company.clock.advance(5000)
      const before = stamp()
      work()
      return stamp() !== before
    }
    expect(bumpedBy(() => company.write('purchase.order.line', line?.id ?? 0, { price_unit: 8 }))).toBe(true)
    expect(bumpedBy(() => company.write('purchase.order.line', line?.id ?? 0, { name: 'blue' }))).toBe(false)
    const next = receiveTransfer(company, receipts[0] ?? '', { quantities: { WIDGET: 1 } })
    expect(bumpedBy(() => receiveTransfer(company, next.backorder ?? '', { quantities: { WIDGET: 1 } }))).toBe(true)
  })

  it('wait for a second signature where the company wants one', async () => {
    const other = await startCompany(version)
    other.write(
      'res.company',
      other.sudo((env) => env.company.id),
      { po_double_validation: 'two_step', po_double_validation_amount: 50 },
    )
    const asBuyer = (method: string, id: number) =>
      fetch(`${other.url}/jsonrpc`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          jsonrpc: '2.0',
          method: 'call',
          params: {
            service: 'object',
            method: 'execute_kw',
            args: [other.database, other.credentials.uid, other.credentials.apiKey, 'purchase.order', method, [[id]]],
          },
        }),
      }).then((response) => response.json() as Promise<{ result: unknown }>)
    const { id } = placePurchase(other, {
      partner: 'V100',
      lines: [{ item: 'WIDGET', quantity: 10, price: 8.5 }],
      confirm: false,
    })
    const state = () => other.one('purchase.order', [['id', '=', id]], ['state']).state
    expect((await asBuyer('button_confirm', id)).result).toBe(true)
    expect(state()).toBe('to approve')
    expect((await asBuyer('button_approve', id)).result).toEqual({})
    expect(state()).toBe('to approve')
    expect(other.call('purchase.order', 'button_approve', id)).toEqual({})
    expect(state()).toBe('purchase')
  })

  it('count in the product’s unit what is ordered in cases', () => {
    const { id, receipts } = placePurchase(company, {
      partner: 'V100',
      lines: [{ item: 'GADGET', quantity: 2, price: 48, unit: 'Case of 12' }],
    })
    expect(movesOf(id)).toMatchObject([{ product_uom_qty: 24 }])
    receiveTransfer(company, receipts[0] ?? '', { quantities: { GADGET: 18 } })
    expect(linesOf(id, 'qty_received')).toMatchObject([{ qty_received: 1.5 }])
  })

  it('take a vendor’s price, then the cost; remember who sells what when they are confirmed', () => {
    const before = company.records('product.supplierinfo', [
      ['product_tmpl_id.product_variant_ids', '=', company.products.cream],
    ])
    expect(before).toEqual([])
    const first = placePurchase(company, { partner: 'V100', lines: [{ item: 'CREAM', quantity: 5 }] })
    expect(linesOf(first.id, 'price_unit')).toMatchObject([{ price_unit: 9 }])
    company.write(
      'product.supplierinfo',
      company.records('product.supplierinfo', [['partner_id', '=', company.vendor]]).map((one) => one.id),
      {
        price: 7.25,
      },
    )
    const second = placePurchase(company, { partner: 'V100', lines: [{ item: 'CREAM', quantity: 5 }] })
    expect(linesOf(second.id, 'price_unit')).toMatchObject([{ price_unit: 7.25 }])
  })

  it('count what was sent back to the vendor', () => {
    const { id, receipts } = order()
    receiveTransfer(company, receipts[0] ?? '')
    const back = takeBack(company, receipts[0] ?? '', { quantities: { WIDGET: 3 } })
    expect(back.state).toBe('done')
    expect(linesOf(id, 'qty_received')).toMatchObject([{ qty_received: 7 }])
  })
})
