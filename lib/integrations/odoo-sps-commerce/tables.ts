import { may } from '../../core/table-columns.ts'
import { ediTables } from '../../edi/tables.ts'
import { orderModels } from './settings.ts'

export const tables = ediTables({
  erp: 'Odoo',
  customer: 'Reference (ref) of the customer or vendor in Odoo, or its database id',
  party: 'contact of Odoo',
  orderType: 'Model in Odoo that its orders become',
  orderTypes: orderModels,
  shipTo: '; of a supplier, the code of the warehouse it delivers to',
  location: 'Reference (ref) or database id of the delivery address in Odoo',
  warehouse: 'Warehouse code in Odoo',
  item: 'Internal reference of the product in Odoo',
  unit: 'Unit of measure in Odoo, by its English name',
  shipVia: 'Shipping method in Odoo, by name',
  sscc: 'name: the name of the package',
  policies: {
    unmappedShipTo:
      'A ship-to that the locations table does not know. hold: its number must be the reference of a contact in Odoo; address: the address of the order becomes a contact of the customer, or is found again as one. Drop-ship orders always take the address. Blank = hold.',
  },
  partners: [
    may(
      'role',
      'What the partner is to you. customer: its orders become sales orders; vendor: purchase orders; agreement: purchase agreements. Blank = the setting orderModel.',
      ['customer', 'vendor', 'agreement'],
    ),
    may('confirm', 'Confirm its orders as soon as they stand in Odoo. Blank = the setting confirm.', ['yes', 'no']),
    may(
      'orderChanges',
      'A purchase order that changes after it was sent. replace: it is sent anew with purpose 05; change: an 860 tells what is different; hold: a person decides. A cancellation is always told. Blank = replace.',
      ['replace', 'change', 'hold'],
    ),
    may('inventory', 'Send the partner stock reports (846). Blank = no.', ['yes', 'no']),
  ],
})
