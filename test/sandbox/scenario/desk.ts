import type { ApiRecord } from '../../../lib/systems/acumatica/records.ts'
import type { RsxOrder, RsxOrderLineItem } from '../../../lib/systems/sps-commerce/records.ts'
import { catalogue } from '../../../sandbox/scenario/catalogue.ts'
import { type Erp, numbered, record } from '../../../sandbox/scenario/erp-records.ts'
import type { Network } from '../../../sandbox/scenario/index.ts'
import { families, orders, retailers } from '../../../sandbox/scenario/script.ts'

/** Records in memory, as the simulated ERP keeps them. */
export function memoryErp(): Erp & { records: Map<string, ApiRecord> } {
  const records = new Map<string, ApiRecord>()
  return {
    records,
    list: (entity) => [...records].filter(([key]) => key.startsWith(`${entity} `)).map(([, value]) => value),
    put: (entity, value) => void records.set(`${entity} ${String(value.id)}`, value),
  }
}

/**
 * An order desk that keys in every document the moment it arrives, and keys in none that should be held: what a
 * pipeline without delay or fault would do. It lets the scenario be tested without one.
 */
export function orderDesk(erp: Erp): Network & { arrived: { name: string; document: object }[] } {
  const arrived: { name: string; document: object }[] = []
  return {
    arrived,
    deliver(arrival, document) {
      arrived.push({ name: arrival.name, document })
      if (arrival.family !== 'order' && arrival.family !== 'change') return
      const sketch = orders.find(({ sketch: s }, i) => arrival.name === nameOf(s.number, s.change, i))?.sketch
      if (sketch?.expect !== undefined) return
      keyIn(erp, document as RsxOrder)
    },
  }
}

const nameOf = (number: string, change: string | undefined, index: number) =>
  `${families[change === undefined ? 'order' : 'change'].prefix}${number}-${18_841 + index}`

function keyIn(erp: Erp, document: RsxOrder): void {
  const { OrderHeader: header, Address } = document.Header
  const lines = document.LineItem ?? []
  const shipTo = Address?.find((a) => a.AddressTypeCode === 'ST')
  const stores = shipTo
    ? [undefined]
    : [...new Set(lines.flatMap((l) => splitOf(l).map((s) => s.Location)))].filter((s) => s !== undefined)
  const retailer = retailers.find((r) => r.partner === header.TradingPartnerId)
  if (header.ChangeOrderSeqNumber !== undefined) {
    change(erp, document)
    return
  }
  for (const store of stores) {
    const code = store ?? shipTo?.AddressLocationNumber
    const location = retailer?.places.find((p) => p.code === code)?.location ?? 'MAIN'
    const reference = ['SPS', header.TradingPartnerId, header.PurchaseOrderNumber, header.ReleaseNumber ?? store]
    const number = `SO-${reference.filter((part) => part !== undefined).join('-')}`
    erp.put(
      'SalesOrder',
      record(`SalesOrder ${number}`, {
        OrderType: 'SO',
        OrderNbr: number,
        CustomerID: retailer?.customer ?? '',
        LocationID: location,
        CustomerOrder: header.PurchaseOrderNumber,
        ExternalRef: reference.filter((part) => part !== undefined).join(':'),
        Status: header.TsetPurposeCode === '01' ? 'Canceled' : 'Open',
        Hold: false,
        CurrencyID: 'USD',
        Shipments: [],
        Details: numbered(
          lines.flatMap((line, i) => {
            const row = detail(line, i + 1)
            if (store === undefined) return [row]
            const split = splitOf(line).find((s) => s.Location === store)
            return split ? [{ ...row, OrderQty: { value: split.Qty ?? 0 } }] : []
          }),
        ),
      }),
    )
  }
}

function change(erp: Erp, document: RsxOrder): void {
  const { OrderHeader: header } = document.Header
  const order = erp.list('SalesOrder').find((o) => o.id && value(o.CustomerOrder) === header.PurchaseOrderNumber)
  if (!order) return
  const rows = (order.Details as ApiRecord[]).flatMap((row) => {
    const changed = document.LineItem?.find((l) => l.OrderLine.LineSequenceNumber === value(row.ExternalRef))
    if (changed?.OrderLine.LineChangeCode === 'DI') return []
    return [changed ? { ...row, OrderQty: { value: changed.OrderLine.OrderQty ?? 0 } } : row]
  })
  erp.put('SalesOrder', { ...order, Details: rows })
}

const value = (field: unknown): unknown => (field as { value?: unknown })?.value

const splitOf = (line: RsxOrderLineItem) =>
  (line.QuantitiesSchedulesLocations ?? []).flatMap((q) => q.LocationQuantity ?? [])

function detail({ OrderLine: line }: RsxOrderLineItem, number: number): ApiRecord {
  const article = catalogue.find((a) => a.upc === line.ConsumerPackageCode)
  const unit = line.OrderQtyUOM === 'CA' ? 'CASE' : 'EA'
  const perUnit = unit === 'CASE' && line.PurchasePriceBasis === 'PE' ? (article?.perCase ?? 1) : 1
  return record(`line ${number}`, {
    LineNbr: number,
    InventoryID: article?.item ?? '',
    LineDescription: article?.description ?? '',
    OrderQty: line.OrderQty ?? 0,
    UOM: unit,
    UnitPrice: (line.PurchasePrice ?? 0) * perUnit,
    ExternalRef: line.LineSequenceNumber ?? null,
  })
}
