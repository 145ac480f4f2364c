import type { Data, SaveOptions } from './data.ts'
import { inBaseUnits, recalculate } from './order-record.ts'
import { type Carton, pack, type Shipped } from './packing.ts'
import { type ApiRecord, day, fields, guid, list, midnight, num, quantity, str, system } from './wire.ts'

export interface ShipOptions {
  /** How much of which line is shipped, in the line's unit: "1" or "SO-20931/1" → quantity. All that is open, if absent. */
  quantities?: Record<string, number>
  /** Number of cartons the lines are dealt out to, or what each carton holds. One carton if absent. */
  packages?: number | Carton[]
  /** False: the warehouse did not record what is in which carton. */
  contents?: boolean
  /** False: no SSCC label was printed. */
  sscc?: boolean
  tracking?: string
  shipVia?: string
  /** YYYY-MM-DD; today where absent. */
  date?: string
  /** False leaves the shipment Open: goods are still being picked. */
  confirm?: boolean
  save?: SaveOptions
}

/** Ships orders of one customer and place in one shipment. Returns the Shipment record. */
export function ship(data: Data, orderNbrs: string[], options: ShipOptions): ApiRecord {
  const orders = orderNbrs.map((nbr) => {
    const order = data.find('SalesOrder', 'SO', nbr)
    if (!order) throw new Error(`there is no order ${nbr}`)
    if (!['Open', 'Back Order', 'Shipping'].includes(str(order, 'Status')))
      throw new Error(`order ${nbr} is ${str(order, 'Status')}`)
    return structuredClone(order) as ApiRecord
  })
  const shipped = orders.flatMap((order) => linesOf(data, order, options)).map((one, i) => ({ ...one, number: i + 1 }))
  if (shipped.length === 0) throw new Error(`nothing is open on ${orderNbrs.join(', ')}`)
  const nbr = `JS-SHP-${String(31_876 + data.next('shipment')).padStart(7, '0')}`
  const confirmed = options.confirm !== false
  const shipment = shipmentRecord(data, nbr, orders, shipped, options, confirmed)
  for (const order of orders) book(data, order, shipment, shipped, confirmed)
  return data.save('Shipment', shipment, options.save)
}

function linesOf(data: Data, order: ApiRecord, options: ShipOptions): Omit<Shipped, 'number'>[] {
  return list(order, 'Details').flatMap((line) => {
    const item = data.find('StockItem', str(line, 'InventoryID'))
    const nbr = num(line, 'LineNbr')
    const wanted = options.quantities?.[`${str(order, 'OrderNbr')}/${nbr}`] ?? options.quantities?.[String(nbr)]
    const amount = options.quantities ? (wanted ?? 0) : num(line, 'OpenQty')
    const factor = inBaseUnits(item, str(line, 'UOM')) ?? 1
    return amount > 0 ? [{ order, line, item, quantity: amount, factor }] : []
  })
}

/** What shipping does to the order: quantities on shipments, a row in its shipments, its status. */
function book(data: Data, order: ApiRecord, shipment: ApiRecord, shipped: Shipped[], confirmed: boolean): void {
  const own = shipped.filter((one) => one.order === order)
  for (const { line, quantity: amount } of own)
    line.QtyOnShipments = { value: quantity(num(line, 'QtyOnShipments') + amount) }
  const name = `${str(order, 'OrderNbr')}|${str(shipment, 'ShipmentNbr')}`
  order.Shipments = [
    ...list(order, 'Shipments'),
    {
      ...system(name, list(order, 'Shipments').length + 1),
      ...fields({
        ShipmentType: 'Shipment',
        ShipmentNbr: str(shipment, 'ShipmentNbr'),
        ShipmentDate: str(shipment, 'ShipmentDate'),
        Status: str(shipment, 'Status'),
        ShippedQty: own.reduce((sum, one) => sum + one.quantity, 0),
        InvoiceType: undefined,
        InvoiceNbr: undefined,
        InventoryDocType: 'Issue',
        InventoryRefNbr: undefined,
      }),
    },
  ]
  order.Status = { value: 'Shipping' }
  recalculate(data, order, false)
  if (confirmed) order.Status = { value: isComplete(order) ? 'Completed' : 'Back Order' }
  data.save('SalesOrder', order)
}

const isComplete = (order: ApiRecord): boolean =>
  list(order, 'Details').every((line) => num(line, 'QtyOnShipments') >= num(line, 'OrderQty'))

