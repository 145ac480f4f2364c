import { back, deliveredOf, returned, shipped, transfersOf } from './returning.ts'
import { sent, shipment, soldOrder } from './shipping.ts'
import { closeCompanies, codesOf, line } from './writing.ts'

afterEach(closeCompanies)

const key = 'return:2933435'

describe.each([18, 19] as const)('what came back and is for a person, in Odoo %i', (version) => {
  test('and is told as less, or as something else, is for a person', async () => {
    const { company, push, west, apart } = await shipped(version)
    await push.write('book-return', returned([back('WIDGET', 2, 'restock', { destination: west })]), key)
    const less = returned([
      back('WIDGET', 1, 'restock', { destination: west }),
      back('WIDGET', 1, 'quarantine', { destination: apart }),
    ])
    expect(await push.write('book-return', less, key)).toMatchObject({
      outcome: 'held',
      problems: [{ code: 'ODOO_RETURN_LESS', message: expect.stringContaining('restock: 1 is told, and 2 is booked') }],
    })
    expect(deliveredOf(company)).toEqual([3, 3])
  })

  test('beyond what was sent is named, with what is back already and what was never sent', async () => {
    const { company, push, west } = await shipped(version)
    await push.write('book-return', returned([back('WIDGET', 4, 'restock', { destination: west })]), 'return:1')
    const record = returned([back('WIDGET', 3, 'restock', { destination: west }), back('GADGET', 1, 'restock')])
    const outcome = await push.write('book-return', record, key)
    expect(outcome).toMatchObject({
      outcome: 'held',
      problems: [
        {
          code: 'ODOO_RETURN_EXCEEDS',
          message: expect.stringContaining('5 was sent with WH/OUT/00001, of which 4 is back on WH/IN/00001'),
        },
        { code: 'ODOO_RETURN_EXCEEDS', message: expect.stringContaining('none of it was sent with WH/OUT/00001') },
      ],
    })
    expect(deliveredOf(company)).toEqual([1, 3])
  })

  test('by a return that somebody made by hand is not booked a second time', async () => {
    const { company, push } = await shipped(version)
    const [delivery] = company.records('stock.picking')
    const context = { active_model: 'stock.picking', active_id: delivery?.id ?? 0, active_ids: [delivery?.id ?? 0] }
    const dialog = company.create('stock.return.picking', {}, context)
    for (const row of company.records('stock.return.picking.line', [['product_id', '=', company.products.widget]]))
      company.write('stock.return.picking.line', row.id, { quantity: 5 })
    company.call('stock.return.picking', 'action_create_returns', [dialog], {}, context)
    const outcome = await push.write('book-return', returned([back('WIDGET', 1, 'restock')]), key)
    expect(codesOf(outcome)).toEqual(['ODOO_RETURN_EXCEEDS'])
    expect(outcome).toMatchObject({ problems: [{ message: expect.stringContaining('is back on WH/IN/00001') }] })
  })

  test('of nothing that Odoo knows is held, and says why', async () => {
    const { company, push } = await shipped(version)
    const lines = [back('WIDGET', 1, 'restock')]
    const held = async (over: object) => {
      const outcome = await push.write('book-return', returned(lines, { shipment: '999', ...over }), key)
      expect(codesOf(outcome)).toEqual(['ODOO_RETURN_UNKNOWN'])
      return outcome
    }
    await held({ order: undefined })
    await held({ order: undefined, shipment: undefined })
    expect(await held({ order: 'SHOP:2' })).toMatchObject({
      problems: [{ message: expect.stringContaining('there is no sale order and no delivery SHOP:2') }],
    })
    expect(transfersOf(company)).toEqual(['WH/OUT/00001 done'])
  })

  test('before its shipment was booked waits', async () => {
    const { push, west } = await shipped(version)
    await soldOrder(push, [line('1', 'WIDGET', 2, 4)], 'SHOP:2')
    const record = returned([back('WIDGET', 1, 'restock')], { order: 'SHOP:2', shipment: '7' })
    expect(await push.write('book-return', record, key)).toMatchObject({
      outcome: 'held',
      problems: [{ message: expect.stringContaining('is delivered yet (WH/OUT/00002 open)') }],
    })
    await push.write(
      'book-delivery',
      shipment('SHOP:2', [sent('WIDGET', 2)], { shipment: '7', source: west }),
      'shipment:7',
    )
    expect(await push.write('book-return', record, key)).toMatchObject({ outcome: 'delivered' })
  })

  test('to places that Odoo does not have is held, every place at once', async () => {
    const { push } = await shipped(version)
    const record = returned([
      back('WIDGET', 1, 'restock', { destination: 'Nowhere' }),
      back('WIDGET', 1, 'quarantine'),
      back('WIDGET', 1, 'scrap', { destination: 'Limbo' }),
    ])
    expect(codesOf(await push.write('book-return', record, key))).toEqual([
      'ODOO_LOCATION_NOT_FOUND',
      'ODOO_LOCATION_NOT_FOUND',
      'ODOO_LOCATION_NOT_FOUND',
    ])
  })
})
