import { closeCompanies, confirmedOrder, linesOf, orderRecord, Pusher, startCompany } from './writing.ts'

afterEach(closeCompanies)

describe.each([18, 19] as const)('in Odoo %i', (version) => {
  test('the supplier’s price takes the place of a discount, so that it is what is paid', async () => {
    const company = await startCompany(version)
    const push = new Pusher(company)
    const number = await confirmedOrder(push)
    const [line] = company.records('purchase.order.line')
    company.write('purchase.order.line', line?.id ?? 0, { discount: 5 })
    const lines = [{ line: String(line?.id), price: 4.1, discount: 0 }]
    const outcome = await push.write('annotate-order', { number, summary: "Supplier's answer", lines }, '855:discount')
    expect(outcome).toMatchObject({ outcome: 'delivered' })
    expect(company.records('purchase.order.line')[0]).toMatchObject({ price_unit: 4.1, discount: 0 })
  })

  test('a product that no number of ours fits is found by the other side’s as an internal reference', async () => {
    const company = await startCompany(version)
    const push = new Pusher(company)
    const product = { item: 'THEIRS-1', vendorPart: 'WIDGET', otherItem: 'WIDGET' }
    const record = orderRecord({ model: 'purchase.order', lines: [{ line: '1', product, quantity: 2, price: 3 }] })
    expect(await push.write('create-order', record, 'SPS:OTHER:1')).toMatchObject({ outcome: 'delivered' })
    expect(linesOf(company, 'purchase.order')).toEqual(['WIDGET 2 Units 3'])
  })
})
