import type { ErpItem, ErpLocation, ErpOrder } from '../../documents/erp-order.ts'
import type { Party } from '../../documents/parts.ts'
import type { Reading } from './reading.ts'
import { flag, linked } from './records.ts'

/**
 * A party from an address and a contact entity; undefined where neither was read.
 * @param role X12 address type ("ST", "BT")
 */
export function parseParty(from: Reading, role: string, addressPath: string, contactPath: string): Party | undefined {
  if (!linked(from.record, addressPath) && !linked(from.record, contactPath)) return undefined
  const address = (field: string) => from.text(`${addressPath}/${field}`)
  const contact = (field: string) => from.text(`${contactPath}/${field}`)
  const found: Party = {
    role,
    address: ['AddressLine1', 'AddressLine2', 'AddressLine3'].flatMap((field) => address(field) ?? []),
  }
  const name = contact('BusinessName') ?? contact('FullName')
  const rest = {
    name,
    city: address('City'),
    state: address('State'),
    postalCode: address('PostalCode'),
    country: address('Country'),
    contact: contact('Attention'),
    phone: contact('Phone1'),
    email: contact('Email'),
  }
  return Object.assign(found, defined(rest))
}

/** A sales order with its lines. */
export function parseOrder(from: Reading): ErpOrder {
  return {
    orderType: from.required('OrderType'),
    number: from.required('OrderNbr'),
    ...defined({
      status: from.identifier('Status'),
      customer: from.identifier('CustomerID'),
      location: from.identifier('LocationID'),
      customerOrder: from.identifier('CustomerOrder'),
      externalRef: from.identifier('ExternalRef'),
      date: from.day('Date'),
      currency: from.identifier('CurrencyID'),
      shipTo: parseParty(from, 'ST', 'ShipToAddress', 'ShipToContact'),
    }),
    lines: from.rows('Details').map((line) => ({
      line: line.required('LineNbr'),
      item: line.required('InventoryID'),
      ...defined({
        alternateId: line.identifier('AlternateID'),
        externalRef: line.identifier('ExternalRef'),
        quantity: line.decimal('OrderQty'),
        unit: line.identifier('UOM'),
        unitPrice: line.decimal('UnitPrice'),
        description: line.text('LineDescription'),
      }),
    })),
  }
}

/** A stock item with its cross-references and unit conversions. */
export function parseItem(from: Reading): ErpItem {
  return {
    item: from.required('InventoryID'),
    kit: flag(from.record, 'IsAKit'),
    ...defined({ description: from.text('Description'), baseUnit: from.identifier('BaseUOM') }),
    crossReferences: from.rows('CrossReferences').flatMap((row) => {
      const id = row.identifier('AlternateID')
      if (id === undefined) return []
      const kind = row.identifier('AlternateType') ?? ''
      return [{ id, kind, ...defined({ party: row.identifier('VendorOrCustomer'), unit: row.identifier('UOM') }) }]
    }),
    conversions: from.rows('UOMConversions').map((row) => ({
      from: row.required('FromUOM'),
      to: row.identifier('ToUOM') ?? from.identifier('BaseUOM') ?? row.required('ToUOM'),
      operation: parseOperation(row),
      factor: row.requiredDecimal('ConversionFactor'),
    })),
  }
}

/** A wrong guess here would multiply where it should divide: anything but the two words is a problem. */
function parseOperation(row: Reading): 'multiply' | 'divide' {
  const word = row.required('MultiplyOrDivide').toLowerCase()
  if (word !== '' && word !== 'multiply' && word !== 'divide')
    row.invalid('MultiplyOrDivide', `MultiplyOrDivide is "${word}", which is neither Multiply nor Divide.`)
  return word === 'divide' ? 'divide' : 'multiply'
}

/** A customer's ship-to place. */
export function parseLocation(from: Reading): ErpLocation {
  return {
    customer: from.required('Customer'),
    location: from.required('LocationID'),
    ...defined({
      name: from.text('LocationName'),
      externalRef: from.identifier('ExtRefNbr'),
      address: parseParty(from, 'ST', 'LocationContact/Address', 'LocationContact'),
    }),
  }
}

/** The fields that have a value: an absent field is left out, so that documents compare and serialise the same. */
export const defined = <T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(fields).filter(([, content]) => content !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>
  }
