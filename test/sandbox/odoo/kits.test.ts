import { type SandboxOdoo, start } from '../../../sandbox/systems/odoo/index.ts'

let odoo: SandboxOdoo
afterEach(() => odoo.close())

/** A kit of two mugs and a coffee, and a vendor and a customer of it. */
async function withKit(version: 18 | 19) {
  odoo = await start({ version })
  const made = (name: string, more = {}) =>
    odoo.create('product.product', { name, type: 'consu', is_storable: true, ...more })
  const [mug, coffee, kit] = [made('Mug'), made('Coffee'), made('Kit', { is_storable: false })]
  const template = Number(odoo.records('product.product', [['id', '=', kit]])[0]?.product_tmpl_id ?? 0)
  const lines = [
    [0, 0, { product_id: mug, product_qty: 2 }],
    [0, 0, { product_id: coffee, product_qty: 1 }],
  ]
  const values = { product_tmpl_id: template, type: 'phantom', bom_line_ids: lines }
  const bill = odoo.create('mrp.bom', values)
  const partner = odoo.create('res.partner', { name: 'Cedar & Sons', is_company: true })
  const moves = () =>
    odoo.records('stock.move').map(({ product_id, product_uom_qty, state }) => [product_id, product_uom_qty, state])
  return { mug, coffee, kit, template, bill, partner, moves }
}

const receive = (product: number, quantity: number) => {
  const [move] = odoo.records('stock.move', [
    ['product_id', '=', product],
    ['state', '=', 'assigned'],
  ])
  odoo.write('stock.move', move?.id ?? 0, { quantity, picked: true })
}

describe.each([18, 19] as const)('a kit in Odoo %i', (version) => {
  it('is bought as its components, and received in whole kits', async () => {
    const { kit, mug, coffee, partner, moves } = await withKit(version)
    const order = odoo.create('purchase.order', {
      partner_id: partner,
      order_line: [[0, 0, { product_id: kit, product_qty: 5, price_unit: 1 }]],
    })
    odoo.call('purchase.order', 'button_confirm', order)
    expect(moves()).toEqual([
      [mug, 10, 'assigned'],
      [coffee, 5, 'assigned'],
    ])
    receive(mug, 7)
    receive(coffee, 5)
    const [transfer] = odoo.records('stock.picking')
    odoo.call('stock.picking', 'button_validate', transfer?.id ?? 0, {}, { skip_backorder: true })
    const [line] = odoo.records('purchase.order.line')
    expect(line?.qty_received).toBe(3)
    // Nothing is planned twice for the kits that are open.
    odoo.write('purchase.order.line', line?.id ?? 0, { name: 'Kit, as before' })
    expect(odoo.records('stock.picking')).toHaveLength(2)
  })

  it('is sold as its components, more and less of it too', async () => {
    const { kit, mug, coffee, partner, moves } = await withKit(version)
    const unit = version === 19 ? 'product_uom_id' : 'product_uom'
    const order = odoo.create('sale.order', {
      partner_id: partner,
      order_line: [[0, 0, { product_id: kit, product_uom_qty: 3, price_unit: 1 }]],
    })
    odoo.call('sale.order', 'action_confirm', order)
    const demand = () => moves().map(([product, quantity]) => [product, quantity])
    expect(demand()).toEqual([
      [mug, 6],
      [coffee, 3],
    ])
    const [line] = odoo.records('sale.order.line')
    expect(line?.[unit]).toBeTruthy()
    odoo.write('sale.order.line', line?.id ?? 0, { product_uom_qty: 2 })
    expect(demand()).toEqual([
      [mug, 4],
      [coffee, 2],
    ])
    odoo.write('sale.order.line', line?.id ?? 0, { product_uom_qty: 4 })
    const all = demand()
    const of = (product: number) => all.filter(([id]) => id === product).reduce((sum, [, n]) => sum + Number(n), 0)
    expect([of(mug), of(coffee)]).toEqual([8, 4])
  })

  it('is one as long as its bill is there; an archived one counts where archived records are asked for', async () => {
    const { kit, bill, template } = await withKit(version)
    const isKit = () => odoo.records('product.product', [['id', '=', kit]], ['is_kits'])[0]?.is_kits
    expect(isKit()).toBe(true)
    odoo.write('product.template', template, { active: false })
    expect(odoo.records('mrp.bom', [['id', '=', bill]])[0]?.active).toBe(false)
    odoo.unlink('mrp.bom', bill)
    expect(isKit()).toBe(false)
    expect(odoo.records('mrp.bom.line')).toEqual([])
  })
})
