import type { Json } from '../../../lib/core/exchange.ts'
import { type Data, entities, type SaveOptions } from './data.ts'
import { conditionFailed, malformed, refuse, refused } from './errors.ts'
import { defaultShipTo, inBaseUnits, newLine, newOrder, recalculate } from './order-record.ts'
import { type ApiRecord, field, isObject, list, num, str, system } from './wire.ts'

export interface OrderRules {
  /** First number given, for "SO-20931". */
  firstOrder: number
  /** The order type's "Customer Order Nbr. Validation = Forbid Duplicates" (acumatica.md §6). */
  forbidDuplicateCustomerOrders: boolean
  /** Customers whose orders go to Credit Hold when taken off hold. */
  creditHold: string[]
  /** Screen logic of this company: may change a line after it was entered. */
  onOrderLine?: (line: ApiRecord) => void
}

const final = ['Canceled', 'Completed', 'Invoiced']
const system_ = ['id', 'rowNumber', 'Details', 'custom', '_links', 'files', 'error']

/**
 * PUT /SalesOrder: creates where no key or id is given, every time anew; rows without id are inserted, with id
 * updated or, with `delete`, taken out (acumatica.md §6).
 */
export function putOrder(
  data: Data,
  rules: OrderRules,
  sent: ApiRecord,
  condition: { ifMatch: boolean; ifNoneMatch: boolean },
  save: SaveOptions = {},
): ApiRecord {
  checkTypes(sent)
  const body = withOffsets(sent) as ApiRecord
  const existing = findOrder(data, body)
  if (condition.ifNoneMatch && existing) throw conditionFailed(true)
  if (condition.ifMatch && !existing) throw conditionFailed(false)
  const orderType = str(body, 'OrderType') || 'SO'
  const customer = data.find('Customer', str(body, 'CustomerID'))
  const order = existing
    ? (structuredClone(existing) as ApiRecord)
    : newOrder(data, orderType, str(body, 'OrderNbr') || '<NEW>', customer)

  const errors = applyHeader(data, order, body, existing === undefined)
  const failed = applyLines(data, rules, order, body) || errors
  const duplicate = rules.forbidDuplicateCustomerOrders && isDuplicate(data, order)
  if (duplicate) refuse(order, 'CustomerOrder', 'The customer order number already exists in another sales order.')
  recalculate(data, order, rules.creditHold.includes(str(order, 'CustomerID')))
  if (failed || duplicate || (existing && final.includes(str(existing, 'Status'))))
    throw refused(order, existing ? 'Updating' : 'Inserting')
  if (!existing) number(data, rules, order, str(body, 'OrderNbr'))
  return data.save('SalesOrder', order, save)
}

/** A number is used up by every record that is saved, and rows get their ids. */
function number(data: Data, rules: OrderRules, order: ApiRecord, given: string): void {
  const type = str(order, 'OrderType')
  const orderNbr = given || `${type}-${String(rules.firstOrder - 1 + data.next(`order ${type}`)).padStart(5, '0')}`
  const fresh = newOrder(data, type, orderNbr)
  order.OrderNbr = field(orderNbr)
  order.id = fresh.id ?? null
  order.NoteID = fresh.NoteID ?? null
  for (const line of list(order, 'Details')) {
    const { id } = system(`SalesOrder|${type}|${orderNbr}|${num(line, 'LineNbr')}`)
    Object.assign(line, { id, NoteID: { value: id } })
  }
}

function findOrder(data: Data, body: ApiRecord): ApiRecord | undefined {
  const nbr = str(body, 'OrderNbr')
  if (nbr) return data.find('SalesOrder', str(body, 'OrderType') || 'SO', nbr)
  return typeof body.id === 'string' ? data.all('SalesOrder').find((one) => one.id === body.id) : undefined
}

function applyHeader(data: Data, order: ApiRecord, body: ApiRecord, creating: boolean): boolean {
  for (const [name, content] of Object.entries(body)) {
    if (system_.includes(name) || (entities.SalesOrder.keys as readonly string[]).includes(name)) continue
    const target = order[name]
    if (isObject(content) && !('value' in content)) {
      const inside = isObject(target) ? target : system(`${String(order.id)}|${name}`)
      order[name] = { ...inside, ...content }
    } else order[name] = content
  }
  if (isObject(body.custom)) order.custom = { ...(order.custom as ApiRecord), ...body.custom }
  const customer = str(order, 'CustomerID')
  const locations = data.all('CustomerLocation').filter((one) => str(one, 'Customer') === customer)
  if (creating && !str(order, 'LocationID')) {
    const standard = locations.find((one) => isObject(one.Default) && one.Default.value === true)
    order.LocationID = field(str(standard, 'LocationID') || undefined)
  }
  const location = locations.find((one) => str(one, 'LocationID') === str(order, 'LocationID'))
  if (!data.find('Customer', customer)) {
    refuse(order, 'CustomerID', "'Customer' cannot be found in the system.")
    return true
  }
  if (str(order, 'LocationID') && !location) {
    refuse(order, 'LocationID', "'Location' cannot be found in the system.")
    return true
  }
  defaultShipTo(order, location)
  return false
}

