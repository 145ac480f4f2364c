import { orders } from '../../sandbox/scenario/brightleaf/company.ts'
import { endings, type Sample, startSample } from './support.ts'

let morning: Sample

beforeAll(async () => {
  morning = await startSample()
  await morning.rounds()
}, 120_000)
afterAll(() => morning.close())

const systems = () => morning.work.sample.systems
const flows = ['product-out', 'receiving-order-out', 'receipt-in', 'shipment-in', 'return-in', 'billing-in']
const rows = (model: string, domain: [string, string, unknown][], fields: string[]) =>
  systems().brightleaf.records(model, domain as never, fields)
/** Units on hand by place, item and lot. */
function stock(): Record<string, number> {
  const name = (model: string, id: unknown, field: string) =>
    id ? String(rows(model, [['id', '=', id]], [field])[0]?.[field] ?? '') : ''
  const found: Record<string, number> = {}
  for (const { location_id, product_id, lot_id, quantity } of rows(
    'stock.quant',
    [['location_id.usage', '=', 'internal']],
    ['location_id', 'product_id', 'lot_id', 'quantity'],
  )) {
    const lot = lot_id ? ` ${name('stock.lot', lot_id, 'name')}` : ''
    const key = `${name('stock.location', location_id, 'complete_name')} ${name('product.product', product_id, 'default_code')}${lot}`
    found[key] = (found[key] ?? 0) + Number(quantity)
  }
  return Object.fromEntries(Object.entries(found).filter(([, quantity]) => quantity !== 0))
}

test('every document of the warehouse ends as it was meant to end, each state of a record once', async () => {
  const ends = (of: readonly { flow: string; number: string; outcome: string }[]) =>
    of
      .filter(({ flow, outcome }) => flows.includes(flow) && outcome !== 'skipped')
      .map(({ flow, number, outcome }) => `${outcome} ${flow} ${number}`)
      .toSorted()
  const found = await endings(morning.work)
  expect(ends(found)).toEqual(ends(morning.work.sample.morning.expected))
  for (const { flow, number, outcome, code } of morning.work.sample.morning.expected)
    if (code && flows.includes(flow))
      expect(found).toContainEqual({ flow, number, outcome, codes: expect.arrayContaining([code]) })
})

test('the warehouse got the articles and what was ordered, once', () => {
  const { account } = systems().shipbob
  const skus = account.products.all().map(({ variants }) => variants[0]?.sku)
  expect(skus.toSorted()).toEqual(['BND-GIFT-01', 'COF-LR-340', 'MUG-BLU-01', 'TEE-ETE-M'])
  expect(account.receiving.all().map(({ status, synced }) => [status, synced !== null])).toEqual([
    ['Completed', true],
    ['Completed', true],
    ['Completed', true],
  ])
})

test('what is stowed is received, by lot and to the piece; what is missing is still to come', () => {
  const lines = rows(
    'purchase.order.line',
    [['order_id.picking_type_id.warehouse_id.code', 'in', ['SBCA', 'SBGA']]],
    ['product_qty', 'qty_received'],
  )
  expect(lines.map((line) => [line.product_qty, line.qty_received])).toEqual([
    [200, 200],
    [132, 124],
    [60, 60],
    [30, 30],
  ])
})

test('what left and what came back stands in its place once', () => {
  expect(stock()).toEqual({
    'SBCA/Stock COF-LR-340 LR-2608-A': 98,
    'SBCA/Stock COF-LR-340 LR-2609-B': 100,
    'SBCA/Stock MUG-BLU-01': 121,
    'SBCA/Stock TEE-ETE-M': 60,
    'SBGA/Stock MUG-BLU-01': 27,
  })
  const { brightleaf, shipbob } = systems()
  const done = brightleaf.records(
    'stock.picking',
    [
      ['picking_type_code', '=', 'outgoing'],
      ['state', '=', 'done'],
    ],
    ['carrier_tracking_ref'],
  )
  const numbers = shipbob.account.shipments.all().flatMap(({ order, tracking }) => {
    const reference = shipbob.account.orders.get(order)?.reference
    return reference === orders.unknown.reference ? [] : [tracking?.tracking_number]
  })
  expect(done.map((one) => one.carrier_tracking_ref).toSorted()).toEqual(numbers.toSorted())
})

test('the weekly bill is five bills and a credit note', () => {
  const bills = rows(
    'account.move',
    [['move_type', 'in', ['in_invoice', 'in_refund']]],
    ['move_type', 'amount_total', 'ref'],
  )
  expect(bills.map((bill) => [bill.move_type, bill.amount_total]).toSorted()).toEqual([
    ['in_invoice', 0.52],
    ['in_invoice', 45],
    ['in_invoice', 5.5],
    ['in_invoice', 6.58],
    ['in_invoice', 8],
    ['in_refund', 6.58],
  ])
  expect(new Set(bills.map((bill) => bill.ref)).size).toBe(6)
})

test('everything ShipBob told was taken by its webhook, but for what was lost', () => {
  const deliveries = systems().shipbob.webhooks.all()
  expect(new Set(deliveries.map(({ state }) => state))).toEqual(new Set(['delivered', 'lost']))
  expect(deliveries.filter(({ state }) => state === 'lost')).toHaveLength(1)
  expect(morning.work.embedded.denials()).toEqual([])
})
