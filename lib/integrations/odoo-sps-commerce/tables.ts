import { ediTables, may } from '../../edi/tables.ts'

export const tables = ediTables({
  erp: 'Odoo',
  customer: 'Reference (ref) of the contact in Odoo, or its database id where it has none',
  orderType: 'Model in Odoo that the order becomes',
  location: 'Reference (ref) or database id of the delivery address in Odoo',
  warehouse: 'Warehouse code in Odoo',
  item: 'Internal reference of the product in Odoo',
  unit: 'Unit of measure in Odoo, by its English name',
  shipVia: 'Shipping method in Odoo, by name',
  sscc: 'name, the name of the package; a field of the package may be named',
  partners: [
    may(
      'role',
      'What the partner is to you. customer: its orders become sales orders; vendor: purchase orders; agreement: purchase agreements. Blank = the setting orderModel.',
      ['customer', 'vendor', 'agreement'],
    ),
    may('confirm', 'Confirm its orders as soon as they stand in Odoo. Blank = the setting confirm.', ['yes', 'no']),
    may(
      'orderChanges',
      'A purchase order that changes after it was sent. replace: it is sent anew with purpose 05; change: an 860 tells what is different; hold: a person decides. Blank = replace.',
      ['replace', 'change', 'hold'],
    ),
    may('inventory', 'Send the partner stock reports (846). Blank = no.', ['yes', 'no']),
  ],
})
