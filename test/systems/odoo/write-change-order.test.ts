import {
  closeCompanies,
  codesOf,
  confirmedOrder,
  goods,
  line,
  linesOf,
  movesOf,
  orderRecord,
  Pusher,
  receipt,
  reference,
  startCompany,
} from './writing.ts'

afterEach(closeCompanies)

const sale = (lines: object[], over: object = {}) => ({ model: 'sale.order', lines, ...over })

describe.each([18, 19] as const)('changing an order in Odoo %i', (version) => {
  test('a confirmed sales order: a quantity, a line less, a line more, another day', async () => {
    const company = await startCompany(version)
    const push = new Pusher(company)
    await push.write('create-order', orderRecord())
    const change = sale([line('1', 'WIDGET', 30, 4.25), { line: '2', remove: true }, line('3', 'GADGET', 5, 4.5)], {
      plannedDate: '2026-12-11',
      note: 'Changed by 860',
    })
    const outcome = await push.write('change-order', change)
    expect(outcome).toMatchObject({ outcome: 'delivered', adopted: false, result: { state: 'sale' } })
    expect(linesOf(company, 'sale.order')).toEqual(['WIDGET 30 Units 4.25', 'GADGET 0 Dozens 51', 'GADGET 5 Units 4.5'])
    expect(company.one('sale.order', [])).toMatchObject({
      commitment_date: '2026-12-11 12:00:00',
      note: expect.stringContaining('Changed by 860'),
    })
    expect(await push.write('change-order', change, reference, true)).toEqual({ ...outcome, adopted: true })
    expect(linesOf(company, 'sale.order')).toHaveLength(3)
  })

  test('a draft loses its line for good', async () => {
    const company = await startCompany(version)
    const push = new Pusher(company)
    await push.write('create-order', orderRecord({ confirm: false }))
    await push.write('change-order', sale([{ line: '2', remove: true }]))
    expect(linesOf(company, 'sale.order')).toEqual(['WIDGET 24 Units 4.25'])
    expect(await push.write('change-order', sale([{ line: '2', remove: true }]))).toMatchObject({ adopted: true })
  })

  test('goods that left are not changed below', async () => {
    const company = await startCompany(version)
    const push = new Pusher(company)
    await push.write('create-order', orderRecord())
    const transfer = company.one('stock.picking', [])
    for (const move of company.records('stock.move'))
      company.write('stock.move', move.id, { quantity: move.product_uom_qty ?? 0, picked: true })
    company.call('stock.picking', 'button_validate', [transfer.id], {}, { skip_backorder: true, skip_sms: true })
    const outcome = await push.write('change-order', sale([line('1', 'WIDGET', 10, 4.25), { line: '2', remove: true }]))
    expect(codesOf(outcome)).toEqual(['ODOO_GOODS_MOVED', 'ODOO_GOODS_MOVED'])
    expect(linesOf(company, 'sale.order')).toEqual(['WIDGET 24 Units 4.25', 'GADGET 2 Dozens 51'])
    expect(codesOf(await push.write('cancel-order', { model: 'sale.order' }))).toEqual(['ODOO_GOODS_MOVED'])
  })

  test('a confirmed line does not become another product', async () => {
    const company = await startCompany(version)
    const push = new Pusher(company)
    await push.write('create-order', orderRecord())
    expect(codesOf(await push.write('change-order', sale([line('1', 'GADGET', 24, 4.25)])))).toEqual([
      'ODOO_LINE_UNCHANGEABLE',
    ])
  })

  test('a locked order, a cancelled one and one that is not there are held', async () => {
    const company = await startCompany(version)
    const push = new Pusher(company)
    expect(codesOf(await push.write('change-order', sale([])))).toEqual(['ODOO_ORDER_NOT_FOUND'])
    expect(codesOf(await push.write('cancel-order', { model: 'sale.order' }))).toEqual(['ODOO_ORDER_NOT_FOUND'])
    await push.write('create-order', orderRecord())
    const { id } = company.one('sale.order', [])
    company.write('sale.order', id, { locked: true })
    expect(codesOf(await push.write('change-order', sale([{ line: '2', remove: true }])))).toEqual([
      'ODOO_ORDER_LOCKED',
    ])
    expect(codesOf(await push.write('cancel-order', { model: 'sale.order' }))).toEqual(['ODOO_ORDER_LOCKED'])
    company.write('sale.order', id, { locked: false })
    expect(await push.write('cancel-order', { model: 'sale.order' })).toMatchObject({ result: { state: 'cancel' } })
    expect(await push.write('cancel-order', { model: 'sale.order' })).toMatchObject({ adopted: true })
    expect(codesOf(await push.write('change-order', sale([{ line: '2', remove: true }])))).toEqual([
      'ODOO_ORDER_CANCELED',
    ])
  })

  test('a whole new version replaces a draft and confirms it; what people added stays', async () => {
    const company = await startCompany(version)
    const push = new Pusher(company)
    await push.write('create-order', orderRecord({ confirm: false }))
    const { id } = company.one('sale.order', [])
    company.create('sale.order.line', {
      order_id: id,
      product_id: company.products.cream,
      product_uom_qty: 1,
      price_unit: 0,
    })
    const next = orderRecord({ lines: [line('1', 'WIDGET', 12, 4.5), line('7', 'GADGET', 3, 5)] })
    const outcome = await push.write('replace-order', next)
    expect(outcome).toMatchObject({ outcome: 'delivered', adopted: false, result: { state: 'sale' } })
    expect(codesOf(outcome)).toEqual(['ODOO_LINE_KEPT'])
    expect(linesOf(company, 'sale.order')).toEqual(['WIDGET 12 Units 4.5', 'CREAM 1 Units 0', 'GADGET 3 Units 5'])
    expect(await push.write('replace-order', next, reference, true)).toMatchObject({ adopted: true })
  })

  test('less of a purchase order means less to come, and nothing to send back', async () => {
    const company = await startCompany(version)
    const push = new Pusher(company)
    await confirmedOrder(push)
    const change = { model: 'purchase.order', lines: [line('1', 'WIDGET', 3, 4), { line: '2', remove: true }] }
    expect(await push.write('change-order', change)).toMatchObject({ outcome: 'delivered' })
    expect(linesOf(company, 'purchase.order')).toEqual(['WIDGET 3 Units 4', 'GADGET 0 Units 2'])
    expect(movesOf(company).filter((move) => !move.includes(' 0/0'))).toEqual(['WIDGET 3/3 assigned'])
    expect(company.records('stock.picking')).toHaveLength(1)
    expect(
      await push.write('change-order', { model: 'purchase.order', lines: [line('1', 'WIDGET', 8, 4)] }),
    ).toMatchObject({ outcome: 'delivered' })
    expect(linesOf(company, 'purchase.order')[0]).toBe('WIDGET 8 Units 4')
  })

  test('a new date of a purchase order is one of every line', async () => {
    const company = await startCompany(version)
    const push = new Pusher(company)
    await confirmedOrder(push)
    await push.write('change-order', { model: 'purchase.order', lines: [], plannedDate: '2026-12-20' })
    expect(company.records('purchase.order.line').map((row) => row.date_planned)).toEqual([
      '2026-12-20 12:00:00',
      '2026-12-20 12:00:00',
    ])
  })

  test('what came in is not ordered below, and no order is cancelled whose goods are here', async () => {
    const company = await startCompany(version)
    const push = new Pusher(company)
    const number = await confirmedOrder(push)
    await push.write('receive-goods', receipt(number, 'validate', [goods('WIDGET', 6)]), '944:1')
    const change = (quantity: number) => ({ model: 'purchase.order', lines: [line('1', 'WIDGET', quantity, 4)] })
    expect(codesOf(await push.write('change-order', change(5)))).toEqual(['ODOO_GOODS_MOVED'])
    expect(await push.write('change-order', change(8))).toMatchObject({ outcome: 'delivered' })
    expect(movesOf(company)).toContain('WIDGET 2/2 assigned')
    expect(codesOf(await push.write('cancel-order', { model: 'purchase.order' }))).toEqual(['ODOO_GOODS_MOVED'])
    expect(company.one('purchase.order', []).state).toBe('purchase')
  })

  test('an agreement with a confirmed order is not cancelled away from under it', async () => {
    const company = await startCompany(version)
    const push = new Pusher(company)
    const record = orderRecord({ model: 'purchase.requisition', lines: [line('1', 'WIDGET', 100, 7.5)] })
    await push.write('create-order', record)
    const { id } = company.one('purchase.requisition', [])
    const order = company.create('purchase.order', {
      partner_id: company.vendor,
      requisition_id: id,
      order_line: [[0, 0, { product_id: company.products.widget, product_qty: 1 }]],
    })
    company.call('purchase.order', 'button_confirm', [order])
    expect(codesOf(await push.write('cancel-order', { model: 'purchase.requisition' }))).toEqual(['ODOO_GOODS_MOVED'])
    expect(company.one('purchase.requisition', []).state).toBe('confirmed')
  })
})
