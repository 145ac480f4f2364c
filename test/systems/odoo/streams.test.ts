import type { StockReport } from '../../../lib/documents/stock-report.ts'
import type { Bundle } from '../../../lib/systems/odoo/bundle.ts'
import { type Stream, stockOf, streamsOf } from '../../../lib/systems/odoo/streams.ts'
import { changed, database, fixture, parsed } from './documents.ts'

const types = ['erp-purchase-order', 'received-order', 'ship-notice', 'invoice', 'product', 'inbound-order']
const settings = { timeZone: 'America/Chicago' }
const stream = (name: string): Stream => {
  const found = streamsOf(settings, types).find((one) => one.name === name)
  if (!found) throw new Error(`no stream ${name}`)
  return found
}

describe('the streams of a connection', () => {
  it('are those that give a type somebody wants', () => {
    const names = (wanted: string[]) => streamsOf(settings, wanted).map((s) => s.name)
    expect(names(types)).toEqual([
      'purchase-orders',
      'received-purchase-orders',
      'sale-orders',
      'agreements',
      'deliveries',
      'invoices',
      'products',
      'inbound-orders',
    ])
    expect(names(['invoice'])).toEqual(['invoices'])
    expect(names(['stock-report', 'purchase-order'])).toEqual([])
    expect(stockOf(settings, ['stock-report'])?.name).toBe('stock')
    expect(stockOf(settings, ['invoice'])).toBeUndefined()
  })

  it('take an order from when it is no draft any more, each from its own side', () => {
    const [own, received] = [stream('purchase-orders'), stream('received-purchase-orders')]
    const placed = { id: 1, state: 'purchase', origin: false }
    const ours = { id: 1, state: 'purchase', origin: 'SPS:3F1X:1' }
    expect([own.eligible(placed), own.eligible(ours)]).toEqual([true, false])
    expect([received.eligible(placed), received.eligible(ours)]).toEqual([false, true])
    for (const state of ['draft', 'sent', 'to approve']) expect(own.eligible({ id: 1, state })).toBe(false)
    expect(own.eligible({ id: 1, state: 'cancel' })).toBe(true)
    expect(['purchase', 'cancel', 'draft'].map((state) => stream('inbound-orders').eligible({ id: 1, state }))).toEqual(
      [true, true, false],
    )
    expect(stream('inbound-orders').eligible(ours)).toBe(false)
    expect(stream('deliveries').eligible({ id: 1, state: 'assigned' })).toBe(false)
    expect(stream('invoices').eligible({ id: 1, state: 'draft' })).toBe(false)
  })

  it('know the last state of a record that is gone, where records may go', () => {
    const deletable = streamsOf(settings, types).filter((s) => s.deletable)
    expect(deletable.map((s) => s.deleted?.(5, 'X5')).map((d) => [d?.type, d?.key])).toEqual([
      ['erp-purchase-order', 'purchase.order/5'],
      ['received-order', 'purchase.order/5'],
      ['received-order', 'sale.order/5'],
      ['received-order', 'purchase.requisition/5'],
      ['product', 'product.product/5'],
      ['inbound-order', 'purchase.order/5'],
    ])
  })
})

describe.each(['18', '19'])('records of Odoo %s read in full', (version) => {
  it.each([
    ['purchase-orders', 'purchase-order'],
    ['received-purchase-orders', 'received-purchase-order'],
    ['sale-orders', 'received-sale-order'],
    ['agreements', 'received-agreement'],
    ['deliveries', 'delivery'],
    ['invoices', 'invoice'],
    ['invoices', 'credit-note'],
    ['products', 'product'],
    ['products', 'kit'],
    ['products', 'kit-half-dozen'],
    ['inbound-orders', 'inbound-order'],
  ])('of %s are as the live server gave them: %s', async (name, file) => {
    const recorded = fixture(`${file}-${version}`)
    const one = stream(name)
    const id = recorded[one.model]?.[0]?.id ?? 0
    const [document] = await one.readFull(database(recorded), [id])
    const read = document?.raw as Bundle
    expect(read[one.model]?.[0]?.id).toBe(id)
    expect(Object.keys(read).toSorted()).toEqual(Object.keys(recorded).toSorted())
    expect(parsed(one.types[0] ?? '', read)).toEqual(parsed(one.types[0] ?? '', recorded))
  })
})