/** The goods leave: an open shipment is confirmed, its orders become Completed or Back Order. */
export function confirm(data: Data, shipmentNbr: string): ApiRecord {
  const shipment = data.find('Shipment', shipmentNbr)
  if (!shipment) throw new Error(`there is no shipment ${shipmentNbr}`)
  for (const row of list(shipment, 'Orders')) {
    const order = data.find('SalesOrder', str(row, 'OrderType'), str(row, 'OrderNbr'))
    if (order) data.save('SalesOrder', { ...order, Status: { value: isComplete(order) ? 'Completed' : 'Back Order' } })
  }
  return data.save('Shipment', { ...shipment, Status: { value: 'Confirmed' } })
}

function shipmentRecord(
  data: Data,
  nbr: string,
  orders: ApiRecord[],
  shipped: Shipped[],
  options: ShipOptions,
  confirmed: boolean,
): ApiRecord {
  const [first] = orders
  const name = `Shipment|${nbr}`
  const packages = pack(data, name, shipped, options)
  const weight = packages.reduce((sum, one) => sum + num(one, 'Weight'), 0)
  return {
    ...system(name),
    NoteID: { value: guid(name) },
    ...fields({
      ShipmentNbr: nbr,
      Type: 'Shipment',
      Operation: 'Issue',
      Status: confirmed ? 'Confirmed' : 'Open',
      Hold: false,
      CustomerID: str(first, 'CustomerID'),
      LocationID: str(first, 'LocationID'),
      WarehouseID: 'W1',
      ToWarehouseID: undefined,
      ShipVia: options.shipVia ?? (str(first, 'ShipVia') || undefined),
      FOBPoint: undefined,
      ShippingTerms: str(first?.ShippingSettings as ApiRecord, 'ShippingTerms') || undefined,
      ShipmentDate: midnight(options.date ?? day(data.now())),
      ShippedQty: quantity(shipped.reduce((sum, one) => sum + one.quantity, 0)),
      ShippedWeight: weight,
      PackageCount: packages.length,
      PackageWeight: weight,
      FreightPrice: 0,
      Description: undefined,
    }),
    ShippingSettings: {
      ...system(`${name}|ShippingSettings`),
      ShipToAddress: { ...(first?.ShipToAddress as ApiRecord), id: guid(`${name}|ShipToAddress`) },
      ShipToContact: { ...(first?.ShipToContact as ApiRecord), id: guid(`${name}|ShipToContact`) },
    },
    Details: shipped.map((one) => shipmentLine(name, one)),
    Packages: packages,
    Orders: orders.map((order, i) => ({
      ...system(`${name}|${str(order, 'OrderNbr')}`, i + 1),
      ...fields({
        OrderType: str(order, 'OrderType'),
        OrderNbr: str(order, 'OrderNbr'),
        ShipmentNbr: nbr,
        ShipmentType: 'Shipment',
        ShippedQty: shipped.filter((one) => one.order === order).reduce((sum, one) => sum + one.quantity, 0),
        InvoiceType: undefined,
        InvoiceNbr: undefined,
      }),
    })),
  }
}

const shipmentLine = (name: string, one: Shipped): ApiRecord => ({
  ...system(`${name}|line|${one.number}`, one.number),
  ...fields({
    LineNbr: one.number,
    OrderType: str(one.order, 'OrderType'),
    OrderNbr: str(one.order, 'OrderNbr'),
    OrderLineNbr: num(one.line, 'LineNbr'),
    InventoryID: str(one.line, 'InventoryID'),
    Description: str(one.line, 'LineDescription') || undefined,
    UOM: str(one.line, 'UOM'),
    ShippedQty: one.quantity,
    OriginalQty: one.quantity,
    OrderedQty: num(one.line, 'OrderQty'),
    OpenQty: quantity(num(one.line, 'OpenQty') - one.quantity),
    WarehouseID: str(one.line, 'WarehouseID') || 'W1',
    FreeItem: false,
    LotSerialNbr: '',
    ReasonCode: undefined,
  }),
  Allocations: [
    {
      ...system(`${name}|split|${one.number}`),
      ...fields({
        SplitLineNbr: one.number,
        InventoryID: str(one.line, 'InventoryID'),
        Qty: quantity(one.quantity * one.factor),
        UOM: str(one.item, 'BaseUOM') || str(one.line, 'UOM'),
        LocationID: 'A1-04',
        LotSerialNbr: '',
        OrderType: undefined,
        OrderNbr: undefined,
      }),
    },
  ],
})
