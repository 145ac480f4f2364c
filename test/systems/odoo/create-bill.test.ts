import { bill, booksOf, cost, key } from './billing.ts'
import { closeCompanies, codesOf, Pusher, startCompany, type TestCompany } from './writing.ts'

afterEach(closeCompanies)

async function office(version: 18 | 19): Promise<{ company: TestCompany; push: Pusher; centre: number }> {
  const company = await startCompany(version)
  const centre = company.create('account.analytic.account', { name: 'Warehouse West', code: 'WEST' })
  return { company, push: new Pusher(company), centre }
}

describe.each([18, 19] as const)('a bill in Odoo %i', (version) => {
  test('stands with accounts, cost centres and taxes as it was sent, and is posted', async () => {
    const { company, push, centre } = await office(version)
    const lines = [
      cost('6.58', { costCentre: 'WEST' }),
      cost('45', { account: '101000', costCentre: 'Warehouse West', taxes: ['15%'] }),
      cost('-5.71', { description: 'Credit (1)' }),
    ]
    const outcome = await push.write('create-bill', bill(lines, '52.62', { journal: 'BILL' }), key())
    expect(outcome).toMatchObject({
      outcome: 'delivered',
      targetNumbers: ['BILL/2026/11/0001', '8634110'],
      result: { state: 'posted', total: '52.62', date: '2026-11-16' },
      adopted: false,
      warnings: [],
    })
    expect(booksOf(company, 'posted')).toEqual([
      `600000 product 6.58 {"${centre}":100}`,
      `101000 product 45 {"${centre}":100}`,
      '600000 product -5.71',
      '251000 tax 6.75',
      '211000 payment_term -52.62',
    ])
    expect(company.one('account.move', [])).toMatchObject({
      move_type: 'in_invoice',
      ref: '8634110',
      invoice_date: '2026-11-16',
      invoice_date_due: '2026-11-16',
    })
  })

  test('gets no taxes that were not sent, whatever the company usually adds', async () => {
    const { company, push } = await office(version)
    await push.write('create-bill', bill([cost('10')], '10'), key())
    expect(company.one('account.move', [])).toMatchObject({ amount_total: 10, amount_tax: 0 })
  })

  test('told again is not made again, posted or a draft', async () => {
    const { company, push } = await office(version)
    const draft = bill([cost('10')], '10', { post: false })
    expect(await push.write('create-bill', draft, key())).toMatchObject({
      outcome: 'delivered',
      targetNumbers: ['8634110'],
      result: { state: 'draft', number: '' },
    })
    expect(await push.write('create-bill', { ...draft, post: true }, key())).toMatchObject({
      result: { state: 'posted' },
      adopted: true,
    })
    expect(await push.write('create-bill', draft, key())).toMatchObject({ result: { state: 'posted' }, adopted: true })
    expect(company.records('account.move')).toHaveLength(1)
  })

  test('is left a draft where Odoo makes another total of it, to the cent', async () => {
    const { company, push } = await office(version)
    const outcome = await push.write('create-bill', bill([cost('10.00', { taxes: ['15%'] })], '11.49'), key())
    expect(outcome).toMatchObject({
      outcome: 'held',
      problems: [{ code: 'ODOO_BILL_DIFFERS', message: expect.stringContaining('11.5 in Odoo, where 11.49 was sent') }],
      result: { state: 'draft', total: '11.5' },
    })
    expect(company.one('account.move', [])).toMatchObject({ state: 'draft' })
    // Corrected by a person, and posted by the redrive.
    company.write('account.move', company.one('account.move', []).id, {
      invoice_line_ids: [
        [1, company.one('account.move.line', [['display_type', '=', 'product']]).id, { tax_ids: [[6, 0, []]] }],
      ],
    })
    expect(await push.write('create-bill', bill([cost('10.00')], '10'), key())).toMatchObject({
      result: { state: 'posted', total: '10' },
    })
  })

  test('a credit note stands on the other side', async () => {
    const { company, push } = await office(version)
    await push.write('create-bill', bill([cost('6.58')], '6.58', { kind: 'refund' }), key())
    expect(company.one('account.move', [])).toMatchObject({ move_type: 'in_refund', amount_total: 6.58 })
    expect(booksOf(company, 'posted')).toEqual(['600000 product -6.58', '211000 payment_term 6.58'])
  })

  test('names everything at once that Odoo does not have', async () => {
    const { company, push } = await office(version)
    const lines = [cost('1', { account: '699999', costCentre: 'EAST', taxes: ['7%'], path: 'charges[0]' })]
    const record = bill(lines, '1', { vendor: { partner: 'NOBODY' }, currency: 'XXX', journal: 'INV' })
    const outcome = await push.write('create-bill', record, key())
    expect(codesOf(outcome).sort()).toEqual([
      'ODOO_ACCOUNT_NOT_FOUND',
      'ODOO_COST_CENTRE_NOT_FOUND',
      'ODOO_CURRENCY_UNSUITED',
      'ODOO_JOURNAL_NOT_FOUND',
      'ODOO_PARTNER_NOT_FOUND',
      'ODOO_TAX_NOT_FOUND',
    ])
    expect(company.records('account.move')).toEqual([])
  })

  test('that somebody entered by hand is never doubled', async () => {
    const { company, push } = await office(version)
    const own = company.create('account.move', { move_type: 'in_invoice', partner_id: company.vendor, ref: '8634110' })
    expect(await push.write('create-bill', bill([cost('10')], '10'), key())).toMatchObject({
      outcome: 'held',
      problems: [{ code: 'ODOO_DUPLICATE_BILL', message: expect.stringContaining(`draft ${own}`) }],
    })
    company.call('account.move', 'button_cancel', [own])
    expect(await push.write('create-bill', bill([cost('10')], '10'), key())).toMatchObject({ outcome: 'delivered' })
  })

  test('that somebody changed and posted is taken as it stands, and what is different is told', async () => {
    const { company, push } = await office(version)
    const record = bill([cost('10')], '10', { post: false })
    await push.write('create-bill', record, key())
    const { id } = company.one('account.move', [])
    const line = company.one('account.move.line', [['display_type', '=', 'product']])
    company.write('account.move', id, { invoice_line_ids: [[1, line.id, { price_unit: 9 }]] })
    company.call('account.move', 'action_post', [id])
    const outcome = await push.write('create-bill', record, key())
    expect(outcome).toMatchObject({ outcome: 'delivered', adopted: true, result: { total: '9' } })
    expect(codesOf(outcome)).toEqual(['ODOO_BILL_ACCEPTED_AS_IS', 'ODOO_BILL_ACCEPTED_AS_IS'])
  })

  test('that was cancelled stays so', async () => {
    const { company, push } = await office(version)
    await push.write('create-bill', bill([cost('10')], '10', { post: false }), key())
    company.call('account.move', 'button_cancel', [company.one('account.move', []).id])
    const outcome = await push.write('create-bill', bill([cost('10')], '10'), key())
    expect(codesOf(outcome)).toEqual(['ODOO_BILL_CANCELED'])
    expect(company.records('account.move')).toHaveLength(1)
  })

  test('of a closed month counts in the first open one, with a warning', async () => {
    const { company, push } = await office(version)
    company.write('res.company', 1, { fiscalyear_lock_date: '2026-10-31' })
    const outcome = await push.write('create-bill', bill([cost('10')], '10', { date: '2026-09-21' }), key())
    expect(outcome).toMatchObject({ outcome: 'delivered', result: { state: 'posted', date: '2026-11-21' } })
    expect(codesOf(outcome)).toEqual(['ODOO_BILL_DATE_MOVED'])
  })

  test("is due by the vendor's terms where there are some", async () => {
    const { company, push } = await office(version)
    const [term] = company.records('account.payment.term', [['name', '=', '30 Days']])
    company.write('res.partner', company.vendor, { property_supplier_payment_term_id: term?.id ?? 0 })
    await push.write('create-bill', bill([cost('10')], '10'), key())
    expect(company.one('account.move', [])).toMatchObject({ invoice_date_due: '2026-12-16' })
  })
})