describe('reading in full', () => {
  const recorded = fixture('purchase-order-19')
  const [order] = recorded['purchase.order'] ?? []

  it('asks as often for many records as for one', async () => {
    const many = Array.from({ length: 40 }, (_, i) => ({ ...order, id: 100 + i, name: `P${i}` }))
    const all = { ...recorded, 'purchase.order': many } as Bundle
    const [single, bulk] = [database(recorded), database(all)]
    await stream('purchase-orders').readFull(single, [22])
    const documents = await stream('purchase-orders').readFull(
      bulk,
      many.map(({ id }) => id),
    )
    expect(documents).toHaveLength(40)
    expect(bulk.asked).toEqual(single.asked)
  })

  it('takes nothing apart that is manufactured', async () => {
    const made = changed(fixture('kit-19'), 'mrp.bom', () => ({ type: 'normal' }))
    const [document] = await stream('products').readFull(database(made), [40])
    expect(Object.keys(document?.raw ?? {})).not.toContain('mrp.bom.line')
    expect(document?.raw).toMatchObject({ 'product.product': [{ id: 40 }] })
  })

  it('reads no goods of receipts that are done', async () => {
    const done = changed(fixture('inbound-order-19'), 'stock.picking', () => ({ state: 'done' }))
    const [document] = await stream('inbound-orders').readFull(database(done), [6546])
    const models = Object.keys(document?.raw ?? {})
    expect(models).toContain('stock.picking')
    expect(models).not.toContain('stock.move.line')
  })

  it('gives nothing for records that are gone or became something else, and asks nothing for none', async () => {
    const back = database(changed(recorded, 'purchase.order', () => ({ state: 'draft' })))
    expect(await stream('purchase-orders').readFull(back, [22, 4711])).toEqual([])
    const idle = database(recorded)
    expect(await stream('purchase-orders').readFull(idle, [])).toEqual([])
    expect(idle.asked).toEqual([])
  })

  it('does without models this database has not', async () => {
    const { 'product.supplierinfo': _, 'stock.picking.type': __, ...rest } = recorded
    const [document] = await stream('purchase-orders').readFull(database(rest), [22])
    expect(parsed('erp-purchase-order', document?.raw as Bundle)).toMatchObject({
      number: 'P00015',
      vendor: 'PINEMILL',
    })
  })

  it('takes no agreement that somebody made in Odoo', async () => {
    const { 'ir.model.data': _, ...rest } = fixture('received-agreement-19')
    expect(await stream('agreements').readFull(database(rest), [3])).toEqual([])
  })
})

describe('a stock report', () => {
  it.each(['18', '19'])('of Odoo %s has every product with what is there and what is free', (version) => {
    const report = parsed<StockReport>('stock-report', fixture(`stock-${version}`))
    expect(report).toMatchObject({ number: 'WH-20261121080000', at: '2026-11-21T08:00:00.000Z', warehouse: 'WH' })
    expect(report.lines).toHaveLength(5)
    expect(report.lines[0]).toMatchObject({
      item: 'SKU-001',
      barcode: '2000000000015',
      unit: 'Units',
      onHand: '129',
      free: '119',
      outgoing: '10',
      active: true,
    })
  })

  it('of a file that we did not read is as of its latest change', () => {
    const { 'ml_connector.reading': _, ...file } = fixture('stock-19')
    const bare = changed(file, 'product.product', () => ({ free_qty: false, outgoing_qty: 200 }))
    const report = parsed<StockReport>('stock-report', bare)
    expect(report).toMatchObject({ number: 'all-20261121071222', at: '2026-11-21T07:12:22Z' })
    expect(report.lines[0]?.free).toBe('0')
  })
})
