import type { TableDefinition } from '../../core/flow.ts'
import { may, must } from '../../core/table-columns.ts'

/** The cross-reference tables and their columns. Cells are text. */
export const tables: TableDefinition[] = [
  {
    name: 'centres',
    description:
      "ShipBob's fulfilment centres with their places in Odoo. A warehouse that no row names is none of ShipBob's.",
    key: ['centre'],
    columns: [
      must('centre', 'Number of the fulfilment centre at ShipBob.'),
      may('name', 'Its name, for people.'),
      must('warehouse', 'Code of the warehouse in Odoo whose goods it holds.'),
      may(
        'receives',
        'yes: purchase orders for the warehouse go to this centre. Needed where a warehouse has several centres.',
        ['yes', 'no'],
      ),
      may(
        'stock',
        'Complete name or barcode of the location in Odoo that its goods are in. Blank = where Odoo itself would put them or take them from.',
      ),
      may(
        'quarantine',
        'Location for returned goods that are not to be sold. Blank = a return with such goods waits for a person.',
      ),
      may('scrap', "Location for goods that were disposed of. Blank = Odoo's own scrap location."),
    ],
  },
  {
    name: 'fees',
    description:
      "What ShipBob's fees are booked to. The row of the fee's name decides; a row named * stands for all others.",
    key: ['fee'],
    columns: [
      must('fee', 'Name of the fee as ShipBob writes it (transaction_fee), or * for every other one.'),
      must('account', 'Code of the G/L account in Odoo.'),
      may('costCentre', 'Analytic account, by code or name.'),
      may('taxes', 'Names of purchase taxes in Odoo, separated by ;. Blank = none.'),
    ],
  },
  {
    name: 'items',
    description: 'Products whose SKU at ShipBob is not their internal reference in Odoo. Others need no row.',
    key: ['sku'],
    columns: [must('sku', 'SKU at ShipBob.'), must('item', 'Internal reference of the product in Odoo.')],
  },
]
