import type { Json } from '../../../lib/core/exchange.ts'
import type { InboundOrder } from '../../../lib/documents/inbound-order.ts'
import type { Bundle } from '../../../lib/systems/odoo/bundle.ts'
import type { OdooRecord } from '../../../lib/systems/odoo/rpc.ts'
import { deletedDocument, toSourceDocument } from '../../../lib/systems/odoo/source-document.ts'
import { changed, fixture, parsed, problemsOf, without } from './documents.ts'

const read = (raw: Bundle) => parsed<InboundOrder>('inbound-order', raw)
const lineIds = { '18': [1082, 1083, 1084], '19': [6642, 6643, 6644] }

describe.each(['18', '19'] as const)('a purchase order of live Odoo %s, for the warehouse', (version) => {
  const order = fixture(`inbound-order-${version}`)
  const [coffee = 0, mug = 0, kit = 0] = lineIds[version]

  it('is told with goods in their own units, kits as their components, without remarks', () => {
    const { lines, boxes: _, contactIds: __, ...header } = read(order)
    expect(header).toEqual({
      type: 'inbound-order',
      number: version === '18' ? 'P00966' : 'P06536',
      state: 'placed',
      vendor: 'VEND-001',
      vendorName: 'Acme Supplies',
      vendorReference: 'SO-9917',
      warehouse: 'WH',
      dropShip: false,
      expectedAt: '2026-12-03T12:00:00Z',
    })
    expect(lines.map(({ line, item, quantity, tracking }) => [line, item, quantity, tracking])).toEqual([
      [`${coffee}`, 'ZE-COF', '200', 'lot'],
      [`${mug}`, 'ZE-MUG', '120', 'none'],
      [`${kit}/35`, 'ZE-COF', '5', 'lot'],
      [`${kit}/36`, 'ZE-MUG', '10', 'none'],
      [`${kit}/38`, 'ZE-TEE-M', '5', 'none'],
    ])
    expect(lines[0]).toMatchObject({ productId: '35', barcode: `08500123450${version}`, unit: 'Units', received: '0' })
  })

  it('is announced by the packages of its receipts; what Odoo filled in by itself is not', () => {
    expect(read(order).boxes).toEqual([
      {
        tracking: '00008500123450000011',
        lines: [
          { productId: '35', item: 'ZE-COF', quantity: '120', lot: 'LR-2026-31' },
          { productId: '36', item: 'ZE-MUG', quantity: '120' },
        ],
      },
      {
        tracking: '00008500123450000028',
        lines: [{ productId: '35', item: 'ZE-COF', quantity: '80', lot: 'LR-2026-32' }],
      },
    ])
  })

  it('has received what came, in the same units', () => {
    const some = changed(order, 'purchase.order.line', (line) => ({
      qty_received: { [coffee]: 50, [mug]: 2, [kit]: 1 }[line.id],
    }))
    expect(read(some).lines.map(({ received }) => received)).toEqual(['50', '24', '1', '2', '1'])
    expect(read(some).state).toBe('placed')
  })
})

