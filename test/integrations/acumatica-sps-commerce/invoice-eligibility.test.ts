import type { Json } from '../../../lib/core/exchange.ts'
import {
  bill,
  changed,
  changedFields,
  codesOf,
  entry,
  fixture,
  harborInvoice,
  harborOrder,
  orderInLedger,
  type Raw,
  rsxOf,
  tablesWith,
} from './invoice-world.ts'

const history = [harborOrder()]
const invoice = (changes: Record<string, Json>) =>
  changedFields(
    harborInvoice(),
    Object.fromEntries(Object.entries(changes).map(([path, value]) => [`salesInvoices.0.${path}`, value])),
  )

/** The example's line 3 billed from another order as well. */
function withSecondOrder(reference: string | undefined): Raw {
  const file = changedFields(harborInvoice(), { 'salesInvoices.0.Details.2.OrderNbr': 'SO-20932' })
  const order = changedFields(fixture('acumatica/sales-order-after-shipping.json'), { OrderNbr: 'SO-20932' })
  const second = changed(order, { ExternalRef: reference === undefined ? {} : { value: reference } })
  return { ...file, salesOrders: [...(file.salesOrders as Json[]), second] }
}

describe('which invoices are sent (O2)', () => {
  test.each(['Open', 'Closed'])('an invoice that is %s is', (Status) => {
    expect(bill(invoice({ Status }), { history }).result.outcome).toBe('write')
  })

  test.each(['On Hold', 'Credit Hold', 'Balanced', 'Canceled', 'Pending Print', 'Rejected'])(
    'an invoice that is %s is not, and says so',
    (Status) => {
      const { result } = bill(invoice({ Status }), { history })
      expect([result.outcome, codesOf(result)]).toEqual(['skipped', ['NOT_ELIGIBLE']])
    },
  )

  test.each(['Cash Sale', 'Cash Return'])('a %s is not', (Type) => {
    expect(bill(invoice({ Type }), { history }).result.outcome).toBe('skipped')
  })

  test('a debit memo goes as an invoice', () => {
    const { result } = bill(invoice({ Type: 'Debit Memo' }), { history })
    expect(rsxOf(result).Header?.InvoiceHeader?.InvoiceTypeCode).toBe('DR')
    expect(result).toMatchObject({ writes: [{ reference: 'INDebitMemo-INV-104482' }] })
  })
})

describe('whose invoices are sent (O3)', () => {
  test('an invoice to a customer who is no trading partner is skipped', () => {
    const { result } = bill(invoice({ CustomerID: 'WALKIN' }), { history })
    expect([result.outcome, codesOf(result)]).toEqual(['skipped', ['NOT_EDI']])
  })

  test('an invoice of an order that was typed in by hand is skipped', () => {
    const { result } = bill(changed(harborInvoice(), { 'salesOrders.0.ExternalRef': {} }))
    expect([result.outcome, codesOf(result)]).toEqual(['skipped', ['NOT_EDI']])
  })

  test('an invoice of an EDI order and another one is held', () => {
    const { result } = bill(withSecondOrder(undefined), { history })
    expect(result.outcome).toBe('held')
    expect(codesOf(result)).toContain('EDI_MIXED')
  })
})

describe('an invoice is sent once (O4)', () => {
  const earlier = (fields: Parameters<typeof entry>[0]) =>
    entry({
      connection: 'acumatica',
      type: 'invoice',
      flow: 'invoice',
      key: 'Invoice/INV-104482',
      number: 'INV-104482',
      ...fields,
    })

  test('a later change of a sent invoice is skipped', () => {
    const { source, result } = bill(invoice({ Description: 'changed' }), {
      history: [...history, earlier({ state: 'delivered' })],
    })
    expect(source.key).toBe('Invoice/INV-104482')
    expect([result.outcome, codesOf(result)]).toEqual(['skipped', ['ALREADY_SENT']])
  })

  test.each(['skipped', 'held', 'rejected'] as const)('an earlier one that was %s is no reason to skip', (state) => {
    expect(bill(harborInvoice(), { history: [...history, earlier({ state })] }).result.outcome).toBe('write')
  })

  test('a credit memo of the same number is another document', () => {
    const other = earlier({ key: 'Credit Memo/INV-104482' })
    expect(bill(harborInvoice(), { history: [...history, other] }).result.outcome).toBe('write')
  })
})

describe('one invoice, one purchase order (I1)', () => {
  test('lines of two purchase orders are held, with both named', () => {
    const { result } = bill(withSecondOrder('SPS:3F1HARBORPINE:4500187800'), { history })
    expect(codesOf(result)).toEqual(['SEVERAL_ORDERS'])
    expect(JSON.stringify(result)).toMatch(/4500187734, 4500187800/)
  })

  test('lines of two releases of one blanket order are held too: there is one ReleaseNumber on an 810', () => {
    const file = changedFields(withSecondOrder('SPS:3F1HARBORPINE:4500187734:2'), {
      'salesOrders.0.ExternalRef': 'SPS:3F1HARBORPINE:4500187734:1',
    })
    expect(codesOf(bill(file).result)).toEqual(['SEVERAL_ORDERS'])
  })

  test('two ERP orders of one purchase order are one invoice, without an InternalOrderNumber', () => {
    const { result } = bill(withSecondOrder('SPS:3F1HARBORPINE:4500187734'))
    const header = rsxOf(result).Header?.InvoiceHeader
    expect(header?.PurchaseOrderNumber).toBe('4500187734')
    expect(header).not.toHaveProperty('InternalOrderNumber')
  })
})

