import type { HistoryEntry } from '../../../lib/core/flow.ts'
import { parse } from '../../../lib/systems/acumatica/parse.ts'
import { documentsOf } from '../../../lib/systems/acumatica/preview.ts'
import type { RsxItemLevel, RsxShipment } from '../../../lib/systems/sps-commerce/records.ts'
import { shipNoticeFlow } from './flows.ts'
import {
  changed,
  changedFields,
  codesOf,
  entry,
  fixture,
  harborOrder,
  mapOne,
  orderInLedger,
  type Raw,
} from './invoice-world.ts'

const file = (): Raw => ({
  shipments: [fixture('acumatica/shipment-two-packages.json')],
  salesOrders: [fixture('acumatica/sales-order-after-shipping.json')],
  stockItems: fixture('acumatica/stock-items.json') as unknown as Raw[],
})

function ship(raw: Raw, history: HistoryEntry[] = [harborOrder()]) {
  const [source] = documentsOf(['ship-notice'], raw)
  if (!source) throw new Error('no shipment in the file')
  return mapOne(shipNoticeFlow, parse, source, { history })
}

const rsxOf = ({ result }: ReturnType<typeof ship>): RsxShipment => {
  if (result.outcome !== 'write') throw new Error(`${result.outcome}: ${JSON.stringify(result.problems)}`)
  return result.writes[0]?.record as unknown as RsxShipment
}
const itemLevels = ({ OrderLevel = [] }: RsxShipment): RsxItemLevel[] =>
  OrderLevel.flatMap((o) => (o.PackLevel ?? []).flatMap((p) => p.ItemLevel ?? []))

test('an order of ours without a customer order number holds its ship notice, unless the ledger knows it (S1)', () => {
  const raw = changed(file(), { 'salesOrders.0.CustomerOrder': {} })
  expect(codesOf(ship(raw, []).result)).toEqual(['PURCHASE_ORDER_UNKNOWN'])
  expect(rsxOf(ship(raw)).OrderLevel?.[0]?.OrderHeader.PurchaseOrderNumber).toBe('4500187734')
})

test('contents whose item is not that of their split are held', () => {
  const raw = changedFields(file(), { 'shipments.0.Packages.0.PackageContents.0.InventoryID': 'JS-BWL-06' })
  expect(codesOf(ship(raw).result)).toContain('PACK_CONTENT_UNKNOWN')
})

test('what left before counts: a line is never shipped above what was ordered', () => {
  const before = (shipped: string): HistoryEntry =>
    entry({
      type: 'ship-notice',
      number: '4500187734',
      key: 'JS-SHP-0031800',
      snapshot: {
        shipment: 'JS-SHP-0031800',
        cartons: 1,
        orders: [
          {
            tradingPartner: '3F1HARBORPINE',
            number: '4500187734',
            erpOrder: 'SO/SO-20931',
            lines: [{ line: '2', unit: 'EA', shipped }],
          },
        ],
      },
    })
  expect(codesOf(ship(file(), [harborOrder(), before('5')]).result)).toEqual(['SHIPPED_ABOVE_ORDERED'])
  expect(ship(file(), [harborOrder(), before('4')]).result.outcome).toBe('write')
})

test('a case line that is priced by the each shows the price of the case: an 856 has no price basis', () => {
  const order = fixture('sps-commerce/order-850.json')
  const perEach = { 'LineItem.2.OrderLine.PurchasePrice': 14.2, 'LineItem.2.OrderLine.PurchasePriceBasis': 'PE' }
  const known = orderInLedger(changed(order, perEach), ['SO-20931'])
  const [line] = itemLevels(rsxOf(ship(file(), [known]))).filter((l) => l.ShipmentLine.LineSequenceNumber === '3')
  expect(line?.ShipmentLine).toMatchObject({ OrderQty: 2, OrderQtyUOM: 'CA', PurchasePrice: 85.2 })
})

test('the summary counts item levels: a line in two packs twice', () => {
  const [shipment] = file().shipments as Raw[]
  const [first, second] = (shipment?.Packages ?? []) as Raw[]
  const [mugs, ...others] = (first?.PackageContents ?? []) as Raw[]
  const half = changed(mugs ?? {}, { Quantity: { value: 12 } })
  const raw = changed(file(), {
    'shipments.0.Packages.0.PackageContents': [half, ...others],
    'shipments.0.Packages.1.PackageContents': [half, ...((second?.PackageContents ?? []) as Raw[])],
  })
  const rsx = rsxOf(ship(raw))
  expect(itemLevels(rsx).map((l) => [l.ShipmentLine.LineSequenceNumber, l.ShipmentLine.ShipQty])).toEqual([
    ['1', 12],
    ['2', 8],
    ['1', 12],
    ['3', 2],
  ])
  expect(rsx.Summary?.TotalLineItemNumber).toBe(4)
})

test('a wrong check digit is warned about and the number goes back as it came', () => {
  const order = changed(fixture('sps-commerce/order-850.json'), {
    'LineItem.0.OrderLine.ConsumerPackageCode': '014141001218',
  })
  const shipped = ship(file(), [orderInLedger(order, ['SO-20931'])])
  expect(shipped.result.warnings.map((w) => w.code)).toContain('GTIN_INVALID')
  expect(itemLevels(rsxOf(shipped))[0]?.ShipmentLine.ConsumerPackageCode).toBe('014141001218')
  expect(ship(file()).result.warnings.map((w) => w.code)).not.toContain('GTIN_INVALID')
})
