import {
  closeCompanies,
  codesOf,
  confirmedOrder,
  goods,
  linesOf,
  movesOf,
  Pusher,
  purchase,
  receipt,
  startCompany,
  type TestCompany,
} from './writing.ts'

afterEach(closeCompanies)

const notes = (company: TestCompany): string[] =>
  company
    .records('mail.message', [['model', '=', 'purchase.order']])
    .map((row) => String(row.body))
    .filter((body) => body.includes('Supplier'))

const answer = (number: string, over: object = {}) => ({
  number,
  theirReference: 'SO-771',
  summary: "Supplier's answer: changed\nWIDGET 8 of 10 <late>",
  lines: [{ product: { item: 'WIDGET' }, plannedDate: '2026-12-09', price: 4.1, quantity: 8 }],
  ...over,
})

describe.each([18, 19] as const)('a supplier’s answer in Odoo %i', (version) => {
  test('dates, prices and quantities are written, and told once in the order’s history', async () => {
    const company = await startCompany(version)
    const push = new Pusher(company)
    const number = await confirmedOrder(push)
    const outcome = await push.write('annotate-order', answer(number), '855:1')
    expect(outcome).toMatchObject({ outcome: 'delivered', adopted: false, targetNumbers: [number] })
    expect(linesOf(company, 'purchase.order')).toEqual(['WIDGET 8 Units 4.1', 'GADGET 6 Units 2'])
    expect(movesOf(company)).toEqual(['WIDGET 8/8 assigned', 'GADGET 6/6 assigned'])
    expect(company.records('purchase.order.line')[0]?.date_planned).toBe('2026-12-09 12:00:00')
    expect(company.records('stock.picking')).toHaveLength(1)
    expect(notes(company)).toEqual([expect.stringContaining('WIDGET 8 of 10 &lt;late&gt;')])
  })

  test('a repeat says nothing again, whatever people changed since', async () => {
    const company = await startCompany(version)
    const push = new Pusher(company)
    const number = await confirmedOrder(push)
    await push.write('annotate-order', answer(number), '855:1')
    const [first] = company.records('purchase.order.line')
    company.write('purchase.order.line', first?.id ?? 0, { price_unit: 3.9 })
    expect(await push.write('annotate-order', answer(number), '855:1', true)).toMatchObject({ adopted: true })
    expect(linesOf(company, 'purchase.order')[0]).toBe('WIDGET 8 Units 3.9')
    expect(notes(company)).toHaveLength(1)
    await push.write('annotate-order', answer(number, { lines: [] }), '855:2')
    expect(notes(company)).toHaveLength(2)
  })

  test('the supplier’s number fills an empty reference only', async () => {
    const company = await startCompany(version)
    const push = new Pusher(company)
    const number = await confirmedOrder(push, purchase({ theirReference: '' }))
    await push.write('annotate-order', answer(number), '855:1')
    expect(company.one('purchase.order', []).partner_ref).toBe('SO-771')
    await push.write('annotate-order', answer(number, { theirReference: 'SO-772' }), '855:2')
    expect(company.one('purchase.order', []).partner_ref).toBe('SO-771')
  })

  test('confirms a draft, cancels an order', async () => {
    const company = await startCompany(version)
    const push = new Pusher(company)
    const number = await confirmedOrder(push, purchase({ confirm: false }))
    await push.write('annotate-order', answer(number, { lines: [], action: 'confirm' }), '855:1')
    expect(company.one('purchase.order', []).state).toBe('purchase')
    await push.write('annotate-order', answer(number, { lines: [], action: 'cancel' }), '855:2')
    expect(company.one('purchase.order', []).state).toBe('cancel')
    expect(codesOf(await push.write('annotate-order', answer(number), '855:3'))).toEqual(['ODOO_ORDER_CANCELED'])
    expect(notes(company)).toHaveLength(2)
  })

  test('what came in, an unknown line and an unknown order are held, all at once, and nothing is written', async () => {
    const company = await startCompany(version)
    const push = new Pusher(company)
    const number = await confirmedOrder(push)
    await push.write('receive-goods', receipt(number, 'validate', [goods('WIDGET', 9)]), '944:1')
    const lines = [...answer(number).lines, { line: '999', price: 1 }, { product: { item: 'CREAM' }, price: 1 }]
    expect(codesOf(await push.write('annotate-order', answer(number, { lines }), '855:1'))).toEqual([
      'ODOO_LINE_NOT_FOUND',
      'ODOO_LINE_NOT_FOUND',
      'ODOO_GOODS_MOVED',
    ])
    expect(linesOf(company, 'purchase.order')[0]).toBe('WIDGET 10 Units 4')
    expect(codesOf(await push.write('annotate-order', answer('P99999'), '855:1'))).toEqual(['ODOO_ORDER_NOT_FOUND'])
    expect(notes(company)).toEqual([])
  })
})
