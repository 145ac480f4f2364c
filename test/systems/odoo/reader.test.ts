import { addRequest, readBackfill, writeBackfill } from '../../../lib/core/backfill.ts'
import { parse } from '../../../lib/systems/odoo/parse.ts'
import { createReader } from '../../../lib/systems/odoo/reader.ts'
import { closeAll, connectionTo, pollerOf, startCompany } from './polling.ts'

afterEach(closeAll)

const minute = 60_000
const hour = 60 * minute

/** A company that has been polled once. */
async function polled(version: 18 | 19, over = {}) {
  const company = await startCompany(version)
  const reader = createReader(connectionTo(company.odoo, ['erp-purchase-order'], over))
  const poller = pollerOf(reader, 'purchase-orders')
  await poller.poll()
  return { ...company, reader, poller }
}

describe('streams', () => {
  it('are what is wanted: live ones first, then stock, deletions and the past', async () => {
    const { odoo } = await startCompany(19)
    const streams = (...wanted: string[]) => createReader(connectionTo(odoo, wanted)).streams()
    expect(streams('erp-purchase-order', 'invoice', 'stock-report')).toEqual([
      'purchase-orders',
      'invoices',
      'stock',
      'purchase-orders:deletions',
      'purchase-orders:backfill',
      'invoices:backfill',
    ])
    expect(streams()).toEqual([])
  })

  it('of a model that is not installed are read as empty, and said once', async () => {
    const { odoo } = await startCompany(19)
    const context = connectionTo(odoo, ['received-order'])
    const warnings: unknown[] = []
    context.log.warn = (_message, fields) => void warnings.push(fields?.model)
    const { send } = context.http
    context.http.send = (request) =>
      send({ ...request, url: request.url.replace('/purchase.requisition/', '/not.installed/') })
    const poller = pollerOf(createReader(context), 'agreements')
    expect(await poller.poll()).toEqual([])
    expect(await poller.poll()).toEqual([])
    expect(warnings).toEqual(['purchase.requisition'])
  })
})

