import type { Data } from './data.ts'
import { type ApiRecord, bool, field, fields, guid, list, midnight, money, num, str, system } from './wire.ts'

/** A new sales order of a customer's location with everything the screen defaults (acumatica.md §7). */
export function newOrder(data: Data, orderType: string, orderNbr: string, customer?: ApiRecord): ApiRecord {
  const name = `SalesOrder|${orderType}|${orderNbr}`
  return {
    ...system(name),
    NoteID: { value: guid(name) },
    ...fields({
      OrderType: orderType,
      OrderNbr: orderNbr,
      CustomerID: str(customer, 'CustomerID') || undefined,
      LocationID: undefined,
      CustomerOrder: undefined,
      ExternalRef: undefined,
      Date: midnight(new Date(data.now()).toISOString()),
      RequestedOn: midnight(new Date(data.now()).toISOString()),
      Description: undefined,
      Status: 'On Hold',
      Hold: true,
      CreditHold: false,
      Approved: true,
      CurrencyID: str(customer, 'CurrencyID') || 'USD',
      BaseCurrencyID: 'USD',
      Branch: 'MAIN',
      ShipVia: str(customer, 'ShipVia') || undefined,
      OrderedQty: 0,
      OrderTotal: 0,
      TaxTotal: 0,
      ControlTotal: 0,
      ContactID: undefined,
      PreferredWarehouseID: undefined,
      Project: 'X',
      WillCall: false,
    }),
    ShipToAddressOverride: { value: false },
    ShipToContactOverride: { value: false },
    ShipToAddress: { ...system(`${name}|ShipToAddress`) },
    ShipToContact: { ...system(`${name}|ShipToContact`) },
    ShippingSettings: {
      ...system(`${name}|ShippingSettings`),
      ...fields({
        ScheduledShipmentDate: undefined,
        CancelByDate: undefined,
        ShipVia: str(customer, 'ShipVia') || undefined,
        ShippingRule: str(customer, 'ShippingRule') || 'Back Order Allowed',
        ShippingTerms: str(customer, 'ShippingTerms') || undefined,
        FreightPrice: 0,
        OverrideFreightPrice: false,
      }),
    },
    Totals: { ...system(`${name}|Totals`) },
    Details: [],
    Shipments: [],
  }
}

/** Takes the ship-to address and contact from the customer's location, unless they are overridden. */
export function defaultShipTo(order: ApiRecord, location: ApiRecord | undefined): void {
  const contact = location?.LocationContact as ApiRecord | undefined
  const copy = (to: string, from: ApiRecord | undefined, names: Record<string, string>) => {
    const target = order[to] as ApiRecord
    for (const [name, source] of Object.entries(names)) target[name] = from?.[source] ?? {}
  }
  if (!bool(order, 'ShipToAddressOverride')) {
    const lines = ['AddressLine1', 'AddressLine2', 'City', 'State', 'PostalCode', 'Country']
    const address = contact?.Address as ApiRecord | undefined
    copy('ShipToAddress', address, Object.fromEntries(lines.map((line) => [line, line])))
  }
  if (!bool(order, 'ShipToContactOverride'))
    copy('ShipToContact', contact, {
      BusinessName: 'FullName',
      Attention: 'Attention',
      Email: 'Email',
      Phone1: 'Phone1',
    })
}

/** A new line of an item: price and unit from the item, the alternate id from the customer's cross-reference. */
export function newLine(order: ApiRecord, item: ApiRecord | undefined, inventoryId: string): ApiRecord {
  const lines = list(order, 'Details')
  const lineNbr = Math.max(0, ...lines.map((line) => num(line, 'LineNbr'))) + 1
  const name = `SalesOrder|${str(order, 'OrderType')}|${str(order, 'OrderNbr')}|${lineNbr}`
  return {
    ...system(name, lines.length + 1),
    NoteID: { value: guid(name) },
    ...fields({
      LineNbr: lineNbr,
      InventoryID: inventoryId,
      AlternateID: alternateId(item, str(order, 'CustomerID')),
      LineDescription: str(item, 'Description') || undefined,
      LineType: 'Goods for Inventory',
      OrderQty: 0,
      OpenQty: 0,
      QtyOnShipments: 0,
      UOM: str(item, 'SalesUOM') || str(item, 'BaseUOM') || undefined,
      UnitPrice: undefined,
      ManualPrice: false,
      ExtendedPrice: 0,
      Amount: 0,
      DiscountAmount: 0,
      DiscountPercent: 0,
      DiscountCode: undefined,
      ManualDiscount: false,
      WarehouseID: str(item, 'DefaultWarehouseID') || undefined,
      Branch: 'MAIN',
      Completed: false,
      FreeItem: false,
      Operation: 'Issue',
      ShippingRule: 'Back Order Allowed',
      TaxCategory: 'EXEMPT',
      ExternalRef: undefined,
      CustomerOrderNbr: undefined,
      RequestedOn: undefined,
      ShipOn: undefined,
    }),
  }
}

const alternateId = (item: ApiRecord | undefined, customer: string): string | undefined => {
  const own = list(item, 'CrossReferences').find(
    (row) => str(row, 'AlternateType') === 'Customer Part Number' && str(row, 'VendorOrCustomer') === customer,
  )
  return own && str(own, 'AlternateID')
}

/** How many base units one unit of an item is; undefined where it has no such conversion. */
export function inBaseUnits(item: ApiRecord | undefined, unit: string): number | undefined {
  if (unit === str(item, 'BaseUOM')) return 1
  const row = list(item, 'UOMConversions').find((one) => str(one, 'FromUOM') === unit)
  if (!row) return undefined
  const factor = num(row, 'ConversionFactor')
  return str(row, 'MultiplyOrDivide') === 'Divide' ? 1 / factor : factor
}

/** Works out amounts, totals and the status, as the screen does after every change. */
export function recalculate(data: Data, order: ApiRecord, creditHold: boolean): void {
  let [lineTotal, ordered] = [0, 0]
  for (const line of list(order, 'Details')) {
    const item = data.find('StockItem', str(line, 'InventoryID'))
    if (!bool(line, 'ManualPrice') && item)
      line.UnitPrice = field(money(num(item, 'DefaultPrice') * (inBaseUnits(item, str(line, 'UOM')) ?? 1)))
    const extended = money(num(line, 'OrderQty') * num(line, 'UnitPrice'))
    const amount = money(extended - num(line, 'DiscountAmount'))
    const onShipments = num(line, 'QtyOnShipments')
    Object.assign(
      line,
      fields({
        UnitPrice: num(line, 'UnitPrice'),
        ExtendedPrice: extended,
        Amount: amount,
        OpenQty: Math.max(0, num(line, 'OrderQty') - onShipments),
        Completed: onShipments > 0 && onShipments >= num(line, 'OrderQty'),
      }),
    )
    lineTotal = money(lineTotal + amount)
    ordered += num(line, 'OrderQty')
  }
  const freight = num(order.ShippingSettings as ApiRecord, 'FreightPrice')
  Object.assign(order, fields({ OrderedQty: ordered, OrderTotal: money(lineTotal + freight + num(order, 'TaxTotal')) }))
  Object.assign(order.Totals as ApiRecord, fields({ LineTotalAmount: lineTotal, DiscountTotal: 0, Freight: freight }))
  if (['On Hold', 'Open', 'Credit Hold'].includes(str(order, 'Status'))) {
    const held = !bool(order, 'Hold') && creditHold
    order.CreditHold = { value: held }
    order.Status = { value: bool(order, 'Hold') ? 'On Hold' : held ? 'Credit Hold' : 'Open' }
  }
}
