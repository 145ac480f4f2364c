import { ediTables } from '../../edi/tables.ts'

export const tables = ediTables({
  erp: 'Acumatica',
  party: 'customer of Acumatica',
  customer: 'CustomerID in Acumatica',
  orderType: 'Acumatica order type',
  location: 'LocationID in Acumatica',
  warehouse: 'WarehouseID in Acumatica',
  item: 'InventoryID in Acumatica',
  unit: 'Unit in Acumatica',
  shipVia: 'ShipVia in Acumatica',
  sscc: 'CustomRefNbr1; CustomRefNbr2 or a custom field may be named',
})