describe.each([18, 19] as const)('Odoo %i', (version) => {
  it('gives a confirmed purchase order with all it refers to, and it parses', async () => {
    const { odoo, order, poller } = await polled(version)
    const id = order()
    odoo.clock.advance(minute)
    const [document] = await poller.poll()
    expect(document).toMatchObject({ type: 'erp-purchase-order', key: `purchase.order/${id}`, number: 'P00001' })
    expect(parse('erp-purchase-order', document?.raw ?? null)).toMatchObject({
      document: { type: 'erp-purchase-order', lines: [{ item: 'LAMP-1' }] },
    })
  })

  it('gives no request for quotation, until it is confirmed', async () => {
    const { odoo, vendor, product, poller } = await polled(version)
    const id = odoo.create('purchase.order', {
      partner_id: vendor,
      order_line: [[0, 0, { product_id: product, product_qty: 1, price_unit: 1 }]],
    })
    odoo.clock.advance(minute)
    expect(await poller.poll()).toEqual([])
    odoo.call('purchase.order', 'button_confirm', id)
    odoo.clock.advance(minute)
    expect(await poller.poll()).toHaveLength(1)
  })

  it('finds what a long transaction commits below the mark', async () => {
    const { odoo, order, poller } = await polled(version)
    const slow = odoo.transaction()
    const late = order(slow)
    odoo.clock.advance(minute)
    const early = order()
    odoo.clock.advance(minute)
    expect((await poller.poll()).map(({ key }) => key)).toEqual([`purchase.order/${early}`])
    slow.commit()
    odoo.clock.advance(minute)
    expect((await poller.poll()).map(({ key }) => key)).toEqual([`purchase.order/${late}`])
  })

  it('ends although a whole import shares one stamp and pages are small', async () => {
    const { odoo, order, poller } = await polled(version, { pageSize: 3, documentsPerPage: 2 })
    const importing = odoo.transaction()
    const ids = Array.from({ length: 11 }, () => order(importing))
    importing.commit()
    odoo.clock.advance(minute)
    await poller.poll()
    expect(poller.documents.map(({ key }) => key)).toEqual(ids.map((id) => `purchase.order/${id}`))
  })

  it('brings the order whose line is described anew, though the order keeps its stamp', async () => {
    const { odoo, order, poller } = await polled(version)
    const id = order()
    odoo.clock.advance(20 * minute)
    await poller.poll()
    const [line] = odoo.records('purchase.order.line', [['order_id', '=', id]])
    odoo.write('purchase.order.line', line?.id ?? 0, { name: 'Lamp, green' })
    odoo.clock.advance(minute)
    const [document] = await poller.poll()
    expect(JSON.stringify(document?.raw)).toContain('Lamp, green')
  })

  it('tells an order that was deleted, with its number', async () => {
    const { odoo, order, reader } = await polled(version)
    const ids = [order(), order(), order()]
    const sweep = pollerOf(reader, 'purchase-orders:deletions')
    expect(reader.idle?.('purchase-orders:deletions', sweep.cursor)).toBe(false)
    await sweep.poll()
    expect(reader.idle?.('purchase-orders:deletions', sweep.cursor)).toBe(true)
    odoo.call('purchase.order', 'button_cancel', ids[1] ?? 0)
    odoo.unlink('purchase.order', ids[1] ?? 0)
    odoo.clock.advance(7 * hour)
    expect(reader.idle?.('purchase-orders:deletions', sweep.cursor)).toBe(false)
    expect((await sweep.poll()).map(({ key, number }) => [key, number])).toEqual([
      [`purchase.order/${ids[1]}`, 'P00002'],
    ])
  })

  it('reads the past on request', async () => {
    const { odoo, order, reader } = await polled(version, { backfillDocumentsPerPoll: 2 })
    const ids = [order(), order(), order()]
    odoo.clock.advance(24 * hour)
    order()
    const past = pollerOf(reader, 'purchase-orders:backfill')
    expect(reader.idle?.('purchase-orders:backfill', past.cursor)).toBe(true)
    const request = { from: '2026-10-05T00:00:00Z', to: '2026-10-06T00:00:00Z', by: 'date' as const, requestedAt: '' }
    past.cursor = writeBackfill(addRequest(readBackfill(undefined), request))
    expect(await past.poll()).toHaveLength(2)
    await past.poll()
    expect(past.documents.map(({ key }) => key)).toEqual(ids.map((id) => `purchase.order/${id}`))
    expect(reader.idle?.('purchase-orders:backfill', past.cursor)).toBe(true)
  })

  it('reports stock when it is due', async () => {
    const { odoo } = await startCompany(version)
    const reader = createReader(connectionTo(odoo, ['stock-report'], { stockReportHours: 24 }))
    const stock = pollerOf(reader, 'stock')
    expect(reader.idle?.('stock', undefined)).toBe(false)
    const [report] = await stock.poll()
    expect(parse('stock-report', report?.raw ?? null)).toMatchObject({ document: { lines: [{ item: 'LAMP-1' }] } })
    expect(reader.idle?.('stock', stock.cursor)).toBe(true)
    odoo.clock.advance(24 * hour)
    expect(reader.idle?.('stock', stock.cursor)).toBe(false)
    const [next] = await stock.poll()
    expect(String(next?.number) > String(report?.number)).toBe(true)
  })

  it('takes "now" from the server: a local clock that is wrong by hours changes nothing', async () => {
    for (const wrong of [-5, 5]) {
      const { odoo, order } = await startCompany(version)
      const context = connectionTo(odoo, ['erp-purchase-order'])
      context.clock = { now: () => odoo.clock.now() + wrong * hour }
      const poller = pollerOf(createReader(context), 'purchase-orders')
      await poller.poll()
      order()
      expect(await poller.poll()).toEqual([])
      odoo.clock.advance(minute)
      expect(await poller.poll()).toHaveLength(1)
    }
  })
})
