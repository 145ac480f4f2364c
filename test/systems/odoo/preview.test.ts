import type { Bundle } from '../../../lib/systems/odoo/bundle.ts'
import { documentsOf } from '../../../lib/systems/odoo/preview.ts'
import type { OdooRecord } from '../../../lib/systems/odoo/rpc.ts'
import { fixture, parsed, without } from './documents.ts'

const raw = (document: { raw: unknown } | undefined) => document?.raw as Bundle
const ids = (bundle: Bundle, model: string) => bundle[model]?.map(({ id }) => id)

/** Two purchase orders in one file, with records that only one of them needs. */
const two = (): Bundle => {
  const first = fixture('purchase-order-19')
  const second = fixture('received-purchase-order-19')
  const models = new Set([...Object.keys(first), ...Object.keys(second)])
  return Object.fromEntries(
    [...models].map((model) => {
      const all = [...(first[model] ?? []), ...(second[model] ?? [])]
      return [model, model === 'ir.model.data' ? all : [...new Map(all.map((r) => [r.id, r])).values()]]
    }),
  )
}

describe('a preview file', () => {
  it('gives each record with just what it refers to', () => {
    const [document, ...others] = documentsOf(['erp-purchase-order'], two())
    expect(others).toEqual([])
    expect(document).toMatchObject({
      type: 'erp-purchase-order',
      key: 'purchase.order/22',
      number: 'P00015',
      group: 'purchase.order/22',
      version: '2026-11-21T07:37:52Z',
      arrival: '0',
    })
    expect(ids(raw(document), 'purchase.order.line')).toEqual([8, 9, 10, 11, 12])
    expect(ids(raw(document), 'product.product')).toHaveLength(3)
    expect(raw(document)).not.toHaveProperty('ir.model.data')
  })

  it('gives a kit with its components, and each of these as well', () => {
    const stored = fixture('kit-19')
    const [kit, ...others] = documentsOf(['product'], stored)
    expect(parsed('product', raw(kit))).toEqual(parsed('product', stored))
    expect(others.map(({ number }) => number)).toEqual(['ZE-COF', 'ZE-PAIR', 'ZE-MUG', 'ZE-TEE-S', 'ZE-TEE-M'])
  })

  it('takes no order that came as an 850 for one that a warehouse is to expect', () => {
    expect(documentsOf(['inbound-order'], two()).map(({ key }) => key)).toEqual(['purchase.order/22'])
  })

  it('tells orders that Odoo placed from those that came as an 850', () => {
    const [document, ...others] = documentsOf(['received-order'], two())
    expect(others).toEqual([])
    expect(document).toMatchObject({ type: 'received-order', key: 'purchase.order/23' })
    expect(raw(document)['ir.model.data']).toHaveLength(3)
  })

  it.each([
    ['purchase-order', 'erp-purchase-order'],
    ['received-sale-order', 'received-order'],
    ['received-purchase-order', 'received-order'],
    ['received-agreement', 'received-order'],
    ['delivery', 'ship-notice'],
    ['invoice', 'invoice'],
    ['stock', 'stock-report'],
    ['product', 'product'],
    ['inbound-order', 'inbound-order'],
  ])('of a %s as the reader stored it gives that same document', (name, type) => {
    for (const version of ['18', '19']) {
      const stored = fixture(`${name}-${version}`)
      const [document, ...others] = documentsOf([type], stored)
      expect(others).toEqual([])
      expect(parsed(type, raw(document))).toEqual(parsed(type, stored))
    }
  })

  it('gives a credit note the invoice it reverses, and each of the two is a document', () => {
    const documents = documentsOf(['invoice'], fixture('credit-note-19'))
    expect(documents.map((d) => [d.key, d.number, d.once, d.arrival])).toEqual([
      ['account.move/3', 'RINV/2026/00001', true, '0'],
      ['account.move/2', 'INV/2026/00001', true, '1'],
    ])
    expect(ids(raw(documents[0]), 'account.move')).toEqual([3, 2])
    expect(ids(raw(documents[1]), 'account.move')).toEqual([2])
  })

  it('may be one record, an array of records, or an array of files', () => {
    const file = fixture('purchase-order-19')
    const order = file['purchase.order']?.[0] as OdooRecord
    expect(documentsOf(['erp-purchase-order'], order).map((d) => d.key)).toEqual(['purchase.order/22'])
    expect(documentsOf(['erp-purchase-order'], [order, order]).map((d) => d.arrival)).toEqual(['0', '1'])
    expect(documentsOf(['erp-purchase-order'], [file, fixture('received-purchase-order-19')])).toHaveLength(1)
    const sale = fixture('received-sale-order-19')['sale.order']?.[0]
    expect(documentsOf(['received-order'], sale)[0]?.key).toBe('sale.order/5')
    const agreement = fixture('received-agreement-19')['purchase.requisition']?.[0]
    expect(documentsOf(['received-order'], agreement)[0]?.key).toBe('purchase.requisition/3')
  })

  it('with only orders, lines, contacts and products is enough', () => {
    const file = fixture('purchase-order-18')
    const few = Object.fromEntries(
      ['purchase.order', 'purchase.order.line', 'res.partner', 'product.product'].map((m) => [m, file[m] ?? []]),
    )
    const [document] = documentsOf(['erp-purchase-order'], few)
    expect(parsed('erp-purchase-order', raw(document))).toMatchObject({ vendor: 'PINEMILL', lines: [{}, {}, {}] })
  })

  it('whose headers list no lines finds them by the header they name', () => {
    const file = fixture('purchase-order-19')
    const unlisted = { ...file, 'purchase.order': [without(file['purchase.order']?.[0] as OdooRecord, 'order_line')] }
    const [document] = documentsOf(['erp-purchase-order'], unlisted)
    expect(ids(raw(document), 'purchase.order.line')).toEqual([8, 9, 10, 11, 12])
  })

  it('with vendor bills or journal entries has no invoices of ours in them', () => {
    const bill = {
      'account.move': [
        { id: 1, name: 'BILL/1', move_type: 'in_invoice' },
        { id: 2, move_type: 'entry' },
      ],
    }
    expect(documentsOf(['invoice'], bill)).toEqual([])
  })

  it('of another kind, empty or no object at all has no documents', () => {
    expect(documentsOf(['invoice'], fixture('purchase-order-19'))).toEqual([])
    expect(documentsOf(['purchase-order'], fixture('purchase-order-19'))).toEqual([])
    expect(documentsOf(['invoice'], {})).toEqual([])
    expect(documentsOf(['invoice'], 'nonsense')).toEqual([])
    expect(documentsOf(['stock-report'], [])).toEqual([])
  })
})
