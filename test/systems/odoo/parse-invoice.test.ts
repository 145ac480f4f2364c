import type { Json } from '../../../lib/core/exchange.ts'
import type { Invoice } from '../../../lib/documents/invoice.ts'
import type { Bundle } from '../../../lib/systems/odoo/bundle.ts'
import { changed, fixture, parsed, problemsOf, without } from './documents.ts'

const invoice = (raw: Bundle) => parsed<Invoice>('invoice', raw)

describe.each(['18', '19'])('an invoice of Odoo %s', (version) => {
  const document = invoice(fixture(`invoice-${version}`))

  it('has number, dates, parties and totals', () => {
    expect(document).toMatchObject({
      kind: 'Invoice',
      number: 'INV/2026/00001',
      status: 'Open',
      date: '2026-11-21',
      dueDate: '2026-12-21',
      customer: 'HARBORPINE',
      customerOrder: '4500187734',
      currency: 'USD',
      amount: '1035.75',
      discountTotal: '0',
      freightTotal: '25',
      taxTotal: '135.1',
      billTo: { role: 'BT', code: 'HARBORPINE', codeQualifier: '91', name: 'Harbor & Pine', city: 'Milwaukee' },
      shipTo: { role: 'ST', code: '0417', codeQualifier: '92', city: 'Oak Creek' },
    })
  })

  it('has lines with price before and amount after discount, their order line and delivery', () => {
    expect(
      document.lines.map((l) => [l.item, l.quantity, l.unit, l.unitPrice, l.discountAmount, l.amount, l.shipment]),
    ).toEqual([
      ['JS-MUG-12', '4', 'Case of 12', '93.6', '0', '374.4', 'WH/OUT/00004'],
      ['JS-BWL-06', '30', 'Units', '11.25', '33.75', '303.75', 'WH/OUT/00004'],
      ['JS-SET-4', '5', 'Units', '39.5', '0', '197.5', 'WH/OUT/00004'],
    ])
    expect(document.lines.map((l) => l.orderLine)).toEqual(document.orders[0]?.lines.map((l) => l.line))
  })

  it('tells delivery costs as freight, taxes by name, and what early payment saves', () => {
    expect(document.freight).toEqual([{ amount: '25' }])
    expect(document.taxes).toEqual([{ id: '15%', taxable: '900.65', amount: '135.1' }])
    expect(document.cashDiscount).toBe('20.71')
  })

  it('with tax in the prices, an allowance and cash rounding adds up to the cent', () => {
    const rounded = invoice(fixture(`invoice-rounded-${version}`))
    expect(rounded).toMatchObject({ amount: '20', taxTotal: '1.31', discountTotal: '2.01', customerOrder: 'MANUAL-1' })
    expect(rounded.lines.map((l) => [l.quantity, l.unitPrice, l.discountAmount, l.amount])).toEqual([
      ['7', '3.111278', '1.09', '20.69'],
      ['1', '0.01', '0', '0.01'],
    ])
    expect(rounded.discounts).toEqual([
      { kind: 'Document', code: 'JS-ALLOW', description: 'Allowance', amount: '2.01' },
    ])
  })
})

describe.each(['18', '19'])('a credit note of Odoo %s', (version) => {
  const document = invoice(fixture(`credit-note-${version}`))

  it('has positive amounts and the customer’s order number', () => {
    expect(document).toMatchObject({
      kind: 'Credit Memo',
      status: 'Closed',
      customerOrder: '4500187734',
      amount: '34.94',
      taxTotal: '4.56',
    })
    expect(document.lines).toMatchObject([
      { item: 'JS-BWL-06', quantity: '3', unitPrice: '11.25', discountAmount: '3.37', amount: '30.38' },
    ])
    expect(document.taxes).toEqual([{ id: '15%', taxable: '30.38', amount: '4.56' }])
  })

  it('names the invoice line it credits, and brings that invoice', () => {
    expect(document.lines[0]?.original).toEqual({ kind: 'Invoice', number: 'INV/2026/00001', line: '2' })
    expect(document.originals).toMatchObject([{ kind: 'Invoice', number: 'INV/2026/00001', amount: '1035.75' }])
    expect(document.originals[0]?.lines.map((l) => l.line)).toEqual(['1', '2', '3'])
  })
})

