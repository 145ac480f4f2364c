import fc from 'fast-check'
import type { Json } from '../../../lib/core/exchange.ts'
import type { Bundle } from '../../../lib/systems/odoo/bundle.ts'
import { parse } from '../../../lib/systems/odoo/parse.ts'
import { deletedDocument, toSourceDocument } from '../../../lib/systems/odoo/source-document.ts'
import { changed, fixture } from './documents.ts'

const order = fixture('purchase-order-18')
const of = (raw: Bundle) => toSourceDocument('erp-purchase-order', raw)

describe('the identity of an Odoo document', () => {
  it('is its model and database id; its name is the number people know', () => {
    expect(of(order)).toMatchObject({ key: 'purchase.order/22', group: 'purchase.order/22', number: 'P00015' })
    const unnamed = changed(order, 'purchase.order', () => ({ name: false }))
    expect(of(unnamed)).toMatchObject({ key: 'purchase.order/22', number: 'purchase.order/22' })
  })

  it('has the latest stamp of the record and its own lines as version, in whole seconds', () => {
    const later = changed(order, 'purchase.order.line', (l) => ({
      write_date: l.id === 10 ? '2026-11-22 08:00:01.310281' : undefined,
    }))
    expect(of(later).version).toBe('2026-11-22T08:00:01Z')
    const other = changed(order, 'product.product', () => ({ write_date: '2026-12-24 00:00:00' }))
    expect(of(other).version).toBe(of(order).version)
  })

  it('arrives anew when its stamp or its content is another', () => {
    const touched = changed(order, 'purchase.order', () => ({ write_date: '2026-11-22 08:00:00' }))
    expect(of(touched).hash).toBe(of(order).hash)
    expect(of(touched).arrival).not.toBe(of(order).arrival)
    expect(of(order).arrival).toMatch(/^22@2026-11-21T07:37:46Z\+[0-9a-f]{8}$/)
  })

  it.each<[string, string, { [field: string]: Json }]>([
    ['what was received', 'purchase.order.line', { qty_received: 3 }],
    ['the vendor’s reference', 'purchase.order', { partner_ref: 'PM-9' }],
    ['a lock', 'purchase.order', { state: 'done' }],
    ['a renamed vendor', 'purchase.order', { partner_id: [30, 'Pinewood Mills Inc.'] }],
    ['stamps and counters', 'purchase.order', { write_date: '2027-01-01 00:00:00', receipt_status: 'partial' }],
    ['a renamed product', 'product.product', { name: 'Another name' }],
  ])('does not change with %s', (_, model, fields) => {
    expect(of(changed(order, model, () => fields)).hash).toBe(of(order).hash)
  })

  it.each<[string, string, { [field: string]: Json }]>([
    ['a quantity', 'purchase.order.line', { product_qty: 11 }],
    ['a price', 'purchase.order.line', { price_unit: 4.2 }],
    ['a date', 'purchase.order.line', { date_planned: '2026-12-24 12:00:00' }],
    ['a description', 'purchase.order.line', { name: 'Other' }],
    ['cancelling', 'purchase.order', { state: 'cancel' }],
  ])('changes with %s', (_, model, fields) => {
    expect(of(changed(order, model, () => fields)).hash).not.toBe(of(order).hash)
  })

  it('changes when a line is gone', () => {
    const fewer = { ...order, 'purchase.order.line': (order['purchase.order.line'] ?? []).slice(1) }
    expect(of(fewer).hash).not.toBe(of(order).hash)
  })

  it('of deliveries and invoices is sent once, of orders again', () => {
    expect(toSourceDocument('ship-notice', fixture('delivery-18')).once).toBe(true)
    expect(toSourceDocument('invoice', fixture('invoice-18')).once).toBe(true)
    expect(of(order).once).toBeUndefined()
  })

  it('of a record that is gone is its last state, and still a document', () => {
    const gone = deletedDocument('received-order', 'sale.order', 5, 'S00005')
    expect(gone).toMatchObject({ key: 'sale.order/5', number: 'S00005', group: 'sale.order/5' })
    expect(gone.version > toSourceDocument('received-order', fixture('received-sale-order-18')).version).toBe(true)
    expect(parse(gone.type, gone.raw)).toMatchObject({ document: { state: 'deleted' } })
  })

  it('of stock is one report a day and warehouse', () => {
    expect(toSourceDocument('stock-report', fixture('stock-18'))).toMatchObject({
      key: 'stock/WH/2026-11-21',
      number: 'WH-20261121080000',
      version: '2026-11-21T08:00:00.000Z',
    })
  })
})

describe('any bundle', () => {
  const value: fc.Arbitrary<Json> = fc.oneof(
    fc.constant(false),
    fc.integer(),
    fc.double(),
    fc.string(),
    fc.constant(null),
    fc.tuple(fc.integer(), fc.string()).map((pair) => [...pair]),
    fc.array(fc.integer()),
  )
  const cases: [string, string, string][] = [
    ['erp-purchase-order', 'purchase-order-18', 'purchase.order'],
    ['received-order', 'received-sale-order-18', 'sale.order.line'],
    ['ship-notice', 'delivery-18', 'stock.move'],
    ['ship-notice', 'delivery-19', 'uom.uom'],
    ['invoice', 'credit-note-18', 'account.move.line'],
    ['stock-report', 'stock-18', 'product.product'],
  ]

  it.each(cases)('of a %s with anything in a field is a document or problems, never a fault', (type, name, model) => {
    const raw = fixture(name)
    const fields = Object.keys(raw[model]?.[0] ?? {}).filter((field) => field !== 'id')
    fc.assert(
      fc.property(fc.constantFrom(...fields), value, (field, content) => {
        const broken = changed(raw, model, () => ({ [field]: content }))
        const result = parse(type, broken as Json)
        expect('document' in result || result.problems.length > 0).toBe(true)
        expect(typeof toSourceDocument(type, broken).hash).toBe('string')
      }),
      { numRuns: 60 },
    )
  })
})