describe('a purchase order for the warehouse', () => {
  const order = fixture('inbound-order-19')
  const header = (fields: { [field: string]: Json }) => changed(order, 'purchase.order', () => fields)
  const receipt = (fields: { [field: string]: Json }) => changed(order, 'stock.picking', () => fields)
  const received = changed(order, 'purchase.order.line', (line) => ({ qty_received: line.product_qty }))

  it.each<[string, Bundle, InboundOrder['state']]>([
    ['locked', header({ state: 'done' }), 'placed'],
    ['cancelled', header({ state: 'cancel' }), 'cancelled'],
    ['only asked for', header({ state: 'sent' }), 'draft'],
    ['received in full', received, 'received'],
    ['received and the rest called off', receipt({ state: 'done' }), 'received'],
    ['not coming after all', receipt({ state: 'cancel' }), 'cancelled'],
    ['of transfers that cannot be seen', { ...order, 'stock.picking': [] }, 'placed'],
  ])('that is %s', (_, raw, state) => {
    expect(read(raw).state).toBe(state)
  })

  it('of which only goods went back to the vendor is still expected', () => {
    const [back] = receipt({ picking_type_code: 'outgoing', state: 'done', id: 9 })['stock.picking'] ?? []
    const both = { ...header({ picking_ids: [6992, 9] }), 'stock.picking': [...(order['stock.picking'] ?? []), back] }
    expect(read(both as Bundle).state).toBe('placed')
  })

  it.each<[string, Bundle]>([
    ['its operation', changed(order, 'stock.picking.type', () => ({ code: 'dropship', warehouse_id: false }))],
    ['where the goods go', header({ default_location_dest_id_usage: 'customer' })],
    ['its address', header({ dest_address_id: [8, 'A customer'] })],
  ])('goes to no warehouse of ours where it is a drop-shipment by %s', (_, raw) => {
    expect(read(raw)).toMatchObject({ dropShip: true })
    expect(read(raw).warehouse).toBeUndefined()
  })

  it('leaves services and lines without a product out', () => {
    const service = changed(order, 'product.template', (template) => ({
      type: template.name === 'Ceramic Mug' ? 'service' : undefined,
    }))
    expect(read(service).lines.map(({ line }) => line)).not.toContain('6643')
    const text = changed(order, 'purchase.order.line', (line) => ({ product_id: line.id === 6642 ? false : undefined }))
    expect(read(text).lines.map(({ line }) => line)).not.toContain('6642')
  })

  it('is expected when the first of its goods is, else when it says itself', () => {
    const none = changed(order, 'purchase.order.line', () => ({ date_planned: false }))
    const own = changed(none, 'purchase.order', () => ({ date_planned: '2026-12-24 06:00:00' }))
    expect(read(own).expectedAt).toBe('2026-12-24T06:00:00Z')
    expect(
      problemsOf(
        'inbound-order',
        changed(none, 'purchase.order', () => ({ date_planned: 'soon' })),
      ),
    ).toMatchObject([{ code: 'ODOO_VALUE_INVALID', path: 'purchase.order[0].date_planned' }])
  })

  it('is read from many2one names where products are not in the file', () => {
    const { 'product.product': _, 'uom.uom': __, ...bare } = order
    expect(read(bare as Bundle).lines[0]).toMatchObject({ productId: '35', item: 'ZE-COF', quantity: '200' })
  })

  it('whose units cannot be told in one another is held', () => {
    const odd = changed(order, 'purchase.order.line', (line) => ({
      product_uom_id: line.id === 6642 ? [77, 'kg'] : undefined,
    }))
    expect(problemsOf('inbound-order', odd)).toMatchObject([{ code: 'ODOO_UNITS_DIFFER' }])
  })

  it('that is gone says only which it was', () => {
    const { raw } = deletedDocument('inbound-order', 'purchase.order', 5, 'P00005')
    expect(read(raw as Bundle)).toMatchObject({ number: 'P00005', state: 'deleted', lines: [], boxes: [] })
  })
})