/** The same invoice as 14 and 15 write it: no `display_type` but for remarks, and fields that say what is no line. */
function asVersion15(raw: Bundle): Bundle {
  const rows = (raw['account.move.line'] ?? []).map((row) => {
    const type = row.display_type as string
    return {
      ...without(row, 'discount_date', 'discount_amount_currency'),
      display_type: type.startsWith('line_') ? type : false,
      exclude_from_invoice_tab: !type.startsWith('line_') && type !== 'product',
      is_rounding_line: type === 'rounding',
    }
  })
  return { ...raw, 'account.move.line': rows as Bundle[string] }
}

describe('an invoice, whatever version and however much of it is there', () => {
  const raw = fixture('invoice-18')
  const rounded = fixture('invoice-rounded-18')

  it('of 15 says the same', () => {
    const { cashDiscount: _, ...expected } = invoice(raw)
    expect(invoice(asVersion15(raw))).toEqual(expected)
    expect(invoice(asVersion15(rounded))).toEqual(invoice(rounded))
  })

  it('without its bookings is told by its lines, with one row of tax', () => {
    const lines = (raw['account.move.line'] ?? []).filter((l) => l.display_type === 'product')
    const file = {
      ...raw,
      'account.move': (raw['account.move'] ?? []).map((m) => without(m, 'line_ids')),
      'account.move.line': lines.map((l) => without(l, 'amount_currency', 'balance')),
    }
    const document = invoice(file)
    expect(document.lines).toEqual(invoice(raw).lines)
    expect(document.taxes).toEqual([{ id: '15%', amount: '135.1' }])
  })

  it('that is paid is closed; a draft or a cancelled one is neither open nor closed', () => {
    const status = (fields: { [field: string]: Json }) => invoice(changed(raw, 'account.move', () => fields)).status
    expect(status({ payment_state: 'paid' })).toBe('Closed')
    expect(status({ payment_state: 'partial' })).toBe('Open')
    expect(status({ state: 'draft' })).toBe('Draft')
    expect(status({ state: 'cancel' })).toBe('Canceled')
  })

  it('names no delivery where the order line left with several, or its goods came back', () => {
    const [move] = raw['stock.move'] ?? []
    const second = { ...move, id: 99, state: 'done', picking_id: [9, 'WH/OUT/00009'] as Json }
    const lines = changed(raw, 'sale.order.line', (l) => ({ move_ids: [...(l.move_ids as number[]), 99] }))
    const several = { ...lines, 'stock.move': [...(raw['stock.move'] ?? []), second] as Bundle[string] }
    expect(invoice(several).lines[0]?.shipment).toBeUndefined()
    const returned = {
      ...several,
      'stock.move': [...(raw['stock.move'] ?? []), { ...second, origin_returned_move_id: [51, ''] }],
    }
    expect(invoice(returned as Bundle).lines[0]?.shipment).toBe('WH/OUT/00004')
  })

  it('tells the taxable amount only where it is in the invoice’s currency', () => {
    const foreign = changed(raw, 'account.move', () => ({ company_currency_id: [125, 'EUR'] }))
    expect(invoice(foreign).taxes).toEqual([{ id: '15%', amount: '135.1' }])
  })

  it('that does not add up is held', () => {
    const off = changed(raw, 'account.move', () => ({ amount_total: 1035.76 }))
    expect(problemsOf('invoice', off)).toEqual([
      {
        code: 'ODOO_TOTALS_DIFFER',
        message:
          'INV/2026/00001: lines 875.65, less discounts 0, plus freight 25 and taxes 135.1 come to 1035.75; the total is 1035.76.',
        path: 'account.move[0].amount_total',
      },
    ])
  })

  it('with goods taken back on it is held', () => {
    const back = changed(raw, 'account.move.line', (l) => (l.id === 3 ? { quantity: -5 } : {}))
    expect(problemsOf('invoice', back).map((p) => p.code)).toContain('ODOO_NEGATIVE_LINE')
  })

  it('takes a down payment that was billed before as a discount of its own kind', () => {
    const down = changed(rounded, 'account.move.line', (l) => (l.id === 16 ? { is_downpayment: true } : {}))
    expect(invoice(down).discounts[0]).toMatchObject({ kind: 'Down payment', amount: '2.01' })
  })
})
