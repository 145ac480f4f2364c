import type { RsxOrder, RsxOrderLineItem } from '../../../lib/systems/sps-commerce/records.ts'
import { catalogue } from '../../../sandbox/scenario/catalogue.ts'
import { firstControl, orders, retailers } from '../../../sandbox/scenario/script.ts'
import type { SandboxAcumatica } from '../../../sandbox/systems/acumatica/index.ts'
import { type ApiRecord, fields, list, str } from '../../../sandbox/systems/acumatica/wire.ts'
import type { SpsSandbox } from '../../../sandbox/systems/sps-commerce/index.ts'

/**
 * An order desk that keys in every document the moment it arrives, and keys in none that should be held: what a
 * pipeline without delay or fault would do. It lets the scenario be tested without one.
 */
export function orderDesk(erp: SandboxAcumatica): Pick<SpsSandbox, 'deliver'> & { arrived: RsxOrder[] } {
  const arrived: RsxOrder[] = []
  return {
    arrived,
    deliver(delivered) {
      const document = delivered as RsxOrder
      arrived.push(document)
      const sketch = orders[Number(document.Meta?.DocumentControlNumber) - firstControl]?.sketch
      if (sketch === undefined || sketch.expect !== undefined) return ''
      if (sketch.change !== undefined) change(erp, document)
      else if (sketch.purpose === '01') cancel(erp, document)
      else keyIn(erp, document)
      return ''
    },
  }
}

function keyIn(erp: SandboxAcumatica, document: RsxOrder): void {
  const { OrderHeader: header, Address } = document.Header
  const lines = document.LineItem ?? []
  const shipTo = Address?.find((a) => a.AddressTypeCode === 'ST')
  const retailer = retailers.find((r) => r.partner === header.TradingPartnerId)
  const stores = shipTo ? [undefined] : [...new Set(lines.flatMap((l) => splitOf(l).map((s) => s.Location)))]
  for (const store of stores) {
    const reference = ['SPS', header.TradingPartnerId, header.PurchaseOrderNumber, header.ReleaseNumber ?? store]
    const externalRef = reference.filter((part) => part !== undefined).join(':')
    const code = store ?? shipTo?.AddressLocationNumber
    const known = erp.orders().find((o) => str(o, 'ExternalRef') === externalRef)
    erp.enterOrder({
      ...fields({
        OrderType: 'SO',
        OrderNbr: str(known, 'OrderNbr') || undefined,
        CustomerID: retailer?.customer,
        LocationID: retailer?.places.find((p) => p.code === code)?.location ?? 'MAIN',
        CustomerOrder: header.PurchaseOrderNumber,
        ExternalRef: externalRef,
        Hold: false,
      }),
      Details: [
        ...list(known, 'Details').map((row) => ({ id: row.id ?? null, delete: true })),
        ...lines.flatMap((line) => {
          const quantity =
            store === undefined ? line.OrderLine.OrderQty : splitOf(line).find((s) => s.Location === store)?.Qty
          return quantity === undefined ? [] : [row(line, quantity)]
        }),
      ],
    })
  }
}

const orderOf = (erp: SandboxAcumatica, document: RsxOrder): ApiRecord =>
  erp.orders().find((o) => str(o, 'CustomerOrder') === document.Header.OrderHeader.PurchaseOrderNumber) ?? {}

function change(erp: SandboxAcumatica, document: RsxOrder): void {
  const order = orderOf(erp, document)
  const changed = (document.LineItem ?? []).map(({ OrderLine: line }): ApiRecord => {
    const known = list(order, 'Details').find((r) => str(r, 'ExternalRef') === line.LineSequenceNumber)
    const id = known?.id ?? null
    return line.LineChangeCode === 'DI' ? { id, delete: true } : { id, ...fields({ OrderQty: line.OrderQty }) }
  })
  erp.enterOrder({ ...fields({ OrderType: 'SO', OrderNbr: str(order, 'OrderNbr') }), Details: changed })
}

function cancel(erp: SandboxAcumatica, document: RsxOrder): void {
  erp.save('SalesOrder', { ...orderOf(erp, document), ...fields({ Status: 'Canceled' }) })
}

const splitOf = (line: RsxOrderLineItem) =>
  (line.QuantitiesSchedulesLocations ?? []).flatMap((q) => q.LocationQuantity ?? [])

function row({ OrderLine: line }: RsxOrderLineItem, quantity: number): ApiRecord {
  const article = catalogue.find((a) => a.upc === line.ConsumerPackageCode)
  const perUnit = line.PurchasePriceBasis === 'PE' ? (article?.perCase ?? 1) : 1
  return fields({
    InventoryID: article?.item,
    OrderQty: quantity,
    UOM: line.OrderQtyUOM === 'CA' ? 'CASE' : 'EA',
    UnitPrice: (line.PurchasePrice ?? 0) * perUnit,
    ManualPrice: true,
    ExternalRef: line.LineSequenceNumber,
  })
}
