import type { SourceDocument } from '../../../lib/core/exchange.ts'
import type { InboundOrder } from '../../../lib/documents/inbound-order.ts'
import type { Bundle } from '../../../lib/systems/odoo/bundle.ts'
import { createReader } from '../../../lib/systems/odoo/reader.ts'
import { parsed } from './documents.ts'
import { closeAll, connectionTo, pollerOf, startCompany } from './polling.ts'

afterEach(closeAll)

const minute = 60_000
const hour = 60 * minute

describe.each([18, 19] as const)('purchase orders of Odoo %i, for the warehouse', (version) => {
  const inbound = (document: SourceDocument | undefined) =>
    parsed<InboundOrder>('inbound-order', document?.raw as Bundle)

  async function ordered() {
    const company = await startCompany(version)
    const { odoo, order } = company
    const reader = createReader(connectionTo(odoo, ['inbound-order', 'erp-purchase-order']))
    const orders = pollerOf(reader, 'inbound-orders')
    await orders.poll()
    const id = order(odoo, 10)
    const poll = async (after = minute) => {
      odoo.clock.advance(after)
      return orders.poll()
    }
    const [first] = await poll()
    await poll(20 * minute)
    const [receipt] = odoo.records('stock.picking', [['purchase_id', '=', id]])
    const [line] = odoo.records('stock.move.line', [['picking_id', '=', receipt?.id ?? 0]])
    return { ...company, reader, id, poll, first, receipt: receipt?.id ?? 0, line: line?.id ?? 0 }
  }

  it('are read beside the stream for the vendor, each with a cursor and a look for deletions of its own', async () => {
    const { reader, first, id } = await ordered()
    expect(reader.streams()).toEqual(
      expect.arrayContaining([
        'purchase-orders',
        'inbound-orders',
        'purchase-orders:deletions',
        'inbound-orders:deletions',
      ]),
    )
    expect(first).toMatchObject({ type: 'inbound-order', key: `purchase.order/${id}`, number: 'P00001' })
    expect(inbound(first)).toMatchObject({ state: 'placed', warehouse: 'WH', boxes: [], lines: [{ quantity: '10' }] })
    const vendor = pollerOf(reader, 'purchase-orders')
    await vendor.poll()
    expect(vendor.documents.map(({ type }) => type)).not.toContain('inbound-order')
  })

  it('are told again when a package is put on a receipt, its number is entered, or a line is taken out', async () => {
    const { odoo, poll, receipt, line } = await ordered()
    const box = odoo.create(version === 19 ? 'stock.package' : 'stock.quant.package', { name: 'BOX-1' })
    odoo.write('stock.move.line', line, { result_package_id: box })
    const [packed] = await poll()
    expect(inbound(packed).boxes).toMatchObject([{ tracking: 'BOX-1', lines: [{ item: 'LAMP-1', quantity: '10' }] }])
    odoo.write('stock.picking', receipt, { carrier_tracking_ref: '1Z999AA10123456784' })
    const [shipped] = await poll(20 * minute)
    expect(inbound(shipped).boxes).toMatchObject([{ tracking: '1Z999AA10123456784' }])
    odoo.unlink('stock.move.line', line)
    const [unpacked] = await poll(20 * minute)
    expect(inbound(unpacked).boxes).toEqual([])
    expect([packed, shipped, unpacked].map((one) => one?.version).toSorted()).toEqual(
      [packed, shipped, unpacked].map((one) => one?.version),
    )
  })

  it('stay what they are while goods come in, and are received with the last of them', async () => {
    const { odoo, poll, receipt } = await ordered()
    const receive = async (id: number, quantity: number) => {
      const [move] = odoo.records('stock.move', [['picking_id', '=', id]])
      odoo.write('stock.move', move?.id ?? 0, { quantity, picked: true })
      odoo.call('stock.picking', 'button_validate', id, {}, { skip_backorder: true })
      const [state] = await poll(20 * minute)
      const [rest] = odoo.records('stock.picking', [['backorder_id', '=', id]])
      return { state, rest: rest?.id ?? 0 }
    }
    const some = await receive(receipt, 4)
    const more = await receive(some.rest, 3)
    expect(inbound(more.state)).toMatchObject({ state: 'placed', lines: [{ quantity: '10', received: '7' }] })
    expect(more.state?.hash).toBe(some.state?.hash)
    const all = await receive(more.rest, 3)
    expect(inbound(all.state).state).toBe('received')
    expect(all.state?.hash).not.toBe(more.state?.hash)
  })

  it('are told as cancelled, and as deleted', async () => {
    const { odoo, poll, id, reader, order } = await ordered()
    order()
    const sweep = pollerOf(reader, 'inbound-orders:deletions')
    await sweep.poll()
    odoo.call('purchase.order', 'button_cancel', id)
    expect(inbound((await poll()).find(({ number }) => number === 'P00001')).state).toBe('cancelled')
    odoo.unlink('purchase.order', id)
    odoo.clock.advance(7 * hour)
    expect((await sweep.poll()).map(({ type, number, version: at }) => [type, number, at])).toEqual([
      ['inbound-order', 'P00001', '9999-12-31T23:59:59Z'],
    ])
  })
})
