import { startThirdCompany, type ThirdCompany } from '../../../sandbox/scenario/brightleaf/index.ts'
import { type SandboxOdoo, start as startOdoo } from '../../../sandbox/systems/odoo/index.ts'
import { createSandboxClock } from '../../../sandbox/systems/shared/clock.ts'
import { createStore, type Store } from '../../../sandbox/systems/shared/store.ts'
import { type SandboxShipBob, start as startShipBob } from '../../../sandbox/systems/shipbob/index.ts'
import { ask } from '../shipbob/story.ts'

const open: { close(): unknown }[] = []
afterEach(async () => {
  await Promise.all(open.splice(0).map((one) => one.close()))
})

interface Systems {
  odoo: SandboxOdoo
  shipbob: SandboxShipBob
  store: Store
}

async function startSystems(version: 18 | 19 = 19): Promise<Systems> {
  const clock = createSandboxClock(undefined, Date.parse('2026-11-20T06:00:00Z'))
  const odoo = await startOdoo({ version, clock, company: 'Brightleaf Coffee' })
  const shipbob = await startShipBob({ clock, limit: { perMinute: 10_000 } })
  const store = createStore()
  open.push(odoo, shipbob, store)
  return { odoo, shipbob, store }
}

/** What the integration would have done by now: articles, and receiving orders for what the buyers ordered. */
async function integrate({ odoo, shipbob }: Systems): Promise<void> {
  for (const { name, default_code: sku, tracking, barcode } of odoo.records(
    'product.product',
    [['type', '=', 'consu']],
    ['name', 'default_code', 'tracking', 'barcode'],
  ))
    if (sku && !shipbob.account.products.all().some(({ variants }) => variants[0]?.sku === sku))
      shipbob.people.addProduct({
        sku: String(sku),
        name: String(name),
        barcodes: [String(barcode)],
        lots: tracking === 'lot',
      })
  const warehouses = [
    ['SBCA', 10],
    ['SBGA', 211],
  ] as const
  for (const [code, centre] of warehouses)
    for (const { name } of odoo.records(
      'purchase.order',
      [
        ['picking_type_id.warehouse_id.code', '=', code],
        ['state', '=', 'purchase'],
      ],
      ['name'],
    )) {
      if (shipbob.account.receiving.all().some((one) => one.purchaseOrder === name)) continue
      const lines = odoo.records('stock.move.line', [['picking_id.origin', '=', String(name)]])
      const box_items = lines.map((line) => ({
        sku: String(odoo.records('product.product', [['id', '=', Number(line.product_id)]])[0]?.default_code),
        quantity: line.quantity,
        ...(line.lot_name
          ? { lot_number: line.lot_name, lot_date: `${String(line.expiration_date).slice(0, 10)}T00:00:00Z` }
          : {}),
      }))
      const body = {
        fulfillment_center: { id: centre },
        package_type: 'Package',
        box_packaging_type: 'OneSkuPerBox',
        expected_arrival_date: '2026-12-01T00:00:00Z',
        purchase_order_number: name,
        boxes: box_items.map((item, i) => ({ tracking_number: `BOX-${i}`, box_items: [item] })),
      }
      const { status } = await ask(shipbob, { method: 'POST', path: '/{version}/receiving', body })
      expect(status).toBe(201)
    }
}

async function live(systems: Systems, company: ThirdCompany, steps = 40): Promise<void> {
  for (let i = 0; i < steps && !company.done(); i += 1) {
    company.advance()
    await company.told()
    await integrate(systems)
    systems.shipbob.clock.advance(900_000)
  }
}

/** Everything that stands at ShipBob in the end, without numbers and times. */
const standing = ({ account, people }: SandboxShipBob) => ({
  receiving: account.receiving.all().map(({ purchaseOrder, status, boxes }) => ({
    purchaseOrder,
    status,
    stowed: boxes.flatMap(({ items }) => items.map(({ stowed, lot }) => `${stowed} ${lot ?? ''}`)),
  })),
  shipments: account.shipments.all().map(({ status, details, centre }) => [status, details[0]?.name, centre]),
  returns: account.returns.all().map(({ type, status, lines }) => ({
    type,
    status,
    taken: lines.flatMap(({ taken }) => taken.map(({ action, quantity }) => `${quantity} ${action}`)),
  })),
  invoices: account.invoices.all().map(({ invoice_type, amount }) => [invoice_type, amount]),
  onHand: ['COF-LR-340', 'MUG-BLU-01', 'TEE-ETE-M'].map(people.onHand),
})

describe.each([18, 19] as const)("Brightleaf's morning over Odoo %i", (version) => {
  test('goes through receipts, parcels, returns and the weekly bill, and ends by itself', async () => {
    const systems = await startSystems(version)
    const company = startThirdCompany(systems)
    await live(systems, company)
    expect(company.done()).toBe(true)
    expect(standing(systems.shipbob)).toMatchObject({
      receiving: [
        { status: 'Completed', stowed: ['100 LR-2608-A', '100 LR-2609-B'] },
        { status: 'Completed', stowed: ['124 ', '60 '] },
        { status: 'Completed', stowed: ['30 '] },
      ],
      shipments: [
        ['Completed', 'Delivered', 10],
        ['Completed', 'Delivered', 211],
        ['LabeledCreated', 'Labeled', 10],
        ['LabeledCreated', 'DeliveryException', 10],
        ['LabeledCreated', 'Labeled', 10],
      ],
      returns: [
        { type: 'Regular', taken: ['1 Restock', '1 Dispose'] },
        { type: 'ReturnToSender', taken: ['1 Restock'] },
      ],
      invoices: [
        ['Shipping', 6.58],
        ['AdditionalFee', 0.52],
        ['Inbound Fee', 45],
        ['Return', 5.5],
        ['WarehouseStorage', 8],
        ['Credits', -6.58],
        ['Payment', -59.02],
      ],
      onHand: [198, 147, 60],
    })
    const { expected } = company
    expect(expected.filter(({ flow }) => flow === 'billing-in')).toHaveLength(7)
    expect(expected.filter(({ outcome }) => outcome === 'held')).toHaveLength(3)
  })
})

test('a morning that was killed between what was done and the note of it does nothing twice', async () => {
  const [systems, killed] = [await startSystems(), await startSystems()]
  await live(systems, startThirdCompany(systems))
  // Each step's note is lost once: the company begins again with the one before.
  for (let i = 0; i < 30; i += 1) {
    const before = killed.store.get('brightleaf', 'progress')
    const company = startThirdCompany(killed)
    if (company.done()) break
    company.advance()
    if (before) killed.store.put('brightleaf', 'progress', before)
    startThirdCompany(killed).advance()
    await integrate(killed)
    killed.shipbob.clock.advance(900_000)
  }
  expect(startThirdCompany(killed).done()).toBe(true)
  expect(standing(killed.shipbob)).toEqual(standing(systems.shipbob))
})