describe('an invoice that is not right is held', () => {
  test('with the numbers of the equation where it does not add up (I4)', () => {
    const { result } = bill(invoice({ Amount: 328.9 }), { history })
    expect(codesOf(result)).toEqual(['TOTALS_DIFFER'])
    expect(JSON.stringify(result)).toMatch(/335\.6.*6\.71.*328\.89.*328\.9/)
  })

  test('with everything that is wrong with it at once, each with its place', () => {
    const { result } = bill(
      changed(invoice({ Amount: 1, 'Details.1.Amount': 60 }), { 'salesOrders.0.Details.0.ExternalRef': {} }),
      { history },
    )
    if (result.outcome === 'write') throw new Error('written')
    expect(result.problems.map((p) => [p.code, p.path])).toEqual(
      expect.arrayContaining([
        ['BUYER_LINE_UNKNOWN', 'Details[0].OrderLineNbr'],
        ['LINE_AMOUNT_DIFFERS', 'Details[1].Amount'],
      ]),
    )
  })

  test('with a wrong total named beside several orders', () => {
    const file = changedFields(withSecondOrder('SPS:3F1HARBORPINE:4500187800'), { 'salesInvoices.0.Amount': 1 })
    expect(codesOf(bill(file, { history }).result)).toEqual(['SEVERAL_ORDERS', 'TOTALS_DIFFER'])
  })

  test('with an unknown unit at its line', () => {
    const { result } = bill(invoice({ 'Details.2.UOM': 'PALLET' }), { history })
    if (result.outcome === 'write') throw new Error('written')
    expect(result.problems).toContainEqual(expect.objectContaining({ code: 'UNIT_UNKNOWN', path: 'Details[2].UOM' }))
  })

  test('until its ship notice was delivered, where the partner wants that first', () => {
    const tables = tablesWith({ partner: { invoiceAfterShipNotice: 'yes' } })
    expect(codesOf(bill(harborInvoice(), { tables, history }).result)).toEqual(['SHIP_NOTICE_MISSING'])
    const notice = entry({ type: 'ship-notice', flow: 'ship-notice', number: 'JS-SHP-0031877' })
    expect(bill(harborInvoice(), { tables, history: [...history, notice] }).result.outcome).toBe('write')
    const skipped = { ...notice, state: 'skipped' as const }
    expect(bill(harborInvoice(), { tables, history: [...history, skipped] }).result.outcome).toBe('held')
  })
})

describe('units of an invoice line', () => {
  test('a quantity billed in another unit than ordered keeps the ordered quantity in the unit it was ordered in', () => {
    const file = invoice({ 'Details.2.UOM': 'EA', 'Details.2.Qty': 12, 'Details.2.UnitPrice': 14.2 })
    expect(rsxOf(bill(file, { history }).result).LineItem?.[2]?.InvoiceLine).toMatchObject({
      InvoiceQty: 12,
      InvoiceQtyUOM: 'EA',
      PurchasePrice: 14.2,
      OrderQty: 2,
      OrderQtyUOM: 'CA',
    })
  })

  test('without the ledger the ordered quantity is told in the unit of the ERP order', () => {
    const file = invoice({ 'Details.2.UOM': 'EA', 'Details.2.Qty': 12, 'Details.2.UnitPrice': 14.2 })
    const line = rsxOf(bill(file).result).LineItem?.[2]?.InvoiceLine
    expect([line?.OrderQty, line?.OrderQtyUOM]).not.toEqual([2, 'EA'])
  })

  test('dozens ordered as twelve eaches are billed in dozens', () => {
    const rsx = changed(fixture('sps-commerce/order-850.json'), {
      'LineItem.0.OrderLine.OrderQty': 2,
      'LineItem.0.OrderLine.OrderQtyUOM': 'DZ',
      'LineItem.0.OrderLine.PurchasePrice': 51,
    })
    const base = tablesWith()
    const units = {
      ...base.units,
      rows: [...(base.units?.rows ?? []), { x12: 'DZ', unit: 'EA', perUnit: '12', eaches: '12' }],
    }
    const tables = { ...base, units: { name: 'units', version: 'dozens', rows: units.rows } }
    const { result } = bill(harborInvoice(), { tables, history: [orderInLedger(rsx, ['SO-20931'], tables)] })
    expect(rsxOf(result).LineItem?.[0]?.InvoiceLine).toMatchObject({
      InvoiceQty: 2,
      InvoiceQtyUOM: 'DZ',
      OrderQty: 2,
      OrderQtyUOM: 'DZ',
      PurchasePrice: 51,
      ExtendedItemTotal: 102,
    })
  })
})
