import type { ShipNotice } from '../../documents/ship-notice.ts'
import { defined, parseParty } from './parse-related.ts'
import type { Reading } from './reading.ts'

type Shipment = Omit<ShipNotice, 'orders' | 'items' | 'locations'>

/**
 * A shipment with its lines and packages (acumatica.md §7). Only structure is normalised: line quantities stay in the
 * order line's unit, allocations and contents in the item's base unit.
 */
export function parseShipment(from: Reading): Shipment {
  return {
    type: 'ship-notice',
    number: from.required('ShipmentNbr'),
    kind: from.required('Type'),
    operation: from.required('Operation'),
    status: from.required('Status'),
    ...defined({
      customer: from.identifier('CustomerID'),
      location: from.identifier('LocationID'),
      warehouse: from.identifier('WarehouseID'),
      shipDate: from.day('ShipmentDate'),
      shipVia: from.identifier('ShipVia'),
      fobPoint: from.identifier('FOBPoint'),
      shipTo: parseParty(from, 'ST', 'ShippingSettings/ShipToAddress', 'ShippingSettings/ShipToContact'),
    }),
    lines: from.rows('Details').map(parseLine),
    packages: from.rows('Packages').map(parsePackage),
  }
}

const parseLine = (line: Reading): Shipment['lines'][number] => ({
  line: line.required('LineNbr'),
  item: line.required('InventoryID'),
  shipped: line.requiredDecimal('ShippedQty'),
  ...defined({
    orderType: line.identifier('OrderType'),
    order: line.identifier('OrderNbr'),
    orderLine: line.identifier('OrderLineNbr'),
    ordered: line.decimal('OrderedQty'),
    open: line.decimal('OpenQty'),
    unit: line.identifier('UOM'),
    description: line.text('Description'),
  }),
  splits: line.rows('Allocations').map((split) => ({
    split: split.required('SplitLineNbr'),
    item: split.required('InventoryID'),
    quantity: split.requiredDecimal('Qty'),
    ...defined({ unit: split.identifier('UOM'), lot: split.identifier('LotSerialNbr') }),
  })),
})

/** Where an SSCC is kept differs by customer: both reference fields and every custom field are candidates. */
const parsePackage = (row: Reading): Shipment['packages'][number] => ({
  ...defined({
    line: row.identifier('LineNbr'),
    box: row.identifier('BoxID'),
    tracking: row.identifier('TrackingNbr'),
    weight: row.decimal('Weight'),
    weightUnit: row.identifier('UOM'),
  }),
  references: {
    ...defined({ CustomRefNbr1: row.identifier('CustomRefNbr1'), CustomRefNbr2: row.identifier('CustomRefNbr2') }),
    ...row.customFields(),
  },
  contents: row.rows('PackageContents').map((content) => ({
    item: content.required('InventoryID'),
    quantity: content.requiredDecimal('Quantity'),
    ...defined({
      unit: content.identifier('UOM'),
      split: content.identifier('ShipmentSplitLineNbr'),
      lot: content.identifier('LotSerialNbr'),
    }),
  })),
})
