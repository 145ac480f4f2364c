import { fail, type PingLine, pass, warn } from '../../../core/ping.ts'
import type { Entity } from '../entities.ts'
import { type ApiRecord, rows } from '../records.ts'

/** Fields of a record, or of the rows of one of its details. */
interface Fields {
  /** Without them no document is made. */
  needed: string
  /** Without them documents say less. */
  used: string
}

const party = { needed: '', used: '' }
const orderLine = { needed: 'LineNbr InventoryID OrderQty UOM UnitPrice', used: 'LineDescription' }

/** What mappings read and write of each entity, by detail; "" is the record itself (parse-*.ts, order-lookup.ts). */
const schema: Readonly<Record<Entity, Readonly<Record<string, Fields>>>> = {
  SalesOrder: {
    '': {
      needed: 'OrderType OrderNbr Status CustomerID CustomerOrder ExternalRef',
      used: 'LocationID CurrencyID Date Hold OrderTotal TaxTotal',
    },
    Details: orderLine,
  },
  Shipment: {
    '': {
      needed: 'ShipmentNbr Type Operation Status LastModifiedDateTime',
      used: 'CustomerID LocationID WarehouseID ShipmentDate ShipVia FOBPoint',
    },
    Details: { needed: 'LineNbr InventoryID ShippedQty OrderType OrderNbr OrderLineNbr UOM', used: 'Description' },
    Packages: { needed: '', used: 'BoxID TrackingNbr Weight' },
    Orders: party,
  },
  SalesInvoice: {
    '': { needed: 'Type ReferenceNbr Status Amount', used: 'Date DueDate CustomerID Currency TaxTotal Description' },
    Details: { needed: 'LineNbr Qty UnitPrice Amount', used: 'OrderType OrderNbr InventoryID UOM ShipmentNbr' },
    TaxDetails: { needed: 'TaxID TaxAmount', used: 'TaxableAmount' },
    FreightDetails: party,
    DiscountDetails: party,
  },
  StockItem: {
    '': { needed: 'InventoryID', used: 'BaseUOM Description' },
    CrossReferences: { needed: '', used: 'AlternateID AlternateType VendorOrCustomer' },
    UOMConversions: { needed: 'FromUOM ToUOM MultiplyOrDivide ConversionFactor', used: '' },
  },
  CustomerLocation: { '': { needed: 'Customer LocationID', used: 'LocationName' } },
}

/**
 * Whether a record has every field that mappings read or write. Acumatica sends an empty field as `{}`, so one that is
 * not there at all is not part of the endpoint. Rows of a detail can only be looked into where the record has any.
 * @param record read as the reader reads it, details expanded
 */
export function schemaLine(entity: Entity, record: ApiRecord): PingLine {
  const lacking = { needed: new Set<string>(), used: new Set<string>() }
  let looked = 0
  for (const [detail, fields] of Object.entries(schema[entity])) {
    const found = detail === '' ? [record] : rows(record, detail)
    if (!found) lacking.needed.add(detail)
    for (const level of ['needed', 'used'] as const)
      for (const name of fields[level].split(' ').filter((one) => one !== '')) {
        if (!found || found.length === 0) continue
        looked += 1
        if (!found.some((one) => name in one)) lacking[level].add(detail === '' ? name : `${detail}/${name}`)
      }
  }
  const check = `fields: ${entity}`
  const remedy = `Add it to the entity ${entity} of the endpoint (Web Service Endpoints), or name an endpoint that has it.`
  if (lacking.needed.size > 0)
    return fail(check, `${[...lacking.needed].join(', ')}: not in the endpoint, no document passes without`, remedy)
  if (lacking.used.size > 0)
    return warn(check, `${[...lacking.used].join(', ')}: not in the endpoint, documents go without`, remedy)
  return pass(check, `${looked} looked for, all there`)
}
