import type { ShipNotice } from '../../../lib/documents/ship-notice.ts'
import type { Bundle } from '../../../lib/systems/odoo/bundle.ts'
import { changed, fixture, parsed, problemsOf, without } from './documents.ts'

const notice = (raw: Bundle) => parsed<ShipNotice>('ship-notice', raw)

describe.each(['18', '19'])('a delivery of Odoo %s', (version) => {
  const document = notice(fixture(`delivery-${version}`))

  it('is a shipment to its customer and place', () => {
    expect(document).toMatchObject({
      number: 'WH/OUT/00004',
      kind: 'Shipment',
      operation: 'Issue',
      status: 'Confirmed',
      customer: 'HARBORPINE',
      location: '0417',
      warehouse: 'WH',
      shipDate: '2026-11-21',
      shipVia: 'Ground',
      tracking: '1Z999AA10123456784',
      shipTo: { name: 'Harbor & Pine', name2: 'DC 0417', address: ['1200 Dock Road', 'Gate 4'], country: 'US' },
    })
  })

  it('tells what was shipped in the unit of the order line, and what is still to come', () => {
    expect(document.lines.map((l) => [l.item, l.shipped, l.ordered, l.open, l.unit])).toEqual([
      ['JS-MUG-12', '3', '4', '1', 'Case of 12'],
      ['JS-BWL-06', '25', '30', '5', 'Units'],
      ['JS-SET-4', '5', '5', '0', 'Units'],
    ])
    expect(document.lines.every((l) => l.orderType === 'sale.order' && l.order === document.orders[0]?.number)).toBe(
      true,
    )
    expect(document.lines.map((l) => l.orderLine)).toEqual(document.orders[0]?.lines.map((l) => l.line))
  })

  it('splits lines by lot, in the item’s base unit', () => {
    expect(document.lines[1]?.splits.map((s) => [s.quantity, s.unit, s.lot])).toEqual([
      ['10', 'Units', 'L2611A'],
      ['15', 'Units', 'L2611B'],
    ])
  })

  it('has two packages in the order they were packed, with weight, tracking, name and contents', () => {
    expect(document.packages).toHaveLength(2)
    expect(document.packages[0]).toMatchObject({
      line: '1',
      box: 'Carton 40x30',
      tracking: '1Z999AA10123456784',
      weight: '18.5',
      weightUnit: 'kg',
      references: { name: '006141410000007318' },
    })
    expect(document.packages.map((p) => p.contents.map((c) => [c.item, c.quantity, c.lot]))).toEqual([
      [
        ['JS-MUG-12', '24', undefined],
        ['JS-BWL-06', '10', 'L2611A'],
        ['JS-SET-4', '2', undefined],
      ],
      [
        ['JS-MUG-12', '12', undefined],
        ['JS-BWL-06', '15', 'L2611B'],
        ['JS-SET-4', '3', undefined],
      ],
    ])
  })

  it('names every content by a split of one line', () => {
    const splits = document.lines.flatMap((l) => l.splits.map((s) => `${l.item} ${s.split}`))
    const contents = document.packages.flatMap((p) => p.contents.map((c) => `${c.item} ${c.split}`))
    expect(contents.toSorted()).toEqual(splits.toSorted())
  })

  it('brings its sale order with the buyer’s lines and reference', () => {
    expect(document.orders).toMatchObject([
      { orderType: 'sale.order', externalRef: 'SPS:3F1HARBORPINE:4500187734', customerOrder: '4500187734' },
    ])
    expect(document.orders[0]?.lines.map((l) => l.externalRef)).toEqual(['0001', '0002', '0003'])
  })
})

/** The same delivery as 14 writes it (odoo.md §12): quantity_done and qty_done, move_lines, stock.quant.package. */
function asVersion14(raw: Bundle): Bundle {
  const { 'stock.package': packages, ...rest } = raw
  const records = {
    ...rest,
    'stock.quant.package': packages ?? [],
    'stock.picking': (raw['stock.picking'] ?? []).map((p) => ({
      ...without(p, 'move_ids'),
      move_lines: p.move_ids ?? [],
    })),
    'stock.move': (raw['stock.move'] ?? []).map((m) => ({
      ...without(m, 'quantity', 'picked'),
      quantity_done: m.quantity ?? 0,
    })),
    'stock.move.line': (raw['stock.move.line'] ?? []).map((l) => ({
      ...without(l, 'quantity'),
      qty_done: l.quantity ?? 0,
    })),
    'sale.order.line': (raw['sale.order.line'] ?? []).map((l) => ({
      ...without(l, 'product_uom_id'),
      product_uom: l.product_uom_id ?? false,
    })),
  }
  return records
}

