import { createDesk, type Raw, rsx, told } from './desk.ts'
import { answers } from './live.ts'

describe('an order for several stores', () => {
  const stores = rsx('order-850-multistore')
  /** One store's order as it stands in Odoo: mugs and bowls. */
  const store = (id: number, code: string, mugs: number, bowls: number, state = 'sale'): Raw => ({
    'sale.order': [
      {
        id,
        name: `S0000${id}`,
        state,
        partner_id: [27, 'Harbor & Pine'],
        client_order_ref: '4500187801',
        origin: `SPS:3F1HARBORPINE:4500187801#${code}`,
        date_order: '2026-10-05 12:00:00',
        order_line: [id * 10, id * 10 + 1],
        write_date: `2026-10-06 0${id}:00:00`,
      },
    ],
    'sale.order.line': [
      line(id, 0, [29, '[JS-MUG-12] Stoneware mug'], mugs, 4.25),
      line(id, 1, [30, '[JS-BWL-06] Stoneware bowl'], bowls, 7.9),
    ],
    'res.partner': [{ id: 27, name: 'Harbor & Pine', ref: 'HARBORPINE', commercial_partner_id: [27, 'Harbor & Pine'] }],
    'product.product': [
      { id: 29, name: 'Stoneware mug', default_code: 'JS-MUG-12', uom_id: [1, 'Units'] },
      { id: 30, name: 'Stoneware bowl', default_code: 'JS-BWL-06', uom_id: [1, 'Units'] },
    ],
    'ir.model.data': [0, 1].map((i) => ({
      id: id * 10 + i,
      model: 'sale.order.line',
      res_id: id * 10 + i,
      name: `ml_connector.sps_${code}__${i + 1}`,
    })),
  })
  const line = (order: number, at: number, product: Raw, quantity: number, price: number): Raw => ({
    id: order * 10 + at,
    name: product[1],
    product_id: product,
    product_uom_id: [1, 'Units'],
    product_uom_qty: quantity,
    price_unit: price,
    discount: 0,
    price_subtotal: quantity * price,
    order_id: [order, `S0000${order}`],
  })

  test('is answered once all its orders are confirmed, in one 855 that adds them up', async () => {
    const desk = createDesk({ first: 'S00001' })
    await desk.receive(stores)
    expect((await desk.received(store(1, '0012', 12, 6))).warnings).toEqual(['WAITS_FOR_PARTS'])
    expect(told(await desk.received(store(2, '0031', 24, 12, 'draft')))).toBe('skipped NOT_ELIGIBLE')
    expect((await desk.received(store(3, '0107', 12, 4))).writes).toEqual([])
    const { writes, record } = await desk.received(store(2, '0031', 24, 12))
    expect(writes).toHaveLength(1)
    expect(record.Header.OrderHeader.InternalOrderNumber).toBeUndefined()
    expect(answers(record)).toEqual({
      '1': [['IA', 48, 'EA']],
      '2': [
        ['IQ', 22, 'EA'],
        ['IR', 2, 'EA'],
      ],
    })
    const later = store(1, '0012', 10, 6)
    later['sale.order'][0].write_date = '2026-10-07 08:00:00'
    expect(told(await desk.received(later))).toBe('skipped ALREADY_SENT')
  })

  test('of which one was cancelled rejects that store’s share', async () => {
    const desk = createDesk({ first: 'S00001' })
    await desk.receive(stores)
    await desk.received(store(1, '0012', 12, 6))
    await desk.received(store(2, '0031', 24, 12, 'cancel'))
    const { record } = await desk.received(store(3, '0107', 12, 6))
    expect(answers(record)).toEqual({
      '1': [
        ['IQ', 24, 'EA'],
        ['IR', 24, 'EA'],
      ],
      '2': [
        ['IQ', 12, 'EA'],
        ['IR', 12, 'EA'],
      ],
    })
  })
})
