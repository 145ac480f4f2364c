import type { Env, Version } from '../orm/model.ts'

/** What is called differently in 18 and 19 (odoo.md §8, §12). */
const names = {
  18: {
    unit: 'product_uom',
    saleTaxes: 'tax_id',
    purchaseTaxes: 'taxes_id',
    package: 'stock.quant.package',
    purchaseNote: 'notes',
  },
  19: {
    /** Unit of a sale, purchase or vendor price line. */
    unit: 'product_uom_id',
    saleTaxes: 'tax_ids',
    purchaseTaxes: 'tax_ids',
    package: 'stock.package',
    purchaseNote: 'note',
  },
} as const satisfies Record<Version, Record<string, string>>

export const namesOf = (env: Env): (typeof names)[Version] => names[env.version]