describe('a delivery, whatever version and however much of it is there', () => {
  const raw = fixture('delivery-19')

  it('of 14 says the same', () => {
    expect(notice(asVersion14(raw))).toEqual(notice(raw))
  })

  it('without lists of lines finds them by the header they name', () => {
    const unlisted = {
      ...raw,
      'stock.picking': (raw['stock.picking'] ?? []).map((p) => without(p, 'move_ids', 'move_line_ids')),
      'sale.order': (raw['sale.order'] ?? []).map((o) => without(o, 'order_line')),
    }
    expect(notice(unlisted)).toEqual(notice(raw))
  })

  it('with only its moves is told by display names', () => {
    const bare = {
      'stock.picking': raw['stock.picking'] ?? [],
      'stock.move': (raw['stock.move'] ?? []).slice(0, 2),
    }
    const document = notice(bare)
    expect(document.lines.map((l) => [l.item, l.shipped, l.unit])).toEqual([
      ['JS-MUG-12', '36', 'Units'],
      ['JS-BWL-06', '25', 'Units'],
    ])
    expect(document).toMatchObject({ customer: '28', packages: [], orders: [] })
  })

  it('that is not done yet, or comes in, says so', () => {
    const open = changed(raw, 'stock.picking', () => ({ state: 'assigned' }))
    expect(notice(open).status).toBe('Open')
    const incoming = changed(raw, 'stock.picking', () => ({ picking_type_code: 'incoming' }))
    expect(notice(incoming).operation).toBe('Receipt')
  })

  it('leaves out moves that were cancelled or shipped nothing', () => {
    const partly = changed(raw, 'stock.move', (move) =>
      move.id === 51 ? { state: 'cancel' } : move.id === 52 ? { quantity: 0 } : {},
    )
    expect(notice(partly).lines.map((l) => l.item)).toEqual(['JS-SET-4'])
  })

  it('tells in UTC where neither the connection nor the company has a zone', () => {
    const { 'ml_connector.reading': _, ...rest } = changed(raw, 'stock.picking', () => ({
      date_done: '2026-11-22 01:00:00',
    }))
    expect(notice(rest).shipDate).toBe('2026-11-22')
    const zoned = changed(rest, 'res.partner', (p) => (p.id === 1 ? { tz: 'America/Los_Angeles' } : {}))
    expect(notice(zoned).shipDate).toBe('2026-11-21')
  })

  it('takes an SSCC from any field the customer added, and does not share several tracking numbers out', () => {
    const own = changed(
      changed(raw, 'stock.package', (p) => ({ x_sscc: p.name ?? '', name: `PACK${p.id}`, x_empty: false })),
      'stock.picking',
      () => ({ carrier_tracking_ref: '1Z1,1Z2' }),
    )
    const { packages, tracking } = notice(own)
    expect(packages[0]).toMatchObject({ references: { name: 'PACK1', x_sscc: '006141410000007318' } })
    expect(packages[0]?.references).not.toHaveProperty('x_empty')
    expect(packages[0]).not.toHaveProperty('tracking')
    expect(tracking).toBe('1Z1,1Z2')
  })

  it('whose units do not fit one another is held', () => {
    const strange = changed(raw, 'uom.uom', (unit) => (unit.id === 31 ? { parent_path: '9/31/' } : {}))
    expect(problemsOf('ship-notice', strange)).toMatchObject([
      { code: 'ODOO_UNITS_DIFFER', path: 'stock.move[0].product_uom' },
    ])
  })
})

describe('a kit', () => {
  const raw = fixture('delivery-19')

  it('whose components were not shipped in proportion is held', () => {
    const torn = changed(raw, 'stock.move', (move) => (move.id === 54 ? { quantity: 19 } : {}))
    expect(problemsOf('ship-notice', torn)[0]).toMatchObject({
      code: 'ODOO_KIT_INCOMPLETE',
      message: 'What was shipped of kit [JS-SET-4] Table set makes no whole number of kits: 5, 4.75 by component.',
    })
  })

  it('with a component missing altogether is held', () => {
    const lacking = changed(raw, 'stock.move', (move) => (move.id === 54 ? { state: 'cancel' } : {}))
    expect(problemsOf('ship-notice', lacking)[0]?.code).toBe('ODOO_KIT_INCOMPLETE')
  })

  it('whose bill of materials is not there is held', () => {
    const { 'mrp.bom': _, ...rest } = raw
    expect(problemsOf('ship-notice', rest)[0]?.code).toBe('ODOO_RECORD_MISSING')
  })
})
