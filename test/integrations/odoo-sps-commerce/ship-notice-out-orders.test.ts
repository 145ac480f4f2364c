import { createDesk, type Raw, records, told } from './desk.ts'
import { lineIn, liveOrder, liveTables, versions } from './live.ts'
import { cartons, packageModel } from './notices.ts'

describe.each(versions)('a delivery of Odoo %s', (version, number) => {
  const delivery = (edit?: (bundle: Raw) => void) => records(`delivery-${version}`, edit)
  const desk = (wishes: Record<string, string> = {}, settings: unknown = {}) =>
    createDesk({ tables: liveTables(wishes), first: number, settings })
  const noticed = async (bundle: Raw, at = desk(), raw: Raw | null = liveOrder()) => {
    if (raw) await at.receive(raw)
    return at.deliver(bundle)
  }

  /** The rest of the order: a case of mugs and five bowls, each in a carton. */
  const backorder = (bowls = 5): Raw =>
    delivery((b) => {
      Object.assign(b['stock.picking'][0], { id: 8, name: 'WH/OUT/00005', backorder_id: [7, 'WH/OUT/00004'] })
      const [mugs, of] = b['stock.move']
      b['stock.move'] = [
        { ...mugs, id: 55, quantity: 12, product_uom_qty: 12, move_line_ids: [64], picking_id: [8, 'WH/OUT/00005'] },
        {
          ...of,
          id: 56,
          quantity: bowls,
          product_uom_qty: bowls,
          move_line_ids: [65],
          picking_id: [8, 'WH/OUT/00005'],
        },
      ]
      const [line] = b['stock.move.line']
      const pack = b[packageModel(b)][0]
      Object.assign(pack, { id: 3, name: '006141410000007332' })
      b[packageModel(b)] = [pack]
      const moved = (id: number, move: Raw, quantity: number) => ({
        ...line,
        id,
        move_id: [move.id, ''],
        picking_id: [8, ''],
        product_id: move.product_id,
        quantity,
        result_package_id: [3, pack.name],
      })
      b['stock.move.line'] = [moved(64, b['stock.move'][0], 12), moved(65, b['stock.move'][1], bowls)]
      Object.assign(b['stock.picking'][0], { move_ids: [55, 56], move_line_ids: [64, 65] })
      Object.assign(lineIn(b, '0001'), { qty_delivered: 4 })
      Object.assign(lineIn(b, '0002'), { qty_delivered: 25 + bowls })
    })

  test('that brings the rest is a notice of its own, and completes the lines', async () => {
    const at = desk()
    await noticed(delivery(), at)
    const { outcome, record } = await at.deliver(backorder())
    expect([outcome, record.Header.ShipmentHeader.ShipmentIdentification]).toEqual(['write', 'WH/OUT/00005'])
    expect(cartons(record)).toEqual([['00006141410000007332', ['0001', 1, 'CA'], ['0002', 5, 'EA']]])
    expect(record.Header.CarrierInformation[0].StatusCode).toBe('CL')
  })

  test('that brings more than the rest is held: a retailer refuses more than it ordered', async () => {
    const at = desk()
    await noticed(delivery(), at)
    const { codes, problems } = await at.deliver(backorder(6))
    expect([codes, problems[0]?.message, problems[0]?.path]).toEqual([
      ['SHIPPED_ABOVE_ORDERED'],
      'Line 0002: 6 EA shipped after 25 before, ordered are 30.',
      'stock.move[56].quantity',
    ])
  })

  test('is announced once', async () => {
    const at = desk()
    await noticed(delivery(), at)
    const later = delivery((b) => Object.assign(b['stock.picking'][0], { write_date: '2026-11-23 07:00:00' }))
    expect(told(await at.deliver(later))).toBe('skipped ALREADY_SENT')
  })

  test.each<[string, (b: Raw) => void]>([
    ['is not done', (b) => Object.assign(b['stock.picking'][0], { state: 'assigned' })],
    ['comes back', (b) => Object.assign(b['stock.picking'][0], { picking_type_code: 'incoming' })],
  ])('that %s is not announced', async (_, edit) => {
    expect(told(await noticed(delivery(edit)))).toBe('skipped NOT_ELIGIBLE')
  })

  describe('of an order that a person entered', () => {
    const byHand = (edit: (b: Raw) => void = () => undefined) =>
      delivery((b) => {
        Object.assign(b['sale.order'][0], { origin: false })
        delete b['ir.model.data']
        edit(b)
      })

    test('is announced all the same: lines are counted, numbers are those of the tables', async () => {
      const { outcome, record } = await noticed(byHand(), desk(), null)
      expect([outcome, record.OrderLevel[0].OrderHeader.PurchaseOrderNumber]).toEqual(['write', '4500187734'])
      expect(cartons(record)[0]).toEqual(['00006141410000007318', ['1', 2, 'CA'], ['2', 10, 'EA'], ['3', 2, 'EA']])
      expect(record.OrderLevel[0].PackLevel[0].ItemLevel[0].ShipmentLine.BuyerPartNumber).toBe('771204')
      expect(record.Header.Address[1]).toMatchObject({ AddressTypeCode: 'ST', AddressLocationNumber: '0417' })
    })

    test('is not where the settings say so, nor without the retailer’s number, nor for somebody else', async () => {
      const skipped = 'skipped NOT_EDI'
      expect(told(await noticed(byHand(), desk({}, { ordersByHand: 'skip' }), null))).toBe(skipped)
      const unnumbered = byHand((b) => Object.assign(b['sale.order'][0], { client_order_ref: false }))
      expect(told(await noticed(unnumbered, desk(), null))).toBe(skipped)
      expect(told(await noticed(byHand(), desk({ customer: 'ANOTHER' }), null))).toBe(skipped)
    })
  })

  test('with a line that a person entered anew goes under the retailer’s number of that item', async () => {
    const anew = delivery((b) => {
      b['ir.model.data'] = b['ir.model.data'].filter((r: Raw) => !r.name.endsWith('__0002'))
    })
    const { outcome, record } = await noticed(anew)
    expect([outcome, cartons(record)[0]?.[2]]).toEqual(['write', ['0002', 10, 'EA']])
  })

  test('with goods nobody ordered is held, with the move', async () => {
    const foreign = delivery((b) => {
      b['ir.model.data'] = b['ir.model.data'].filter((r: Raw) => !r.name.endsWith('__0002'))
      lineIn(b, '0003').name = 'x'
    })
    const other = liveOrder((o) => {
      o.LineItem.splice(1, 1)
    })
    const { codes, problems } = await noticed(foreign, desk(), other)
    expect(codes).toContain('BUYER_LINE_UNKNOWN')
    expect(problems.find((p) => p.code === 'BUYER_LINE_UNKNOWN')?.path).toBe('stock.move[1].sale_line_id')
  })
})
