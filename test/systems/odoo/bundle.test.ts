import { idOf, idsOf, nameOf, ownReferenceOf, primaryModels, recordsOf } from '../../../lib/systems/odoo/bundle.ts'
import { bundleOf } from '../../../lib/systems/odoo/related/closure.ts'
import { graphOf } from '../../../lib/systems/odoo/related/graph.ts'
import type { OdooRecord } from '../../../lib/systems/odoo/rpc.ts'
import { fixture } from './documents.ts'

describe('values of raw records', () => {
  it('a many2one is [id, name], a bare id or nothing', () => {
    expect([idOf([7, 'Seven']), idOf(7), idOf(false), idOf([]), idOf('7'), idOf(undefined)]).toEqual([
      7,
      7,
      undefined,
      undefined,
      undefined,
      undefined,
    ])
    expect([nameOf([7, ' Seven ']), nameOf(7), nameOf([7, ''])]).toEqual(['Seven', undefined, undefined])
  })

  it('a many2one may be an object, as web_search_read writes it', () => {
    expect([idOf({ id: 7, display_name: 'Seven' }), nameOf({ id: 7, display_name: 'Seven' })]).toEqual([7, 'Seven'])
    expect(idsOf([{ id: 1 }, { id: 2 }, {}])).toEqual([1, 2])
  })

  it('a list of ids has no names', () => {
    expect([idsOf([1, 2]), idsOf(false), idsOf([1, 'x'])]).toEqual([[1, 2], [], [1]])
  })

  it('a model may hold one record, many or none', () => {
    expect(recordsOf({ 'res.partner': { id: 1 } }, 'res.partner')).toEqual([{ id: 1 }])
    expect(recordsOf({ 'res.partner': [{ id: 1 }, 2, null] }, 'res.partner')).toEqual([{ id: 1 }])
    expect(recordsOf([], 'res.partner')).toEqual([])
  })

  it('our reference stands in origin, on an agreement in its reference', () => {
    expect(ownReferenceOf({ id: 1, origin: 'SPS:3F1X:1' })).toBe('SPS:3F1X:1')
    expect(ownReferenceOf({ id: 1, origin: false, reference: 'SPS:3F1X:1' })).toBe('SPS:3F1X:1')
    expect(ownReferenceOf({ id: 1, origin: 'S00012, SPS:1' })).toBeUndefined()
  })

  it('every document type has its models', () => {
    expect(primaryModels('received-order')).toEqual(['sale.order', 'purchase.order', 'purchase.requisition'])
    expect(primaryModels('purchase-order')).toEqual([])
  })
})

describe('what a record leads to', () => {
  const delivery = graphOf('ship-notice', 'stock.picking')
  const raw = fixture('delivery-18')
  const source = {
    get: ({ model, id }: { model: string; id: number }) => raw[model]?.find((record) => record.id === id),
  }

  it('is found once, itself first, whatever circles there are', () => {
    const [picking] = raw['stock.picking'] ?? []
    const { bundle } = bundleOf('stock.picking', picking as OdooRecord, source, delivery)
    expect(Object.keys(bundle)[0]).toBe('stock.picking')
    for (const records of Object.values(bundle)) expect(new Set(records.map(({ id }) => id)).size).toBe(records.length)
    expect(Object.keys(bundle).toSorted()).toEqual(
      Object.keys(raw)
        .filter((model) => model !== 'ir.model.data' && model !== 'ml_connector.reading')
        .toSorted(),
    )
  })

  it('names what is not there, packages under both their names', () => {
    const line = { id: 1, result_package_id: [3, 'P'] } as OdooRecord
    const none = { get: () => undefined }
    const picking = { id: 9, move_line_ids: [1] } as OdooRecord
    const one = { get: ({ model }: { model: string }) => (model === 'stock.move.line' ? line : undefined) }
    expect(bundleOf('stock.picking', picking, none, delivery).missing).toEqual([{ model: 'stock.move.line', id: 1 }])
    expect(bundleOf('stock.picking', picking, one, delivery).missing).toEqual([
      { model: 'stock.package', id: 3 },
      { model: 'stock.quant.package', id: 3 },
    ])
  })

  it('goes with many2many lists of one id as well', () => {
    const { missing } = bundleOf(
      'account.move',
      { id: 1, invoice_line_ids: [8] },
      { get: () => undefined },
      graphOf('invoice', 'account.move'),
    )
    expect(missing).toEqual([{ model: 'account.move.line', id: 8 }])
  })
})