describe('cartons', () => {
  const order = fixture('inbound-order-19')
  /** The receipt with these operations in place of its own. */
  const withLines = (lines: object[], tracking: Json = false): Bundle => {
    const rows = lines.map((fields, i) => ({
      ...without(order['stock.move.line']?.[0] as OdooRecord, 'quantity'),
      ...{ id: 100 + i, quantity: 10, result_package_id: false, lot_name: false, lot_id: false },
      ...fields,
    }))
    const ids = rows.map(({ id }) => id)
    return {
      ...changed(order, 'stock.picking', () => ({ move_line_ids: ids, carrier_tracking_ref: tracking })),
      'stock.move.line': rows as OdooRecord[],
    }
  }
  const boxes = (...given: Parameters<typeof withLines>) => read(withLines(...given)).boxes

  it('are one where only a tracking number was entered', () => {
    expect(boxes([{}, { product_id: [36, 'Mug'] }], '1Z999AA10123456784')).toEqual([
      {
        tracking: '1Z999AA10123456784',
        lines: [
          { productId: '35', item: 'ZE-COF', quantity: '10' },
          { productId: '36', item: 'ZE-MUG', quantity: '10' },
        ],
      },
    ])
    expect(boxes([{}], '1Z1, 1Z2')).toEqual([])
  })

  it('go by their tracking number where there is one of each, else by their labels', () => {
    const packed = (id: number) => ({ result_package_id: [id, `BOX-${id}`] })
    expect(boxes([packed(1)], '1Z9')[0]?.tracking).toBe('1Z9')
    expect(boxes([packed(1), packed(2)], '1Z9').map(({ tracking }) => tracking)).toEqual(['BOX-1', 'BOX-2'])
  })

  it('are told with lots that somebody entered, and the day these expire', () => {
    const raw = {
      ...withLines([{ lot_id: [9, 'L-9'] }, { lot_name: 'L-10', expiration_date: '2027-05-01 12:00:00' }, {}]),
      'stock.lot': [{ id: 9, name: 'L-9', expiration_date: '2027-04-01 12:00:00' }],
    }
    expect(read(raw).boxes).toMatchObject([
      {
        lines: [
          { lot: 'L-9', expires: '2027-04-01' },
          { lot: 'L-10', expires: '2027-05-01' },
        ],
      },
    ])
    expect(read(raw).boxes[0]?.lines).toHaveLength(2)
    const { 'stock.lot': lots, ...older } = raw
    expect(read({ ...older, 'stock.production.lot': lots }).boxes[0]?.lines[0]?.expires).toBe('2027-04-01')
  })

  it('are nothing of a receipt that is done, of nothing, or that nobody announced', () => {
    expect(boxes([{}])).toEqual([])
    expect(boxes([{ quantity: 0, lot_name: 'L' }])).toEqual([])
    const done = changed(withLines([{ lot_name: 'L' }]), 'stock.picking', () => ({ state: 'done' }))
    expect(read(done).boxes).toEqual([])
  })
})

describe('the state of a purchase order as the warehouse knows it', () => {
  const order = fixture('inbound-order-19')
  const hash = (raw: Bundle) => toSourceDocument('inbound-order', raw).hash
  const line = (fields: { [field: string]: Json }) =>
    changed(order, 'purchase.order.line', ({ id }) => (id === 6642 ? fields : {}))
  const begun = line({ qty_received: 50 })

  it.each<[string, Bundle]>([
    ['the vendor’s reference', changed(order, 'purchase.order', () => ({ partner_ref: 'PM-9' }))],
    ['stamps', changed(order, 'stock.move', () => ({ write_date: '2027-01-01 00:00:00' }))],
    ['prices', line({ price_unit: 9 })],
    ['a description', line({ name: 'Coffee, as before' })],
  ])('is not changed by %s', (_, raw) => {
    expect(hash(raw)).toBe(hash(order))
  })

  it('is not changed by what the warehouse itself books, until nothing more is to come', () => {
    expect(hash(line({ qty_received: 120 }))).toBe(hash(begun))
    const boxless = changed(begun, 'stock.picking', () => ({ move_line_ids: [] }))
    expect(hash(boxless)).toBe(hash(begun))
    const all = changed(order, 'purchase.order.line', ({ product_qty }) => ({ qty_received: product_qty }))
    expect(hash(all)).not.toBe(hash(begun))
  })

  it.each<[string, Bundle]>([
    ['a quantity', line({ product_qty: 201 })],
    ['a date', line({ date_planned: '2026-12-01 12:00:00' })],
    ['a carton', changed(order, 'stock.move.line', ({ lot_name }) => ({ lot_name: lot_name ? 'OTHER' : undefined }))],
    ['the warehouse', changed(order, 'stock.warehouse', () => ({ code: 'EAST' }))],
    ['cancelling', changed(order, 'purchase.order', () => ({ state: 'cancel' }))],
  ])('is another with %s', (_, raw) => {
    expect(hash(raw)).not.toBe(hash(order))
  })

  it('is as of the latest stamp of order, lines, receipts and what is on them', () => {
    const at = (raw: Bundle) => toSourceDocument('inbound-order', raw).version
    for (const model of ['purchase.order', 'purchase.order.line', 'stock.picking', 'stock.move', 'stock.move.line'])
      expect(at(changed(order, model, () => ({ write_date: '2027-02-03 04:05:06' })))).toBe('2027-02-03T04:05:06Z')
    expect(at(changed(order, 'product.product', () => ({ write_date: '2027-02-03 04:05:06' })))).toBe(at(order))
  })
})