function applyLines(data: Data, rules: OrderRules, order: ApiRecord, body: ApiRecord): boolean {
  let failed = false
  const sent = Array.isArray(body.Details) ? (body.Details as ApiRecord[]) : []
  for (const row of sent) {
    const lines = list(order, 'Details')
    const known = lines.find(
      (line) => line.id === row.id || (row.LineNbr && num(line, 'LineNbr') === num(row, 'LineNbr')),
    )
    if (row.delete === true) {
      order.Details = lines.filter((line) => line !== known)
      if (known && num(known, 'QtyOnShipments') > 0) {
        lines.push({ ...known, error: 'The line cannot be deleted because it is included in a shipment.' })
        failed = true
      }
      continue
    }
    const inventoryId = str(row, 'InventoryID') || str(known, 'InventoryID')
    const item = data.find('StockItem', inventoryId)
    const line = known ?? newLine(order, item, inventoryId)
    if (!known) order.Details = [...lines, line]
    for (const [name, content] of Object.entries(row)) if (name !== 'id' && name !== 'delete') line[name] = content
    if (row.AlternateID) replaceCrossReference(data, item, str(order, 'CustomerID'), str(row, 'AlternateID'))
    rules.onOrderLine?.(line)
    if (!item) refuse(line, 'InventoryID', "'Inventory ID' cannot be found in the system.")
    else if (inBaseUnits(item, str(line, 'UOM')) === undefined) refuse(line, 'UOM', 'Unit conversion is missing.')
    else if (num(line, 'OrderQty') < num(line, 'QtyOnShipments'))
      refuse(line, 'OrderQty', 'The quantity cannot be less than the quantity on shipments.')
    else continue
    failed = true
  }
  return failed
}

/** Entering an alternate id on a line creates or replaces the customer's cross-reference (acumatica.md §8). */
function replaceCrossReference(data: Data, item: ApiRecord | undefined, customer: string, alternateId: string): void {
  if (!item) return
  const others = list(item, 'CrossReferences').filter((row) => str(row, 'VendorOrCustomer') !== customer)
  const row = {
    ...system(`${String(item.id)}|${customer}|${alternateId}`),
    AlternateID: { value: alternateId },
    AlternateType: { value: 'Customer Part Number' },
    VendorOrCustomer: { value: customer },
    UOM: {},
  }
  data.save('StockItem', { ...item, CrossReferences: [...others, row] })
}

const isDuplicate = (data: Data, order: ApiRecord): boolean =>
  str(order, 'CustomerOrder') !== '' &&
  data
    .all('SalesOrder')
    .some(
      (other) =>
        other.id !== order.id &&
        str(other, 'Status') !== 'Canceled' &&
        str(other, 'CustomerOrder') === str(order, 'CustomerOrder'),
    )

/** Dates come back with an offset, however they were sent. */
function withOffsets(found: Json): Json {
  if (typeof found === 'string') return /^\d{4}-\d\d-\d\dT00:00:00$/.test(found) ? `${found}+00:00` : found
  if (Array.isArray(found)) return found.map(withOffsets)
  if (found === null || typeof found !== 'object') return found
  return Object.fromEntries(Object.entries(found).map(([name, inner]) => [name, withOffsets(inner)]))
}

/** What cannot even be read as its type is a 400 and never reaches the screen. */
function checkTypes(body: ApiRecord): void {
  const rows = Array.isArray(body.Details) ? (body.Details as ApiRecord[]) : []
  for (const [i, row] of rows.entries())
    for (const name of ['OrderQty', 'UnitPrice']) {
      const sent = isObject(row[name]) ? row[name].value : undefined
      if (sent !== undefined && sent !== null && Number.isNaN(Number(sent)))
        throw malformed(`Details[${i}].${name}.value`, `Could not convert string to decimal: ${String(sent)}.`)
    }
  for (const [name, content] of Object.entries(body))
    if (!system_.includes(name) && !isObject(content))
      throw malformed(name, `Error converting value ${JSON.stringify(content)}.`)
}
