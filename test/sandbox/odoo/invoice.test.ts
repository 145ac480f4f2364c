import {
  countStock,
  creditInvoice,
  invoiceSale,
  placeSale,
  shipDelivery,
  takeBack,
} from '../../../sandbox/systems/odoo/business/people/index.ts'
import { closeCompanies, startCompany, type TestCompany } from './company.ts'

afterAll(closeCompanies)

describe.each([18, 19] as const)('invoices of Odoo %i', (version) => {
  let company: TestCompany
  beforeAll(async () => {
    company = await startCompany(version)
    countStock(company, 'WIDGET', 1000)
    countStock(company, 'GADGET', 1000)
    const thirty = company.ref('account.account_payment_term_30days')
    company.write('res.partner', company.customer, { property_payment_term_id: thirty?.id ?? 0 })
  })

  const order = (values = {}) =>
    placeSale(company, {
      partner: 'C100',
      shipTo: '0014',
      theirReference: 'PO-7',
      lines: [
        { item: 'WIDGET', quantity: 10, price: 19.99, discount: 10 },
        { item: 'GADGET', quantity: 4, price: 2.5 },
      ],
      values,
    })
  const entry = (id: number) => company.one('account.move', [['id', '=', id]])

  it('carry the order’s references, due by its terms, numbered by year', () => {
    const sale = order()
    const invoice = invoiceSale(company, sale.name, { date: '2026-11-20' })
    expect(invoice).toMatchObject({ name: expect.stringMatching(/^INV\/2026\/\d{5}$/), state: 'posted' })
    expect(entry(invoice.id)).toMatchObject({
      move_type: 'out_invoice',
      ref: 'PO-7',
      invoice_origin: sale.name,
      partner_id: company.customer,
      partner_shipping_id: company.store,
      invoice_date: '2026-11-20',
      invoice_date_due: '2026-12-20',
      amount_untaxed: 189.91,
      amount_tax: 0,
      amount_total: 189.91,
      payment_state: 'not_paid',
      payment_reference: invoice.name,
    })
    expect(company.one('sale.order', [['id', '=', sale.id]], ['invoice_ids', 'invoice_status'])).toMatchObject({
      invoice_ids: [invoice.id],
      invoice_status: 'invoiced',
    })
    expect(() => invoiceSale(company, sale.name)).toThrow('No items are available to invoice.')
  })

  it('show their own lines apart from tax and receivable, and balance', () => {
    const tax = company.records('account.tax', [['type_tax_use', '=', 'sale']])[0]?.id ?? 0
    const id = company.create('account.move', {
      move_type: 'out_invoice',
      partner_id: company.customer,
      invoice_line_ids: [
        [0, 0, { product_id: company.products.widget, quantity: 3, price_unit: 19.99, tax_ids: [[6, 0, [tax]]] }],
        [0, 0, { name: 'Freight', quantity: 1, price_unit: 10, tax_ids: [[6, 0, []]] }],
      ],
    })
    expect(entry(id)).toMatchObject({ name: version === 18 ? '/' : false, state: 'draft' })
    expect(company.call('account.move', 'action_post', id)).toBe(false)
    const { invoice_line_ids: own, line_ids: all, ...totals } = entry(id)
    expect(totals).toMatchObject({
      amount_untaxed: 69.97,
      amount_tax: 9,
      amount_total: 78.97,
      invoice_date: '2026-11-21',
    })
    expect([own, all].map((ids) => (ids as number[]).length)).toEqual([2, 4])
    const items = company.records('account.move.line', [['move_id', '=', id]])
    expect(items.map((item) => [item.display_type, item.balance])).toEqual([
      ['product', -59.97],
      ['product', -10],
      ['tax', -9],
      ['payment_term', 78.97],
    ])
  })

  it('are refused twice, and fixed once they are posted', () => {
    const { id, name } = invoiceSale(company, order().name)
    expect(() => company.call('account.move', 'action_post', id)).toThrow(
      `The entry ${name} (id ${id}) must be in draft.`,
    )
    expect(() => company.write('account.move', id, { invoice_date: '2026-01-01' })).toThrow(
      'You cannot modify the following readonly fields on a posted move: invoice_date',
    )
    company.write('account.move', id, { ref: 'still open to change' })
  })

  it('are credited in full or in part, which pays them', () => {
    const sale = order()
    const invoice = invoiceSale(company, sale.name)
    const note = creditInvoice(company, invoice.name, { reason: 'short', quantities: { WIDGET: 2 } })
    expect(note.name).toMatch(/^RINV\/2026\/\d{5}$/)
    expect(entry(note.id)).toMatchObject({
      move_type: 'out_refund',
      reversed_entry_id: invoice.id,
      ref: `Reversal of: ${invoice.name}, short`,
      amount_total: 35.98,
      payment_state: 'paid',
    })
    expect(entry(invoice.id)).toMatchObject({ payment_state: 'partial', amount_residual: 153.93 })
    expect(
      company
        .records('sale.order.line', [['order_id', '=', sale.id]], ['qty_invoiced'])
        .map((line) => line.qty_invoiced),
    ).toEqual([8, 4])
    const other = invoiceSale(company, order().name)
    creditInvoice(company, other.name)
    expect(entry(other.id)).toMatchObject({ payment_state: 'reversed', amount_residual: 0 })
  })

  it('follow what was delivered where the product says so, and give back what came back', () => {
    company.write('product.product', company.products.widget, { invoice_policy: 'delivery' })
    const sale = placeSale(company, { partner: 'C100', lines: [{ item: 'WIDGET', quantity: 10, price: 2 }] })
    expect(() => invoiceSale(company, sale.name)).toThrow('No items are available to invoice.')
    shipDelivery(company, sale.deliveries[0] ?? '', { quantities: { WIDGET: 6 } })
    expect(entry(invoiceSale(company, sale.name).id)).toMatchObject({ amount_total: 12 })
    takeBack(company, sale.deliveries[0] ?? '', { quantities: { WIDGET: 1 } })
    expect(entry(invoiceSale(company, sale.name).id)).toMatchObject({ move_type: 'out_refund', amount_total: 2 })
  })
})
