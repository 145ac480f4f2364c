import { addCentre, moved, progress, stowed } from './shipping.ts'
import { closeCompanies, codesOf, confirmedOrder, line, Pusher, purchase, startCompany } from './writing.ts'

afterEach(closeCompanies)

const key = 'WRO:918363'

describe.each([18, 19] as const)('what is stowed, booked in Odoo %i', (version) => {
  test('totals are booked as differences, and a repeat books nothing', async () => {
    const company = await startCompany(version)
    const push = new Pusher(company)
    const number = await confirmedOrder(push)
    const first = progress(number, [stowed('WIDGET', 4), stowed('GADGET', 0)])
    expect(await push.write('book-receipt', first, key)).toMatchObject({
      outcome: 'delivered',
      adopted: false,
      result: { state: 'done', backorder: expect.any(String) },
    })
    expect(await push.write('book-receipt', first, key, true)).toMatchObject({ outcome: 'delivered', adopted: true })
    await push.write('book-receipt', progress(number, [stowed('WIDGET', 7), stowed('GADGET', 6)]), key)
    const last = progress(number, [stowed('WIDGET', 10), stowed('GADGET', 6)], { complete: true })
    await push.write('book-receipt', last, key)
    expect(await push.write('book-receipt', last, key, true)).toMatchObject({ adopted: true })
    expect(moved(company, 'incoming')).toEqual([
      'GADGET 6 to WH/Stock',
      'WIDGET 3 to WH/Stock',
      'WIDGET 3 to WH/Stock',
      'WIDGET 4 to WH/Stock',
    ])
    expect(company.records('stock.picking', [['state', '!=', 'done']])).toEqual([])
  })

  test('an older state after a newer one books nothing and holds nothing', async () => {
    const company = await startCompany(version)
    const push = new Pusher(company)
    const number = await confirmedOrder(push)
    const at = (hour: string) => ({ at: `2026-09-11T${hour}:32:10.4328299Z` })
    await push.write('book-receipt', progress(number, [stowed('WIDGET', 7)], at('15')), key)
    const late = await push.write('book-receipt', progress(number, [stowed('WIDGET', 4)], at('14')), key)
    expect(late).toMatchObject({ outcome: 'delivered', adopted: true })
    expect(company.onHand(company.products.widget)).toBe(7)
  })

  test('a total that goes down is for a person, and nothing else of it is booked', async () => {
    const company = await startCompany(version)
    const push = new Pusher(company)
    const number = await confirmedOrder(push)
    await push.write('book-receipt', progress(number, [stowed('WIDGET', 7)]), key)
    for (const lines of [[stowed('WIDGET', 5), stowed('GADGET', 6)], [stowed('GADGET', 6)]]) {
      const outcome = await push.write('book-receipt', progress(number, lines), key)
      expect(codesOf(outcome)).toEqual(['ODOO_STOWED_LESS'])
    }
    expect(company.onHand(company.products.widget)).toBe(7)
    expect(company.onHand(company.products.gadget)).toBe(0)
  })

  test('receiving orders of one purchase order add up', async () => {
    const company = await startCompany(version)
    const push = new Pusher(company)
    const number = await confirmedOrder(push)
    await push.write('book-receipt', progress(number, [stowed('WIDGET', 4)]), 'WRO:1')
    await push.write('book-receipt', progress(number, [stowed('WIDGET', 4), stowed('GADGET', 2)]), 'WRO:11')
    await push.write('book-receipt', progress(number, [stowed('WIDGET', 5)]), 'WRO:1')
    await push.write('book-receipt', progress(number, [stowed('WIDGET', 5), stowed('GADGET', 6)]), 'WRO:11')
    expect(company.onHand(company.products.widget)).toBe(10)
    expect(company.onHand(company.products.gadget)).toBe(6)
  })

  test('more than ordered is booked with a warning, also when everything had been received', async () => {
    const company = await startCompany(version)
    const push = new Pusher(company)
    const number = await confirmedOrder(push)
    const book = (...lines: Parameters<typeof progress>[1]) => push.write('book-receipt', progress(number, lines), key)
    expect(codesOf(await book(stowed('WIDGET', 12)))).toEqual(['ODOO_OVER_RECEIPT'])
    expect(codesOf(await book(stowed('WIDGET', 12), stowed('GADGET', 6)))).toEqual([])
    expect(codesOf(await book(stowed('WIDGET', 13), stowed('GADGET', 8)))).toEqual([
      'ODOO_OVER_RECEIPT',
      'ODOO_OVER_RECEIPT',
    ])
    expect(await book(stowed('WIDGET', 13), stowed('GADGET', 8))).toMatchObject({ adopted: true })
    expect(company.onHand(company.products.widget)).toBe(13)
    expect(company.onHand(company.products.gadget)).toBe(8)
    const received = company.records('purchase.order.line', [], ['qty_received']).map((row) => row.qty_received)
    expect(received).toEqual([13, 8])
    expect(codesOf(await book(stowed('WIDGET', 13), stowed('GADGET', 8), stowed('CREAM', 1, { lot: 'L' })))).toEqual([
      'ODOO_RECEIPT_CLOSED',
    ])
  })

  test.each([
    ['keep', ['assigned']],
    ['cancel', ['cancel']],
  ] as const)('goods that did not come, once it is complete: %s', async (shortage, states) => {
    const company = await startCompany(version)
    const push = new Pusher(company)
    const number = await confirmedOrder(push)
    const record = progress(number, [stowed('WIDGET', 9), stowed('GADGET', 6)], { complete: true, shortage })
    await push.write('book-receipt', record, key)
    expect(await push.write('book-receipt', record, key, true)).toMatchObject({ adopted: true })
    const rest = company.records('stock.picking', [['state', '!=', 'done']])
    expect(rest.map(({ state }) => state)).toEqual(states)
  })

  test('lots with their dates, at the place of the fulfilment centre', async () => {
    const company = await startCompany(version)
    const push = new Pusher(company)
    const destination = addCentre(company, 'Moreno Valley')
    company.write('product.product', company.products.cream, { use_expiration_date: true })
    const number = await confirmedOrder(
      push,
      purchase({ lines: [line('1', 'CREAM', 200, 3), line('2', 'WIDGET', 5, 1)] }),
    )
    const a = stowed('CREAM', 100, { lot: 'LR-2608-A', expires: '2027-02-28' })
    const b = (total: number) => stowed('CREAM', total, { lot: 'LR-2609-B', expires: '2027-04-30' })
    await push.write('book-receipt', progress(number, [a], { destination }), key)
    await push.write('book-receipt', progress(number, [a, b(60), stowed('WIDGET', 5)], { destination }), key)
    await push.write('book-receipt', progress(number, [a, b(100), stowed('WIDGET', 5)], { destination }), key)
    expect(moved(company, 'incoming')).toEqual([
      'CREAM 100 to WH/Moreno Valley, LR-2608-A',
      'CREAM 40 to WH/Moreno Valley, LR-2609-B',
      'CREAM 60 to WH/Moreno Valley, LR-2609-B',
      'WIDGET 5 to WH/Moreno Valley',
    ])
    expect(company.one('stock.lot', [['name', '=', 'LR-2609-B']]).expiration_date).toBe('2027-04-30 12:00:00')
    const other = progress(number, [a, b(100), stowed('WIDGET', 5)], { destination: 'Nowhere' })
    expect(await push.write('book-receipt', other, key)).toMatchObject({ adopted: true })
  })

  test('a lot that turns out to be another is for a person', async () => {
    const company = await startCompany(version)
    const push = new Pusher(company)
    const number = await confirmedOrder(push, purchase({ lines: [line('1', 'CREAM', 20, 3)] }))
    await push.write('book-receipt', progress(number, [stowed('CREAM', 8, { lot: 'A' })]), key)
    const corrected = progress(number, [stowed('CREAM', 3, { lot: 'A' }), stowed('CREAM', 9, { lot: 'B' })])
    expect(await push.write('book-receipt', corrected, key)).toMatchObject({
      outcome: 'held',
      problems: [{ code: 'ODOO_STOWED_LESS', message: expect.stringContaining('8 of A') }],
    })
    const without = progress(number, [stowed('CREAM', 8)])
    expect(await push.write('book-receipt', without, key)).toMatchObject({ adopted: true })
    expect(codesOf(await push.write('book-receipt', progress(number, [stowed('CREAM', 9)]), key))).toEqual([
      'ODOO_LOT_MISSING',
    ])
  })

  test('an order that is unknown, and a place that is unknown, are named', async () => {
    const company = await startCompany(version)
    const push = new Pusher(company)
    expect(codesOf(await push.write('book-receipt', progress('P404', [stowed('WIDGET', 1)]), key))).toEqual([
      'ODOO_ORDER_NOT_FOUND',
    ])
    const number = await confirmedOrder(push)
    const record = progress(number, [stowed('WIDGET', 1)], { destination: 'Nowhere' })
    expect(await push.write('book-receipt', record, key)).toMatchObject({
      problems: [{ code: 'ODOO_LOCATION_NOT_FOUND', message: expect.stringContaining('goods are put') }],
    })
  })

  test('a rest that a person receives by hand is not counted as ours', async () => {
    const company = await startCompany(version)
    const push = new Pusher(company)
    const number = await confirmedOrder(push)
    await push.write('book-receipt', progress(number, [stowed('WIDGET', 4)]), key)
    const [rest] = company.records('stock.picking', [['state', '=', 'assigned']])
    const [move] = company.records('stock.move', [
      ['picking_id', '=', rest?.id ?? 0],
      ['product_id', '=', company.products.widget],
    ])
    company.write('stock.move', move?.id ?? 0, { quantity: 2, picked: true })
    company.call('stock.picking', 'button_validate', [rest?.id ?? 0], {}, { skip_backorder: true })
    await push.write('book-receipt', progress(number, [stowed('WIDGET', 5)]), key)
    expect(company.onHand(company.products.widget)).toBe(7)
  })
})
